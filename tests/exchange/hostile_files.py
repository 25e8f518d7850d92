"""Spreadsheets that nobody would send by accident: thousands of them, the same ones each time."""

import io
import random
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from tests.exchange.reading.test_workbooks import opendocument
from tests.exchange.tabular import text_of, xlsx

HEADINGS = ("名次", "城市", "代码", "得分", "状态", "备注")
# Values that some program reads as something else, or cannot hold.
CELLS = [
    *(
        "",
        "1",
        "0",
        "-1",
        "1e309",
        "NaN",
        "inf",
        "=1+1",
        "=cmd|'/C calc'!A0",
        "@SUM(A1)",
        "+1",
        "'=1",
        "\x00",
        "\ud800",
    ),
    *(
        "\ufffe",
        "﷽" * 50,
        "a" * 40_000,
        "杭州",
        "乌有市",
        "330100",
        "1" * 400,
        "١٢٣",
        "½",
        "²",
        "1,5",
        "1.23456",
    ),
    *(
        "100%",
        "2018-02-30",
        "9999-99-99",
        "合计",
        "final",
        "None",
        "null",
        "{}",
        "[]",
        "'; DROP TABLE scores_score; --",
    ),
    *(
        "%s",
        "%(x)s",
        "{0}",
        "<script>",
        "]]>",
        "&amp;",
        "\u202e",
        "\t",
        "\n",
        "\r",
        '"',
        '""',
        ",",
        ";",
        "\\",
        "/",
    ),
    *("\u3000", "1/2", "#N/A", "TRUE", "99999999999999999999"),
]
TOKENS = [
    *(
        b"",
        b"<",
        b">",
        b"&",
        b"\x00",
        b"\xff",
        b"<c>",
        b"<c r='A1'>",
        b'r="XFD1048576"',
        b'r="A0"',
        b'r="-1"',
    ),
    *(
        b's="99999"',
        b's="-1"',
        b't="s"',
        b't="e"',
        b't="d"',
        b't="b"',
        b"<v>1e400</v>",
        b"<v>-</v>",
        b"<f>",
        b"<row>",
    ),
    *(b"<v>999999999</v>", b'<row r="4294967295">', b"</sheetData>", b"<!--", b"<![CDATA[", b"&a;", b"]]>"),
    *(b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"<mergeCell ref='A1:XFD1048576'/>", b"<mergeCell ref='B9:A1'/>"),
    *(
        b'formatCode="0.0E+999"',
        b'numFmtId="4294967295"',
        b'Target="../../../etc/passwd"',
        b'state="veryHidden"',
    ),
    *(
        b'Target="http://example.org/"',
        b'name=""',
        b"\xef\xbb\xbf",
        b'number-rows-repeated="99999999999"',
        b"1904",
    ),
    *(b'number-columns-repeated="-5"', b'office:value="1e999"', b"UTF-16"),
]


def hostile_files(count: int, seed: int = 20180730) -> Iterator[tuple[str, bytes]]:
    """Yield names and contents."""
    dice = random.Random(seed)
    workbooks, texts = list(_workbooks()), list(_texts())
    makers = [_mutated_part, _mutated_bytes, _hostile_workbook, _mutated_text, _hostile_text]
    for number in range(count):
        make = makers[number % len(makers)]
        source = dice.choice(texts if make is _mutated_text else workbooks)
        yield (f"{number} {make.__name__}", make(dice, source))


def _workbooks() -> Iterator[bytes]:
    rows = [(1, "杭州", "330100", (91.2, "0.00"), "final", ""), (2, "宁波", "", (0.885, "0.0%"), "", "并列")]

    def more(book: Any, sheet: Any) -> None:
        sheet.write_formula("D4", "=D2", None, 91.2)
        sheet.merge_range("F2:F3", "合")
        book.add_worksheet("旧表").hide()

    yield xlsx(HEADINGS, *rows, more=more)
    yield xlsx(("2018年得分",), HEADINGS, *rows)
    cell = '<table:table-cell office:value-type="{}" office:value="{}"><text:p>{}</text:p></table:table-cell>'
    for_row = "<table:table-row>{}</table:table-row>"
    heading = "".join(cell.format("string", "", text) for text in HEADINGS)
    row = "".join(
        cell.format(kind, value, value)
        for kind, value in (("float", "1"), ("string", "杭州"), ("float", "330100"))
    )
    yield opendocument(for_row.format(heading) + for_row.format(row))


