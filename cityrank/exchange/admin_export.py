"""Every list of the admin as CSV and XLSX: the rows that the list shows under its present filters, on all its pages."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters, ModelAdmin
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language

from awards.models import ReleaseContent
from cityrank.exchange.columns import Sheet
from cityrank.exchange.deriving import derived
from cityrank.exchange.packages.contents import SHEETS
from cityrank.exchange.responses import send_table
from cityrank.exchange.sheets import IMPORTED
from cityrank.exchange.sheets.across import across_editions
from cityrank.exchange.writing import Rows, Table
from cityrank.registry.models import App

# Of a model with several sheets the one that people import wins; the tables of a package that say of a subject only
# what its kind has are no lists for people.
_DECLARED: dict[type[Model], Sheet] = {
    sheet.model: across_editions(sheet)
    for sheet in (*SHEETS.values(), *IMPORTED.values())
    if sheet.model is not App
}
# Never in a file, whoever asks.
SECRET = ("password",)


def export_list(request: HttpRequest, app: str, model: str, suffix: str) -> HttpResponseBase:
    """Send the rows of a list. Who may not see the list may not have the file."""
    page = _page(app, model)
    if not page.has_view_permission(request):
        raise PermissionDenied
    try:
        shown: QuerySet = page.get_changelist_instance(request).queryset
    except IncorrectLookupParameters:
        return HttpResponseRedirect(reverse(f"admin:{app}_{model}_changelist"))
    sheet = _sheet(page, request)
    # By key: what a list annotates, joins and sorts by is for the page.
    rows = page.model._default_manager.filter(pk__in=shown.order_by().values("pk"))
    table = Table(Rows(sheet, sheet.ordered(rows)), suffix, get_language() or "en", bom=True)
    return send_table(request, table, str(page.opts.verbose_name_plural), f"{app}-{model}")


def _page(app: str, model: str) -> ModelAdmin:
    try:
        found = apps.get_model(app, model)
        return admin.site._registry[found]
    except (LookupError, KeyError):
        raise Http404 from None


def _sheet(page: ModelAdmin, request: HttpRequest) -> Sheet:
    """Return the declared sheet of the page's model, else one of the fields that its pages show to this person."""
    concrete: Any = page.model._meta.concrete_model
    if concrete in _DECLARED:
        return _DECLARED[concrete]
    shown = {*page.get_list_display(request), *flatten_fieldsets(page.get_fieldsets(request))}
    names = [field.name for field in page.model._meta.concrete_fields if field.name in shown]
    hidden = (*SECRET, "release") if issubclass(concrete, ReleaseContent) else SECRET
    return across_editions(derived(page.model, [name for name in names if name not in hidden]))
