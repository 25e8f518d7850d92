"""What the person of a request may edit, asked of the assignments once for each release."""

from typing import cast

from django.contrib.auth.models import User
from django.db.models import Model
from django.http import HttpRequest

from awards.models import Release, ReleaseContent
from cityrank.publishing.admin_forms import release_of
from cityrank.publishing.assigning import Rights


def rights(request: HttpRequest, release: Release) -> Rights:
    """Return what the person of a request may edit in a release, read once for the request."""
    known = request.__dict__.setdefault("cityrank_rights", {})
    if release.pk not in known:
        known[release.pk] = Rights(cast(User, request.user), release)
    return known[release.pk]


def is_theirs(request: HttpRequest, obj: Model) -> bool:
    """Return whether a row lies in a draft and in what is assigned to the person of the request."""
    release = release_of(obj)
    return release.is_editable and rights(request, release).may_edit(cast(ReleaseContent, obj))
