"""The grid beside the scan, and the comparison of two entries."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, RawPostDataException
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cityrank.publishing.admin_entry_texts import scan_texts, texts
from cityrank.publishing.admin_release import notice
from cityrank.publishing.comparing import Difference, differences
from cityrank.publishing.entering import (
    MOST_ROWS,
    finish,
    is_compared,
    may_enter,
    open_entry,
    reopen,
    save_rows,
    start_over,
)
from cityrank.publishing.models import Entry, EntryRow, Resolution
from cityrank.publishing.refusals import Refused
from cityrank.publishing.roles import COORDINATE
from cityrank.publishing.settling import RESOLVE, resolve
from cityrank.publishing.suggesting import MOST_NAMES, matches, suggestions
from cityrank.registry.admin_labels import labels
from cityrank.registry.models import Subject
from cityrank.registry.numbers import key_in
from scores.models import Ranking, Score

# A save holds some of the rows that were touched since the last one.
MOST_BYTES = 500_000


def urls() -> list[URLPattern]:
    """Return the addresses below a ranking, to stand before those of its form."""
    routes = (
        ("enter", enter_view),
        ("autosave", autosave_view),
        ("suggest", suggest_view),
        ("match", match_view),
        ("compare", compare_view),
        ("start-over", start_over_view),
    )
    return [
        path(
            f"<int:object_id>/{name}/",
            admin.site.admin_view(view),
            name=f"scores_ranking_{name.replace('-', '_')}",
        )
        for name, view in routes
    ]


def _ranking(request: HttpRequest, object_id: int) -> Ranking:
    if not request.user.has_perm("scores.view_ranking"):
        raise PermissionDenied
    related = ("release__edition", "series", "peer_group__release__edition", "scan")
    return get_object_or_404(Ranking.objects.select_related(*related), pk=object_id)


def _frame(request: HttpRequest, ranking: Ranking) -> dict[str, Any]:
    trail = [
        (str(row), reverse(f"admin:{name}_change", args=[row.pk]))
        for row, name in ((ranking.series, "awards_series"), (ranking, "scores_ranking"))
    ]
    return admin.site.each_context(request) | {
        "title": str(ranking),
        "opts": Ranking._meta,
        "original": ranking,
        "ranking": ranking,
        "scan": ranking.scan,
        "scan_page": ranking.scan_page or 1,
        "scan_texts": scan_texts(),
        "may_start_over": request.user.has_perm(COORDINATE) and ranking.release.is_editable,
        "cityrank": notice(request, ranking.release) | {"trail": trail},
    }


def enter_view(request: HttpRequest, object_id: int) -> HttpResponse:
    """Show one's own entry of the table; finish it or reopen it. It begins with the first row that is saved."""
    ranking = _ranking(request, object_id)
    by = cast(User, request.user)
    entry = Entry.objects.filter(ranking=ranking, person=by).first()
    try:
        if entry is None:
            may_enter(ranking, by)
        if request.method == "POST":
            entry = entry or open_entry(ranking, by)
            done = finish(entry, by) if request.POST.get("action") == "finish" else reopen(entry, by)
            return _after(request, ranking, done)
    except Refused as refused:
        messages.error(request, str(refused))
        if entry is None:
            return HttpResponseRedirect(reverse("admin:scores_ranking_change", args=[ranking.pk]))
    is_open = entry is None or entry.state == Entry.State.OPEN
    context = _frame(request, ranking) | {
        "is_open": is_open and ranking.release.is_editable,
        "compared": not is_open and ranking.double_entry and is_compared(ranking),
        "grid": _grid(request, ranking, entry),
        "statuses": Score.Status.choices,
    }
    context["differing"] = len(differences(ranking)) if context["compared"] else 0
    return TemplateResponse(request, "admin/cityrank/entry.html", context)


def _after(request: HttpRequest, ranking: Ranking, entry: Entry) -> HttpResponse:
    if entry.state == Entry.State.OPEN:
        messages.success(request, _("You can go on entering."))
    elif ranking.double_entry and ranking.entries.filter(state=Entry.State.FINISHED).count() < 2:
        messages.success(request, _("Finished. The table waits for the second entry."))
    elif any(one.is_open for one in differences(ranking)):
        messages.success(request, _("Finished. The two entries differ; a third person resolves that."))
    else:
        messages.success(request, _("Finished. The rows are in the ranking."))
    return HttpResponseRedirect(reverse("admin:scores_ranking_enter", args=[ranking.pk]))


