"""What a reader sees when an address leads nowhere or something broke."""

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils import translation

logger = logging.getLogger(__name__)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "pages/404.html", {"is_error": True}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer with nothing but the template: database, context processors and translation files may be what broke."""
    language = translation.get_language_from_path(request.path) or settings.LANGUAGE_CODE
    try:
        with translation.override(language):
            # Without a request, no context processor runs.
            page = get_template("pages/500.html").render({"language": language})
    except Exception:
        logger.exception("The page for errors could not be rendered.")
        page = "<!doctype html><meta charset=utf-8><title>500</title><p>服务器出错。 / Something broke on our side."
    return HttpResponse(page, status=500)
