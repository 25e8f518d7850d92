"""What holds for every answer below /api/, whichever part of Django made it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from cityrank.api.problems import MEDIA_TYPE, WAY_IN, problem

PREFIX = "/api/"
DETAILS = {
    400: "The request could not be read.",
    404: f"This address does not exist. {WAY_IN}",
    500: "Something went wrong on our side; it has been logged.",
}
JSON = ("application/json", MEDIA_TYPE)


class ApiAnswers:
    """Turns error pages into problem details, and takes back what only concerns pages.

    Errors outside the views (a host that is not served, a thousand parameters, a crash) arrive here as HTML,
    with a traceback while DEBUG is on. The traceback stays in the log.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path_info.startswith(PREFIX):
            return response
        if response.status_code >= 400 and response.headers.get("Content-Type", "").split(";")[0] not in JSON:
            response = problem(
                response.status_code, DETAILS.get(response.status_code, response.reason_phrase)
            )
        _forget_language(response)
        return response


def _forget_language(response: HttpResponse) -> None:
    """The API answers in both languages at once, so that its answers do not vary with the reader's."""
    varies = [name.strip() for name in response.headers.get("Vary", "").split(",")]
    kept = [name for name in varies if name and name.lower() != "accept-language"]
    if kept:
        response.headers["Vary"] = ", ".join(kept)
    elif response.has_header("Vary"):
        del response.headers["Vary"]
    if response.has_header("Content-Language"):
        del response.headers["Content-Language"]