def _texts() -> Iterator[bytes]:
    text = text_of(
        [HEADINGS, (1, "杭州", "330100", "91.20", "final", "=1"), (2, "宁波", "", '"88,5"', "", "")], ","
    )
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "gb18030"):
        yield text.encode(encoding)


def _mutated_bytes(dice: random.Random, content: bytes) -> bytes:
    """Change bytes of the zip itself, cut it off, or put parts of it twice."""
    data = bytearray(content)
    for _time in range(dice.randint(1, 12)):
        at = dice.randrange(len(data))
        how = dice.randrange(4)
        if how == 0:
            data[at] = dice.randrange(256)
        elif how == 1:
            del data[at : at + dice.randint(1, 40)]
        elif how == 2:
            data[at:at] = data[at : at + dice.randint(1, 40)]
        else:
            data[at : at + 4] = dice.randbytes(4)
        data = data or bytearray(b"PK\x03\x04")
    return bytes(data)


def _mutated_part(dice: random.Random, content: bytes) -> bytes:
    """Change what is in the zip and zip it well, so that what is read is what is hostile."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        names = [name for name in old.namelist() if name.endswith((".xml", ".rels"))]
        chosen = dice.choice(
            [name for name in names if "sheet" in name or "styles" in name or "content" in name] or names
        )
        for name in old.namelist():
            data = bytearray(old.read(name))
            if name == chosen:
                for _time in range(dice.randint(1, 4)):
                    at = dice.randrange(len(data) + 1)
                    data[at : at + dice.choice((0, 0, 1, 8, 40))] = dice.choice(TOKENS)
            if name == chosen or dice.random() > 0.01:
                new.writestr(name, bytes(data))
    return file.getvalue()


def _row(dice: random.Random) -> list[str]:
    return [dice.choice(CELLS) for _column in range(dice.randint(0, 9))]


def _hostile_workbook(dice: random.Random, content: bytes) -> bytes:
    """Put hostile cells below the headings of a sound file."""
    rows = [[cell.encode("utf-8", "ignore").decode()[:32_000] for cell in _row(dice)] for _number in range(3)]
    cells = "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{"ABCDEFGHI"[column]}{number}" t="inlineStr"><is><t>{_escaped(text)}</t></is></c>'
            if dice.random() < 0.7
            else f'<c r="{"ABCDEFGHI"[column]}{number}" s="{dice.randrange(4)}"><v>{_escaped(text)}</v></c>'
            for column, text in enumerate(row)
        )
        + "</row>"
        for number, row in enumerate(rows, 5)
    )
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                data = data.replace(b"</sheetData>", cells.encode() + b"</sheetData>")
            new.writestr(name, data)
    return file.getvalue()


def _escaped(text: str) -> str:
    text = "".join(char for char in text if char in "\t\n\r" or char >= " ").replace("\ufffe", "")
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _mutated_text(dice: random.Random, content: bytes) -> bytes:
    return _mutated_bytes(dice, content)


def _hostile_text(dice: random.Random, content: bytes) -> bytes:
    """A text of hostile cells, well quoted or not, in some characters."""
    separator = dice.choice(",;\t")
    quote = (lambda text: '"' + text.replace('"', '""') + '"') if dice.random() < 0.7 else (lambda text: text)
    rows = [list(HEADINGS), *(_row(dice) for _number in range(4))]
    text = dice.choice(("\n", "\r\n", "\r")).join(separator.join(quote(cell) for cell in row) for row in rows)
    encoding = dice.choice(("utf-8", "utf-16", "gb18030", "utf-8-sig"))
    return text.encode(encoding, "surrogatepass" if encoding in ("utf-8", "utf-16") else "replace")


def digest(files: Iterator[tuple[str, bytes]]) -> int:
    """Return a number that tells whether two runs make the same files."""
    return zlib.crc32(b"".join(content for _name, content in files))
