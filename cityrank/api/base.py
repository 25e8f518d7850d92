"""What all resources have in common: one gate, strict parameters, a list and a detail."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.utils import translation
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import mixins, viewsets
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from awards.models import Release
from cityrank.api.addresses import Links
from cityrank.api.pagination import Pages
from cityrank.api.parameters import Detail, DetailOfRelease, Parameters, Pinned
from cityrank.api.problems import BadParameters, at_fault
from cityrank.publishing.gate import Gate, Withdrawn, frozen_gate, open_gate, withdrawn_edition


class Filtered(DjangoFilterBackend):
    """Applies the parameters that the view has checked; the schema reads them from its filterset."""

    def filter_queryset(self, request: Request, queryset: QuerySet, view: Any) -> QuerySet:
        return view.parameters.qs


class Resource(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """A read-only resource.

    `plural` and `singular` name the addresses of the list and of one object, `keys` the parts of the latter as
    {part: path of the field}. `rows` returns what a gate lets through, in the default order, with everything that
    the serializer reads.
    """

    plural = ""
    singular = ""
    keys: dict[str, str] = {}
    filterset_class: type[Parameters]
    filter_backends = [Filtered]
    pagination_class = Pages
    gate: Gate
    parameters: Parameters

    def rows(self, gate: Gate) -> QuerySet:
        raise NotImplementedError

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # Addresses of pages are those of the default language, whatever the reader's browser prefers.
        with translation.override(settings.LANGUAGE_CODE):
            return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.gate = open_gate()
        self.pinned = None
        self.parameters = self._parameters()(
            request.query_params, queryset=self.rows(self.gate), request=request
        )
        self.parameters.check()
        if issubclass(self.filterset_class, Pinned):
            self._pin()
        self.parameters.gate = self.gate

    def _parameters(self) -> type[Parameters]:
        if not self.kwargs:
            return self.filterset_class
        return DetailOfRelease if issubclass(self.filterset_class, Pinned) else Detail

    def _pin(self) -> None:
        """Replace the open gate by that of the release asked for. Raises NotFound, Withdrawn, BadParameters."""
        number = self.parameters.value("release")
        if number is None:
            return
        label = self.kwargs.get("edition") or self.parameters.value("edition")
        if not label:
            raise BadParameters(
                [at_fault("release", "needs_edition", "Say of which edition: add edition=...")]
            )
        try:
            self.gate = frozen_gate(label, number)
        except Release.DoesNotExist:
            raise NotFound(f"There is no public release {number} of {label}.") from None
        self.pinned = number
        self.parameters.queryset = self.rows(self.gate)

    def get_queryset(self) -> QuerySet:
        # Without parameters nobody has asked yet: the schema only wants to know the model.
        return self.parameters.queryset if hasattr(self, "parameters") else self.rows(open_gate())

    def get_object(self) -> Any:
        wanted = {path: self.kwargs[part] for part, path in self.keys.items()}
        row = self.get_queryset().filter(**wanted).first()
        if row is None:
            label = None if self.pinned else self.kwargs.get("edition")
            gone = withdrawn_edition(label) if label else None
            raise Withdrawn(gone) if gone else self.nothing()
        return row

    def nothing(self) -> NotFound:
        """Return the error for what does not exist or is not public: the same one, word for word."""
        return NotFound("There is nothing public at this address.")

    def get_serializer_context(self) -> dict[str, Any]:
        return {
            **super().get_serializer_context(),
            "links": Links(self.request, getattr(self, "pinned", None)),
        }

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        return Response(status=204)
