"""Files as answers of the server, for the pages, the API and the office alike."""

from collections.abc import Callable
from dataclasses import replace
from tempfile import TemporaryFile
from typing import IO, BinaryIO, cast

from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext

from awards.invention import holds_invented
from cityrank.exchange.writing import Invented, Table, disposition


def send_table(request: HttpRequest, table: Table, name: str, plain: str) -> HttpResponseBase:
    """Return a table as a download that begins before its last row is read.

    `name` is what people call it, `plain` the same in ASCII; both are without the suffix.
    """
    if holds_invented():
        table = replace(table, rows=Invented(table.rows.sheet, *table.rows.querysets))
        name, plain = f"{gettext('Invented data')} {name}", f"invented-{plain}"
    pieces = table.pieces() if request.method != "HEAD" else ()
    response = StreamingHttpResponse(pieces, content_type=table.media_type)
    response["Content-Disposition"] = disposition(f"{name}.{table.suffix}", f"{plain}.{table.suffix}")
    return response


def send_file(write: Callable[[BinaryIO], object], media_type: str, name: str) -> FileResponse:
    """Return what `write` has written into a temporary file; it is written in full before the answer begins."""
    file: IO[bytes] = TemporaryFile()  # noqa: SIM115 - the answer closes it when it is sent
    try:
        write(cast(BinaryIO, file))
        file.seek(0)
    except BaseException:
        file.close()
        raise
    response = FileResponse(file, content_type=media_type)
    response["Content-Disposition"] = disposition(name, name)
    return response
