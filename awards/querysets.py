"""Which rows belong to which release, and which releases the public may read.

`RELEASE_PATH` of a model names the way from its rows to their release; everything that starts from a set of
releases (the public gate, the clone, the guards) reads it there.
"""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models

if TYPE_CHECKING:
    from awards.models.base import ReleaseContent
    from awards.models.editions import Release


class ReleaseQuerySet(models.QuerySet["Release"]):
    def current(self) -> Self:
        """Return the one release of each edition that the public reads now."""
        return self.filter(status="published")

    def citable(self) -> Self:
        """Return the releases that stay readable at their frozen address: the current ones and those they replaced."""
        return self.filter(status__in=("published", "superseded"))

    def drafts(self) -> Self:
        return self.filter(status="draft")


_Row = TypeVar("_Row", bound="ReleaseContent", covariant=True)


class ContentQuerySet(models.QuerySet[_Row]):
    """Rows that are part of one release."""

    def in_releases(self, releases: Any) -> Self:
        """Return the rows of these releases; `releases` is a queryset or a list of Release."""
        return self.filter(**{f"{self.model.RELEASE_PATH}__in": releases})

    def of_release(self, release: Any) -> Self:
        return self.filter(**{self.model.RELEASE_PATH: release})
