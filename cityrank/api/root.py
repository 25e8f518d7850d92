"""The way in: a list of the resources."""

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from awards.invention import holds_invented
from cityrank.api.addresses import absolute
from cityrank.api.problems import BadParameters, at_fault

INVENTED = "Invented data: the places are real, everything else is made up to try the site out."


class Root(APIView):
    """The resources of this API and where they are described."""

    names: dict[str, str] = {}

    @extend_schema(
        operation_id="root",
        tags=["root"],
        responses={200: {"type": "object", "additionalProperties": {"type": "string"}}},
    )
    def get(self, request: Request) -> Response:
        strangers = [
            at_fault(name, "unknown_parameter", "There is no such parameter here.", [])
            for name in request.query_params
        ]
        if strangers:
            raise BadParameters(strangers)
        found = {name: absolute(request, reverse(f"api:{view}")) for name, view in self.names.items()}
        return Response(found | ({"notice": INVENTED} if holds_invented() else {}))
