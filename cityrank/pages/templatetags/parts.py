"""Components of the pages that hold other content; those that hold none are included from `templates/parts/`.

All of them are shown, with how they are written, at /style/.
"""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def grouped(count: int) -> str:
    """A count with its thousands apart: 1,234; both languages write it so."""
    return f"{count:,}"


@register.simple_block_tag
def notice(content: SafeString, title: str = "", anchor: str = "", kind: str = "") -> SafeString:
    """A remark that a reader must not miss; kind "warn" for what is wrong, empty for what is good to know."""
    return _part("notice", content=content, title=title, anchor=anchor, kind=kind)


@register.simple_block_tag
def card(content: SafeString, title: str, url: str = "", accent: int = 0, tag: str = "h3") -> SafeString:
    """One thing of several of a kind, in a list of cards; `accent` is the colour of a series, 1 to 8."""
    return _part("card", content=content, title=title, url=url, accent=accent, tag=tag)


@register.simple_block_tag
def menu(content: SafeString, title: str, anchor: str = "") -> SafeString:
    """What is folded away until somebody asks for it, without a script."""
    return _part("menu", content=content, title=title, anchor=anchor)


@register.simple_block_tag
def frame(
    content: SafeString, title: str, subtitle: str = "", source: str = "", anchor: str = ""
) -> SafeString:
    """A drawing with its title above and its source below."""
    return _part("chart_frame", content=content, title=title, subtitle=subtitle, source=source, anchor=anchor)


def _part(name: str, **values: Any) -> SafeString:
    return render_to_string(f"parts/{name}.html", values)
