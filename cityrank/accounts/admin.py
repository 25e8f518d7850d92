"""People, their invitations, and the log of sign-ins. Importing the modules registers them."""

from cityrank.accounts import admin_invitations, admin_people, admin_sign_ins

__all__ = ["admin_invitations", "admin_people", "admin_sign_ins"]
