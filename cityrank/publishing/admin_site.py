"""The admin site: its content security policy, and suggestions that say which of several places is meant."""

from collections.abc import Callable
from typing import Any

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from unfold.sites import UnfoldAdminSite

# The theme evaluates the expressions in its attributes and writes its colours into a style element. Scripts still
# come from our own address only, and nothing may be embedded from or sent to another host.
ADMIN_POLICY = {
    "script-src": [SELF, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
}


class LabelledSuggestions(AutocompleteJsonView):
    """Suggestions with the labels that the admin of the suggested model gives them (`suggestion_labels`)."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["object_list"] = rows = list(context["object_list"])
        labels = getattr(self.model_admin, "suggestion_labels", None)
        self.labels: dict[Any, str] = labels(rows) if labels else {}
        return context

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        result = super().serialize_result(obj, to_field_name)
        return result | {"text": self.labels.get(obj.pk, result["text"])}


class CityRankSite(UnfoldAdminSite):
    index_title = _("Desk")

    def admin_view(self, view: Callable, cacheable: bool = False) -> Callable[..., Any]:
        return csp_replace(ADMIN_POLICY)(super().admin_view(view, cacheable))

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        # The one page that does not pass through `admin_view`.
        login: Callable[..., Any] = csp_replace(ADMIN_POLICY)(super().login)
        return login(request, extra_context)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        view: Callable[..., Any] = LabelledSuggestions.as_view(admin_site=self)
        return view(request)