def _grid(request: HttpRequest, ranking: Ranking, entry: Entry | None) -> dict[str, Any]:
    """Return what the script of the grid needs: the rows as typed, the rules of the table, and where to save."""
    group = ranking.peer_group
    rows = list(entry.rows.order_by("position").select_related("subject__place")) if entry else []
    addresses = {
        name: reverse(f"admin:scores_ranking_{address}", args=[ranking.pk])
        for name, address in (("save", "autosave"), ("suggest", "suggest"), ("match", "match"))
    }
    return addresses | {
        "key": f"cityrank-entry-{ranking.pk}-{request.user.pk}",
        "person": request.user.pk,
        "signIn": reverse("admin:login"),
        "rows": _rows(rows),
        "count": max(ranking.expected_count or ranking.cutoff or 10, len(rows)),
        "most": MOST_ROWS,
        "mostNames": MOST_NAMES,
        "longest": {
            name: EntryRow._meta.get_field(name).max_length  # type: ignore[union-attr]
            for name in ("printed_rank", "printed_name", "printed_score")
        },
        "maximum": str(ranking.max_score) if ranking.max_score is not None else None,
        "decimals": ranking.decimals,
        "tieRule": ranking.tie_rule,
        "statuses": [[value, str(label)] for value, label in Score.Status.choices],
        "group": group.title if group else "",
        "texts": texts(),
    }


def _rows(rows: list[EntryRow]) -> list[dict[str, Any]]:
    known = labels([row.subject for row in rows if row.subject])
    return [
        {
            "position": row.position,
            "version": row.version,
            "printed_rank": row.printed_rank,
            "printed_name": row.printed_name,
            "subject": row.subject_id,
            "label": known.get(row.subject_id or 0, ""),
            "printed_score": row.printed_score,
            "status": row.status,
        }
        for row in rows
    ]


UNREADABLE = (
    ValueError, KeyError, TypeError, AttributeError, RecursionError, SuspiciousOperation, RawPostDataException,
)  # fmt: skip


def _answering(view: Callable[[HttpRequest, Ranking], dict[str, Any]]) -> Callable[..., JsonResponse]:
    """Answer a script: what the view returns, or a sentence that says why not."""

    @wraps(view)
    def answer(request: HttpRequest, object_id: int) -> JsonResponse:
        if request.method != "POST":
            return JsonResponse({"refused": _("Send rows by POST.")}, status=405)
        ranking = _ranking(request, object_id)
        try:
            return JsonResponse(view(request, ranking))
        except Refused as refused:
            return JsonResponse({"refused": str(refused)}, status=409)
        # A body that is too large or no JSON, or JSON of another shape.
        except UNREADABLE:
            return JsonResponse({"refused": _("The rows could not be read.")}, status=400)

    return answer


def _list(request: HttpRequest, name: str, kind: type) -> tuple[dict[str, Any], list[Any]]:
    """Return the JSON of a request and the list in it, whose elements are all of one kind. Raises `ValueError`."""
    if len(request.body) > MOST_BYTES:
        raise ValueError("too large")
    sent = json.loads(request.body)
    found = sent[name]
    if not isinstance(found, list) or not all(isinstance(one, kind) for one in found):
        raise ValueError(name)
    return sent, found


@_answering
def autosave_view(request: HttpRequest, ranking: Ranking) -> dict[str, Any]:
    """Keep the rows of one's own entry as they are typed. Answers with the versions that are stored."""
    sent, rows = _list(request, "rows", dict)
    by = cast(User, request.user)
    # Two people may use one computer: what the first typed is not kept as the second one's.
    if sent.get("person") != by.pk:
        raise Refused(
            _("You are signed in as %(person)s now; this was typed by somebody else.") % {"person": by}
        )
    saved = save_rows(open_entry(ranking, by), rows, by)
    return {
        "versions": saved.versions,
        "overtaken": _rows(saved.overtaken),
        "at": timezone.localtime().strftime("%H:%M:%S"),
    }


def suggest_view(request: HttpRequest, object_id: int) -> JsonResponse:
    """Suggest subjects of the table's peer group by Chinese name, pinyin or initials; with `all` any others."""
    ranking = _ranking(request, object_id)
    found = suggestions(ranking, request.GET.get("q", ""), everywhere="all" in request.GET)
    named = labels(found)
    return JsonResponse({"results": [{"id": row.pk, "label": named[row.pk]} for row in found]})


