"""The head of a page: what it is called, for people who share it and for programs that read it."""

import html
from typing import Any

from django import template
from django.template.base import NodeList, Parser, Token
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cityrank.pages.taking import linked_data
from cityrank.pages.taking.telling import Page, parts_of
from cityrank.pages.taking.things import Thing
from cityrank.pages.templatetags.demo import demo_mark
from cityrank.pages.templatetags.pages import language_tag
from cityrank.registry.texts import is_english

register = template.Library()

LOCALES = ("zh_CN", "en_US")


class TextOf(template.Node):
    """Renders what it encloses once, as one line of plain text, and keeps it in the context."""

    def __init__(self, nodelist: NodeList, name: str) -> None:
        self.nodelist = nodelist
        self.name = name

    def render(self, context: template.Context) -> SafeString:
        text = html.unescape(self.nodelist.render(context))
        # Not the innermost layer alone: other tags of the page read it.
        context.dicts[0][self.name] = " ".join(text.split())
        return SafeString("")


@register.tag
def text_of(parser: Parser, token: Token) -> TextOf:
    """`{% text_of "page_title" %}{% block title %}...{% endblock %}{% endtext_of %}`: then `{{ page_title }}`."""
    name = token.split_contents()[1].strip("\"'")
    nodelist = parser.parse(("endtext_of",))
    parser.delete_first_token()
    return TextOf(nodelist, name)


@register.inclusion_tag("pages/_social.html", takes_context=True)
def social(context: template.Context) -> dict[str, Any]:
    """What is shown where somebody shares the page: title, description and a picture of 1200 by 630 dots."""
    page = _page(context)
    if not page.name:
        return {"title": ""}
    own, other = LOCALES[::-1] if is_english() else LOCALES
    return {
        "title": page.title or "CityRank",
        "description": page.description,
        "locale": own,
        "other_locale": other,
        "address": page.absolute(page.request.path),
        "type": "website" if page.name == "home" else "article",
        "card": page.absolute(_card(page.thing)),
        "card_text": _("%(title)s, with the mark of CityRank") % {"title": page.title or "CityRank"},
    }


@register.simple_tag(takes_context=True)
def linked(context: template.Context) -> SafeString:
    """What the page says in JSON-LD, as an element of the head; nothing where it has nothing to say."""
    found = [part for part in parts_of(_page(context)) if part]
    if not found:
        return SafeString("")
    text = linked_data.script_text(found)
    # A block of data, not a script: the policy of the site has no say in it. `script_text` leaves no markup in it.
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308


def _card(thing: Thing | None) -> str:
    return (thing or Thing("site")).path("card")


def _page(context: template.Context) -> Page:
    known: dict[str, Any] = {str(key): value for key, value in context.flatten().items()}
    return Page(
        request=context["request"],
        context=known,
        title=f"{demo_mark()}{known.get('page_title', '')}",
        description=known.get("page_description") or f"{known.get('page_title', '')} · CityRank",
        language=language_tag(),
    )
