"""The names of the registry, in memory: read once for a batch of texts, then asked as often as needed.

A few texts are looked up by their keys; for many, reading every name costs less than asking for each. Either way
the number of queries does not grow with the number of texts in a chunk.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.db.models import Q
from django.db.models.functions import Lower

from cityrank.registry.models import Alias, Place, Subject, Succession
from cityrank.registry.names import suffix_of
from cityrank.registry.resolving.spelling import is_chinese, normalise, without_suffix

# SQLite's oldest limit on the variables of a statement is 999; a query here carries each chunk up to twice.
CHUNK = 450
# From this many keys or texts on, reading all names is faster than asking for them.
READ_ALL_FROM = 1500
READ_ALL_FROM_TEXTS = 100

LEVELS = ("country", "province", "prefecture", "county", "township", "zone")
# Eight in ten places are below these; what is asked for on these levels never lies in one of them.
_UPPER = frozenset(LEVELS[:4])
_NAME_FIELDS = ("pk", "slug", "name_zh", "name_en", "stem")
_PLACE_FIELDS = ("level", "parent_id", "valid_from", "valid_to")
# 德宏州 stands for 德宏傣族景颇族自治州, 恭城县 for 恭城瑶族自治县.
_SHORT_FOR = {
    "自治州": ("自治州", "州"),
    "自治县": ("自治县", "县"),
    "自治旗": ("自治旗", "旗"),
    "自治区": ("自治区",),
    "民族乡": ("民族乡", "乡"),
    "民族苏木": ("民族苏木", "苏木"),
    "特别行政区": ("特区",),
}
_SUFFIX_WITH_PEOPLES = ("区", "镇", "乡", "街道")
_LAST_CHARACTERS = frozenset("区州县旗乡木道省市盟镇")

# Successions from one place: the other place and the kind, by the number of the first.
Links = dict[int, list[tuple[int, str]]]


@dataclass(slots=True, eq=False)
class Entry:
    """A subject as resolution needs it. `level` is empty for organisations and apps."""

    pk: int
    slug: str
    name: str
    english: str
    stem: str
    level: str = ""
    parent_id: int | None = None
    begun: dt.date | None = None
    ended: dt.date | None = None
    aliases: list[tuple[str, str]] = field(default_factory=list)

    @property
    def rank(self) -> int:
        """The place in the hierarchy, 0 for a country."""
        return LEVELS.index(self.level) if self.level else 0

    def existed(self, on: dt.date | None) -> bool:
        """Whether it existed on the date, or exists still if there is none."""
        if on is None:
            return self.ended is None
        return (self.begun is None or self.begun <= on) and (self.ended is None or self.ended >= on)

    def may_have_existed(self, on: dt.date) -> bool:
        """Whether it ended in the year of the date: yearly lists show it last at the end of the year before."""
        return self.ended is not None and (self.ended.month, self.ended.day, self.ended.year + 1) == (
            12,
            31,
            on.year,
        )

    def short_forms(self) -> Iterator[str]:
        """Yield the name with less of its suffix: 德宏傣族景颇族自治州 -> 德宏自治州, 德宏州."""
        rest = self.name.removeprefix(self.stem)
        suffix = suffix_of(self.name) if len(rest) > 2 else ""
        with_peoples = suffix in _SUFFIX_WITH_PEOPLES and rest != suffix
        forms = _SHORT_FOR.get(suffix, (suffix,) if with_peoples else ())
        yield from (self.stem + form for form in forms if form != rest)


@dataclass(frozen=True, slots=True)
class Form:
    """One text under which an entry is known. `how` is a value of `answers.How`."""

    entry: Entry
    how: str
    weak: bool


class Known:
    """Entries, and what they are found by. Filled by `read_known`."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.entries: dict[int, Entry] = {}
        self.forms: dict[str, list[Form]] = defaultdict(list)
        self.by_stem: dict[str, list[Entry]] = defaultdict(list)
        self.has_everything = False
        self._ancestors: dict[int | None, tuple[Entry, ...]] = {None: ()}
        # Answers that many texts ask for again, kept by `matching`.
        self.prefixes: dict[tuple[str, int | None, str], bool] = {}
        self.above: dict[tuple[int | None, str], tuple[list[Entry], set[str]]] = {}
        # How the names begin that a suffix may be added to; almost no text begins so, and all are asked.
        self._lengthened: set[str] = set()
        self._all_forms: dict[int, tuple[str, ...]] = {}
        self._links: tuple[Links, Links] | None = None

    # --- asking -----------------------------------------------------------------------------------------------

    def called(self, text: str) -> Iterable[Form]:
        """Return how entries are known under exactly this text, and under the text without a suffix too many."""
        found = self.forms.get(text, ())
        if text[:2] not in self._lengthened or text[-1:] not in _LAST_CHARACTERS:
            return found
        added = [
            Form(form.entry, "suffix_added", True)
            for rest, suffix in without_suffix(text)
            for form in self.forms.get(rest, ())
            if not form.weak and self._takes(form, rest, suffix)
        ]
        return [*found, *added] if added else found

    def _takes(self, form: Form, text: str, suffix: str) -> bool:
        """内蒙自治区 fits 内蒙古自治区, and a zone may be called a 区; 日本市 is no Japan and 杭州市区 no 杭州市."""
        entry = form.entry
        if entry.level == "zone":
            return not suffix_of(text)
        return (
            bool(entry.level)
            and text != entry.name
            and not suffix_of(text)
            and suffix_of(entry.name) == suffix
        )

    def all_forms(self, entry: Entry) -> tuple[str, ...]:
        """Return every text that stands for a place in a path."""
        if entry.pk not in self._all_forms:
            forms = [entry.name, entry.stem, *entry.short_forms(), *(text for text, _kind in entry.aliases)]
            self._all_forms[entry.pk] = tuple(dict.fromkeys(filter(None, forms)))
        return self._all_forms[entry.pk]

    def ancestors(self, entry: Entry) -> tuple[Entry, ...]:
        """Return the places above an entry, the country first."""
        return self._with_ancestors(entry.parent_id)

    def _with_ancestors(self, pk: int | None) -> tuple[Entry, ...]:
        if pk not in self._ancestors:
            entry = self.entries[pk]  # type: ignore[index]
            self._ancestors[pk] = (*self._with_ancestors(entry.parent_id), entry)
        return self._ancestors[pk]

    def path(self, entry: Entry) -> str:
        """Return the full path in Chinese, without the country: 浙江省杭州市西湖区."""
        above = (place.name for place in self.ancestors(entry) if place.level != "country")
        return "".join([*above, entry.name])

    def after(self, entry: Entry) -> list[tuple[Entry, str]]:
        """Return what took over from a place, each with the kind of the succession."""
        links = self._successions()[0]
        return [(self.entries[pk], kind) for pk, kind in links.get(entry.pk, ())]

    def before(self, entry: Entry) -> list[tuple[Entry, str]]:
        """Return what a place took over from, each with the kind of the succession."""
        links = self._successions()[1]
        return [(self.entries[pk], kind) for pk, kind in links.get(entry.pk, ())]

    def today(self, entry: Entry) -> list[Entry]:
        """Return the places of today that came, by however many steps, of one that has ended."""
        found: list[Entry] = []
        seen, waiting = {entry.pk}, [entry]
        while waiting:
            for heir, _kind in self.after(waiting.pop()):
                if heir.pk not in seen:
                    seen.add(heir.pk)
                    (found if heir.ended is None else waiting).append(heir)
        return sorted(found, key=lambda place: place.slug)

    def _successions(self) -> tuple[Links, Links]:
        """Read all successions the first time one is asked for: most names need none, and they are few."""
        if self._links is None:
            after: Links = defaultdict(list)
            before: Links = defaultdict(list)
            rows = Succession.objects.order_by("date", "pk").values_list(
                "predecessor_id", "successor_id", "kind"
            )
            for old, new, kind in rows.iterator(chunk_size=5000):
                after[old].append((new, kind))
                before[new].append((old, kind))
            self._links = after, before
            self.complete()
        return self._links

    def complete(self) -> None:
        """Add the places that successions connect with those here, once successions have been asked for."""
        if self._links is None or self.has_everything:
            return
        after, before = self._links
        # What is added comes with what is above it, and that has successions too.
        while missing := _reached(_reached(self.entries, before), after) - set(self.entries):
            self.add_subjects(missing)

    # --- filling ----------------------------------------------------------------------------------------------

    def add(self, rows: Iterable[tuple]) -> list[Entry]:
        """Add rows of `_NAME_FIELDS` and, for places, `_PLACE_FIELDS`; return those that are new."""
        added = []
        for row in rows:
            if row[0] not in self.entries:
                self.entries[row[0]] = entry = Entry(*row)
                added.append(entry)
                self._index(entry)
        return added

    def _index(self, entry: Entry) -> None:
        name = entry.name if entry.level in _WITH_PLAIN_NAMES else normalise(entry.name)
        self.forms[name].append(Form(entry, "exact", False))
        if entry.english:
            self.forms[entry.english.casefold()].append(Form(entry, "english", False))
        if not entry.level:
            return
        if entry.level == "zone":
            self._lengthened.add(name[:2])
        self.by_stem[entry.stem].append(entry)
        if entry.stem != entry.name:
            self.forms[entry.stem].append(Form(entry, "suffix_dropped", True))
            for form in entry.short_forms():
                self.forms[form].append(Form(entry, "suffix_shortened", True))

    def add_aliases(self, rows: Iterable[tuple[int, str, str]]) -> None:
        for subject, text, kind in rows:
            entry = self.entries[subject]
            entry.aliases.append((normalise(text), kind))
            self._lengthened.add(normalise(text)[:2])
            former = kind == Alias.Kind.FORMER
            self.forms[normalise(text)].append(Form(entry, "former_alias" if former else "alias", former))

    def add_subjects(self, pks: Iterable[int]) -> None:
        """Add subjects, for places what is above them, and the other names of all these."""
        places = self.kind == "place"
        model, fields = (Place, (*_NAME_FIELDS, *_PLACE_FIELDS)) if places else (Subject, _NAME_FIELDS)
        added: list[Entry] = []
        missing = set(pks) - set(self.entries)
        while missing:
            new = []
            for chunk in chunks(sorted(missing)):
                new += self.add(
                    model._default_manager.filter(pk__in=chunk).order_by("pk").values_list(*fields)
                )
            added += new
            missing = {entry.parent_id for entry in new if entry.parent_id} - set(self.entries)
        for chunk in chunks(entry.pk for entry in added):
            aliases = Alias.objects.filter(subject_id__in=chunk).order_by("pk")
            self.add_aliases(aliases.values_list("subject_id", "text", "kind"))


