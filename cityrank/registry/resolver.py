"""Which subject is meant by a printed name. One name, or a whole file of them with the same few queries.

    resolve("浙江杭州市西湖云栖小镇", on=date(2018, 7, 30))
    resolve("吉林", levels={"prefecture"})
    resolve_many(names, on=edition_date, levels=("province", "prefecture"))

The answer is found, ambiguous or unknown, with the candidates and a reason; it is never a silent guess. Names are
read with leading places above them (any left out, full or short), with a suffix dropped or added, by other names,
with words in brackets, and at a date: a name of 2017 is the place of 2017, and the answer links to today's.
"""

import datetime as dt
from collections.abc import Collection, Iterable

from cityrank.registry.models import Place, Subject
from cityrank.registry.resolving import matching, spelling
from cityrank.registry.resolving.answers import Candidate, How, Outcome, Resolution, Subjects, answer
from cityrank.registry.resolving.deciding import Request, decide
from cityrank.registry.resolving.known import READ_ALL_FROM_TEXTS, Known, read_all, read_known

__all__ = ["Candidate", "How", "Outcome", "Resolution", "resolve", "resolve_many"]


def resolve(
    printed: str,
    *,
    on: dt.date | None = None,
    levels: Collection[str] | None = None,
    within: Place | None = None,
    kind: str = Subject.Kind.PLACE,
) -> Resolution:
    """Return what one printed name means; see `resolve_many`."""
    return resolve_many([printed], on=on, levels=levels, within=within, kind=kind)[0]


def resolve_many(
    names: Iterable[str],
    *,
    on: dt.date | None = None,
    levels: Collection[str] | None = None,
    within: Place | None = None,
    kind: str = Subject.Kind.PLACE,
    sparing: bool = False,
) -> list[Resolution]:
    """Return what each printed name means, in the order given.

    With `on`, places are those of that date, and a name from before or after leads to the place of the date if it
    merely changed its name; without it, places of today come first, then former ones, said to be former. `levels`
    (values of `Place.Level`) and `within` (a place, itself included) narrow what may be meant. `kind` is a value of
    `Subject.Kind`. With `sparing`, a batch that expects counties or larger places leaves out the names of all smaller
    ones, which takes a fifth of the memory: it finds the same, but does not list small places as candidates. Raises
    `ValueError` for a level or kind that does not exist.
    """
    if kind not in Subject.Kind.values:
        raise ValueError(f"no such kind: {kind!r}")
    if unknown := set(levels or ()) - set(Place.Level.values):
        raise ValueError(f"no such level: {', '.join(sorted(unknown))}")
    request = Request(on, None if levels is None else frozenset(levels), within.pk if within else None)
    texts = [spelling.read(name) for name in names]
    different = {printed.raw: printed for printed in texts}
    known = _known(different.values(), kind, request.levels if sparing else None)
    subjects = Subjects(kind)
    answers = {
        raw: answer(printed, decide(printed, request, known), known, subjects, on=on)
        for raw, printed in different.items()
    }
    return [answers[printed.raw] for printed in texts]


def _known(texts: Collection[spelling.Printed], kind: str, levels: Collection[str] | None = None) -> Known:
    """Read the names that the texts may stand for and, for texts that are none, what tells where they may lie."""
    if len(texts) >= READ_ALL_FROM_TEXTS:
        return read_all(kind, levels)
    known = read_known({key for printed in texts for key in matching.keys(printed, kind)}, kind)
    if known.has_everything or kind != Subject.Kind.PLACE:
        return known
    unread = [printed for printed in texts if not matching.matches(printed.main, known)]
    more = {key for printed in unread for key in matching.keys_within(printed)}
    return read_known(more, kind, known) if more else known
