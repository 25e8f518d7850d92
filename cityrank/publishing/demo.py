"""Four people for trying CityRank out. Only in development: their passwords are printed."""

import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction

from cityrank.publishing.roles import ROLES


@transaction.atomic
def create_demo_users() -> dict[str, str]:
    """Create the missing ones of the four roles; return their passwords by name.

    Raises `RuntimeError` outside development, where accounts with printed passwords have no place.
    """
    if not settings.DEBUG:
        raise RuntimeError("Demo users are made only with DEBUG=true.")
    users = get_user_model().objects
    passwords = {}
    for role in ROLES:
        if users.filter(username=role).exists():
            continue
        passwords[role] = secrets.token_urlsafe(9)
        user = users.create_user(role, email=f"{role}@example.org", password=passwords[role], is_staff=True)
        user.groups.add(Group.objects.get(name=role))
    return passwords
