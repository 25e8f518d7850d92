"""Which readings hold on a date, at the expected level and place; and whether one of them is better than all others."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace

from cityrank.registry.resolving.known import Entry, Known
from cityrank.registry.resolving.matching import Match, matches, names_in_order, near_matches
from cityrank.registry.resolving.spelling import Printed

# A succession of these kinds leaves the place what it was; after others (merged, split) it is part of another one.
_CONTINUING = ("renamed", "recoded", "upgraded", "transferred")
# A short name goes to a place two levels higher: 河南 is the province and not 河南蒙古族自治县; 吉林 stays open. Towns
# alone are hardly ever named in short, and count as one level lower still: 罗湖 is the district and not 罗湖镇.
_LEVELS_APART = 2
_TOWN_RANK = 4
_NEAR_LIMIT = 60


@dataclass(frozen=True, slots=True)
class Request:
    """What is known beside the text: the date it was printed, the levels expected, the place it lies in."""

    on: dt.date | None = None
    levels: frozenset[str] | None = None
    within: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Option:
    """A place that a text may mean, by one reading.

    `via` is the place that was printed, if it is the one that `entry` came from or became. `against` says what
    speaks against choosing it: "", "level", "within", "brackets", "ended", "not_begun", "became", "suffix", "prefix"
    or "encloses".
    """

    entry: Entry
    match: Match
    via: Entry | None = None
    against: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """The options that are equally good (one: found), those they were preferred to, and those that do not hold."""

    best: list[Option]
    lesser: list[Option]
    refused: list[Option]


def decide(printed: Printed, request: Request, known: Known) -> Decision:
    """Read a text and weigh the readings. No option in `best` means: unknown."""
    found = matches(printed.text, known) if printed.qualifiers else []
    qualifiers = () if found else printed.qualifiers
    options = [
        option
        for match in found or matches(printed.main, known)
        for option in _at_date(match, request.on, known)
    ]
    options = _once([_checked(option, qualifiers, request, known) for option in options])
    standing = _latest([option for option in options if not option.against], request, known)
    refused = [option for option in options if option.against]
    best = _best(standing, request)
    lesser = [option for option in standing if option not in best]
    if not options:
        refused = _near(printed, request, known)
    return Decision(_sorted(best, request), _sorted(lesser, request), _once(refused))


# --- dates ------------------------------------------------------------------------------------------------------


def _at_date(match: Match, on: dt.date | None, known: Known) -> list[Option]:
    """Return the reading's place as of the date: itself, or what it then was called, or why it is neither."""
    place = match.entry
    if on is None or place.existed(on) or place.may_have_existed(on):
        return [Option(place, match)]
    later = place.ended is not None and place.ended < on
    other = _continued(place, on, known, later=later)
    if other:
        return [Option(other, match, via=place)]
    options = [Option(place, match, against="ended" if later else "not_begun")]
    neighbours = known.today(place) if later else [old for old, _kind in known.before(place)]
    return options + [Option(heir, match, place, "became") for heir in neighbours if heir.existed(on)]


def _continued(place: Entry, on: dt.date, known: Known, *, later: bool) -> Entry | None:
    """Follow renamings to the place of the date. None where the place was merged, split or is lost sight of."""
    seen = {place.pk}
    while not place.existed(on):
        links = known.after(place) if later else known.before(place)
        if len(links) != 1 or links[0][1] not in _CONTINUING or links[0][0].pk in seen:
            return None
        other = links[0][0]
        if not later and len(known.after(other)) != 1:
            return None
        place = other
        seen.add(place.pk)
    return place


def _latest(options: list[Option], request: Request, known: Known) -> list[Option]:
    """Of one place under several codes over the years, keep the one of the date; without a date, the latest."""
    if len(options) < 2 or all(option.entry.ended is None for option in options):
        return options
    if request.on is not None:
        existing = [
            option.entry for option in options if option.entry.ended and option.entry.existed(request.on)
        ]
        # Today's townships are listed without the year they began; what one continued began after that ended.
        later = {pk for place in existing for pk in _later_ones(place, known)}
        return [option for option in options if option.entry.pk not in later]
    here = {option.entry.pk for option in options}
    return [
        option
        for option in options
        if option.entry.ended is None or not _later_ones(option.entry, known) & here
    ]


