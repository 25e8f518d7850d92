"""The log of a release, and who had a hand in its content. Both are only ever added to; the database holds that."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.models import Release


class Move(models.Model):
    """One move of a release from one status to another: who, when, from, to, why."""

    release = models.ForeignKey(
        Release, models.PROTECT, related_name="moves", editable=False, verbose_name=_("release")
    )
    action = models.CharField(_("action"), max_length=12)
    from_status = models.CharField(_("from"), max_length=12, blank=True)
    to_status = models.CharField(_("to"), max_length=12, choices=Release.Status)
    # Nobody: a program that acts on its own, such as the one that loads a reviewed file.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who"),
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    reason = models.TextField(_("why"), blank=True)
    # The instant that a schedule names.
    effective_at = models.DateTimeField(_("takes effect at"), null=True, blank=True)

    class Meta:
        verbose_name = _("move")
        verbose_name_plural = _("log")
        ordering = ["release", "pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.release}: {self.action}"

    def get_from_status_display(self) -> str:
        return str(Release.Status(self.from_status).label) if self.from_status else ""


class Contribution(models.Model):
    """Somebody who entered or submitted something of a release, and so may not approve it."""

    release = models.ForeignKey(
        Release, models.CASCADE, related_name="contributions", verbose_name=_("release")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person")
    )
    first_at = models.DateTimeField(_("first at"), default=timezone.now)

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["release", "first_at"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["release", "person"], name="contributor_once_in_a_release")
        ]

    def __str__(self) -> str:
        return f"{self.release}: {self.person}"
