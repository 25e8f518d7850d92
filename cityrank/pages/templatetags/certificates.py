"""What the templates need to lead from a recipient to its certificate."""

from django import template

from awards.models import Award, Recipient
from cityrank.exchange.documents.certificates import number_of
from cityrank.pages.scope import Scope

register = template.Library()


@register.simple_tag
def certificate_number(scope: Scope, award: Award, row: Recipient) -> str:
    """The number of a recipient's certificate, or nothing where there is none: of replaced releases and of drafts."""
    if scope.is_preview or not scope.release.is_current:
        return ""
    return number_of(scope.release, row, award)
