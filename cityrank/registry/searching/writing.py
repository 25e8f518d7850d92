"""Storing the keys: of all subjects as a set, of one when it is saved; and finding out which are missing.

Subjects and other names that are saved one by one are followed (`following`); whoever writes many past `save` calls
`write_all` afterwards, as the loader of the gazetteer does.
"""

from collections import defaultdict
from collections.abc import Iterable
from operator import itemgetter

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from cityrank.registry.models import Alias, Place, SearchKey, Subject
from cityrank.registry.searching.keys import Named, keys_of, weight

_COLUMNS = '"key", "sort", "core", "weight", "listed", "subject_id"'
_COPY = f"COPY registry_searchkey ({_COLUMNS}) FROM STDIN"
_INSERT = f"INSERT INTO registry_searchkey ({_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s)"  # noqa: S608

Row = tuple[str, int, int, int, bool, int]


def write_all() -> int:
    """Write the keys of all subjects anew; return how many there are."""
    aliases: dict[int, list[str]] = defaultdict(list)
    for subject, text in Alias.objects.values_list("subject_id", "text"):
        aliases[subject].append(text)
    names = ("name_zh", "stem", "name_en", "pinyin", "slug", "place__level", "place__valid_to")
    rows: list[Row] = []
    subjects = Subject.objects.values_list("pk", "place__from_gazetteer", *names)
    for pk, listed, *values in subjects.iterator(chunk_size=5000):
        rows += _rows(pk, bool(listed), _named(values, aliases.get(pk, ())))
    # In the order of the index, which then grows at its end alone.
    rows.sort(key=itemgetter(0))
    with transaction.atomic():
        SearchKey.objects.all()._raw_delete(SearchKey.objects.db)
        _insert(rows)
    return len(rows)


def write_keys(subject: Subject, *, is_new: bool = False) -> None:
    """Write what differs in the keys of one subject; a new one has no keys yet and no other names."""
    place = subject if isinstance(subject, Place) else getattr(subject, "place", None)
    texts = () if is_new else subject.aliases.values_list("text", flat=True)
    names = (subject.name_zh, subject.stem, subject.name_en, subject.pinyin, subject.slug)
    named = _named([*names, place and place.level, place and place.valid_to], texts)
    wanted = set(_rows(subject.pk, bool(place and place.from_gazetteer), named))
    stored = {} if is_new else _stored(subject.pk)
    if gone := [key for row, key in stored.items() if row not in wanted]:
        SearchKey.objects.filter(pk__in=gone).delete()
    new = sorted(wanted - stored.keys())
    SearchKey.objects.bulk_create(
        SearchKey(key=key, sort=sort, core=core, weight=heavy, listed=listed, subject_id=pk)
        for key, sort, core, heavy, listed, pk in new
    )


def without_keys() -> QuerySet[Subject]:
    """Return the subjects that search cannot find, because nobody wrote their keys."""
    return Subject.objects.filter(~Exists(SearchKey.objects.filter(subject=OuterRef("pk"))))


def _stored(subject: int) -> dict[Row, int]:
    rows = SearchKey.objects.filter(subject=subject)
    columns = rows.values_list("key", "sort", "core", "weight", "listed", "subject", "pk")
    return {row[:-1]: row[-1] for row in columns}


def _named(values: Iterable, aliases: Iterable[str]) -> Named:
    name_zh, stem, name_en, pinyin, slug, level, valid_to = values
    return Named(name_zh, stem, name_en, pinyin, slug, level or "", valid_to, tuple(aliases))


def _rows(pk: int, listed: bool, named: Named) -> list[Row]:
    heavy = weight(named.level, named.valid_to)
    return [(key, sort, core, heavy, listed, pk) for key, sort, core in keys_of(named)]


def _insert(rows: list[Row]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(_COPY) as copy:
                for row in rows:
                    copy.write_row(row)
            cursor.execute("ANALYZE registry_searchkey")
        else:
            cursor.executemany(_INSERT, rows)
