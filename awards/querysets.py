"""Which rows belong to which release, and which releases the public may read.

`RELEASE_PATH` of a model names the way from its rows to their release; everything that starts from a set of
releases (the public gate, the clone, the guards) reads it there.
"""

from typing import Any

from django.db import models


class ReleaseQuerySet(models.QuerySet):
    def current(self) -> "ReleaseQuerySet":
        """Return the one release of each edition that the public reads now."""
        return self.filter(status="published")

    def citable(self) -> "ReleaseQuerySet":
        """Return the releases that stay readable at their frozen address: the current ones and those they replaced."""
        return self.filter(status__in=("published", "superseded"))

    def drafts(self) -> "ReleaseQuerySet":
        return self.filter(status="draft")


class ContentQuerySet(models.QuerySet):
    """Rows that are part of one release."""

    def in_releases(self, releases: Any) -> "ContentQuerySet":
        """Return the rows of these releases; `releases` is a queryset or a list of Release."""
        return self.filter(**{f"{self.model.RELEASE_PATH}__in": releases})

    def of_release(self, release: Any) -> "ContentQuerySet":
        return self.filter(**{self.model.RELEASE_PATH: release})
