"""Change several rows of a list at once: choose columns and values, look at old and new, confirm."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from awards.models import ReleaseContent
from cityrank.publishing.admin_rows import lean
from cityrank.publishing.bulk import bulk_edit, preview
from cityrank.publishing.refusals import Refused

# So many rows are shown before they are changed; the page counts all of them.
SHOWN = 200


@admin.action(description=gettext_lazy("Change the chosen rows"), permissions=["change"])
def change_rows(model_admin: Any, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
    rows: list[ReleaseContent] = list(queryset)
    form = _form(model_admin, request)
    chosen = [name for name in request.POST.getlist("set") if name in form.fields]
    values, errors = _values(request, form, chosen)
    step, problem = request.POST.get("step", ""), ""
    if step and not chosen:
        problem = _("Tick what is to be changed.")
    if step == "confirm" and not problem and not errors:
        try:
            change = bulk_edit(rows, values, cast(User, request.user), request.POST.get("reason", ""))
        except Refused as refused:
            problem = str(refused)
        else:
            count = len(change.rows)
            text = ngettext("%d row was changed.", "%d rows were changed.", count) % count
            messages.success(request, text + " " + _("It can be undone on the log page of the release."))
            return None
    changing = preview(rows, values) if step and not problem and not errors else []
    context = model_admin.admin_site.each_context(request) | {
        "title": _("Change several rows"),
        "opts": model_admin.opts,
        "rows": rows,
        "keys": request.POST.getlist(ACTION_CHECKBOX_NAME),
        "across": request.POST.get("select_across", "0"),
        "checkbox": ACTION_CHECKBOX_NAME,
        "fields": [
            {"field": form[name], "name": name, "is_set": name in chosen, "errors": errors.get(name, [])}
            for name in form.fields
        ],
        "problem": problem,
        "changing": [(row, [_shown(*change) for change in changes]) for row, changes in changing[:SHOWN]],
        "count": len(changing),
        "is_looked_at": bool(step) and not problem and not errors,
        "reason": request.POST.get("reason", ""),
    }
    return TemplateResponse(request, "admin/cityrank/bulk.html", context)


def _form(model_admin: Any, request: HttpRequest) -> forms.ModelForm:
    """Return the fields that may be changed in bulk, with the choices of the list's release."""
    made = model_admin.get_form(request, None, fields=model_admin.bulk_fields)
    # Not bound: only the ticked columns are read, and no row is made of them.
    form: forms.ModelForm = made(initial=request.POST.dict())
    for name in list(form.fields):
        if name not in model_admin.bulk_fields:
            del form.fields[name]
            continue
        form.fields[name].required = not form._meta.model._meta.get_field(name).blank
        form.fields[name].widget = lean(form.fields[name])
    return form


def _values(
    request: HttpRequest, form: forms.ModelForm, chosen: Iterable[str]
) -> tuple[dict[str, Any], dict[str, list[str]]]:
    values: dict[str, Any] = {}
    errors: dict[str, list[str]] = {}
    for name in chosen:
        field = form.fields[name]
        try:
            values[name] = field.clean(field.widget.value_from_datadict(request.POST, request.FILES, name))
        except ValidationError as error:
            errors[name] = error.messages
    return values, errors


def _shown(column: Any, old: Any, new: Any) -> tuple[str, str, str]:
    choices = dict(column.flatchoices)
    before, after = (str(choices.get(value, value) or "–") for value in (old, new))
    return str(column.verbose_name), before, after
