"""Who held the evaluation: in a sentence (甲、乙联合发布), behind a label (主办单位:), or as the team of assessors."""

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from cityrank.exchange.bulletin.elements import Became, OrganiserRead, Sure
from cityrank.exchange.bulletin.reader.ledger import Ledger
from cityrank.exchange.bulletin.reader.names import looks_like_name, split_names
from cityrank.exchange.bulletin.reader.numerals import narrow
from cityrank.exchange.bulletin.reader.shapes import Shape

PUBLISHER, ASSESSOR = "publisher", "assessor"

_SENTENCE = re.compile(r"(?:联合|共同)(?:主办|发布|推出|公布|编制|开展)(?:了|的)?")
_ALONE = re.compile(r"(?:主办|发布|公布)(?:了|的)?(?=《)")
_LABEL = re.compile(
    r"^\s*[【\[]?(?P<label>主办单位?|发布单位|发布机构|发布方|评估单位|评估机构|评审机构|评价机构|研究机构|研究单位|测评机构|承办单位?|协办单位?|支持单位|指导单位)[】\]]?\s*:\s*"
)
_ROLES = {
    "主办": PUBLISHER,
    "发布": PUBLISHER,
    "评估": ASSESSOR,
    "评审": ASSESSOR,
    "评价": ASSESSOR,
    "研究": ASSESSOR,
    "测评": ASSESSOR,
}
_TEAM = re.compile(r"(?P<names>[^,。;:!?“”\s]{3,60})(?:评估组|课题组|评审组)(?!织)")
# What stands before a team and is no name of its own.
_NO_TEAM = re.compile(
    r"^(?:综上|综合|因此|最终|最后|由|经|本次|此次|本|该|我们|以上|上述|目前|同时|据|这些|其中|专家|上述)+(?:所述)?"
)
_SHORTEST = 3


def read_organisers(lead: Sequence[Shape], prose: Sequence[Shape], ledger: Ledger) -> list[OrganiserRead]:
    """Read who published and who assessed. `lead` is what stands before the results, `prose` all but citations."""
    found = [
        *_labelled([*lead, *prose], ledger),
        *_in_sentences(lead, ledger),
        *_teams([*lead, *prose], ledger),
    ]
    unique: dict[tuple[str, str], OrganiserRead] = {}
    for organiser in found:
        unique.setdefault((organiser.printed, organiser.role), organiser)
    return list(unique.values())


def _labelled(shapes: Sequence[Shape], ledger: Ledger) -> Iterator[OrganiserRead]:
    for shape in shapes:
        line = shape.line
        found = _LABEL.match(narrow(line.text))
        if not found:
            continue
        span = ledger.span(line.start, line.end)
        role = _ROLES.get(found["label"][:2])
        if role is None:
            ledger.claim(span, Became.ORGANISER, Sure.DOUBTFUL)
            ledger.notice(
                f"organiser-role:{line.number}",
                _("“%(label)s” is neither who published nor who assessed, and is not taken over.")
                % {"label": found["label"]},
                span,
            )
            continue
        ledger.claim(span, Became.ORGANISER)
        yield from _named(line.text[found.end() :], line.start + found.end(), role, ledger)


def _in_sentences(lead: Sequence[Shape], ledger: Ledger) -> Iterator[OrganiserRead]:
    """Yield the names before the first 联合发布 of the lead; later ones speak of other papers."""
    for shape in lead:
        line, plain = shape.line, narrow(shape.line.text)
        found = _SENTENCE.search(plain) or _ALONE.search(plain)
        if not found:
            continue
        start = max(plain.rfind(mark, 0, found.start()) for mark in ",。;:!?)》") + 1
        while plain.startswith(("由", "日", " "), start):
            start += 1
        names = list(_named(line.text[start : found.start()], line.start + start, PUBLISHER, ledger))
        if names:
            ledger.claim(ledger.span(line.start + start, line.start + found.end()), Became.ORGANISER)
            yield from names
            return


def _teams(shapes: Sequence[Shape], ledger: Ledger) -> Iterator[OrganiserRead]:
    seen: set[str] = set()
    for shape in shapes:
        line = shape.line
        for found in _TEAM.finditer(narrow(line.text)):
            lead = _NO_TEAM.match(found["names"])
            start = found.start() + (lead.end() if lead else 0)
            for organiser in _named(
                line.text[start : found.end("names")], line.start + start, ASSESSOR, ledger
            ):
                if organiser.printed not in seen:
                    ledger.claim(organiser.span, Became.ORGANISER)
                    yield organiser
                seen.add(organiser.printed)


def _named(text: str, start: int, role: str, ledger: Ledger) -> Iterator[OrganiserRead]:
    names = split_names(text, pairs=False)
    if all(len(name.text) >= _SHORTEST and looks_like_name(name.text) for name in names):
        for name in names:
            yield OrganiserRead(name.text, role, ledger.span(start + name.start, start + name.end))
