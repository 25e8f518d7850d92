"""What a bulletin says of itself: its title, its dates, who published it and who wrote about it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cityrank.exchange.bulletin.elements import Became, HeadRead, Span
from cityrank.exchange.bulletin.reader import patterns
from cityrank.exchange.bulletin.reader.ledger import Ledger
from cityrank.exchange.bulletin.reader.numerals import label_of, narrow
from cityrank.exchange.bulletin.reader.shapes import Form, Shape
from cityrank.exchange.bulletin.reader.titles import period_of

_DATE = r"(?:(?P<year>(?:19|20)\d\d)\s*[-年/.]\s*)(?P<month>\d{1,2})\s*[-月/.]\s*(?P<day>\d{1,2})\s*日?"
_CLOCK = r"(?:\s*T?\d{1,2}:\d{2}(?::\d{2})?)?"
_PUBLISHED = re.compile(rf"(?:(?:发布|发表|更新|公布)?(?:时间|日期)|发布于)\s*:?\s*{_DATE}{_CLOCK}")
_BARE_DATE = re.compile(rf"^\s*{_DATE}{_CLOCK}\s*(?:星期[一二三四五六日天])?\s*$")
_DATED_SOURCE = re.compile(rf"^\s*{_DATE}{_CLOCK}\s+(?=\D)")
_SOURCE = re.compile(r"(?:信息|文章|稿件|新闻)?(?:来源|出处|稿源)\s*:\s*(?P<name>[^\s|,;、:]{2,40})")
_AUTHOR = re.compile(r"(?:作者|记者|撰文|编辑|文)\s*:\s*(?P<name>[^\s|,;:]{2,20})")
_ADDRESS = re.compile(r"(?:原文|原文链接|链接|网址|来源)\s*:\s*(?P<url>https?://[!-~]{4,300})")
# 7月30日下午,...联合发布: the day on which the results were announced.
_ANNOUNCED = re.compile(
    r"(?:(?P<year>20\d\d)\s*年)?\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日(?P<between>[^。!?；;]{0,60}?)(?:发布|公布|揭晓|举行|召开|通报)"
)
_QUOTED = re.compile(r"《(?P<title>[^《》]{6,120})》")
_OF_ALL = re.compile("通报|公告|报告|公示|结果|榜单|发布|通知")
_LONGEST_IMPRINT = 160


@dataclass
class Imprint:
    """Where and when the page was published, as its first lines say it."""

    published_on: str = ""
    publisher: str = ""
    author: str = ""
    url: str = ""


def is_imprint(text: str) -> bool:
    """Whether a line says when or where the page was published."""
    plain = narrow(text)
    if len(plain) > _LONGEST_IMPRINT or "。" in plain:
        return False
    return any(
        pattern.search(plain)
        for pattern in (_PUBLISHED, _BARE_DATE, _DATED_SOURCE, _SOURCE, _AUTHOR, _ADDRESS)
    )


def read_imprint(shapes: Iterable[Shape], ledger: Ledger) -> Imprint:
    """Read date, source and author from the lines that hold them; the first of each counts."""
    imprint = Imprint()
    for shape in shapes:
        line = shape.line
        if shape.form in (Form.BLANK, Form.PICTURE) or not is_imprint(line.text):
            continue
        plain = narrow(line.text)
        for pattern in (_PUBLISHED, _BARE_DATE, _DATED_SOURCE):
            if found := pattern.search(plain):
                imprint.published_on = imprint.published_on or _iso(found)
                ledger.claim(ledger.span(line.start + found.start(), line.start + found.end()), Became.DATE)
        for name, pattern in (("url", _ADDRESS), ("publisher", _SOURCE), ("author", _AUTHOR)):
            if found := pattern.search(plain):
                span = ledger.span(line.start + found.start(), line.start + found.end())
                value = line.text[found.start(1) : found.end(1)]
                setattr(imprint, name, getattr(imprint, name) or value)
                ledger.claim(span, Became.SOURCE)
    return imprint


def read_head(
    lead: Sequence[Shape], page_title: Shape | None, periods: Iterable[str], imprint: Imprint, ledger: Ledger
) -> HeadRead:
    """Put together what is said of the edition. `periods` are the years that its titles name."""
    page = page_title.line.text.strip() if page_title else ""
    title = _title_in(lead, ledger) or (page if patterns.WHOLE_WORDS.search(page) else "")
    labels = Counter(label_of(period) for period in periods if period)
    label = (
        label_of(period_of(title))
        or label_of(period_of(page))
        or next((name for name, _ in labels.most_common(1)), "")
    )
    return HeadRead(
        label=label,
        title=title,
        page_title=page,
        announced_on=_announced(lead, imprint.published_on),
        published_on=imprint.published_on,
        publisher=imprint.publisher,
        author=imprint.author,
        url=imprint.url,
    )


def _title_in(lead: Sequence[Shape], ledger: Ledger) -> str:
    """Return the bulletin's title where the lead quotes it."""
    for shape in lead:
        for found in _QUOTED.finditer(shape.line.text):
            title = found["title"]
            if _OF_ALL.search(title) and period_of(title):
                start = shape.line.start
                ledger.claim(
                    Span(start + found.start(), start + found.end(), shape.line.number), Became.TITLE
                )
                return title.strip()
    return ""


def _announced(lead: Sequence[Shape], published_on: str) -> str:
    for shape in lead:
        for found in _ANNOUNCED.finditer(narrow(shape.line.text)):
            # A day without its year is one of the year in which the page was published.
            year = found["year"] or published_on[:4]
            if year and (day := _iso_of(year, found["month"], found["day"])):
                return day
    return ""


def _iso(found: re.Match[str]) -> str:
    return _iso_of(found["year"], found["month"], found["day"])


def _iso_of(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
