"""What a draft changes of the current release, before anybody reads it as errata."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from awards.models import Release
from cityrank.publishing.admin_release_pages import ReleasePage, render_release_page
from cityrank.publishing.errata import difference, grouped


def view(request: HttpRequest, release: Release) -> HttpResponse:
    former = _former(release)
    changes = difference(former, release) if former else []
    context = {"former": former, "groups": grouped(changes), "count": len(changes)}
    return render_release_page(request, release, PAGE.name, "admin/cityrank/difference.html", context)


def _former(release: Release) -> Release | None:
    """Return what the release replaces or has replaced."""
    others = release.edition.releases.exclude(pk=release.pk)
    if release.is_in_preparation or release.published_at is None:
        return others.current(timezone.now()).first()
    return others.filter(published_at__lt=release.published_at).order_by("-published_at").first()


PAGE = ReleasePage("difference", gettext_lazy("difference"), view)
