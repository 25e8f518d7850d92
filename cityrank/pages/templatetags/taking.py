"""The menu of what can be taken away from a page."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cityrank.exchange.documents.verifying import Verified
from cityrank.pages.scope import Scope, site_of
from cityrank.pages.taking.embedding import BadgeCode, Embed
from cityrank.pages.taking.things import thing_of
from cityrank.pages.templatetags.demo import demo_mark
from cityrank.pages.templatetags.pages import absolute, concrete, en_dash, shown_as

register = template.Library()


@register.inclusion_tag("pages/_take_away.html", takes_context=True)
def take_away(
    context: template.Context, name: str, *args: object, title: str, files: object = True
) -> dict[str, Any]:
    """A menu with permanent address, source line, citations, downloads and embed code of a page or a part of one.

    `name` and `args` are those of `{% page %}` ("ranking" and its slug), or "place" and its slug; `files` false leaves
    the downloads out, as for a table without rows. Nothing is shown on the preview of a draft. Costs no query.
    """
    scope: Scope | None = context.get("scope")
    if scope is not None and scope.is_preview:
        return {"thing": None}
    request = context["request"]
    thing = thing_of(scope if name not in ("place", "place-chart") else None, name, *args)
    permanent = thing.frozen(scope.release.number) if scope else thing
    address = absolute(request, permanent.path())
    embed = Embed(site_of(request), thing.path("embed"), title) if thing.is_embedded else None
    return {
        "thing": thing,
        "anchor": thing.anchor,
        "title": title,
        "scope": scope,
        "address": address,
        "line": source_line(title, scope, address),
        "cite": permanent.path("cite"),
        "files": thing.files() if files else [],
        "script": embed.script() if embed else "",
        "embedding": thing.path("embedding") if embed else "",
    }


def source_line(title: str, scope: Scope | None, address: str) -> str:
    """What stands below a figure that was quoted: title, edition, release with its day, address."""
    parts = [title]
    if scope is not None:
        release = scope.release
        number = _("Release %(number)s") % {"number": release.number}
        when = date_format(localtime(release.published_at), "DATE_FORMAT") if release.published_at else ""
        parts += [f"CityRank {en_dash(scope.edition.label)}", number, when]
    else:
        parts.append("CityRank")
    told = _(" · ").join(part for part in parts if part)
    return _("Source: %(told)s. %(address)s") % {"told": demo_mark() + told, "address": address}


@register.simple_tag(takes_context=True)
def badge_code(context: template.Context, verified: Verified) -> list[BadgeCode]:
    """The badge of a winner for light and for dark pages."""
    number, site = str(verified.number), site_of(context["request"])
    path = reverse("pages:badge", args=[number])
    certificate = site + reverse("pages:certificate", args=[number])
    row = verified.recipient
    name = shown_as(concrete(row.subject), row.printed_name) if row.subject else row.printed_name
    values = {"name": name, "award": row.award.title, "edition": en_dash(verified.release.edition.label)}
    alt = _("%(name)s: %(award)s, %(edition)s, certified by CityRank") % values
    shown = [("light", path), ("dark", f"{path}?theme=dark")]
    return [BadgeCode(theme, image, site + image, certificate, alt) for theme, image in shown]
