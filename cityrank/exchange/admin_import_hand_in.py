"""Handing a file in: choose what its rows go into, get a template, upload it or paste it."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminFileFieldWidget

from cityrank.exchange.admin_import_frame import address, hand_in_address, page, where
from cityrank.exchange.blanks import Blank
from cityrank.exchange.importing import BadFile, may_import, open_import
from cityrank.exchange.models import Import
from cityrank.exchange.planning.examples import MARKS
from cityrank.exchange.reading.tables import MOST_BYTES
from cityrank.exchange.responses import send_file
from cityrank.exchange.running import read
from cityrank.exchange.targets import Target, named_target, targets_in, targets_of_registry
from cityrank.exchange.writing import MEDIA_TYPES
from cityrank.publishing.admin_filters import all_releases
from cityrank.publishing.refusals import Refused

ENDINGS = ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt"


class HandInForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy("Excel (.xlsx, .xls), OpenDocument (.ods) or CSV, up to 50 MB."),
        widget=UnfoldAdminFileFieldWidget(attrs={"accept": ENDINGS}),
        required=False,
        error_messages={"empty": gettext_lazy("The file is empty.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste the cells"),
        help_text=gettext_lazy("Copied from a spreadsheet, with the row of headings."),
        widget=forms.Textarea(attrs={"rows": 6, "class": "cr-input ci-paste", "spellcheck": "false"}),
        required=False,
        strip=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("Kept with the import; may be left empty."),
        widget=forms.TextInput(attrs={"class": "cr-input"}),
        required=False,
        max_length=300,
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        file, text = values.get("file"), (values.get("text") or "").strip()
        if "file" not in self.errors and bool(file) == bool(text):
            one = _("Hand in a file or paste the cells, not both.")
            raise forms.ValidationError(one if file else _("Choose a file, or paste the cells."))
        if file and file.size > MOST_BYTES:
            most = {"most": MOST_BYTES >> 20}
            self.add_error("file", _("The file has more than %(most)s MB. Divide it.") % most)
        return values


def view(request: HttpRequest) -> HttpResponse:
    """Take a file into the target that the address names; without one, offer what this person may bring in."""
    target = named_target(request.GET.get("into", ""))
    if target is None:
        return _choose(request)
    by = cast(User, request.user)
    try:
        may_import(target.sheet, by, target.release, target.into)
    except Refused as refused:
        messages.error(request, str(refused))
        return _choose(request, status=403)
    form = HandInForm(request.POST, request.FILES) if request.method == "POST" else HandInForm()
    if form.is_valid() and (import_ := _taken(request, form, target)):
        return HttpResponseRedirect(address("change", import_))
    title, url = where(target)
    context = {
        "form": form,
        "target": target,
        "where": title,
        "where_url": url,
        "columns": target.columns,
        "languages": [(code, names) for code, names in (("zh-hans", "中文"), ("en", "English"))],
    }
    return page(request, None, "admin/cityrank/import_hand_in.html", context)


def _choose(request: HttpRequest, status: int = 200) -> HttpResponse:
    by = cast(User, request.user)
    groups = [
        (str(release), [(one.title, hand_in_address(one)) for one in targets])
        for release in all_releases(request)
        if (targets := targets_in(release, by))
    ]
    if registry := targets_of_registry(by):
        groups.append((_("Registry"), [(one.title, hand_in_address(one)) for one in registry]))
    return page(request, None, "admin/cityrank/import_choose.html", {"groups": groups}, status)


def _taken(request: HttpRequest, form: HandInForm, target: Target) -> Import | None:
    """Keep the file and read it; return its import, or None where it cannot be read and the form says why."""
    values = form.cleaned_data
    file = values["file"]
    try:
        import_, new = open_import(
            target.sheet.name,
            file.read() if file else values["text"],
            file.name if file else "",
            by=cast(User, request.user),
            release=target.release,
            into=target.into,
            reason=values["reason"],
        )
        if new:
            read(import_)
    except (BadFile, Refused) as problem:
        form.add_error("file" if file else "text", str(problem))
        return None
    if not new:
        messages.info(request, _("This very file was imported before. Nothing was changed."))
    return import_


def blank_view(request: HttpRequest, key: str, language: str, name: str) -> HttpResponseBase:
    """Send a template for a target: blank.xlsx, blank.csv, or filled.xlsx, filled.csv with the present rows."""
    target = named_target(key)
    kind, _dot, suffix = name.partition(".")
    if target is None or language not in MARKS or kind not in ("blank", "filled"):
        raise Http404
    if suffix not in ("xlsx", "csv"):
        raise Http404
    model = target.sheet.model._meta
    if not request.user.has_perm(f"{model.app_label}.view_{model.model_name}"):
        raise PermissionDenied
    blank = Blank(target, language, filled=kind == "filled")
    write = blank.write_xlsx if suffix == "xlsx" else blank.write_csv
    return send_file(write, MEDIA_TYPES[suffix], f"{target.sheet.name}-{kind}-{language}.{suffix}")
