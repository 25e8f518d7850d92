"""What a release changed of the one before it, as data."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from awards.models import Release
from awards.querysets import ContentQuerySet


class Erratum(models.Model):
    """One difference between two releases, computed when the newer one is published or scheduled."""

    RELEASE_PATH = "release"

    class Kind(models.TextChoices):
        ADDED = "added", _("added")
        REMOVED = "removed", _("removed")
        CHANGED = "changed", _("changed")

    # The release that made the change; the one it replaced is `former`.
    release = models.ForeignKey(Release, models.CASCADE, related_name="errata", verbose_name=_("release"))
    former = models.ForeignKey(Release, models.CASCADE, related_name="+", verbose_name=_("former release"))
    position = models.PositiveIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    # Name of the model: award, recipient, ranking, score, groupaverage ...
    of = models.CharField(_("what"), max_length=20)
    # Slug of the award or the ranking that the row is part of; empty for the rest.
    part = models.CharField(_("award or ranking"), max_length=80, blank=True)
    part_zh = models.CharField(_("Chinese title"), max_length=300, blank=True)
    part_en = models.CharField(_("English title"), max_length=300, blank=True)
    # Which row: its printed name, label or title.
    row_zh = models.CharField(_("row in Chinese"), max_length=300, blank=True)
    row_en = models.CharField(_("row in English"), max_length=300, blank=True)
    subject_slug = models.CharField(_("subject"), max_length=80, blank=True)
    # Name of the column; empty where a whole row was added or removed.
    field = models.CharField(_("field"), max_length=40, blank=True)
    old = models.TextField(_("before"), blank=True)
    new = models.TextField(_("after"), blank=True)

    objects = ContentQuerySet.as_manager()

    class Meta:
        verbose_name = _("erratum")
        verbose_name_plural = _("errata")
        ordering = ["release", "position"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["release", "position"], name="erratum_position_once_in_a_release")
        ]

    def __str__(self) -> str:
        return f"{self.release}: {self.position}"
