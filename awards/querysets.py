"""Which rows belong to which release, and which releases the public may read.

`RELEASE_PATH` of a model names the way from its rows to their release; everything that starts from a set of
releases (the public gate, the clone, the guards) reads it there.
"""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Q

from awards import instant

if TYPE_CHECKING:
    from awards.models.base import ReleaseContent
    from awards.models.editions import Release


class ReleaseQuerySet(models.QuerySet["Release"]):
    def current(self, at: dt.datetime | None = None) -> Self:
        """Return the one release of each edition that the public reads at an instant, by default that of the request.

        A scheduled release is one of them from its hour on, whether or not its status has been settled since.
        """
        at = at or instant.now()
        return self.citable(at).filter(Q(replaced_at=None) | Q(replaced_at__gt=at))

    def citable(self, at: dt.datetime | None = None) -> Self:
        """Return the releases that are readable at their frozen address: the current ones and those they replaced."""
        at = at or instant.now()
        return self.filter(status__in=("scheduled", "published", "superseded"), published_at__lte=at)

    def public_once(self, at: dt.datetime | None = None) -> Self:
        """Return the releases whose address answers: the citable ones, and with 410 those that were withdrawn."""
        at = at or instant.now()
        known = ("scheduled", "published", "superseded", "withdrawn")
        return self.filter(status__in=known, published_at__lte=at)

    def due(self, at: dt.datetime | None = None) -> Self:
        """Return the scheduled releases whose hour has come and whose status has not been settled yet."""
        return self.filter(status="scheduled", published_at__lte=at or instant.now())

    def drafts(self) -> Self:
        return self.filter(status="draft")

    def in_preparation(self) -> Self:
        """Return what is neither public nor was: at most one release of each edition."""
        return self.filter(status__in=("draft", "in_review", "approved", "scheduled"))


_Row = TypeVar("_Row", bound="ReleaseContent", covariant=True)


class ContentQuerySet(models.QuerySet[_Row]):
    """Rows that are part of one release."""

    def in_releases(self, releases: Any) -> Self:
        """Return the rows of these releases; `releases` is a queryset or a list of Release."""
        return self.filter(**{f"{self.model.RELEASE_PATH}__in": releases})

    def of_release(self, release: Any) -> Self:
        return self.filter(**{self.model.RELEASE_PATH: release})
