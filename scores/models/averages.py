"""Averages that the edition states for a group."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from awards.models import Release, ReleaseContent, Source
from awards.querysets import ContentQuerySet
from cityrank.registry.numbers import shown
from cityrank.registry.texts import Localised
from scores.models.rankings import Ranking


class GroupAverage(ReleaseContent):
    """The average score rate of a group, in percent of the maximum, as printed; what follows from it beside it."""

    release = models.ForeignKey(
        Release, models.CASCADE, related_name="group_averages", verbose_name=_("release")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    ranking = models.ForeignKey(
        Ranking,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="averages",
        verbose_name=_("about the ranking"),
    )
    printed_label = models.CharField(_("group as printed"), max_length=200)
    label_en = models.CharField(_("group in English"), max_length=200, blank=True)
    top_n = models.PositiveSmallIntegerField(
        _("taken over the first N"), null=True, blank=True, help_text=_("Empty: no number is printed.")
    )
    printed_value = models.DecimalField(_("printed value"), max_digits=8, decimal_places=4)
    printed_previous = models.DecimalField(
        _("printed previous value"), max_digits=8, decimal_places=4, null=True, blank=True
    )
    printed_change = models.DecimalField(
        _("printed change"), max_digits=8, decimal_places=4, null=True, blank=True
    )
    decimals = models.PositiveSmallIntegerField(_("decimals as printed"), default=2)
    source = models.ForeignKey(
        Source, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("source")
    )

    label_zh = property(lambda self: self.printed_label)
    label = Localised("label")
    history = HistoricalRecords()
    objects = ContentQuerySet.as_manager()

    class Meta:
        verbose_name = _("group average")
        verbose_name_plural = _("group averages")
        ordering = ["release", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "position"], name="average_position_once_in_a_release"
            ),
            models.CheckConstraint(condition=Q(decimals__lte=4), name="average_decimals_can_be_stored"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def computed_change(self) -> Decimal | None:
        """The difference of the two printed values, in percentage points."""
        if self.printed_previous is None:
            return None
        return self.printed_value - self.printed_previous

    @property
    def discrepancy(self) -> Decimal | None:
        """Printed change minus computed change; None where one of them is missing, zero where they agree."""
        if self.printed_change is None or self.computed_change is None:
            return None
        return self.printed_change - self.computed_change

    @property
    def contradicts_itself(self) -> bool:
        return bool(self.discrepancy)

    @property
    def n_differs_from_cutoff(self) -> bool:
        """The text averages the first 20 of a table that shows the first 30."""
        return bool(self.top_n and self.ranking and self.ranking.cutoff and self.top_n != self.ranking.cutoff)

    def shown(self, name: str) -> str:
        """Return a figure of this row ("printed_value", "computed_change" ...) with the decimals as printed."""
        return shown(getattr(self, name), self.decimals)
