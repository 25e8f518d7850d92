"""What of a release goes into a file that holds all of it: the tables, in the order in which they can be read back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import Model, OuterRef, QuerySet, Subquery

from awards.models import Line, Organiser, Recipient, Release
from cityrank.exchange.columns import Sheet
from cityrank.exchange.sheets import awards as words
from cityrank.exchange.sheets import release as frame
from cityrank.exchange.sheets import subjects, tables
from cityrank.exchange.writing import Rows
from cityrank.publishing.gate import public_subjects
from cityrank.registry.models import Alias, App, Organisation, Place, PlaceTier, Subject
from scores.models import Score

# Keys in one query: SQLite takes 32,766 parameters.
KEYS_AT_ONCE = 500

# A table stands behind those that it refers to.
OF_THE_REGISTRY = (
    subjects.SUBJECTS,
    subjects.PLACES_IN_FULL,
    subjects.ORGANISATIONS_IN_FULL,
    subjects.APPS,
    subjects.ALIASES,
    subjects.TIERS,
    frame.LINES,
)
OF_THE_RELEASE = (
    frame.SOURCES,
    frame.ORGANISERS,
    words.CITATIONS,
    frame.SERIES,
    words.SECTIONS,
    words.FACTS,
    words.AWARDS,
    tables.RECIPIENTS_IN_FULL,
    tables.PEER_GROUPS,
    tables.RANKINGS,
    tables.BANDS,
    tables.SCORES_IN_FULL,
    tables.AVERAGES_IN_FULL,
)
SHEETS: dict[str, Sheet] = {sheet.name: sheet for sheet in (frame.HEADING, *OF_THE_REGISTRY, *OF_THE_RELEASE)}


@dataclass
class Contents:
    """The tables of a release. The office reads what the public does not: see `Column.office`."""

    release: Release
    office: bool = False

    def tables(self) -> list[Rows]:
        """Return the rows of every table, empty ones too, in an order that never changes."""
        return [
            self._rows(frame.HEADING, Release.objects.filter(pk=self.release.pk)),
            *self._registry(),
            *(self._rows(sheet, _content(sheet).of_release(self.release)) for sheet in OF_THE_RELEASE),
        ]

    def _rows(self, sheet: Sheet, *querysets: QuerySet) -> Rows:
        shown = sheet if self.office else sheet.public()
        return Rows(shown, *(sheet.ordered(rows) for rows in querysets))

    def _registry(self) -> Iterator[Rows]:
        named = self.named
        yield self._rows(subjects.SUBJECTS, *_pieces(Subject, named))
        yield self._rows(subjects.PLACES_IN_FULL, *_pieces(Place, named))
        yield self._rows(subjects.ORGANISATIONS_IN_FULL, *_pieces(Organisation, named))
        yield self._rows(_with(subjects.APPS, "operator", "shown_operator"), *self._apps())
        yield self._rows(subjects.ALIASES, *_pieces(Alias, named, "subject"))
        yield self._rows(subjects.TIERS, *_pieces(PlaceTier, named, "place"))
        yield self._rows(frame.LINES, self._lines())

    @cached_property
    def named(self) -> list[int]:
        """The subjects that the release names, and what they belong to up to the country; sorted by identifier."""
        named: set[int] = set()
        for rows in (Recipient, Score):
            named.update(rows.objects.of_release(self.release).values_list("subject", flat=True))
        named.update(Organiser.objects.of_release(self.release).values_list("organisation", flat=True))
        named.discard(None)
        for piece in _pieces(App, named):
            named.update(self._operators().filter(apps__in=piece).values_list("pk", flat=True))
        above = named
        while above := set(_values(Place, above, "parent")) - named - {None}:
            named |= above
        return [key for _slug, key in sorted(_values(Subject, named, "slug", "pk"))]

    def _operators(self) -> QuerySet:
        """An operator that no public release names is not told to the public."""
        rows = Organisation.objects.all()
        return rows if self.office else public_subjects(rows)

    def _apps(self) -> Iterator[QuerySet]:
        operator = Subquery(self._operators().filter(pk=OuterRef("operator")).values("slug")[:1])
        for piece in _pieces(App, self.named):
            yield piece.annotate(shown_operator=operator)

    def _lines(self) -> QuerySet:
        """Return the lines of the release, for the office with those that they go on as."""
        links = dict(Line.objects.values_list("pk", "merged_into")) if self.office else {}
        found = set(Line.objects.filter(awards__release=self.release).values_list("pk", flat=True))
        found |= set(Line.objects.filter(rankings__release=self.release).values_list("pk", flat=True))
        ends = found
        while ends := {end for key in ends if (end := links.get(key)) in links} - found:
            found |= ends
        return Line.objects.filter(pk__in=found)


def _content(sheet: Sheet) -> Any:
    return sheet.model._default_manager


def _with(sheet: Sheet, name: str, path: str) -> Sheet:
    """Return a sheet in which one column is read from another look-up."""
    columns = tuple(replace(one, path=path) if one.name == name else one for one in sheet.columns)
    return replace(sheet, columns=columns)


def _pieces(model: type[Model], keys: Iterable[int], path: str = "pk") -> Iterator[QuerySet]:
    """Yield the rows of many keys, some at a time and in the order of the keys."""
    keys = list(keys)
    for first in range(0, len(keys), KEYS_AT_ONCE):
        yield model._default_manager.filter(**{f"{path}__in": keys[first : first + KEYS_AT_ONCE]})


def _values(model: type[Model], keys: Iterable[int], *names: str) -> list[Any]:
    return [
        value for piece in _pieces(model, keys) for value in piece.values_list(*names, flat=len(names) == 1)
    ]
