"""Rows of a ranking."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from awards.models import ReleaseContent, Source, Verifiable
from awards.querysets import ContentQuerySet
from cityrank.registry.models import Subject
from cityrank.registry.numbers import shown
from cityrank.registry.texts import Localised
from scores.models.rankings import Band, Ranking


class Score(Verifiable, ReleaseContent):
    """What a table prints of one subject, and the rank that follows from the scores.

    `printed_rank` is what stands in the source, `computed_rank` what the scores give under the table's tie rule
    (`scores.ranks.recompute`); they are different things and both are kept.
    """

    RELEASE_PATH = "ranking__release"
    PRINTED = ("printed_name", "subject_id", "printed_rank", "printed_score", "status")

    class Status(models.TextChoices):
        FINAL = "final", _("final")
        ESTIMATED = "estimated", _("estimated")
        MISSING = "missing", _("missing")
        NOT_TRANSCRIBED = "not_transcribed", _("not transcribed")

    ranking = models.ForeignKey(
        Ranking, models.CASCADE, related_name="scores", verbose_name=_("ranking"), db_index=False
    )
    position = models.PositiveIntegerField(_("position in the table"))
    printed_name = models.CharField(_("name as printed"), max_length=120)
    subject = models.ForeignKey(
        Subject,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="scores",
        verbose_name=_("subject"),
        help_text=_("May stay open in a draft; a release is published only when every name is resolved."),
    )
    printed_rank = models.PositiveIntegerField(_("printed rank"), null=True, blank=True)
    printed_score = models.DecimalField(
        _("printed score"), max_digits=12, decimal_places=4, null=True, blank=True
    )
    decimals = models.PositiveSmallIntegerField(
        _("decimals as printed"), null=True, blank=True, help_text=_("Empty: as the table says.")
    )
    computed_rank = models.PositiveIntegerField(_("computed rank"), null=True, blank=True, editable=False)
    band = models.ForeignKey(
        Band, models.SET_NULL, null=True, blank=True, related_name="scores", verbose_name=_("band")
    )
    status = models.CharField(_("status"), max_length=16, choices=Status, default=Status.FINAL)
    note_zh = models.CharField(_("Chinese note"), max_length=300, blank=True)
    note_en = models.CharField(_("English note"), max_length=300, blank=True)
    # By name of the cell (printed_name, printed_rank, printed_score): where it was read, who entered and who verified
    # it, and when; see cityrank.publishing.entering. A copy of the row takes it along.
    provenance = models.JSONField(_("origin of the cells"), default=dict, blank=True, editable=False)
    source = models.ForeignKey(
        Source,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("source"),
        db_index=False,
    )

    note = Localised("note")
    history = HistoricalRecords()
    objects = ContentQuerySet.as_manager()

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ["ranking", "position"]
        constraints = [
            # Its index (ranking, position) is also the one that pages of a table are read by.
            models.UniqueConstraint(fields=["ranking", "position"], name="score_position_once_in_a_ranking"),
            models.UniqueConstraint(fields=["ranking", "subject"], name="score_once_for_a_subject"),
            models.CheckConstraint(
                condition=Q(status__in=["final", "estimated"], printed_score__isnull=False)
                | Q(status__in=["missing", "not_transcribed"], printed_score__isnull=True),
                name="score_has_a_value_unless_missing",
            ),
            models.CheckConstraint(
                condition=Q(printed_rank__isnull=True) | Q(printed_rank__gte=1), name="printed_rank_from_one"
            ),
            models.CheckConstraint(
                condition=Q(decimals__isnull=True) | Q(decimals__lte=4), name="score_decimals_can_be_stored"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.printed_name}"

    def unverify_cell(self, name: str) -> None:
        """Keep where a cell was read and what was typed, for whoever asks why it is another value now."""
        if isinstance(origin := self.provenance.get(name), dict):
            self.provenance = {**self.provenance, name: {**origin, "verified": None}}

    @property
    def shown_score(self) -> str:
        """The score with the decimals it was printed with; empty where nothing was transcribed."""
        decimals = self.decimals if self.decimals is not None else self.ranking.decimals
        return shown(self.printed_score, 4 if decimals is None else decimals)
