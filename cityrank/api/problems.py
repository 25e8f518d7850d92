"""Errors as RFC 9457 problem details: one form for every status, and never more than the client may know."""

import http
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve
from rest_framework import exceptions, serializers

from cityrank.publishing.gate import Withdrawn

MEDIA_TYPE = "application/problem+json"
WAY_IN = "The API begins at /api/v1/; its description is at /api/docs/."

Parameter = dict[str, Any]


class BadParameters(exceptions.APIException):
    """A query that cannot be answered; `errors` has one entry for each parameter at fault.

    An entry is `{"parameter", "code", "detail"}` and, where they can be listed, `"allowed"`.
    """

    status_code = 400

    def __init__(self, errors: list[Parameter]) -> None:
        super().__init__(" ".join(f"{error['parameter']}: {error['detail']}" for error in errors))
        self.errors = errors


def at_fault(parameter: str, code: str, detail: str, allowed: list | None = None) -> Parameter:
    entry: Parameter = {"parameter": parameter[:60], "code": code, "detail": detail}
    return entry if allowed is None else entry | {"allowed": allowed}


def problem(status: int, detail: str, **more: Any) -> JsonResponse:
    """Return the answer for an error. `type` is about:blank: status and `errors[].code` say what went wrong."""
    body = {
        "type": "about:blank",
        "title": http.HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **more,
    }
    return JsonResponse(body, status=status, content_type=MEDIA_TYPE)


def handle(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """Answer an exception of a view. Unforeseen ones go on to Django, which logs them; see `middleware`."""
    if isinstance(error, BadParameters):
        return problem(400, str(error.detail), errors=error.errors)
    if isinstance(error, Withdrawn):
        return problem(410, _withdrawal(error))
    if isinstance(error, exceptions.NotFound):
        return problem(404, str(error.detail))
    if isinstance(error, Http404):
        return problem(404, "There is nothing public at this address.")
    if isinstance(error, exceptions.MethodNotAllowed):
        return problem(405, "The API is read-only: GET, HEAD and OPTIONS.")
    if isinstance(error, exceptions.NotAcceptable):
        return problem(406, "This address answers in application/json.")
    if isinstance(error, exceptions.APIException):
        return problem(error.status_code, str(error.detail))
    if isinstance(error, PermissionDenied):
        return problem(403, "This is not public.")
    return None


def _withdrawal(error: Withdrawn) -> str:
    release = error.release
    return f"Release {release.number} of {release.edition.label} was withdrawn. Reason: {release.withdrawal}"


def nowhere(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer addresses that do not exist; one that only lacks its last slash leads to where it is."""
    if request.method in ("GET", "HEAD") and not rest.endswith("/") and _exists(f"{request.path_info}/"):
        query = request.META.get("QUERY_STRING", "")
        return HttpResponse(status=308, headers={"Location": f"{request.path}/{'?' if query else ''}{query}"})
    return problem(404, f"This address does not exist. {WAY_IN}")


def _exists(path: str) -> bool:
    try:
        return resolve(path).func is not nowhere
    except Resolver404:
        return False


class Fault(serializers.Serializer):
    parameter = serializers.CharField()
    code = serializers.ChoiceField(
        ["unknown_parameter", "given_twice", "bad_value", "unknown_value", "needs_edition"],
    )
    detail = serializers.CharField()
    allowed = serializers.ListField(child=serializers.CharField(), required=False)


class Problem(serializers.Serializer):
    """An error, in the form of RFC 9457."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = Fault(  # type: ignore[assignment]
        many=True, required=False, help_text="One entry for each query parameter at fault."
    )
