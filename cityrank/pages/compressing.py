"""Answers of the public site, compressed. A page of 50 rows is a fifth of its size, which counts on a telephone.

Whoever can make a reader's browser ask again and again, and watch how long the answers are, learns of a secret in a
compressed answer (BREACH, 2013). So only what has no secret is compressed: nothing for somebody who is signed in, and
nothing that sets a cookie, as every page with a form that is posted does.
"""

import re

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

# Pictures, documents and archives are compressed in themselves.
WORTH_IT = re.compile(
    r"text/|application/(json|(\w+[.+-])*(json|xml|yaml)|javascript|x-bibtex)|image/svg\+xml"
)


class CompressPublic(GZipMiddleware):
    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        has_secrets = settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies
        if has_secrets or not WORTH_IT.match(response.headers.get("Content-Type", "")):
            return response
        return super().process_response(request, response)
