"""Averages of groups in sentences: 地市平均得分率为70.5%,较上一年度的69.0%提高了1.5%."""

import re
from collections.abc import Iterable, Iterator, Sequence

from cityrank.exchange.bulletin.elements import AverageRead, Became, RankingRead
from cityrank.exchange.bulletin.reader.ledger import Ledger
from cityrank.exchange.bulletin.reader.numerals import NUMBER, decimal, decimals_of, integer, narrow
from cityrank.exchange.bulletin.reader.shapes import Shape
from cityrank.exchange.bulletin.reader.titles import likeness

_FIGURE = r"(\d{1,6}(?:\.\d{1,6})?)"
_SIGN = r"\s*(?:%|个?百分点|分)?"
# 智慧城市平均得分率 names the measure, so that the group before it ends with 副省级城市.
_AVERAGE = re.compile(
    rf"(?:智慧城市)?(?:的)?平均(?:综合)?(?:得分率|得分|分值|分数|分|指数|水平)(?:约?为|达到?了?|是|:)?\s*{_FIGURE}{_SIGN}"
)
_COMPARED = re.compile(
    rf"\s*,?\s*(?:较|比|同比|与|相比)?\s*(?:上一?年度?|去年|上年度?|上一?期|上届|前一年度?|(?:19|20)\d\d(?:-(?:19|20)\d\d)?年?度?)?(?:同期)?(?:的)?\s*(?:{_FIGURE}{_SIGN})?\s*(?:相比)?,?\s*"
    rf"(?P<way>提高|提升|上升|增长|增加|上涨|下降|降低|减少|回落|下滑)(?:了)?\s*(?P<change>\d{{1,6}}(?:\.\d{{1,6}})?){_SIGN}"
)
_DOWN = frozenset({"下降", "降低", "减少", "回落", "下滑"})
_LONGEST_LABEL = 60
_TOP = re.compile(rf"(?:前|TOP\s*)({NUMBER})\s*(?:名|强|位)?", re.IGNORECASE)
# What an average calls otherwise than its table does, and what only one of the two says.
_SAME = (
    (re.compile(r"\(.*?\)"), ""),
    (re.compile(rf"(?:前|TOP)\s*{NUMBER}\s*(?:名|强|位)?(?:的)?", re.IGNORECASE), ""),
    (re.compile("综合|得分率?|排名|排行榜?|榜单?|指数|试点|智慧城市|各|评估|、"), ""),
    (re.compile("地级市|地级城市|地市级?城市"), "地市"),
    (re.compile("区、?县|区县市|县市区|县区"), "区县"),
)
_LEAST_LIKENESS = 0.8


def read_averages(
    shapes: Iterable[Shape], rankings: Sequence[RankingRead], ledger: Ledger
) -> list[AverageRead]:
    """Read the averages that lines of prose state, and find the table that each speaks of."""
    return [average for shape in shapes for average in _in_line(shape, rankings, ledger)]


def _in_line(shape: Shape, rankings: Sequence[RankingRead], ledger: Ledger) -> Iterator[AverageRead]:
    line = shape.line
    if "平均" not in line.text:
        return
    plain = narrow(line.text)
    for found in _AVERAGE.finditer(plain):
        label_start = max(_start_of_label(plain, found.start()), shape.at)
        label = line.text[label_start : found.start()].strip()
        value = decimal(found[1])
        if not label or value is None:
            continue
        compared = _COMPARED.match(plain, found.end())
        end = compared.end() if compared else found.end()
        change = decimal(compared["change"]) if compared else None
        if compared and change is not None and compared["way"] in _DOWN:
            change = -change
        top = _TOP.search(narrow(label))
        span = ledger.span(line.start + label_start, line.start + end)
        ledger.claim(span, Became.AVERAGE)
        yield AverageRead(
            printed_label=label,
            top_n=integer(top[1]) if top else None,
            value=value,
            previous=decimal(compared[1]) if compared and compared[1] else None,
            change=change,
            decimals=decimals_of(found[1]),
            ranking=_ranking_of(label, rankings),
            span=span,
        )


def _start_of_label(plain: str, end: int) -> int:
    """Return where the name of the group begins: after the last mark before it that parts clauses."""
    before = plain[max(0, end - _LONGEST_LABEL) : end]
    clause = max((before.rfind(mark) for mark in ",;。:!?"), default=-1)
    return end - len(before) + clause + 1


def _ranking_of(label: str, rankings: Sequence[RankingRead]) -> str:
    """Return the key of the table whose title names the same group; "" where none or more than one does."""
    group = _group(label)
    named = [(ranking, _group(ranking.title_printed or ranking.title_listed)) for ranking in rankings]
    same = [ranking for ranking, other in named if other == group and group]
    if not same:
        same = [ranking for ranking, other in named if other and likeness(other, group) >= _LEAST_LIKENESS]
    return same[0].key if len(same) == 1 else ""


def _group(text: str) -> str:
    plain = narrow(text)
    for pattern, instead in _SAME:
        plain = pattern.sub(instead, plain)
    return plain.strip()
