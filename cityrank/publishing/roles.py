"""Who may do what, as groups with permissions.

They are made after every `migrate` rather than in a migration, because Django creates the permissions themselves
only then. Permissions that an administrator added to a group are kept.
"""

from collections.abc import Sequence

from django.apps import apps
from django.contrib.auth.models import Group, Permission

EVALUATOR, REVIEWER, PUBLISHER = "evaluator", "reviewer", "publisher"

CONTENT = ("awards", "scores")
REGISTRY = "registry"
# Editions and lines are the frame of everything; an evaluator reads them and edits what is inside. A role is given
# more of it by name.
FRAME = ("edition", "release", "line")


def ensure_roles(using: str = "default") -> None:
    """Create the three groups and give each the permissions of its role."""
    labels = [*CONTENT, REGISTRY]
    permissions = Permission.objects.using(using).select_related("content_type")
    permissions = permissions.filter(content_type__app_label__in=labels)
    for name, wanted in _grants().items():
        group, _created = Group.objects.using(using).get_or_create(name=name)
        group.permissions.add(*[p for p in permissions if (p.content_type.app_label, p.codename) in wanted])


def _grants() -> dict[str, set[tuple[str, str]]]:
    """Return for each role the permissions it has, as (app, codename)."""
    view = _permissions(("view",), [*CONTENT, REGISTRY], written_by_people=False)
    edit = _permissions(("add", "change", "delete"), CONTENT)
    registry = _permissions(("add", "change"), [REGISTRY])
    # What was said of a subject may be taken back; a subject itself may stand in a published release.
    registry |= {(REGISTRY, f"delete_{model}") for model in ("alias", "placetier", "succession")}
    header, start = ("awards", "change_release"), ("awards", "start_draft")
    return {
        EVALUATOR: view | edit | registry | {header, start},
        REVIEWER: view,
        PUBLISHER: view | {header, start, ("awards", "publish_release")},
    }


def _permissions(
    actions: tuple[str, ...], labels: Sequence[str], *, written_by_people: bool = True
) -> set[tuple[str, str]]:
    """Return the permissions for these actions; those to write leave out the frame and what programs write."""
    models = [(label, model) for label in labels for model in apps.get_app_config(label).get_models()]
    return {
        (label, f"{action}_{model._meta.model_name}")
        for label, model in models
        for action in actions
        if not (written_by_people and _is_written_by_programs(model._meta.model_name or ""))
    }


def _is_written_by_programs(name: str) -> bool:
    return name in FRAME or name.startswith("historical") or name == "gazetteerload"
