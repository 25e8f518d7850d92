"""The log of a release beside it: every move, who, when and why; and what was changed in bulk, with its undo."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from awards.models import Release
from cityrank.publishing.admin_release_pages import ReleasePage, page_address, render_release_page
from cityrank.publishing.bulk import undo_bulk
from cityrank.publishing.bulk_notes import last_bulk_change
from cityrank.publishing.models import BulkChange, Contribution, Move
from cityrank.publishing.moves import BY_ACTION
from cityrank.publishing.refusals import Refused
from cityrank.publishing.roles import COORDINATE
from cityrank.registry.numbers import key_in

BULK_ACTIONS: dict[str, Promise] = {
    "edit": gettext_lazy("changed rows"),
    "assign": gettext_lazy("assigned parts"),
    "unassign": gettext_lazy("took parts back"),
}
BULK_SHOWN = 20


def view(request: HttpRequest, release: Release) -> HttpResponse:
    if request.method == "POST":
        _undo(request, release)
        return HttpResponseRedirect(page_address(release, PAGE.name))
    moves = list(Move.objects.filter(release=release).select_related("by").order_by("-pk"))
    changes = BulkChange.objects.filter(release=release).select_related("by", "undone_by").order_by("-pk")
    last = last_bulk_change(release) if release.is_editable else None
    mine = last is not None and (last.by == request.user or request.user.has_perm(COORDINATE))
    context = {
        "moves": [(move, BY_ACTION[move.action].label) for move in moves],
        "authors": Contribution.objects.filter(release=release).select_related("person"),
        "changes": [(change, BULK_ACTIONS[change.action]) for change in changes[:BULK_SHOWN]],
        "last": last if mine else None,
    }
    return render_release_page(request, release, PAGE.name, "admin/cityrank/log.html", context)


def _undo(request: HttpRequest, release: Release) -> None:
    change = get_object_or_404(BulkChange, pk=key_in(request.POST.get("undo", "")), release=release)
    try:
        undone = undo_bulk(change, cast(User, request.user))
    except Refused as refused:
        messages.error(request, str(refused))
        return
    text = ngettext("%d row is as it was before.", "%d rows are as they were before.", undone.count)
    messages.success(request, text % undone.count)
    if undone.kept:
        kept = ", ".join(undone.kept)
        messages.warning(request, _("Edited since and left as they are: %(rows)s.") % {"rows": kept})


PAGE = ReleasePage("log", gettext_lazy("log"), view, "publishing.view_move")
