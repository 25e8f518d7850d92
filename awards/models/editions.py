"""Editions and their numbered releases."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from awards import instant
from awards.models.base import ReleaseContent
from awards.querysets import ContentQuerySet, ReleaseQuerySet
from cityrank.registry.models import Organisation
from cityrank.registry.texts import Localised

LABEL_RULE = RegexValidator(r"^\d{4}(-\d{4})?$", _("Write a year or two, such as 2019 or 2017-2018."))


class Line(models.Model):
    """The same award or ranking through the years, whatever its title is in one edition."""

    class Kind(models.TextChoices):
        AWARD = "award", _("award")
        RANKING = "ranking", _("ranking")

    slug = models.SlugField(_("identifier"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    title_zh = models.CharField(_("Chinese title"), max_length=200)
    title_en = models.CharField(_("English title"), max_length=200, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("goes on as"),
        help_text=_("The line that continues this one, where awards or rankings were merged."),
    )

    title = Localised("title")
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("line")
        verbose_name_plural = _("lines")
        ordering = ["kind", "slug"]

    def __str__(self) -> str:
        return self.title


class Edition(models.Model):
    """One evaluation: what it is called and which years it speaks of. Its content lives in releases."""

    label = models.CharField(_("label"), max_length=9, unique=True, validators=[LABEL_RULE])
    period_start = models.PositiveSmallIntegerField(_("first year"))
    period_end = models.PositiveSmallIntegerField(_("last year"))
    invented = models.BooleanField(
        _("invented"),
        default=False,
        editable=False,
        help_text=_(
            "Made up to try the site out. A database holds invented editions or real ones, never both."
        ),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-period_end", "-period_start"]
        constraints = [
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")), name="edition_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        super().clean()
        if sentence := self.why_it_does_not_belong_here():
            raise ValidationError(sentence, code="invented")

    def why_it_does_not_belong_here(self) -> str:
        """Return a sentence where the others of the database are real and this one is invented, or the reverse.

        The database refuses such an edition too (see `cityrank.publishing.guards`).
        """
        if not Edition.objects.exclude(pk=self.pk).exclude(invented=self.invented).exists():
            return ""
        if self.invented:
            return str(
                _("This database holds real editions. Load invented ones into a database of their own.")
            )
        return str(_("This database holds invented editions. Load real ones into a database of their own."))


class Release(models.Model):
    """A complete, numbered version of an edition's content.

    Rows are changed only in a draft. Publishing makes the draft the edition's current release and the one before it
    superseded, in one transaction; the difference of two releases is the list of errata.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        APPROVED = "approved", _("approved")
        SCHEDULED = "scheduled", _("scheduled")
        PUBLISHED = "published", _("published")
        SUPERSEDED = "superseded", _("superseded")
        WITHDRAWN = "withdrawn", _("withdrawn")
        DISCARDED = "discarded", _("discarded")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="releases", verbose_name=_("edition"))
    number = models.PositiveSmallIntegerField(_("number"))
    status = models.CharField(
        _("status"), max_length=12, choices=Status, default=Status.DRAFT, editable=False
    )
    cloned_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="clones",
        verbose_name=_("cloned from"),
    )
    title_zh = models.CharField(_("Chinese title"), max_length=200)
    title_en = models.CharField(_("English title"), max_length=200, blank=True)
    announced_on = models.DateField(
        _("announced on"), null=True, blank=True, help_text=_("The day the results were made public.")
    )
    summary_zh = models.TextField(_("Chinese summary"), blank=True)
    summary_en = models.TextField(_("English summary"), blank=True)
    reason = models.TextField(
        _("public reason"), blank=True, help_text=_("Why this release replaces the one before it.")
    )
    due_on = models.DateField(
        _("to be ready by"), null=True, blank=True, help_text=_("The day by which everything is entered.")
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("approved by"),
    )
    # From when and until when the public reads this release as the current one of its edition. Both may lie in the
    # future: that is what a schedule is.
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    replaced_at = models.DateTimeField(_("replaced at"), null=True, blank=True, editable=False)
    withdrawal = models.TextField(_("public reason of the withdrawal"), blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("published by"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    title = Localised("title")
    summary = Localised("summary")
    history = HistoricalRecords()
    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["edition", "-number"]
        permissions = [
            ("coordinate_release", _("Can set up a draft and divide its work")),
            ("submit_release", _("Can submit a draft for review")),
            ("review_release", _("Can return or approve what was submitted")),
            ("publish_release", _("Can publish, schedule, correct and withdraw a release")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="release_number_once_in_an_edition"),
            models.UniqueConstraint(
                fields=["edition"], condition=Q(status="published"), name="edition_has_one_current_release"
            ),
            models.UniqueConstraint(
                fields=["edition"],
                condition=Q(status__in=["draft", "in_review", "approved", "scheduled"]),
                name="edition_has_one_release_in_preparation",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=[
                        "draft",
                        "in_review",
                        "approved",
                        "scheduled",
                        "published",
                        "superseded",
                        "withdrawn",
                        "discarded",
                    ]
                ),
                name="release_status_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["scheduled", "published", "superseded"])
                | Q(published_at__isnull=False),
                name="published_release_has_its_instant",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["draft", "in_review", "approved", "discarded"])
                | Q(published_at__isnull=True, replaced_at__isnull=True),
                name="unpublished_release_has_no_instant",
            ),
            models.CheckConstraint(
                condition=~Q(status="superseded") | Q(replaced_at__isnull=False),
                name="superseded_release_has_its_end",
            ),
            models.CheckConstraint(
                condition=Q(replaced_at__isnull=True) | Q(replaced_at__gte=F("published_at")),
                name="release_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(status="withdrawn") | ~Q(withdrawal=""), name="withdrawal_has_its_reason"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="release_number_begins_at_one"),
        ]

    def __str__(self) -> str:
        return f"{self.edition.label} · {self.number} · {self.get_status_display()}"

    @property
    def is_editable(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def is_current(self) -> bool:
        return self.public_status == self.Status.PUBLISHED

    @property
    def is_in_preparation(self) -> bool:
        return self.public_status in (
            self.Status.DRAFT, self.Status.IN_REVIEW, self.Status.APPROVED, self.Status.SCHEDULED
        )  # fmt: skip

    @property
    def public_status(self) -> str:
        """The status at the instant of the request, whether or not a schedule has been settled in the database."""
        return self.status_at(instant.now())

    def status_at(self, at: dt.datetime) -> str:
        shown_by_time = (self.Status.SCHEDULED, self.Status.PUBLISHED, self.Status.SUPERSEDED)
        if self.status not in shown_by_time or self.published_at is None:
            return self.status
        if at < self.published_at:
            return self.Status.SCHEDULED
        ended = self.replaced_at is not None and self.replaced_at <= at
        return self.Status.SUPERSEDED if ended else self.Status.PUBLISHED

    def get_public_status_display(self) -> str:
        return str(self.Status(self.public_status).label)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.number:
            last = Release.objects.filter(edition=self.edition).aggregate(last=models.Max("number"))["last"]
            self.number = (last or 0) + 1
        super().save(*args, **kwargs)


class Organiser(ReleaseContent):
    """An organisation behind the edition, in printed order."""

    class Role(models.TextChoices):
        PUBLISHER = "publisher", _("publisher")
        ASSESSOR = "assessor", _("assessment team")

    release = models.ForeignKey(Release, models.CASCADE, related_name="organisers", verbose_name=_("release"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=12, choices=Role)
    position = models.PositiveSmallIntegerField(_("position"))

    history = HistoricalRecords()
    objects = ContentQuerySet.as_manager()

    class Meta:
        verbose_name = _("organiser")
        verbose_name_plural = _("organisers")
        ordering = ["release", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "organisation", "role"], name="organiser_once_in_a_role"
            ),
        ]

    def __str__(self) -> str:
        return self.organisation.name
