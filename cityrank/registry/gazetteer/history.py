"""Which unit took over from one that ended: recorded changes, names that live on, and what a person reviewed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cityrank.registry.gazetteer.sources import Change
from cityrank.registry.gazetteer.spans import Span
from cityrank.registry.names import stem

# Parts of these provinces became provinces of their own.
_PROVINCE_BEFORE = {"46": "44", "50": "51"}
# The code went to another unit: no succession at all.
_CODE_REASSIGNED = "码位改派"
_RENAMED = "更名"
_MERGER = "撤区设区"
# Before, codes were given anew every year, and a code that stayed says nothing about the unit.
_CODES_ARE_STABLE = 1985
# Names that many cities have; the same name elsewhere is another place.
_GENERIC_ENDING = "区"


@dataclass(frozen=True, slots=True, order=True)
class Succession:
    predecessor: str
    successor: str
    year: int
    kind: str


@dataclass
class _Units:
    """Spans by what they are looked up by."""

    spans: list[Span]
    by_id: dict[str, Span] = field(default_factory=dict)
    by_name: dict[tuple[str, str], list[Span]] = field(default_factory=lambda: defaultdict(list))
    by_stem: dict[tuple[str, str], list[Span]] = field(default_factory=lambda: defaultdict(list))
    by_code: dict[tuple[str, str], list[Span]] = field(default_factory=lambda: defaultdict(list))
    below: dict[tuple[str, int], list[Span]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for span in self.spans:
            self.by_id[span.id] = span
            self.by_name[span.level, span.name].append(span)
            self.by_stem[span.level, stem(span.name)].append(span)
            self.by_code[span.code, span.name].append(span)
            if span.parent:
                self.below[span.parents[span.first], span.first].append(span)


def successions(
    spans: list[Span],
    changes: Iterable[Change],
    current_year: int,
    add: Iterable[str] = (),
    drop: Iterable[str] = (),
) -> list[Succession]:
    """Return every succession, sorted. `add` lines are "predecessor successor kind", `drop` "predecessor successor"."""
    units = _Units(spans)
    recorded: dict[tuple[int, tuple[str, str]], list[Change]] = defaultdict(list)
    for change in changes:
        if change.kind != _CODE_REASSIGNED:
            recorded[change.year, change.old].append(change)
    refused = {tuple(line.split()) for line in drop}
    found = {}
    for span in spans:
        if span.last < current_year:
            for successor, kind in _successors(span, units, recorded):
                if (span.id, successor.id) not in refused:
                    found[span.id, successor.id] = Succession(span.id, successor.id, span.last + 1, kind)
    for line in add:
        old, new, kind = line.split()
        found[old, new] = Succession(old, new, units.by_id[old].last + 1, kind)
        units.by_id[new]  # a KeyError here names the identifier that does not exist
    return sorted(_mergers_marked(found.values(), units))


def _successors(span: Span, units: _Units, recorded: dict) -> list[tuple[Span, str]]:
    """Return the successors found by the surest way that finds any."""
    year = span.last + 1
    events = recorded[year, (span.code, span.name)]
    renamed = [event for event in events if event.kind == _RENAMED and event.new[0] == span.code]
    ways = (
        lambda: _recorded(span, units, renamed, year) if year >= _CODES_ARE_STABLE else (),
        lambda: _same_name(span, units, year),
        lambda: _same_stem(span, units, year),
        lambda: _district_of_new_city(span, units, year),
    )
    for way in ways:
        found = list(way())
        if len(found) == 1:
            return found
    return list(_recorded(span, units, events, year))


def _same_name(span: Span, units: _Units, year: int) -> Iterator[tuple[Span, str]]:
    """The unit kept its full name and got another code, sometimes by moving to another prefecture."""
    for other in units.by_name[span.level, span.name]:
        if other is not span and other.first == year and _near(span, other):
            yield other, "recoded" if _same_line(span.parent, other.parent) else "transferred"


def _same_stem(span: Span, units: _Units, year: int) -> Iterator[tuple[Span, str]]:
    """平泉县 became 平泉市: the stem lived on with another suffix, or joined the city of that name beside it."""
    own = stem(span.name)
    if len(own) < 2:
        return
    for other in units.by_stem[span.level, own]:
        if other is span or other.name == span.name or not _near(span, other):
            continue
        if other.first == year:
            if not any(earlier.last == span.last for earlier in units.by_name[other.level, other.name]):
                yield other, "upgraded"
        elif (
            other.covers(year)
            and other.name.endswith("市")
            and (other.level == "prefecture" or span.parent is other.parent)
        ):
            yield other, "abolished-into"


def _district_of_new_city(span: Span, units: _Units, year: int) -> Iterator[tuple[Span, str]]:
    """A county-level city gave its name to a new prefecture-level city; its area became the one new district there."""
    if span.level != "county" or not span.name.endswith("市"):
        return
    for city in units.by_name["prefecture", span.name]:
        if city.first == year and city.code[:2] == span.code[:2]:
            districts = [unit for unit in units.below[city.code, year] if unit.name.endswith("区")]
            yield (districts[0], "upgraded") if len(districts) == 1 else (city, "upgraded")


def _recorded(span: Span, units: _Units, events: list[Change], year: int) -> Iterator[tuple[Span, str]]:
    for event in events:
        for other in units.by_code[event.new]:
            if (
                other is not span
                and other.covers(year)
                and _near(span, other)
                and _credible(event, span, other, units)
            ):
                yield other, _kind(event)


def _credible(event: Change, span: Span, other: Span, units: _Units) -> bool:
    """Tell a change of a unit from codes that were given anew, which the records cannot always tell apart."""
    year = span.last + 1
    if span.level == "county" and other.level == "prefecture":
        return span.name[0] == other.name[0]
    if event.kind != _RENAMED:
        return True
    if other.first != year or (span.level == "county" and not _same_line(span.parent, other.parent)):
        return False
    lives_on = any(
        later.first >= year and _same_line(span.parent, later.parent)
        for later in units.by_name[span.level, span.name]
    )
    return year >= _CODES_ARE_STABLE or not lives_on


def _kind(event: Change) -> str:
    if event.kind == _RENAMED:
        return "renamed"
    if event.kind == _MERGER:
        return "merged"
    if event.kind == "同名改码":
        return "recoded"
    return "upgraded" if event.kind.startswith("撤") and "设" in event.kind else "abolished-into"


def _near(span: Span, other: Span) -> bool:
    """Same province; and for a district also the same prefecture or what that became."""
    ours, theirs = span.code[:2], other.code[:2]
    if ours != theirs and _PROVINCE_BEFORE.get(theirs) != ours:
        return False
    if span.level == "county" and span.name.endswith(_GENERIC_ENDING):
        return _same_line(span.parent, other if other.level == "prefecture" else other.parent)
    return True


def _same_line(ours: Span | None, theirs: Span | None) -> bool:
    """The parents are one unit, or the same one under another name or code."""
    if ours is None or theirs is None:
        return ours is theirs
    return ours.code == theirs.code or stem(ours.name) == stem(theirs.name)


def _mergers_marked(found: Iterable[Succession], units: _Units) -> Iterator[Succession]:
    """A new unit was made of several by merging them; made of one, it is that one in another status."""
    found = list(found)
    parts = Counter((item.successor, item.year) for item in found)
    for item in found:
        old, new = units.by_id[item.predecessor], units.by_id[item.successor]
        several = parts[item.successor, item.year] > 1
        joined = several and item.kind == "renamed" and old.code != new.code
        if new.first == item.year and old.level == new.level and (item.kind == "abolished-into" or joined):
            yield Succession(item.predecessor, item.successor, item.year, "merged" if several else "upgraded")
        else:
            yield item
