"""Rows of tables as text: cells between tabs, bars or blanks, what a header says of them, bands and their limits."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cityrank.exchange.bulletin.elements import Line
from cityrank.exchange.bulletin.reader.names import looks_like_name
from cityrank.exchange.bulletin.reader.numerals import NUMBER, decimal, integer, narrow

# What stands over a column, by what the column holds; the first that fits a cell counts.
HEADERS = {
    "rank": re.compile(r"名次|排名|排序|位次|序号|^No\.?$|^Rank$|^序$", re.IGNORECASE),
    "band": re.compile(r"梯队|等级|档次|级别|分组|^Band$|^Tier$", re.IGNORECASE),
    "score": re.compile(r"得分|总分|分数|指数|评分|分值|^Score$|^Index$|^分$", re.IGNORECASE),
    "name": re.compile(
        r"城市|城镇|小镇|名称|地区|省份|区县|县市|县域|园区|地市|企业|服务商|公司|单位|机构|APP|应用|省区市|国家|^City$|^Name$|^Place$",
        re.IGNORECASE,
    ),
}
# Of several columns that fit, the one that the table is about.
_MAIN_SCORE = re.compile(r"综合|总")
_MAIN_NAME = re.compile(r"城市|名称|^City$|^Name$", re.IGNORECASE)
_UNIT = re.compile(r"[(（]\s*(%|％|分|指数|百分比)\s*[)）]")
_UNIT_LINE = re.compile(r"^\s*[(（]?\s*单位\s*[:：]\s*(\S{1,6}?)\s*[)）]?\s*$")
_MAXIMUM = re.compile(r"(?:满分|总分|最高分?)\s*(?:为|是|[:：])?\s*(\d{1,4}(?:\.\d{1,4})?)")

_RANK = re.compile(r"^(?:第\s*)?(\d{1,4})\s*(?:名|位)?[.、．:：)）]?$")
_SCORE = re.compile(r"^\d{1,6}(?:\.\d{1,8})?\s*[%分]?$")
_RULE = re.compile(r"^[\s|:：\-+=—_─━┼│┃═]{3,}$")
_BAR = re.compile(r"[|｜│┃]")

_FIGURE = r"\d{1,4}(?:\.\d{1,2})?"
# 1-30名, 第31至75名, 85-100分
_RANGE = re.compile(
    rf"(?:排名|名次|得分)?\s*第?\s*({_FIGURE})\s*[名位分]?\s*(?:[-－—–―~～至到]{{1,2}})\s*第?\s*({_FIGURE})\s*([名位强分]?)(?:的?城市)?"
)
# 85分以上, 55分及以下
_OPEN_END = re.compile(rf"({_FIGURE})\s*分?\s*[及(（]?(以上|以下)[)）]?(?:的?城市)?")
_TIER = re.compile(
    rf"(?:第\s*{NUMBER}\s*(?:梯队|档次?|层次|等级|集团|方阵|阵营)|[A-E]\+{{0,2}}\s*[级档]|[一二三四五特]\s*[级档](?!市|城)|其余|其他|其它)(?:的?城市)?"
)
_LAST_RANK = 3000

# The forms of a row without a header: N a whole number, F a figure with decimals or a sign, W a name.
_FORMS = (
    (re.compile("(?:NW[FN])+"), 3, "rank score"),
    (re.compile("(?:NW)+"), 2, "rank"),
    (re.compile("(?:WF)+"), 2, "score"),
)


@dataclass(frozen=True)
class Cell:
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Columns:
    """Which cells of a group of columns hold what, by offset in the group; None where the header names none."""

    width: int
    name: int
    rank: int | None
    score: int | None
    band: int | None
    unit: str
    maximum: Decimal | None
    others: tuple[str, ...]


@dataclass(frozen=True)
class RawRow:
    """A row as printed, with offsets in the line of all of it and of its name; `group` counts tables side by side."""

    name: Cell
    rank: int | None
    score: Decimal | None
    score_text: str
    band: str
    start: int
    end: int
    group: int


# Of a band: first rank, last rank, lowest score, highest score.
Limits = tuple[int | None, int | None, Decimal | None, Decimal | None]


@dataclass(frozen=True)
class Band:
    label: str
    first_rank: int | None
    last_rank: int | None
    lowest_score: Decimal | None
    highest_score: Decimal | None
    end: int


def is_rule(text: str) -> bool:
    """Whether a line only draws a line between rows."""
    return bool(_RULE.match(text))


def cells_of(text: str, *, real: bool = False) -> list[Cell]:
    """Split a line into cells. A row of a real table keeps its empty cells; in text, several blanks are one border."""
    if real:
        return _split(text, re.compile("\t"), keep=True)
    if "\t" in text:
        cells = _split(text, re.compile(r"\t+|[|｜]"))
    elif _BAR.search(text):
        cells = _split(text, _BAR)
    else:
        cells = _put_together(_split(text, re.compile(r"[ \u3000\xa0]+")))
    return _number_apart(cells)


def header_of(cells: Sequence[Cell]) -> Columns | None:
    """Return what the columns hold, or None where the cells are no header: one has figures, or none is of names."""
    texts = [narrow(cell.text).strip() for cell in cells]
    if len(texts) < 2 or any(decimal(text) is not None for text in texts):
        return None
    kinds = [_kind(text) for text in texts]
    if "name" not in kinds or not {"rank", "score"} & set(kinds):
        return None
    width = _repeat(texts)
    kinds, texts = kinds[:width], texts[:width]
    name = _choose(kinds, texts, "name", _MAIN_NAME)
    score = _choose(kinds, texts, "score", _MAIN_SCORE)
    rank, band = (_choose(kinds, texts, kind, None) for kind in ("rank", "band"))
    used = {name, score, rank, band}
    over = texts[score] if score is not None else ""
    unit, maximum = _UNIT.search(over), maximum_of(over)
    others = tuple(text for place, text in enumerate(texts) if place not in used and text)
    assert name is not None
    return Columns(width, name, rank, score, band, unit[1] if unit else "", maximum, others)


def rows_of(cells: Sequence[Cell], columns: Columns | None) -> list[RawRow]:
    """Read the row or the rows side by side that a line holds; none where it is no row."""
    rows = _by_header(cells, columns) if columns else []
    return rows or _by_form(cells)


def unit_of(text: str) -> str:
    """Return the unit of a line such as (单位:分) over a table; "" where it is another line."""
    found = _UNIT_LINE.match(text)
    return found[1] if found else ""


def are_scored(lines: Iterable[Line]) -> bool:
    """Whether a row of a table has a score."""
    columns = None
    for line in lines:
        cells = cells_of(line.text, real=line.hint == "row")
        columns = header_of(cells) or columns
        if any(row.score is not None for row in rows_of(cells, columns)):
            return True
    return False


def maximum_of(text: str) -> Decimal | None:
    """Return the score that a text calls the highest possible: 满分100分."""
    found = _MAXIMUM.search(narrow(text))
    return decimal(found[1]) if found else None


def band_of(text: str) -> Band | None:
    """Read the beginning of a line as a band: 第一梯队(1-30名), 31-75名:, 85分以上, 其余; `end` is where it ends."""
    plain = narrow(text)
    start = end = len(plain) - len(plain.lstrip(" \t\u3000【["))
    limits: Limits = (None, None, None, None)
    tier = _TIER.match(plain, start)
    if tier:
        end = tier.end()
        inner = re.compile(r"\s*[(:,]?\s*").match(plain, end)
        found = _limits(plain, inner.end()) if inner else None
        if found:
            limits, end = found
            end += len(plain[end:]) - len(plain[end:].lstrip(" )"))
    elif found := _limits(plain, start):
        limits, end = found
    if end == start:
        return None
    label = text[start:end].strip()
    rest = plain[end:].lstrip(" \t\u3000】]")
    shut = len(plain) - len(rest)
    if rest.startswith(":"):
        return Band(label, *limits, shut + 1)
    return (
        Band(label, *limits, shut)
        if not rest or (tier and rest[0] in "、,") or plain[shut - 1].isspace()
        else None
    )


def _limits(text: str, start: int) -> tuple[Limits, int] | None:
    """Read the ranks or scores that a band lies between, and where that ends; None where there are none."""
    if found := _OPEN_END.match(text, start):
        bound, low = Decimal(found[1]), found[2] == "以上"
        return (None, None, bound if low else None, None if low else bound), found.end()
    found = _RANGE.match(text, start)
    if not found:
        return None
    first, last, unit = found.groups()
    if unit == "分" or "." in first + last:
        low_score, high_score = sorted((Decimal(first), Decimal(last)))
        return (None, None, low_score, high_score), found.end()
    # 2017-2018 is a period, and 30-1 is none.
    if int(first) >= int(last) or int(last) > _LAST_RANK or (int(first) >= 1900 and not unit):
        return None
    return (int(first), int(last), None, None), found.end()


def _split(text: str, border: re.Pattern[str], *, keep: bool = False) -> list[Cell]:
    cells, start = [], 0
    for found in [*border.finditer(text), None]:
        end = found.start() if found else len(text)
        part = text[start:end]
        if keep or part.strip():
            lead = len(part) - len(part.lstrip())
            cells.append(Cell(part.strip(), start + lead, start + lead + len(part.strip())))
        start = found.end() if found else end
    return cells


def _number_apart(cells: list[Cell]) -> list[Cell]:
    """Part the number from the name where only a mark stands between them: 1、北京 92.31."""
    found = re.match(r"(\d{1,4}[、.．])(?=\D)", cells[0].text) if len(cells) > 1 else None
    if not found or not found[0] or found.end() == len(cells[0].text):
        return cells
    first, cut = cells[0], cells[0].start + found.end()
    return [Cell(found[1], first.start, cut), Cell(first.text[found.end() :], cut, first.end), *cells[1:]]


def _put_together(cells: Sequence[Cell]) -> list[Cell]:
    """Join the words of a foreign name, which have blanks between them."""
    joined: list[Cell] = []
    for cell in cells:
        last = joined[-1] if joined else None
        if last and _is_latin(last.text[-1:]) and _is_latin(cell.text[:1]):
            joined[-1] = Cell(f"{last.text} {cell.text}", last.start, cell.end)
        else:
            joined.append(cell)
    return joined


def _is_latin(character: str) -> bool:
    return character.isalpha() and character < "\u0250"


def _kind(text: str) -> str:
    return next((kind for kind, pattern in HEADERS.items() if len(text) <= 20 and pattern.search(text)), "")


def _repeat(texts: Sequence[str]) -> int:
    """Return the width of one table where several stand side by side under the same header."""
    for width in range(2, len(texts) // 2 + 1):
        if len(texts) % width == 0 and all(text == texts[place % width] for place, text in enumerate(texts)):
            return width
    return len(texts)


def _choose(
    kinds: Sequence[str], texts: Sequence[str], kind: str, main: re.Pattern[str] | None
) -> int | None:
    places = [place for place, found in enumerate(kinds) if found == kind]
    if main:
        # The province that a city belongs to is not what is ranked.
        places.sort(key=lambda place: ("所属" in texts[place], not main.search(texts[place])))
    return places[0] if places else None


def _by_header(cells: Sequence[Cell], columns: Columns) -> list[RawRow]:
    if len(cells) % columns.width:
        return []
    rows = []
    for group in range(len(cells) // columns.width):
        part = cells[group * columns.width : (group + 1) * columns.width]
        if not any(cell.text for cell in part):
            continue
        name = part[columns.name]
        if not name.text:
            return []
        rank = _rank(part[columns.rank].text) if columns.rank is not None else None
        score = part[columns.score].text if columns.score is not None else ""
        band = part[columns.band].text if columns.band is not None else ""
        rows.append(RawRow(name, rank, decimal(score), score, band, part[0].start, part[-1].end, group))
    return rows


def _by_form(cells: Sequence[Cell]) -> list[RawRow]:
    """Read rank, name and score by their form, once or several times over; none where the form is another."""
    filled = [cell for cell in cells if cell.text]
    form = "".join(_letter(cell.text) for cell in filled)
    for pattern, width, holds in _FORMS:
        if pattern.fullmatch(form):
            parts = [filled[start : start + width] for start in range(0, len(filled), width)]
            return [_raw_row(part, holds, group) for group, part in enumerate(parts)]
    return []


def _raw_row(part: Sequence[Cell], holds: str, group: int) -> RawRow:
    rank = _rank(part[0].text) if "rank" in holds else None
    name = part[1 if "rank" in holds else 0]
    score = part[-1].text if "score" in holds else ""
    return RawRow(name, rank, decimal(score), score, "", part[0].start, part[-1].end, group)


def _letter(text: str) -> str:
    plain = narrow(text)
    if _RANK.match(plain):
        return "N"
    if _SCORE.match(plain):
        return "F"
    return "W" if looks_like_name(text) else "X"


def _rank(text: str) -> int | None:
    found = _RANK.match(narrow(text.strip()))
    return integer(found[1]) if found else None