# Names of administrative units are Chinese characters alone: comparing them needs no other spelling.
_WITH_PLAIN_NAMES = ("province", "prefecture", "county", "township")


def read_known(keys: Collection[str], kind: str, known: Known | None = None) -> Known:
    """Return the registry's names as far as they can answer for texts with these keys (see `matching.keys`).

    `known` is added to, if given: keys that were found out later need not be asked for with the first ones again.
    """
    known = known or Known(kind)
    if known.has_everything:
        return known
    if len(keys) >= READ_ALL_FROM:
        return read_all(kind)
    pks: set[int] = set()
    # Asked one by one, each of these has an index; joined with OR across tables, SQLite reads the whole table.
    for chunk in chunks(sorted(key for key in keys if is_chinese(key))):
        pks.update(
            Subject.objects.filter(Q(name_zh__in=chunk) | Q(stem__in=chunk), kind=kind).values_list(
                "pk", flat=True
            )
        )
        pks.update(
            Alias.objects.filter(text__in=chunk, subject__kind=kind).values_list("subject_id", flat=True)
        )
    # English names are compared without regard to case. No index helps there, so only Latin texts ask for them.
    for chunk in chunks(sorted(key for key in keys if not is_chinese(key))):
        latin = Subject.objects.annotate(en=Lower("name_en"), zh=Lower("name_zh")).filter(kind=kind)
        pks.update(latin.filter(Q(en__in=chunk) | Q(zh__in=chunk)).values_list("pk", flat=True))
        called = Alias.objects.annotate(key=Lower("text")).filter(key__in=chunk, subject__kind=kind)
        pks.update(called.values_list("subject_id", flat=True))
    known.add_subjects(pks)
    known.complete()
    return known


