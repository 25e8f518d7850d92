"""Every way to read a text as a name: some end of it names a place, and what stands before names places above it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cityrank.registry.names import stem
from cityrank.registry.resolving.known import Entry, Known
from cityrank.registry.resolving.spelling import Printed, is_chinese, spellings, without_suffix

# A tourist spelling of a town: 洛带古镇 is written of 洛带镇. Close, but not its name.
_DECORATED = ("古镇", "新镇", "老镇")


# Names of two characters (新区, 城区) turn up at the end of anything.
_TELLING = 3


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """One reading of a text: `prefix` + `own`, where `own` is the entry's name in the way `how` says.

    `above` tells what the prefix is: "" (there is none), "current" (places above the entry, any left out),
    "former" (some of them under an earlier name or from an earlier time) or "unexplained".
    """

    entry: Entry
    prefix: str
    own: str
    how: str
    weak: bool
    above: str
    # The text is the official path, nothing left out and nothing shortened.
    full: bool = False


def keys(printed: Printed, kind: str) -> set[str]:
    """Return what has to be looked up in the registry to read a text."""
    found = spellings(printed)
    if kind == "place" and is_chinese(printed.text):
        for text in {printed.text, printed.main}:
            for own in (text[at:] for at in range(len(text) - 1)):
                found |= {own, *_bases(own), *(rest for rest, _suffix in without_suffix(own))}
    return found - {""}


def keys_within(printed: Printed) -> set[str]:
    """Return what has to be looked up to say where an unknown name lies: its parts, and the words in brackets."""
    texts = [printed.main[:end] for end in range(2, len(printed.main))] + list(printed.qualifiers)
    owns = {text[at:] for text in texts for at in range(len(text) - 1)}
    return owns | {base for own in owns for base in _bases(own)}


def matches(text: str, known: Known) -> list[Match]:
    """Return the readings in which the whole text is explained; of several for one entry, the best.

    Earlier names of the places above are tried only when today's explain nothing.
    """
    return _readings(text, known, "current") or _readings(text, known, "former")


def _readings(text: str, known: Known, era: str) -> list[Match]:
    found: dict[int, Match] = {}
    for at in _starts(text, known):
        prefix, own = text[:at], text[at:]
        for form in known.called(own):
            if not prefix or is_above(prefix, form.entry, known, era):
                full = bool(prefix) and form.how == "exact" and known.path(form.entry) == text
                match = Match(form.entry, prefix, own, form.how, form.weak, era if prefix else "", full)
                other = found.get(form.entry.pk)
                if other is None or (match.weak, len(prefix)) < (other.weak, len(other.prefix)):
                    found[form.entry.pk] = match
    return list(found.values())


def near_matches(text: str, known: Known) -> Iterator[Match]:
    """Yield readings that do not hold: another suffix than the place's own, or not in the place that is printed."""
    for at in _starts(text, known):
        prefix, own = text[:at], text[at:]
        for form in known.called(own):
            if (
                form.how in ("exact", "alias")
                and prefix
                and len(own) >= _TELLING
                and not is_above(prefix, form.entry, known)
            ):
                yield Match(form.entry, prefix, own, form.how, form.weak, "unexplained")
        for entry in _with_another_suffix(own, known):
            if not prefix or is_above(prefix, entry, known):
                yield Match(entry, prefix, own, "suffix_differs", True, "current" if prefix else "")


def _with_another_suffix(own: str, known: Known) -> Iterator[Entry]:
    for base in _bases(own):
        yield from (
            entry for entry in known.by_stem.get(base, ()) if entry.name != own and entry.stem != entry.name
        )


def _bases(own: str) -> list[str]:
    """Return what is left of a name without its suffix: 坪山新区 -> 坪山, 洛带古镇 -> 洛带."""
    bases = {stem(own)} | {own.removesuffix(word) for word in _DECORATED}
    return sorted(base for base in bases if len(base) >= 2 and base != own)


def _starts(text: str, known: Known) -> Iterable[int]:
    """Where a name may begin. Only the parts of Chinese paths of places run into each other."""
    return range(max(len(text) - 1, 1)) if known.kind == "place" and is_chinese(text) else (0,)


# --- what stands before a name ----------------------------------------------------------------------------------


def is_above(prefix: str, entry: Entry, known: Known, era: str = "current") -> bool:
    """Whether a prefix is made of names of places above the entry; any may be left out, and named in short.

    In the era "former", what these places took over from counts too, and what was above it.
    """
    key = (prefix, entry.parent_id, era)
    if key not in known.prefixes:
        places, heads = _above(entry, known, era)
        # Almost all prefixes fail at once: they are no path, or one to somewhere else.
        known.prefixes[key] = prefix[:2] in heads and names_in_order(prefix, places, known)
    return known.prefixes[key]


def _above(entry: Entry, known: Known, era: str) -> tuple[list[Entry], set[str]]:
    """Return the places that may be named before an entry, higher levels first, and how their names begin."""
    key = (entry.parent_id, era)
    if key not in known.above:
        ancestors = known.ancestors(entry)
        places = sorted(
            ancestors if era == "current" else _earlier(ancestors, known), key=lambda place: place.rank
        )
        known.above[key] = places, {form[:2] for place in places for form in known.all_forms(place)}
    return known.above[key]


def names_in_order(text: str, places: Sequence[Entry], known: Known) -> bool:
    """Whether the text is nothing but names of these places. They come in the order of levels, higher ones first."""
    # Each state is how much of the text is read, and the lowest level named so far.
    states = {(0, -1)}
    for place in places:
        for read, rank in list(states):
            if rank < place.rank:
                forms = (form for form in known.all_forms(place) if text.startswith(form, read))
                states |= {(read + len(form), place.rank) for form in forms}
    return any(read == len(text) for read, _rank in states)


def _earlier(ancestors: Iterable[Entry], known: Known) -> set[Entry]:
    """Return the places above, all that they took over from, and what was above those."""
    found = set(ancestors)
    waiting = list(found)
    while waiting:
        place = waiting.pop()
        for old in {entry for entry, _kind in known.before(place)} | set(known.ancestors(place)):
            if old not in found:
                found.add(old)
                waiting.append(old)
    return found
