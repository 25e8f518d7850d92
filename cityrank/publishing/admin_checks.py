"""The checks of a release, live, with the warnings that somebody has acknowledged."""

from itertools import groupby
from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.models import Release
from cityrank.publishing.acknowledging import RIGHTS, acknowledge, take_back
from cityrank.publishing.admin_release_pages import ReleasePage, page_address, render_release_page
from cityrank.publishing.checks import RULES, Finding, findings
from cityrank.publishing.refusals import Refused


def view(request: HttpRequest, release: Release) -> HttpResponse:
    problem = _act(request, release) if request.method == "POST" else None
    if request.method == "POST" and problem is None:
        return HttpResponseRedirect(page_address(release, PAGE.name))
    found = findings(release)
    may = release.is_editable and any(request.user.has_perm(right) for right in RIGHTS)
    context = {
        "groups": [
            ("blocks", _by_part([row for row in found if row.blocks])),
            ("open", _by_part([row for row in found if not row.blocks and row.is_open])),
            ("acknowledged", _by_part([row for row in found if not row.is_open])),
        ],
        "found": found,
        "rule_count": len(RULES),
        "may_acknowledge": may,
        "problem": problem or "",
        "about": (request.POST.get("rule"), request.POST.get("row")) if problem else (),
        "reason": request.POST.get("reason", "") if problem else "",
    }
    return render_release_page(request, release, PAGE.name, "admin/cityrank/checks.html", context)


def _by_part(found: list[Finding]) -> list[tuple[str, list[tuple[Finding, str]]]]:
    """Group findings by award or ranking, each with the address of its row."""
    ordered = sorted(found, key=lambda finding: finding.found.part)
    return [
        (part, [(finding, _address(finding)) for finding in rows])
        for part, rows in groupby(ordered, key=lambda finding: finding.found.part)
    ]


def _address(finding: Finding) -> str:
    return reverse(f"admin:{finding.found.model.replace('.', '_')}_change", args=[finding.found.pk])


def _act(request: HttpRequest, release: Release) -> str | None:
    """Acknowledge one warning or take it back. Returns why not, or None when it is done."""
    by = cast(User, request.user)
    rule, row = request.POST.get("rule", ""), request.POST.get("row", "")
    try:
        if request.POST.get("action") == "take_back":
            take_back(release, rule, row, by)
            messages.success(request, _("The warning is open again."))
        else:
            acknowledge(release, rule, row, request.POST.get("reason", ""), by)
            messages.success(request, _("Acknowledged."))
    except Refused as refused:
        return str(refused)
    return None


PAGE = ReleasePage("checks", gettext_lazy("checks"), view)