def read_all(kind: str, levels: Collection[str] | None = None) -> Known:
    """Return all names of the registry; with `levels`, of places only those of these levels and what may be above."""
    known = Known(kind)
    aliases = Alias.objects.filter(subject__kind=known.kind).order_by("pk")
    if known.kind == "place":
        places = Place.objects.order_by("pk")
        known.has_everything = levels is None or not _UPPER.issuperset(levels)
        if not known.has_everything:
            places = places.filter(level__in=_UPPER)
            aliases = aliases.filter(subject__place__level__in=_UPPER)
        known.add(places.values_list(*_NAME_FIELDS, *_PLACE_FIELDS).iterator(chunk_size=5000))
    else:
        known.has_everything = True
        known.add(Subject.objects.filter(kind=known.kind).order_by("pk").values_list(*_NAME_FIELDS))
    known.add_aliases(aliases.values_list("subject_id", "text", "kind"))
    return known


def _reached(entries: Iterable[int], links: Links) -> set[int]:
    """Return the entries and everything that successions lead to from them, in one direction."""
    waiting = list(entries)
    seen = set(waiting)
    while waiting:
        for pk, _kind in links.get(waiting.pop(), ()):
            if pk not in seen:
                seen.add(pk)
                waiting.append(pk)
    return seen


def chunks(values: Iterable, size: int = CHUNK) -> Iterator[list]:
    """Yield lists of up to `size` different values."""
    iterator = iter(dict.fromkeys(values))
    while chunk := list(islice(iterator, size)):
        yield chunk
