"""One request, one instant."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from awards.instant import reading


class OneInstant:
    """Read all of a page at the same instant, so that a publication in between does not split it.

    Nobody keeps the answer for longer than that instant, unless the view has said otherwise.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with reading():
            response = self.get_response(request)
        # Left to guess (RFC 9111, 4.2.2), a browser or a proxy would show the old release, or that there is none, after
        # the hour at which another one becomes public. It may keep an answer and has to ask whether it still holds.
        response.headers.setdefault("Cache-Control", "no-cache")
        return response
