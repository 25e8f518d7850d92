"""Invitations: the only way to an account that does not lead past a superuser."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> "InvitationQuerySet":
        """Those that can be accepted now."""
        return self.pending().filter(expires_at__gt=timezone.now())

    def expired(self) -> "InvitationQuerySet":
        return self.pending().filter(expires_at__lte=timezone.now())

    def pending(self) -> "InvitationQuerySet":
        """Neither accepted nor revoked; the time may be over."""
        return self.filter(accepted_at=None, revoked_at=None)

    def accepted(self) -> "InvitationQuerySet":
        return self.exclude(accepted_at=None)

    def revoked(self) -> "InvitationQuerySet":
        return self.exclude(revoked_at=None)

    def in_state(self, state: str) -> "InvitationQuerySet":
        found: InvitationQuerySet = getattr(self, state)()
        return found


class Invitation(models.Model):
    """Somebody asked to join, with the roles that await them. The link itself is not kept, only its hash."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("invitation", "open")
        ACCEPTED = "accepted", pgettext_lazy("invitation", "accepted")
        EXPIRED = "expired", pgettext_lazy("invitation", "expired")
        REVOKED = "revoked", pgettext_lazy("invitation", "revoked")

    name = models.CharField(_("name of the person"), max_length=150)
    email = models.EmailField(_("e-mail address"))
    roles = models.ManyToManyField(Group, verbose_name=_("roles"), related_name="+")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="invitations",
        verbose_name=_("invited by"),
    )
    invited_at = models.DateTimeField(_("invited at"), default=timezone.now)
    expires_at = models.DateTimeField(_("holds until"))
    mailed_at = models.DateTimeField(_("mailed at"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    accepted_by = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="invitation",
        verbose_name=_("accepted by"),
        null=True,
        blank=True,
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("revoked by"),
        null=True,
        blank=True,
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at", "-pk"]
        default_permissions = ("view", "add", "change")
        permissions = [
            ("manage_members", _("Can end the sessions of others, and close and open their accounts"))
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(revoked_at=None),
                name="invitation_accepted_or_revoked",
                violation_error_message=_("An invitation is accepted or revoked, not both."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"

    @property
    def state(self) -> "Invitation.State":
        if self.accepted_at:
            return self.State.ACCEPTED
        if self.revoked_at:
            return self.State.REVOKED
        return self.State.OPEN if self.expires_at > timezone.now() else self.State.EXPIRED

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.lower()
        super().save(*args, **kwargs)
