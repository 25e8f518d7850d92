"""What people key in from a picture, before it becomes the rows of a ranking."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cityrank.registry.models import Subject
from scores.models import Ranking, Score


class Entry(models.Model):
    """One person's keying of one table. Nobody else but an auditor sees it before both of a pair are finished."""

    class State(models.TextChoices):
        OPEN = "open", _("being entered")
        FINISHED = "finished", _("finished")

    ranking = models.ForeignKey(Ranking, models.CASCADE, related_name="entries", verbose_name=_("ranking"))
    number = models.PositiveSmallIntegerField(_("number"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="entries", verbose_name=_("person")
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    started_at = models.DateTimeField(_("started at"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ["ranking", "number"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["ranking", "number"], name="entry_number_once_in_a_ranking"),
            models.UniqueConstraint(fields=["ranking", "person"], name="one_entry_of_a_ranking_for_a_person"),
            models.CheckConstraint(condition=Q(number__in=[1, 2]), name="a_ranking_is_entered_once_or_twice"),
            models.CheckConstraint(
                condition=~Q(state="finished") | Q(finished_at__isnull=False),
                name="finished_entry_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ranking}: {self.person}"


def nothing_typed(path: str = "") -> Q:
    """The rows in which nothing is typed; `path` leads to them."""
    texts = {f"{path}{name}": "" for name in ("printed_name", "printed_rank", "printed_score")}
    return Q(**texts, **{f"{path}subject": None})


class EntryRow(models.Model):
    """One row as it was typed, right or wrong: texts, so that nothing typed is ever lost."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="rows", verbose_name=_("entry"))
    position = models.PositiveIntegerField(_("position in the table"))
    printed_name = models.CharField(_("name as printed"), max_length=200, blank=True)
    subject = models.ForeignKey(
        Subject, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("subject")
    )
    printed_rank = models.CharField(_("printed rank"), max_length=40, blank=True)
    printed_score = models.CharField(_("printed score"), max_length=40, blank=True)
    status = models.CharField(_("status"), max_length=16, choices=Score.Status, default=Score.Status.FINAL)
    # Grows with each save of the row; a late answer of a slow connection never overwrites a newer one.
    version = models.PositiveBigIntegerField(default=0)
    saved_at = models.DateTimeField(_("saved at"), auto_now=True)

    class Meta:
        verbose_name = _("entered row")
        verbose_name_plural = _("entered rows")
        ordering = ["entry", "position"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["entry", "position"], name="entered_row_once_in_an_entry")
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.printed_name}"


class Resolution(models.Model):
    """What a third person decided where two entries of a cell differ."""

    class Cell(models.TextChoices):
        NAME = "printed_name", _("name as printed")
        SUBJECT = "subject", _("subject")
        RANK = "printed_rank", _("printed rank")
        SCORE = "printed_score", _("printed score")
        STATUS = "status", _("status")

    ranking = models.ForeignKey(
        Ranking, models.CASCADE, related_name="resolutions", verbose_name=_("ranking")
    )
    position = models.PositiveIntegerField(_("position in the table"))
    cell = models.CharField(_("cell"), max_length=16, choices=Cell)
    # As typed; of a subject the key.
    value = models.CharField(_("value"), max_length=200, blank=True)
    # Which of the entries was right; neither: a third value was read.
    chosen = models.PositiveSmallIntegerField(_("entry"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("resolved by")
    )
    at = models.DateTimeField(_("resolved at"), auto_now=True)

    class Meta:
        verbose_name = _("resolved difference")
        verbose_name_plural = _("resolved differences")
        ordering = ["ranking", "position", "cell"]
        default_permissions = ("view",)
        permissions = [("resolve_entries", _("Can decide where two entries differ"))]
        constraints = [
            models.UniqueConstraint(fields=["ranking", "position", "cell"], name="difference_resolved_once"),
            models.CheckConstraint(
                condition=Q(chosen__isnull=True) | Q(chosen__in=[1, 2]), name="resolution_chooses_an_entry"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ranking} {self.position}: {self.cell}"
