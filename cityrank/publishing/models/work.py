"""Who does what in a draft."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from awards.models import Award, Release
from scores.models import Ranking


class Assignment(models.Model):
    """A part of a draft that somebody is to enter: an award, a ranking, or all that is neither."""

    class Part(models.TextChoices):
        AWARD = "award", _("award")
        RANKING = "ranking", _("ranking")
        REST = "rest", _("texts, averages, national figures and sources")

    class State(models.TextChoices):
        OPEN = "open", _("to do")
        DONE = "done", _("reported as done")
        RETURNED = "returned", _("sent back")

    release = models.ForeignKey(
        Release, models.CASCADE, related_name="assignments", verbose_name=_("release")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments", verbose_name=_("person")
    )
    part = models.CharField(_("part"), max_length=8, choices=Part)
    award = models.ForeignKey(
        Award, models.CASCADE, null=True, blank=True, related_name="assignments", verbose_name=_("award")
    )
    ranking = models.ForeignKey(
        Ranking, models.CASCADE, null=True, blank=True, related_name="assignments", verbose_name=_("ranking")
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    comment = models.TextField(_("comment"), blank=True)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("assigned by")
    )
    assigned_at = models.DateTimeField(_("assigned at"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sent back by"),
    )

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["release", "due_on", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(part="award", award__isnull=False, ranking__isnull=True)
                | Q(part="ranking", award__isnull=True, ranking__isnull=False)
                | Q(part="rest", award__isnull=True, ranking__isnull=True),
                name="assignment_names_its_part",
            ),
            models.UniqueConstraint(
                fields=["person", "award"], condition=Q(part="award"), name="award_assigned_once_to_a_person"
            ),
            models.UniqueConstraint(
                fields=["person", "ranking"],
                condition=Q(part="ranking"),
                name="ranking_assigned_once_to_a_person",
            ),
            models.UniqueConstraint(
                fields=["person", "release"], condition=Q(part="rest"), name="rest_assigned_once_to_a_person"
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | Q(returned_by__isnull=False),
                name="returned_assignment_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.target}"

    @property
    def target(self) -> Award | Ranking | Release:
        """What is assigned; the release stands for all that is no award and no ranking."""
        return self.award or self.ranking or self.release
