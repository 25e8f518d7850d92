"""Lists as CSV and XLSX: all rows that match, in the columns that import and export share."""

from typing import Any

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

from cityrank.api.base import Resource
from cityrank.api.pagination import Pages
from cityrank.api.parameters import Choice, Parameters
from cityrank.api.problems import BadParameters, at_fault
from cityrank.exchange.columns import Sheet
from cityrank.exchange.responses import send_table
from cityrank.exchange.sheets.across import across_editions
from cityrank.exchange.writing import MEDIA_TYPES, Rows, Table

JSON, CSV, XLSX = "json", "csv", "xlsx"


class _File(BaseRenderer):
    """Names a media type to choose from; the file itself is sent without a renderer."""

    render_style = "binary"
    charset = None


class CsvFile(_File):
    media_type, format = "text/csv", CSV


class XlsxFile(_File):
    media_type, format = MEDIA_TYPES[XLSX], XLSX


FILES = (CsvFile, XlsxFile)


class InTables(Parameters):
    """Parameters of a list that is answered as a file too."""

    format = Choice(
        choices=(JSON, CSV, XLSX),
        method="chosen",
        about="csv and xlsx answer with a file of all rows that match, without pages; goes before the Accept header.",
    )

    @property
    def given(self) -> dict[str, str]:
        return {name: value for name, value in super().given.items() if name != "format"}

    def chosen(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset


class TabularResource(Resource):
    """A resource with a declared `sheet`."""

    sheet: Sheet

    def get_renderers(self) -> list[BaseRenderer]:
        kinds = (JSONRenderer, *FILES) if getattr(self, "action", "") == "list" else (JSONRenderer,)
        return [kind() for kind in kinds]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if asked := self.parameters.value("format"):
            renderer = next(one for one in self.get_renderers() if one.format == asked)
            request.accepted_renderer, request.accepted_media_type = renderer, renderer.media_type

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        wanted = request.accepted_renderer.format
        return super().list(request, *args, **kwargs) if wanted == JSON else self._file(request, str(wanted))

    def _file(self, request: Request, suffix: str) -> HttpResponseBase:
        paged = [name for name in Pages.names if name in request.query_params]
        if paged:
            sentence = "A file holds all rows: leave this parameter out."
            raise BadParameters([at_fault(name, "unknown_parameter", sentence) for name in paged])
        rows = self.filter_queryset(self.get_queryset())
        if not rows.exists():
            self.parameters.refuse_unknown_values()
        sheet = across_editions(self.sheet.public())
        return send_table(request, Table(Rows(sheet, rows), suffix), self.plural, self.plural)
