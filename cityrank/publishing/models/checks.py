"""Warnings that somebody has looked at and accepted, with the reason."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.models import Release, ReleaseContent
from awards.querysets import ContentQuerySet


class Acknowledgement(ReleaseContent):
    """A reason why one warning of one row may stand. It holds as long as the finding stays word for word the same."""

    release = models.ForeignKey(
        Release, models.CASCADE, related_name="acknowledgements", verbose_name=_("release")
    )
    rule = models.SlugField(_("rule"), max_length=60)
    # What identifies the row within its release: "average:2", "score:cities-50:7".
    row = models.CharField(_("row"), max_length=200)
    # Of the finding's figures: when one of them changes, the warning is asked about anew.
    digest = models.CharField(max_length=64)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("acknowledged by"),
    )
    at = models.DateTimeField(_("acknowledged at"), default=timezone.now)

    objects = ContentQuerySet.as_manager()

    class Meta:
        verbose_name = _("acknowledged warning")
        verbose_name_plural = _("acknowledged warnings")
        ordering = ["release", "rule", "row"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["release", "rule", "row"], name="warning_acknowledged_once_in_a_release"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="acknowledgement_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.row}"
