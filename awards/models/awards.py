"""Series, the awards in them, why they were given and to whom."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from awards.models.base import ReleaseContent, Verifiable
from awards.models.editions import Line, Release
from awards.models.sources import Source
from awards.querysets import ContentQuerySet
from cityrank.registry.models import Subject
from cityrank.registry.texts import Localised


class Series(ReleaseContent):
    """A numbered part of an edition, holding awards or rankings."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="series", verbose_name=_("release"))
    number = models.PositiveSmallIntegerField(_("number"))
    title_zh = models.CharField(_("Chinese title"), max_length=300)
    title_en = models.CharField(_("English title"), max_length=300, blank=True)
    intro_zh = models.TextField(_("Chinese introduction"), blank=True)
    intro_en = models.TextField(_("English introduction"), blank=True)

    title = Localised("title")
    intro = Localised("intro")
    history = HistoricalRecords()
    objects = ContentQuerySet.as_manager()

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["release", "number"]
        constraints = [
            models.UniqueConstraint(fields=["release", "number"], name="series_number_once_in_a_release")
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Citation(ReleaseContent):
    """Why an award was given. One citation may cover several awards."""

    class Kind(models.TextChoices):
        SUMMARY = "summary", _("summary in our own words")
        VERBATIM = "verbatim", _("original wording")

    release = models.ForeignKey(Release, models.CASCADE, related_name="citations", verbose_name=_("release"))
    key = models.SlugField(_("identifier"), max_length=80)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    heading = models.CharField(_("printed heading"), max_length=40, blank=True)
    text_zh = models.TextField(_("Chinese text"))
    text_en = models.TextField(_("English text"), blank=True)
    source = models.ForeignKey(
        Source, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("source")
    )

    text = Localised("text")
    history = HistoricalRecords()
    objects = ContentQuerySet.as_manager()

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["release", "key"]
        constraints = [
            models.UniqueConstraint(fields=["release", "key"], name="citation_key_once_in_a_release")
        ]

    def __str__(self) -> str:
        return self.key


class Award(ReleaseContent):
    """A title given to one or more subjects of equal standing."""

    release = models.ForeignKey(
        Release, models.CASCADE, related_name="awards", editable=False, verbose_name=_("release")
    )
    series = models.ForeignKey(Series, models.CASCADE, related_name="awards", verbose_name=_("series"))
    position = models.PositiveSmallIntegerField(_("position in the series"))
    slug = models.SlugField(_("identifier"), max_length=80)
    line = models.ForeignKey(
        Line, models.PROTECT, null=True, blank=True, related_name="awards", verbose_name=_("line")
    )
    title_listed = models.CharField(
        _("title as listed"), max_length=300, help_text=_("As in the list of series at the beginning.")
    )
    title_printed = models.CharField(
        _("title as printed"), max_length=300, help_text=_("As above the winners.")
    )
    title_en = models.CharField(_("English title"), max_length=300, blank=True)
    period_listed = models.CharField(_("period as listed"), max_length=40, blank=True)
    period_printed = models.CharField(_("period as printed"), max_length=40, blank=True)
    expected_count = models.PositiveSmallIntegerField(
        _("expected number of recipients"), null=True, blank=True
    )
    citation = models.ForeignKey(
        Citation, models.SET_NULL, null=True, blank=True, related_name="awards", verbose_name=_("citation")
    )
    source = models.ForeignKey(
        Source, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("source")
    )

    title_zh = property(lambda self: self.title_printed)
    title = Localised("title")
    history = HistoricalRecords()
    objects = ContentQuerySet.as_manager()

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ["release", "series__number", "position"]
        constraints = [
            models.UniqueConstraint(fields=["release", "slug"], name="award_slug_once_in_a_release"),
            models.UniqueConstraint(fields=["series", "position"], name="award_position_once_in_a_series"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.release_id = self.series.release_id
        super().save(*args, **kwargs)

    @property
    def titles_differ(self) -> bool:
        return self.title_listed != self.title_printed


class Recipient(Verifiable, ReleaseContent):
    """A subject that received an award. `position` is the order of the list; it is not a rank."""

    RELEASE_PATH = "award__release"
    PRINTED = ("printed_name", "subject_id")

    award = models.ForeignKey(Award, models.CASCADE, related_name="recipients", verbose_name=_("award"))
    position = models.PositiveSmallIntegerField(_("position in the list"))
    printed_name = models.CharField(_("name as printed"), max_length=120)
    subject = models.ForeignKey(
        Subject,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recipients",
        verbose_name=_("subject"),
        help_text=_("May stay open in a draft; a release is published only when every name is resolved."),
    )
    source = models.ForeignKey(
        Source, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("source")
    )

    history = HistoricalRecords()
    objects = ContentQuerySet.as_manager()

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        ordering = ["award", "position"]
        constraints = [
            models.UniqueConstraint(fields=["award", "position"], name="recipient_position_once_in_an_award"),
            models.UniqueConstraint(fields=["award", "subject"], name="recipient_once_in_an_award"),
            models.CheckConstraint(condition=~Q(printed_name=""), name="recipient_has_a_printed_name"),
        ]

    def __str__(self) -> str:
        return self.printed_name
