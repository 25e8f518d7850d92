"""The admin site: its content security policy, and suggestions that say which of several places is meant."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.sites import UnfoldAdminSite

from cityrank.registry.numbers import key_in
from scores.models import PeerGroup, Score
from scores.peers import members

# The theme evaluates the expressions in its attributes and writes its colours into a style element. Scripts still
# come from our own address only, and nothing may be embedded from or sent to another host.
ADMIN_POLICY = {
    "script-src": [SELF, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
}


class LabelledSuggestions(AutocompleteJsonView):
    """Suggestions with the labels that the admin of the suggested model gives them (`suggestion_labels`).

    With `ranking` in the address only the members of its peer group are suggested, as long as one of them fits.
    """

    outside = False

    def get_queryset(self) -> QuerySet:
        found = super().get_queryset()
        group = self._group()
        if group is None:
            return found
        inside = found.filter(pk__in=members(group).values("pk"))
        self.outside = not inside.exists()
        return found if self.outside else inside

    def _group(self) -> PeerGroup | None:
        key = key_in(self.request.GET.get("ranking", ""))
        if not key or self.source_field.model is not Score:
            return None
        return PeerGroup.objects.filter(rankings=key).select_related("release__edition").first()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["object_list"] = rows = list(context["object_list"])
        labels = getattr(self.model_admin, "suggestion_labels", None)
        self.labels: dict[Any, str] = labels(rows) if labels else {}
        if self.outside:
            note = _("not in the peer group")
            self.labels = {key: f"{label} ({note})" for key, label in self.labels.items()}
        return context

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        result = super().serialize_result(obj, to_field_name)
        return result | {"text": self.labels.get(obj.pk, result["text"])}


def readable(sent: QueryDict) -> QueryDict:
    """Return what was sent without what nobody types and the pages of Django trip over.

    That is the character that PostgreSQL cannot store, a chosen row that is no key, and an empty `_to_field`.
    """
    clean = QueryDict(mutable=True, encoding=sent.encoding)
    for name, texts in sent.lists():
        kept = [text.replace("\x00", "") for text in texts]
        if name == ACTION_CHECKBOX_NAME:
            kept = [text for text in kept if key_in(text)]
        if name != TO_FIELD_VAR or any(kept):
            clean.setlist(name.replace("\x00", ""), kept)
    return clean


class CityRankSite(UnfoldAdminSite):
    index_title = _("Desk")

    def admin_view(self, view: Callable, cacheable: bool = False) -> Callable[..., Any]:
        answer = csp_replace(ADMIN_POLICY)(super().admin_view(view, cacheable))

        @wraps(answer)
        def with_text(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            request.GET, request.POST = readable(request.GET), readable(request.POST)  # type: ignore[assignment]
            return answer(request, *args, **kwargs)

        return with_text

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Signing in is one page for the whole house; whoever asked for another page is led back to it."""
        if request.user.is_authenticated and not self.has_permission(request):
            messages.error(
                request, _("This account does not open the admin. Sign out, and sign in with another.")
            )
            return HttpResponseRedirect(reverse("account_logout"))
        wanted = {name: request.GET[name] for name in (REDIRECT_FIELD_NAME,) if name in request.GET}
        address = reverse("account_login")
        return HttpResponseRedirect(f"{address}?{urlencode(wanted)}" if wanted else address)

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return HttpResponseRedirect(reverse("account_change_password"))

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        view: Callable[..., Any] = LabelledSuggestions.as_view(admin_site=self)
        return view(request)
