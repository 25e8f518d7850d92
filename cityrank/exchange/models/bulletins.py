"""Bulletins that were handed in to be read: the file, what people answered, and the draft that was made of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from awards.models import Release


class BulletinReadingQuerySet(models.QuerySet["BulletinReading"]):
    def standing(self) -> "BulletinReadingQuerySet":
        """Return the readings that go on, or whose draft is not given up: the file need not be read again."""
        written = Q(state=BulletinReading.State.WRITTEN, release__isnull=False)
        discarded = Q(release__status=Release.Status.DISCARDED)
        return self.filter(Q(state=BulletinReading.State.OPEN) | written & ~discarded)


class BulletinReading(models.Model):
    """One file on its way to a draft. What the file says is read anew each time; only the answers are kept."""

    class State(models.TextChoices):
        OPEN = "open", _("questions or confirmation outstanding")
        WRITTEN = "written", _("written as a draft")
        GIVEN_UP = "given_up", _("given up")

    # Never mapped to an address of the public: see MEDIA_ROOT in the settings.
    file = models.FileField(_("file"), upload_to="bulletins/%Y/", max_length=255, blank=True)
    original_name = models.CharField(_("name of the file"), max_length=200)
    sha256 = models.CharField(max_length=64, editable=False, db_index=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("handed in by"),
    )
    uploaded_at = models.DateTimeField(_("handed in at"), auto_now_add=True)
    # By key of the question: the value of the choice, or an identifier where one may be named.
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    state = models.CharField(
        pgettext_lazy("bulletin", "state"), max_length=8, choices=State, default=State.OPEN
    )
    release = models.ForeignKey(
        Release, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("release")
    )

    objects = BulletinReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("bulletin")
        verbose_name_plural = _("bulletins")
        ordering = ["-uploaded_at", "-pk"]
        # Whoever may set up a draft reads bulletins; there is no right of its own.
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"], condition=Q(state="open"), name="bulletin_is_read_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "written", "given_up"]), name="bulletin_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="written") | Q(release__isnull=True), name="bulletin_open_has_no_release"
            ),
            models.CheckConstraint(
                condition=~Q(state="given_up") | Q(file=""), name="bulletin_given_up_keeps_no_file"
            ),
        ]

    def __str__(self) -> str:
        return self.original_name

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN
