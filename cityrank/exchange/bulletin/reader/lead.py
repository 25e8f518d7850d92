"""The report's own words before the results: who leads a table, where a sentence says so."""

import re
from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from cityrank.exchange.bulletin.elements import Became, RankingRead, RowRead, Sure
from cityrank.exchange.bulletin.reader.ledger import Ledger
from cityrank.exchange.bulletin.reader.names import looks_like_name, split_names
from cityrank.exchange.bulletin.reader.numerals import NUMBER, integer, narrow
from cityrank.exchange.bulletin.reader.shapes import Shape
from cityrank.exchange.bulletin.reader.titles import canon

# 甲、乙、丙占据前三名
_FIRST = re.compile(
    rf"(?P<names>[^,。;:!?“”\"]{{3,120}}?)(?:分别|依次|共同)?(?:占据|位居|位列|名列|居|列|包揽|分列|获得?|夺得|进入)(?:了)?(?:榜单|该榜|排行榜|排名)?的?前(?P<count>{NUMBER})(?:甲|名|位|强)?(?:的位置)?"
)
_QUOTED = re.compile('[“"「《『](?P<title>[^“”"「」《》『』]{6,80})[”"」》』]')


def read_leaders(lead: Sequence[Shape], rankings: Sequence[RankingRead], ledger: Ledger) -> list[RankingRead]:
    """Return the tables with the names that the lead says are first; their ranks and scores are not printed."""
    known = {
        canon(title): ranking
        for ranking in rankings
        for title in (ranking.title_listed, ranking.title_printed)
        if title
    }
    changed: dict[str, RankingRead] = {}
    for shape in lead:
        text = shape.line.text
        quoted = {canon(found["title"]) for found in _QUOTED.finditer(text)}
        named = {known[title].key: known[title] for title in quoted if title in known}
        found = _FIRST.search(narrow(text))
        if not found or len(named) != 1:
            continue
        ranking = next(iter(named.values()))
        rows = _rows(shape, found, ledger)
        if rows and not ranking.rows and ranking.key not in changed:
            changed[ranking.key] = replace(ranking, rows=rows)
            span = ledger.span(shape.line.start + found.start("names"), shape.line.start + found.end())
            ledger.claim(span, Became.TABLE_ROW, Sure.LIKELY, ranking.key)
            _notice(ranking, rows, ledger)
    return [changed.get(ranking.key, ranking) for ranking in rankings]


def _rows(shape: Shape, found: re.Match[str], ledger: Ledger) -> tuple[RowRead, ...]:
    """Return a row for each name, or none where there are not as many as the sentence says."""
    start = shape.line.start + found.start("names")
    names = split_names(shape.line.text[found.start("names") : found.end("names")])
    if len(names) != integer(found["count"]) or not all(looks_like_name(name.text) for name in names):
        return ()
    return tuple(
        RowRead(name.text, None, None, "", "", ledger.span(start + name.start, start + name.end))
        for name in names
    )


def _notice(ranking: RankingRead, rows: tuple[RowRead, ...], ledger: Ledger) -> None:
    ledger.notice(
        f"leaders:{ranking.key}",
        _(
            "The text says that these are the first %(count)s of “%(title)s”; it prints no rank or score of each."
        )
        % {"count": len(rows), "title": ranking.title_printed or ranking.title_listed},
        ledger.span(rows[0].span.start, rows[-1].span.end),
    )
