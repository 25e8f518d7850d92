"""The XML parts of a zipped workbook, read with a parser that knows no outside entities and counts what it unpacks.

A small file can claim to hold a huge sheet; nothing here unpacks a part as a whole.
"""

import io
import struct
import zipfile
import zlib
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar
from xml.parsers import expat

from django.utils.translation import gettext as _

from cityrank.exchange.reading.shown import Format
from cityrank.exchange.reading.tables import MOST_COLUMNS, MOST_ROWS, MOST_UNPACKED, BadFile, letters

_CHUNK = 1 << 20
# The head of a part in a zip: signature, versions and the like, then how long its name and its extra field are.
_LOCAL = struct.Struct("<4s22sHH")
# What Python's zipfile raises for parts that are not what the file says they are.
_BROKEN = (
    KeyError,
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
    OverflowError,
    zipfile.BadZipFile,
    zlib.error,
)
Attributes = dict[str, str]


def damaged() -> str:
    return _("The file is damaged. Open it in a spreadsheet program, save it anew and try again.")


@dataclass
class Marks:
    """What the XML of one sheet says of its cells beyond their values; rows from 1, columns from 0."""

    # Formats by their number, and by column the number of the format of each row's cell; 0 for none.
    known: list[Format | None] = field(default_factory=lambda: [None])
    formats: dict[int, array] = field(default_factory=dict)
    # Cells that hold no value although they seem to: why.
    odd: dict[tuple[int, int], str] = field(default_factory=dict)
    # Texts as shown, where the file has them.
    texts: dict[tuple[int, int], str] = field(default_factory=dict)

    def put(self, row: int, column: int, number: int) -> None:
        """Note the format of a cell; one that lies beyond what is read has none."""
        if row > MOST_ROWS or column >= MOST_COLUMNS:
            return
        rows = self.formats.get(column)
        if rows is None:
            rows = self.formats[column] = array("H")
        if (missing := row + 1 - len(rows)) > 0:
            # Grown in steps: a sheet has as many cells in a column as rows.
            rows.frombytes(bytes(2 * max(missing, min(len(rows), 4096))))
        rows[row] = number


class Handlers:
    """Takes the elements of one part. What it has no use for, it leaves to this class."""

    parser: expat.XMLParserType

    def start(self, name: str, attributes: Attributes) -> None:
        """Called where an element begins."""

    # Called with the name where an element ends; left empty where nobody waits for it, as that saves half the time.
    end: Callable[[str], None] | None = None


_Handlers = TypeVar("_Handlers", bound=Handlers)


def parse(chunks: Iterator[bytes], handlers: _Handlers) -> _Handlers:
    """Feed XML to handlers and return them. Raises `BadFile` for what is no XML and for entities of its own."""
    parser = handlers.parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = handlers.start
    parser.EndElementHandler = handlers.end
    parser.EntityDeclHandler = _refuse_entity
    try:
        for chunk in chunks:
            parser.Parse(chunk)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise BadFile(damaged()) from error
    return handlers


def _refuse_entity(*_arguments: object) -> None:
    raise BadFile(damaged())


def local(name: str) -> str:
    """Return the name of an element without its prefix."""
    return name.rpartition(":")[2]


def refuse_far(row: int, column: int, name: str) -> None:
    """Raises `BadFile` for a filled cell beyond what is read."""
    values = {"cell": f"{letters(column)}{row}", "sheet": name, "rows": MOST_ROWS, "columns": MOST_COLUMNS}
    if row > MOST_ROWS:
        text = _(
            "Sheet %(sheet)s has a value in cell %(cell)s; more than %(rows)s rows are not read. Divide the file."
        )
        raise BadFile(text % values)
    if column >= MOST_COLUMNS:
        text = _("Sheet %(sheet)s has a value in cell %(cell)s; more than %(columns)s columns are not read.")
        raise BadFile(text % values)


class Package:
    """A zipped file.

    What its directory says of the size of a part need not be true, and calamine unpacks to the end: so every part is
    unpacked here once, in pieces, and counted.
    """

    def __init__(self, content: bytes) -> None:
        """Raises `BadFile` for no zip, and for one whose parts together are too much to unpack."""
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(content))
            infos = self.zip.infolist()
        except _BROKEN as error:
            raise BadFile(damaged()) from error
        self.names = {info.filename for info in infos}
        unpacked = 0
        for info in infos:
            for size in _sizes(content, info):
                unpacked += size
                if unpacked > MOST_UNPACKED:
                    text = _("Unpacked, the file has more than %(most)s MB. Divide it into several files.")
                    raise BadFile(text % {"most": MOST_UNPACKED >> 20})

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a part in pieces. Raises `BadFile`."""
        try:
            with self.zip.open(name) as part:
                while chunk := part.read(_CHUNK):
                    yield chunk
        except _BROKEN as error:
            raise BadFile(damaged()) from error


def _sizes(content: bytes, info: zipfile.ZipInfo) -> Iterator[int]:
    """Yield how much each piece of a part unpacks to, whatever the directory says. Raises `BadFile`."""
    start = info.header_offset
    header = content[start : start + _LOCAL.size]
    if len(header) < _LOCAL.size or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise BadFile(damaged())
    *_rest, name_length, extra_length = _LOCAL.unpack(header)
    packed = memoryview(content)[start + _LOCAL.size + name_length + extra_length :]
    if info.compress_type == zipfile.ZIP_STORED:
        yield info.compress_size
        return
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    position = 0
    try:
        while not unpacker.eof and position < len(packed):
            taken = packed[position : position + _CHUNK]
            yield len(unpacker.decompress(taken, _CHUNK))
            position += len(taken) - len(unpacker.unconsumed_tail)
    except zlib.error as error:
        raise BadFile(damaged()) from error
