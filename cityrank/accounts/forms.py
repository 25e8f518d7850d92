"""Forms of the accounts; those of allauth obey the lock of django-axes as well."""

import hashlib
import logging
from collections.abc import Callable
from typing import Any, TypeVar

from allauth.account.forms import LoginForm
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cityrank.accounts.lockout import refuse_if_locked
from cityrank.accounts.models import Invitation
from cityrank.accounts.people import ROLE_LABELS, grantable

log = logging.getLogger(__name__)


class SignInForm(LoginForm):
    """The form of allauth with the names of fields that the admin has always had."""

    def add_prefix(self, field_name: str) -> str:
        return str(super().add_prefix("username" if field_name == "login" else field_name))


def note_failure(username: str | None) -> None:
    """Count a wrong second factor as a failed sign-in: it is logged, and the eighth locks the name."""
    credentials = {"username": username}
    user_login_failed.send(sender=__name__, credentials=credentials, request=context.request)


class CodeForm(AuthenticateForm):
    """The second step by a code of the app, or by a recovery code."""

    def clean_code(self) -> str:
        refuse_if_locked(context.request, self.user.get_username())
        try:
            return self.used_once(str(super().clean_code()))
        except ValidationError:
            note_failure(self.user.get_username())
            raise

    def used_once(self, code: str) -> str:
        """Allauth remembers a used code for one period of the app, but accepts it for one more on either side."""
        name = f"{self.user.pk} {normalize_user_code(code)}"
        key = hashlib.sha256(name.encode()).hexdigest()
        if not cache.add(f"cityrank-code-used-{key}", True, 3 * app_settings.TOTP_PERIOD):
            raise get_adapter().validation_error("incorrect_code")
        return code


Checked = TypeVar("Checked")


def read_answer(check: Callable[[], Checked]) -> Checked:
    """Check the answer of a passkey; of junk, on which the libraries trip somewhere inside, people get a sentence."""
    try:
        return check()
    except ValidationError:
        raise
    except Exception as error:
        log.warning("A passkey gave an answer that could not be read: %s", type(error).__name__)
        raise ValidationError(_("The passkey gave no valid answer. Try again.")) from error


class KeyForm(AuthenticateWebAuthnForm):
    """The second step by a passkey."""

    def clean_credential(self) -> Authenticator:
        refuse_if_locked(context.request, self.user.get_username())
        try:
            return read_answer(super().clean_credential)
        except ValidationError:
            note_failure(self.user.get_username())
            raise


class NameKeyForm(EditWebAuthnForm):
    name = forms.CharField(label=_("Name of the key"), max_length=100)


class ConfirmKeyForm(ReauthenticateWebAuthnForm):
    """Showing a passkey again before something that matters."""

    def clean_credential(self) -> Authenticator:
        return read_answer(super().clean_credential)


class PasskeyForm(LoginWebAuthnForm):
    """Signing in by a passkey alone. Nobody can guess one, so the lock after wrong passwords does not apply."""

    def clean_credential(self) -> Authenticator:
        try:
            return read_answer(super().clean_credential)
        except ValidationError:
            note_failure(None)
            raise


class AddKeyForm(AddWebAuthnForm):
    name = forms.CharField(
        label=_("Name of the key"),
        required=False,
        max_length=100,
        help_text=_("So that you can tell several apart, such as “my telephone”."),
    )
    passwordless = forms.BooleanField(
        label=_("Sign in with this passkey alone"),
        required=False,
        initial=True,
        help_text=_(
            "The device then asks for a fingerprint, a face or a PIN instead of your password. Without the tick "
            "the key is a second step after the password."
        ),
    )

    def clean(self) -> dict[str, Any]:
        return read_answer(super().clean)


class LinkForm(forms.Form):
    """The secret of an invitation. A script takes it from behind the # of the address; people may paste the link."""

    token = forms.CharField(
        label=_("Link of the invitation"),
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_token(self) -> str:
        return str(self.cleaned_data["token"]).strip().rpartition("#")[2]


class AcceptForm(forms.ModelForm):
    password1 = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validation.password_validators_help_text_html(),
    )
    password2 = forms.CharField(
        label=_("Password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    class Meta:
        model = User
        fields = ("username",)

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation
        self.fields["username"].widget.attrs |= {"autocomplete": "username", "autofocus": True}

    def clean_username(self) -> str:
        """Two names that differ in capitals alone would be taken for each other."""
        username = str(self.cleaned_data["username"])
        if User.objects.filter(username__iexact=username).exists():
            raise ValidationError(_("Somebody has this user name already. Choose another one."))
        return username

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, second = data.get("password1"), data.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords differ."))
        if first:
            person = User(
                username=data.get("username", ""),
                email=self.invitation.email,
                first_name=self.invitation.name,
            )
            try:
                password_validation.validate_password(first, person)
            except ValidationError as error:
                self.add_error("password1", error)
        return data


INPUT = {"class": "cr-input", "autocomplete": "off"}


class InviteForm(forms.Form):
    """Who is invited, and as what: only the roles that the inviter may give."""

    name = forms.CharField(label=_("Name of the person"), max_length=150, widget=forms.TextInput(INPUT))
    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(INPUT))
    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = [(role, ROLE_LABELS[role]) for role in grantable(by)]  # type: ignore[attr-defined]
