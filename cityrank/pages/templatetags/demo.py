"""What every page says where the editions are invented."""

from django import template
from django.utils.translation import gettext

from awards.invention import holds_invented

register = template.Library()


@register.inclusion_tag("pages/_demo_notice.html")
def demo_notice() -> dict[str, bool]:
    """The banner of a page; nothing where the editions are real."""
    return {"invented": holds_invented()}


@register.simple_tag
def demo_mark() -> str:
    """What a title begins with: "Invented data · "; nothing where the editions are real."""
    return f"{gettext('Invented data')} · " if holds_invented() else ""
