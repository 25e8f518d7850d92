"""Long lists in parts."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest


def page_of(request: HttpRequest, rows: Any, size: int) -> Page:
    """Return the part that `?page=` asks for; what is no number gives the first, too large a number the last."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
