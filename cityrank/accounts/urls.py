"""Addresses of the accounts, below /admin/account/.

The views of allauth are named one by one: what is not in this list, such as signing up, does not exist.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, re_path, reverse_lazy
from django.views.generic import RedirectView

from cityrank.accounts.admin_frame import framed
from cityrank.accounts.views import invitations, keys, passwords, sessions

key_list = RedirectView.as_view(url=reverse_lazy("mfa_index"))

urlpatterns = [
    path("login/", framed(account.login), name="account_login"),
    path("logout/", framed(account.logout), name="account_logout"),
    path("inactive/", framed(account.account_inactive), name="account_inactive"),
    path("confirm/", framed(account.reauthenticate), name="account_reauthenticate"),
    path("password/", framed(passwords.ChangePassword.as_view()), name="account_change_password"),
    path("password/reset/", framed(account.password_reset), name="account_reset_password"),
    path("password/reset/sent/", framed(account.password_reset_done), name="account_reset_password_done"),
    path(
        "password/reset/done/",
        framed(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        framed(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path("second-factor/", framed(mfa.index), name="mfa_index"),
    path("second-factor/sign-in/", framed(mfa.authenticate), name="mfa_authenticate"),
    path("second-factor/confirm/", framed(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("second-factor/app/", framed(totp.activate_totp), name="mfa_activate_totp"),
    path("second-factor/app/remove/", framed(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("second-factor/codes/", framed(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "second-factor/codes/new/",
        framed(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-factor/codes/download/",
        framed(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("passkeys/", framed(key_list), name="mfa_list_webauthn"),
    path("passkeys/add/", framed(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("passkeys/sign-in/", framed(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path("passkeys/confirm/", framed(webauthn.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("passkeys/<int:pk>/", framed(keys.EditKey.as_view()), name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", framed(keys.RemoveKey.as_view()), name="mfa_remove_webauthn"),
    path("sessions/", framed(sessions.sessions), name="usersessions_list"),
    path("invitation/", framed(invitations.opening), name="invitation"),
    path("invitation/accept/", framed(invitations.accepting), name="invitation_accept"),
]