@_answering
def match_view(request: HttpRequest, ranking: Ranking) -> dict[str, Any]:
    """Answer which printed names are those of exactly one member of the peer group: taken without being asked."""
    _sent, names = _list(request, "names", str)
    found = matches(ranking, names[:MOST_NAMES])
    named = labels(found.values())
    return {"found": {name: {"id": row.pk, "label": named[row.pk]} for name, row in found.items()}}


def start_over_view(request: HttpRequest, object_id: int) -> HttpResponse:
    """Set the entries of a table aside, with a reason."""
    ranking = _ranking(request, object_id)
    if request.method == "POST":
        try:
            start_over(ranking, cast(User, request.user), request.POST.get("reason", ""))
            messages.success(request, _("The entries were set aside. The table can be entered anew."))
            return HttpResponseRedirect(reverse("admin:scores_ranking_change", args=[ranking.pk]))
        except Refused as refused:
            messages.error(request, str(refused))
    return HttpResponseRedirect(reverse("admin:scores_ranking_compare", args=[ranking.pk]))


def compare_view(request: HttpRequest, object_id: int) -> HttpResponse:
    """Show where two finished entries differ; decide one cell when a choice is sent."""
    ranking = _ranking(request, object_id)
    problem = ""
    if request.method == "POST":
        try:
            _decide(request, ranking)
            return HttpResponseRedirect(reverse("admin:scores_ranking_compare", args=[ranking.pk]))
        except Refused as refused:
            problem = str(refused)
    entries = list(ranking.entries.select_related("person").order_by("number"))
    both = ranking.double_entry and is_compared(ranking)
    differing = differences(ranking) if both else []
    decides = request.user.has_perm(RESOLVE) and not any(entry.person == request.user for entry in entries)
    context = _frame(request, ranking) | {
        "entries": entries if both else [],
        "both": both,
        "begun": len(entries),
        "finished": sum(entry.state == Entry.State.FINISHED for entry in entries),
        "cells": _shown(differing, problem, request),
        "open_count": sum(one.is_open for one in differing),
        "may_resolve": decides and ranking.release.is_editable,
        "problem": problem,
        "suggest": reverse("admin:scores_ranking_suggest", args=[ranking.pk]),
    }
    return TemplateResponse(request, "admin/cityrank/compare.html", context)


def _decide(request: HttpRequest, ranking: Ranking) -> None:
    chosen = request.POST.get("chosen", "")
    resolve(
        ranking,
        key_in(request.POST.get("position", "")),
        request.POST.get("cell", ""),
        int(chosen) if chosen in ("1", "2") else None,
        request.POST.get("value", ""),
        cast(User, request.user),
    )


def _shown(differing: list[Difference], problem: str, request: HttpRequest) -> list[dict[str, Any]]:
    """Return the differing cells with their values in words: a subject by its label, a status by its name."""
    of_subjects = [one for one in differing if one.cell == Resolution.Cell.SUBJECT]
    keys = {text for one in of_subjects for text in (one.first, one.second)}
    keys |= {one.resolution.value for one in of_subjects if one.resolution}
    subjects = Subject.objects.filter(pk__in=[key for key in keys if key.isdecimal()]).select_related("place")
    names = {str(key): label for key, label in labels(subjects).items()}
    statuses = {str(value): str(label) for value, label in Score.Status.choices}
    asked = (request.POST.get("position", ""), request.POST.get("cell", ""))

    def said(one: Difference, text: str) -> str:
        words = {Resolution.Cell.SUBJECT: names, Resolution.Cell.STATUS: statuses}
        return words.get(Resolution.Cell(one.cell), {}).get(text, text)

    return [
        {
            "difference": one,
            "name": next((row.printed_name for row in one.rows if row), ""),
            "first": _whole(one, 0) if one.is_row else said(one, one.first),
            "second": _whole(one, 1) if one.is_row else said(one, one.second),
            "decided": said(one, one.resolution.value) if one.resolution else "",
            "typed": request.POST.get("value", "")
            if problem and asked == (str(one.position), one.cell)
            else "",
        }
        for one in differing
    ]


def _whole(difference: Difference, side: int) -> str:
    """Return a row that only one of two people has, as it was typed."""
    row = difference.rows[side]
    if row is None:
        return _("no such row")
    return " | ".join([row.printed_rank or "–", row.printed_name, row.printed_score or "–"])
