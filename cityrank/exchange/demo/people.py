"""Who makes the invented editions: one enters, another approves, a third publishes. None of them can sign in."""

from dataclasses import dataclass

from django.contrib.auth.models import Group, User


@dataclass(frozen=True)
class People:
    evaluator: User
    reviewer: User
    publisher: User


def people() -> People:
    return People(_person("evaluator"), _person("reviewer"), _person("publisher"))


def _person(role: str) -> User:
    user, made = User.objects.get_or_create(username=f"demo-{role}")
    if made:
        user.set_unusable_password()
        user.save()
        user.groups.add(Group.objects.get(name=role))
    return user
