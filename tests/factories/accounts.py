"""People."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

BACKEND = "django.contrib.auth.backends.ModelBackend"


def user(role: str, name: str = "") -> object:
    """Return somebody with the rights of one role and no others."""
    person = get_user_model().objects.create_user(
        name or role, password="a-long-test-password", is_staff=True
    )
    person.groups.add(Group.objects.get(name=role))
    person.backend = BACKEND
    return person
