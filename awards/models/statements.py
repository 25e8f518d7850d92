"""What an edition says beside its lists: findings, notes on method, national figures."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from awards.models.awards import Series
from awards.models.base import ReleaseContent
from awards.models.editions import Release
from awards.models.sources import Source
from awards.querysets import ContentQuerySet
from cityrank.registry.numbers import shown
from cityrank.registry.texts import Localised


class Section(ReleaseContent):
    """A finding or a note on method, summarised in our own words or in the original wording."""

    class Kind(models.TextChoices):
        FINDING = "finding", _("finding")
        METHOD = "method", _("note on method")

    release = models.ForeignKey(Release, models.CASCADE, related_name="sections", verbose_name=_("release"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    number = models.PositiveSmallIntegerField(_("number"))
    slug = models.SlugField(_("identifier"), max_length=80)
    series = models.ForeignKey(
        Series,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="sections",
        verbose_name=_("about the series"),
    )
    is_summary = models.BooleanField(_("summary in our own words"), default=True)
    title_zh = models.CharField(_("Chinese title"), max_length=300)
    title_en = models.CharField(_("English title"), max_length=300, blank=True)
    body_zh = models.TextField(_("Chinese text"))
    body_en = models.TextField(_("English text"), blank=True)
    source = models.ForeignKey(
        Source, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("source")
    )

    title = Localised("title")
    body = Localised("body")
    history = HistoricalRecords()
    objects = ContentQuerySet.as_manager()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["release", "kind", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "kind", "number"], name="section_number_once_in_its_kind"
            ),
            models.UniqueConstraint(fields=["release", "slug"], name="section_slug_once_in_a_release"),
        ]

    def __str__(self) -> str:
        return self.title


class Fact(ReleaseContent):
    """A national figure that the edition states, with the words around it as it was printed."""

    class Unit(models.TextChoices):
        PERCENT = "percent", _("percent")
        COUNT = "count", _("number")
        PERSONS = "persons", _("persons")
        YEAR = "year", _("year")

    class Qualifier(models.TextChoices):
        EXACT = "exact", _("exactly")
        OVER = "over", _("more than")

    release = models.ForeignKey(Release, models.CASCADE, related_name="facts", verbose_name=_("release"))
    position = models.PositiveSmallIntegerField(_("position"))
    slug = models.SlugField(_("identifier"), max_length=80)
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=4)
    decimals = models.PositiveSmallIntegerField(_("decimals as printed"), default=0)
    unit = models.CharField(_("unit"), max_length=12, choices=Unit)
    qualifier = models.CharField(_("qualifier"), max_length=8, choices=Qualifier, default=Qualifier.EXACT)
    printed = models.CharField(_("figure as printed"), max_length=60)
    label_zh = models.CharField(_("what it says, in Chinese"), max_length=300)
    label_en = models.CharField(_("what it says, in English"), max_length=300, blank=True)
    section = models.ForeignKey(
        Section, models.SET_NULL, null=True, blank=True, related_name="facts", verbose_name=_("stands in")
    )
    source = models.ForeignKey(
        Source, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("source")
    )

    label = Localised("label")
    history = HistoricalRecords()
    objects = ContentQuerySet.as_manager()

    class Meta:
        verbose_name = _("national figure")
        verbose_name_plural = _("national figures")
        ordering = ["release", "position"]
        constraints = [
            models.UniqueConstraint(fields=["release", "position"], name="fact_position_once_in_a_release"),
            models.UniqueConstraint(fields=["release", "slug"], name="fact_slug_once_in_a_release"),
            models.CheckConstraint(condition=Q(decimals__lte=4), name="fact_decimals_can_be_stored"),
        ]

    def __str__(self) -> str:
        return self.printed

    @property
    def shown_value(self) -> str:
        return shown(self.value, self.decimals)
