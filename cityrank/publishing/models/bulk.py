"""Changes of many rows at once, kept so that the last one can be undone."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from awards.models import Release


class BulkChange(models.Model):
    """What one bulk action changed: for each row the values before and after."""

    release = models.ForeignKey(
        Release, models.CASCADE, related_name="bulk_changes", verbose_name=_("release")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"), auto_now_add=True)
    action = models.CharField(_("action"), max_length=40)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    # Label of the model ("scores.score"), and rows of {"pk", "before": {column: value}, "after": {...}}.
    model = models.CharField(_("kind of row"), max_length=60)
    rows = models.JSONField(_("rows"), default=list)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("undone by"),
    )

    class Meta:
        verbose_name = _("bulk change")
        verbose_name_plural = _("bulk changes")
        ordering = ["release", "-at"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.release}: {self.action}"
