"""Pages of a list."""

import re
from typing import Any

from rest_framework.exceptions import NotFound
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cityrank.api.addresses import absolute
from cityrank.api.problems import BadParameters, at_fault

SIZE, LARGEST = 50, 500
NUMBER = re.compile(r"[1-9][0-9]{0,8}")


class Pages(BasePagination):
    """`?page=2&page_size=200`, answered as `{count, next, previous, filters, results}`."""

    names = ("page", "page_size")

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list:
        self.request = request
        self.filters = view.parameters.given
        self.size = _number(request, "page_size", SIZE, LARGEST)
        self.page = _number(request, "page", 1, 999_999_999)
        self.count = queryset.count()
        if not self.count:
            view.parameters.refuse_unknown_values()
        first = (self.page - 1) * self.size
        if self.page > 1 and first >= self.count:
            raise NotFound(
                f"There is no page {self.page}: the list has {self.count} rows, {self.size} on a page."
            )
        return list(queryset[first : first + self.size]) if self.count else []

    def get_paginated_response(self, data: Any) -> Response:
        more = self.page * self.size < self.count
        return Response(
            {
                "count": self.count,
                "next": self._address(self.page + 1) if more else None,
                "previous": self._address(self.page - 1) if self.page > 1 else None,
                "filters": self.filters,
                "results": data,
            }
        )

    def _address(self, page: int) -> str:
        query = self.request.query_params.copy()
        query["page"] = str(page)
        return absolute(self.request, f"{self.request.path}?{query.urlencode()}")

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri", "example": None}
        return {
            "type": "object",
            "required": ["count", "next", "previous", "filters", "results"],
            "properties": {
                "count": {
                    "type": "integer",
                    "minimum": 0,
                    "example": 1,
                    "description": "Rows on all pages together.",
                },
                "next": link,
                "previous": link,
                "filters": {
                    "type": "object",
                    "additionalProperties": {"type": "string"},
                    "example": {"edition": "2017-2018"},
                    "description": "The query as it was understood, without page and page_size.",
                },
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        return [_parameter("page", 1, 999_999_999), _parameter("page_size", SIZE, LARGEST)]


def _parameter(name: str, default: int, largest: int) -> dict[str, Any]:
    schema = {"type": "integer", "minimum": 1, "maximum": largest, "default": default}
    return {"name": name, "in": "query", "required": False, "schema": schema}


def _number(request: Request, name: str, default: int, largest: int) -> int:
    text = request.query_params.get(name)
    if text is None:
        return default
    if not NUMBER.fullmatch(text) or int(text) > largest:
        raise BadParameters([at_fault(name, "bad_value", f"Write a whole number from 1 to {largest}.")])
    return int(text)