def _later_ones(place: Entry, known: Known) -> set[int]:
    """Return what a place continued as, step by step, while there was one continuation."""
    seen: set[int] = set()
    links = known.after(place)
    while len(links) == 1 and links[0][1] in _CONTINUING and links[0][0].pk not in seen:
        seen.add(links[0][0].pk)
        links = known.after(links[0][0])
    return seen


# --- what is expected -------------------------------------------------------------------------------------------


def _checked(option: Option, qualifiers: Collection[str], request: Request, known: Known) -> Option:
    if option.against:
        return option
    places = [*known.ancestors(option.entry), option.entry]
    if request.levels is not None and option.entry.level not in request.levels:
        return replace(option, against="level")
    if request.within is not None and all(place.pk != request.within for place in places):
        return replace(option, against="within")
    if not all(names_in_order(text, places, known) for text in qualifiers):
        return replace(option, against="brackets")
    return option


# --- weighing ---------------------------------------------------------------------------------------------------

# (not of the date, not the full path, parents under earlier names, a short or lengthened name, rank of such a name)
_Weight = tuple[bool, tuple[bool, bool, bool], int]


def _weight(option: Option, request: Request) -> _Weight:
    match = option.match
    late = option.via is not None or not option.entry.existed(request.on)
    return (
        late,
        (not match.full, match.above == "former", match.weak),
        _short_rank(option.entry) if match.weak else 0,
    )


def _short_rank(place: Entry) -> int:
    return place.rank + (place.rank >= _TOWN_RANK)


def _beats(one: _Weight, other: _Weight) -> bool:
    """Better in one respect and worse in none; between respects (date, name) nothing is traded."""
    (late, closeness, rank), (other_late, other_closeness, other_rank) = one, other
    if late > other_late or closeness > other_closeness:
        return False
    if closeness < other_closeness:
        return True
    if late < other_late:
        return rank - other_rank < _LEVELS_APART
    return other_rank - rank >= _LEVELS_APART


def _best(options: list[Option], request: Request) -> list[Option]:
    weights = [_weight(option, request) for option in options]
    different = set(weights)
    unbeaten = {one for one in different if not any(_beats(other, one) for other in different)}
    return [option for option, weight in zip(options, weights, strict=True) if weight in unbeaten]


def _sorted(options: list[Option], request: Request) -> list[Option]:
    return sorted(
        options, key=lambda option: (*_weight(option, request), option.entry.rank, option.entry.slug)
    )


def _once(options: list[Option]) -> list[Option]:
    """Keep one option for a place: rather one that holds, and rather the place itself than by way of another."""
    kept: dict[int, Option] = {}
    for option in options:
        other = kept.get(option.entry.pk)
        if other is None or (bool(option.against), option.via is not None) < (
            bool(other.against),
            other.via is not None,
        ):
            kept[option.entry.pk] = option
    return list(kept.values())


# --- nothing found ----------------------------------------------------------------------------------------------


def _near(printed: Printed, request: Request, known: Known) -> list[Option]:
    """Return places worth a look for a name that is not known: similar names, and where it seems to lie."""
    options = [
        Option(match.entry, match, against="suffix" if match.how == "suffix_differs" else "prefix")
        for match in near_matches(printed.main, known)
    ]
    options.sort(key=lambda option: _distance(option, request))
    return [*options[:_NEAR_LIMIT], *_enclosing(printed, request, known)]


def _distance(option: Option, request: Request) -> tuple[bool, bool, bool, int]:
    """Sort near names: similar ones first, then those of the date, of the same kind (古镇: towns), the longest."""
    entry, match = option.entry, option.match
    other_kind = entry.name[-1] != match.own[-1]
    return option.against == "prefix", not entry.existed(request.on), other_kind, -len(match.own)


def _enclosing(printed: Printed, request: Request, known: Known) -> list[Option]:
    """Return the places that the longest known beginning of the text names, and those named in brackets."""
    texts = [printed.main[:end] for end in range(len(printed.main) - 1, 1, -1)]
    options: list[Option] = []
    for text in texts:
        found = [Option(match.entry, match, against="encloses") for match in matches(text, known)]
        options = _best([option for option in found if option.entry.existed(request.on)], request)
        if options:
            break
    for text in printed.qualifiers:
        options += [
            Option(match.entry, match, against="encloses")
            for match in matches(text, known)
            if match.entry.existed(request.on)
        ]
    return options
