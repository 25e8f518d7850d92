"""From yearly lists to units over spans of time: a unit is one code and one full name for some years."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from cityrank.registry.gazetteer.sources import Unit

FIRST_YEAR = 1980


@dataclass(slots=True, eq=False)
class Span:
    """A unit from `first` to `last` year of the lists; `parents` holds the parent's code in each year."""

    code: str
    name: str
    level: str
    first: int
    last: int
    parents: dict[int, str] = field(default_factory=dict)
    id: str = ""
    parent: "Span | None" = None

    def covers(self, year: int) -> bool:
        return self.first <= year <= self.last


def spans_of(units: Iterable[Unit]) -> list[Span]:
    """Return every unit with its years, identifier and parent, ordered by identifier.

    The last holder of a code has the code as identifier, earlier ones the code and the year they ended.
    """
    seen: dict[tuple[str, str, str], dict[int, str]] = defaultdict(dict)
    holders: dict[str, dict[int, str]] = defaultdict(dict)
    places: dict[tuple[int, str, str], set[str]] = defaultdict(set)
    for unit in units:
        seen[unit.code, unit.name, unit.level][unit.year] = unit.parent_code
        holders[unit.code][unit.year] = unit.name
        places[unit.year, unit.code[:2], unit.name].add(unit.code)
    spans = []
    for (code, name, level), years in seen.items():
        for run in _runs(code, name, years, holders, places):
            spans.append(Span(code, name, level, run[0], run[-1], {year: years[year] for year in run}))
    _identify(spans)
    _attach(spans)
    return sorted(spans, key=lambda span: span.id)


def _runs(
    code: str,
    name: str,
    years: Iterable[int],
    holders: dict[str, dict[int, str]],
    places: dict[tuple[int, str, str], set[str]],
) -> list[list[int]]:
    """Split years into runs. A hole in the list during which nobody held the code or the name is bridged."""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs:
            hole = range(runs[-1][-1] + 1, year)
            if all(missing not in holders[code] and not places[missing, code[:2], name] for missing in hole):
                runs[-1].append(year)
                continue
        runs.append([year])
    return runs


def _identify(spans: list[Span]) -> None:
    by_code: dict[str, list[Span]] = defaultdict(list)
    for span in spans:
        by_code[span.code].append(span)
    for holders in by_code.values():
        holders.sort(key=lambda span: span.last)
        for span in holders[:-1]:
            span.id = f"{span.code}-{span.last}"
        holders[-1].id = holders[-1].code


def _attach(spans: list[Span]) -> None:
    """Give each span the parent it had in its last year."""
    at: dict[tuple[str, int], Span] = {}
    for span in spans:
        for year in range(span.first, span.last + 1):
            at[span.code, year] = span
    for span in spans:
        if span.level != "province":
            year = max(span.parents)
            span.parent = at[span.parents[year], year]
