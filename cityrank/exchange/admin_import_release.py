"""The page of a release from which files are brought in, and on which those that were stand."""

from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from awards.models import Release
from cityrank.exchange.admin_import_frame import hand_in_address
from cityrank.exchange.models import Import
from cityrank.exchange.targets import targets_in
from cityrank.publishing.admin_release_pages import ReleasePage, render_release_page

# So many of the last imports stand on the page; the list of imports has all of them.
SHOWN = 50


def view(request: HttpRequest, release: Release) -> HttpResponse:
    by = cast(User, request.user)
    imports = Import.objects.visible_to(by).filter(release=release).select_related("by", "ranking", "award")
    context = {
        "targets": [(one, hand_in_address(one)) for one in targets_in(release, by)],
        "imports": imports[:SHOWN],
    }
    return render_release_page(request, release, PAGE.name, "admin/cityrank/import_release.html", context)


PAGE = ReleasePage("import", gettext_lazy("import"), view)
