"""Tables: who is compared with whom, under which rules, and how much of it could be read."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from awards.models import Attachment, Line, Release, ReleaseContent, Series, Source
from awards.querysets import ContentQuerySet
from cityrank.registry.models import Place, PlaceTier, Subject
from cityrank.registry.texts import Localised


def known_tiers(value: object) -> None:
    """Raises `ValidationError` for anything but a list of tiers."""
    tiers = set(PlaceTier.Tier.values)
    if not isinstance(value, list) or not all(isinstance(tier, str) and tier in tiers for tier in value):
        raise ValidationError(
            _("Write a list of these: %(tiers)s.") % {"tiers": ", ".join(sorted(tiers))}, code="tiers"
        )


class PeerGroup(ReleaseContent):
    """Subjects that may be compared with each other, such as the provincial capitals that are not sub-provincial."""

    release = models.ForeignKey(
        Release, models.CASCADE, related_name="peer_groups", verbose_name=_("release")
    )
    slug = models.SlugField(_("identifier"), max_length=80)
    title_zh = models.CharField(_("Chinese title"), max_length=200)
    title_en = models.CharField(_("English title"), max_length=200, blank=True)
    subject_kind = models.CharField(_("kind of subject"), max_length=12, choices=Subject.Kind)
    level = models.CharField(_("level"), max_length=12, choices=Place.Level, blank=True)
    tiers = models.JSONField(
        _("only with one of these tiers"), default=list, blank=True, validators=[known_tiers]
    )
    without_tiers = models.JSONField(
        _("without these tiers"), default=list, blank=True, validators=[known_tiers]
    )
    below_tiers = models.JSONField(
        _("only what belongs to a place with one of these tiers"),
        default=list,
        blank=True,
        validators=[known_tiers],
    )
    definition_zh = models.TextField(_("Chinese definition"), blank=True)
    definition_en = models.TextField(_("English definition"), blank=True)

    title = Localised("title")
    definition = Localised("definition")
    history = HistoricalRecords()
    objects = ContentQuerySet.as_manager()

    class Meta:
        verbose_name = _("peer group")
        verbose_name_plural = _("peer groups")
        ordering = ["release", "slug"]
        constraints = [
            models.UniqueConstraint(fields=["release", "slug"], name="peer_group_slug_once_in_a_release")
        ]

    def __str__(self) -> str:
        return self.title


class Ranking(ReleaseContent):
    """A table of scores and ranks. What the source shows only as a picture is a ranking too, without its rows."""

    class State(models.TextChoices):
        ANNOUNCED = "announced", _("announced, nothing printed")
        NOT_TRANSCRIBED = "not_transcribed", _("published as an image, not transcribed")
        PARTIAL = "partial", _("partly transcribed")
        COMPLETE = "complete", _("complete")

    class TieRule(models.TextChoices):
        # The names of the rules are those of scipy.stats.rankdata, which the statistics world shares.
        MIN = "min", _("equal rank, then a gap (1, 2, 2, 4)")
        DENSE = "dense", _("equal rank, no gap (1, 2, 2, 3)")
        MAX = "max", _("equal rank, the lower one (1, 3, 3, 4)")
        ORDINAL = "ordinal", _("no equal ranks (1, 2, 3, 4)")

    class Unit(models.TextChoices):
        POINTS = "points", _("points")
        INDEX = "index", _("index value")
        PERCENT = "percent", _("percent")

    release = models.ForeignKey(
        Release, models.CASCADE, related_name="rankings", editable=False, verbose_name=_("release")
    )
    series = models.ForeignKey(Series, models.CASCADE, related_name="rankings", verbose_name=_("series"))
    position = models.PositiveSmallIntegerField(_("position in the series"))
    slug = models.SlugField(_("identifier"), max_length=80)
    line = models.ForeignKey(
        Line, models.PROTECT, null=True, blank=True, related_name="rankings", verbose_name=_("line")
    )
    title_listed = models.CharField(_("title as listed"), max_length=300, blank=True)
    title_printed = models.CharField(_("title as printed"), max_length=300)
    title_en = models.CharField(_("English title"), max_length=300, blank=True)
    peer_group = models.ForeignKey(
        PeerGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rankings",
        verbose_name=_("peer group"),
    )
    cutoff = models.PositiveSmallIntegerField(
        _("cut-off"), null=True, blank=True, help_text=_("The table shows only the first N.")
    )
    expected_count = models.PositiveSmallIntegerField(_("expected number of rows"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=8, choices=Unit, blank=True)
    max_score = models.DecimalField(
        _("maximum score"), max_digits=12, decimal_places=4, null=True, blank=True
    )
    decimals = models.PositiveSmallIntegerField(_("decimals as printed"), null=True, blank=True)
    tie_rule = models.CharField(_("rule for ties"), max_length=8, choices=TieRule, default=TieRule.MIN)
    state = models.CharField(
        pgettext_lazy("ranking", "state"), max_length=16, choices=State, default=State.NOT_TRANSCRIBED
    )
    image_caption = models.CharField(_("caption of the image"), max_length=200, blank=True)
    note_zh = models.TextField(_("Chinese note"), blank=True)
    note_en = models.TextField(_("English note"), blank=True)
    method_changed = models.BooleanField(
        _("the method changed"),
        default=False,
        help_text=_("Scores and ranks are not comparable with those of the edition before."),
    )
    method_note_zh = models.TextField(
        _("Chinese note on the method"), blank=True, help_text=_("What changed from the edition before.")
    )
    method_note_en = models.TextField(_("English note on the method"), blank=True)
    double_entry = models.BooleanField(
        _("entered twice"),
        default=False,
        help_text=_("Two people enter the table without seeing each other's; a third resolves what differs."),
    )
    scan = models.ForeignKey(
        Attachment,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("scan"),
        help_text=_("The picture that the table is keyed from."),
    )
    scan_page = models.PositiveSmallIntegerField(_("page of the scan"), null=True, blank=True)
    source = models.ForeignKey(
        Source, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("source")
    )

    title_zh = property(lambda self: self.title_printed)
    title = Localised("title")
    note = Localised("note")
    method_note = Localised("method_note")
    history = HistoricalRecords()
    objects = ContentQuerySet.as_manager()

    class Meta:
        verbose_name = _("ranking")
        verbose_name_plural = _("rankings")
        ordering = ["release", "series__number", "position"]
        constraints = [
            models.UniqueConstraint(fields=["release", "slug"], name="ranking_slug_once_in_a_release"),
            models.UniqueConstraint(fields=["series", "position"], name="ranking_position_once_in_a_series"),
            models.CheckConstraint(
                condition=Q(max_score__isnull=True) | Q(max_score__gt=0), name="ranking_maximum_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(decimals__isnull=True) | Q(decimals__lte=4), name="ranking_decimals_can_be_stored"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.release_id = self.series.release_id
        super().save(*args, **kwargs)

    @property
    def titles_differ(self) -> bool:
        return bool(self.title_listed) and self.title_listed != self.title_printed

    @property
    def is_transcribed(self) -> bool:
        return self.state in (self.State.PARTIAL, self.State.COMPLETE)


class Band(ReleaseContent):
    """A named part of a ranking, by rank (1-30) or by score (85-100); both ends belong to it."""

    RELEASE_PATH = "ranking__release"

    ranking = models.ForeignKey(Ranking, models.CASCADE, related_name="bands", verbose_name=_("ranking"))
    position = models.PositiveSmallIntegerField(_("position"))
    label_zh = models.CharField(_("Chinese label"), max_length=80)
    label_en = models.CharField(_("English label"), max_length=80, blank=True)
    first_rank = models.PositiveIntegerField(_("first rank"), null=True, blank=True)
    last_rank = models.PositiveIntegerField(_("last rank"), null=True, blank=True)
    lowest_score = models.DecimalField(
        _("lowest score"), max_digits=12, decimal_places=4, null=True, blank=True
    )
    highest_score = models.DecimalField(
        _("highest score"), max_digits=12, decimal_places=4, null=True, blank=True
    )

    label = Localised("label")
    history = HistoricalRecords()
    objects = ContentQuerySet.as_manager()

    class Meta:
        verbose_name = _("band")
        verbose_name_plural = _("bands")
        ordering = ["ranking", "position"]
        constraints = [
            models.UniqueConstraint(fields=["ranking", "position"], name="band_position_once_in_a_ranking"),
            models.CheckConstraint(
                condition=Q(first_rank__isnull=True)
                | Q(last_rank__isnull=True)
                | Q(last_rank__gte=F("first_rank")),
                name="band_ranks_in_order",
            ),
            models.CheckConstraint(
                condition=Q(lowest_score__isnull=True)
                | Q(highest_score__isnull=True)
                | Q(highest_score__gte=F("lowest_score")),
                name="band_scores_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.label
