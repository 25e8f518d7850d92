"""Who may do what, as groups with permissions.

They are made after every `migrate` rather than in a migration, because Django creates the permissions themselves
only then. Permissions that an administrator added to a group are kept.
"""

from django.apps import apps
from django.contrib.auth.models import Group, Permission

EVALUATOR, REVIEWER, PUBLISHER = "evaluator", "reviewer", "publisher"

CONTENT = ("awards", "scores")
REGISTRY = "registry"
# Editions and lines are the frame of everything; an evaluator reads them and edits what is inside.
FRAME = ("edition", "release", "line")


def ensure_roles(using: str = "default") -> None:
    """Create the three groups and give each the permissions of its role."""
    view = _permissions(using, ("view",), [*CONTENT, REGISTRY])
    edit = {
        codename
        for codename in _permissions(using, ("add", "change", "delete"), CONTENT)
        if not _is_frame(codename[1])
    }
    registry = _permissions(using, ("add", "change"), [REGISTRY])
    header = {("awards", "change_release")}
    publish = {("awards", "publish_release"), ("awards", "start_draft")}
    grants = {
        EVALUATOR: view | edit | registry | header | {("awards", "start_draft")},
        REVIEWER: view,
        PUBLISHER: view | publish | header,
    }
    for name, wanted in grants.items():
        group, _created = Group.objects.using(using).get_or_create(name=name)
        permissions = (
            Permission.objects.using(using)
            .select_related("content_type")
            .filter(content_type__app_label__in=[*CONTENT, REGISTRY])
        )
        group.permissions.add(*[p for p in permissions if (p.content_type.app_label, p.codename) in wanted])


def _permissions(
    using: str, actions: tuple[str, ...], labels: list[str] | tuple[str, ...]
) -> set[tuple[str, str]]:
    return {
        (label, f"{action}_{model._meta.model_name}")
        for label in labels
        for model in apps.get_app_config(label).get_models()
        for action in actions
    }


def _is_frame(codename: str) -> bool:
    return codename.split("_", 1)[1] in FRAME
