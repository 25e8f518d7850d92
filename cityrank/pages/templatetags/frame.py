"""What stands around the content of a page: the sections of the site, where a page belongs, its address on paper."""

from typing import TYPE_CHECKING, Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy

from cityrank.pages.scope import site_of

if TYPE_CHECKING:
    # A text that is translated when it is read.
    from django.utils.functional import _StrPromise as StrPromise

register = template.Library()

# The sections of the site in the order of the menu: text, first page, and the pages that belong to it.
SECTIONS: tuple[tuple["StrPromise", str, set[str]], ...] = (
    (
        gettext_lazy("Editions"),
        "editions",
        {"edition", "release", "series", "award", "ranking", "averages", "method", "movers", "errata"}
        | {"winners-by-province"},
    ),
    (gettext_lazy("Most awarded"), "most-awarded", {"place", "organisation", "app", "line"}),
    (gettext_lazy("Compare"), "compare", set()),
    (gettext_lazy("About"), "about", set()),
)
# Pages with a search box in their content, which need none in their head.
SEARCHING = {"home", "search"}


def _page_name(context: template.Context) -> str:
    """Name of the page without saying whether it is frozen; empty where the address leads nowhere."""
    request = context.get("request")
    found = getattr(request, "resolver_match", None)
    return (found.url_name or "") if found else ""


def _belongs(name: str, first: str, others: set[str]) -> bool:
    return name == first or name in others or name.removeprefix("release-") in others


@register.simple_tag(takes_context=True)
def site_sections(context: template.Context) -> list[dict[str, Any]]:
    """Entries of the menu: {"text", "url", "current"}, where current is a value of aria-current or empty."""
    name = _page_name(context)
    return [
        {
            "text": text,
            "url": reverse(f"pages:{first}"),
            "current": "page" if name == first else "true" if _belongs(name, first, others) else "",
        }
        for text, first, others in SECTIONS
    ]


@register.simple_tag(takes_context=True)
def searches_in_head(context: template.Context) -> bool:
    name = _page_name(context)
    return bool(name) and name not in SEARCHING


@register.simple_tag(takes_context=True)
def printed_address(context: template.Context) -> str:
    """Whole address of this page, for the foot of what is printed."""
    request = context["request"]
    return f"{site_of(request)}{request.get_full_path()}"
