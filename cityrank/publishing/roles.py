"""Who may do what: one table of roles and their permissions.

The groups are made by a migration. After every `migrate` they are completed, because a later migration may bring new
permissions; what an administrator added to a group is kept. The table is shown in the handbook, and a test compares
the two.
"""

from collections.abc import Sequence

from django.apps import apps
from django.contrib.auth.models import Group, Permission

EVALUATOR, REVIEWER, PUBLISHER, AUDITOR = "evaluator", "reviewer", "publisher", "auditor"
ROLES = (EVALUATOR, REVIEWER, PUBLISHER, AUDITOR)

# The right to divide the work of a draft, and the one that whoever is given work needs.
COORDINATE, ENTER = "awards.coordinate_release", "scores.change_score"
CONTENT = ("awards", "scores")
REGISTRY = "registry"
# How a release comes to be is read by everybody who works on it.
WORK = "publishing"
ACCOUNTS = "accounts"
# The frame of an edition: whoever coordinates sets it up, and those who enter rows read it.
FRAME = ("edition", "release", "line", "series", "peergroup")
# What the people in an edition's office may not read: who signed in from where.
SIGN_INS = (("axes", "view_accesslog"), ("axes", "view_accessfailurelog"), ("axes", "view_accessattempt"))


def ensure_roles(using: str = "default") -> None:
    """Create the groups that are missing and give each the permissions of its role."""
    permissions = list(Permission.objects.using(using).select_related("content_type"))
    for name, wanted in grants().items():
        group, _created = Group.objects.using(using).get_or_create(name=name)
        group.permissions.add(*[p for p in permissions if (p.content_type.app_label, p.codename) in wanted])


def grants() -> dict[str, set[tuple[str, str]]]:
    """Return for each role the permissions it has, as (app, codename)."""
    view = _permissions(("view",), [*CONTENT, REGISTRY, WORK])
    rows = _permissions(("add", "change", "delete"), CONTENT, without=FRAME)
    frame = {("awards", f"{action}_{name}") for action in ("add", "change") for name in ("edition", "line")}
    frame |= _edit(
        "awards", "series", "award", "citation", "section", "fact", "organiser", "source", "attachment"
    )
    frame |= _edit("scores", "peergroup", "ranking", "band", "groupaverage")
    registry = _permissions(("add", "change"), [REGISTRY], without=("gazetteerload",))
    # What was said of a subject may be taken back; a subject itself may stand in a published release.
    registry |= {(REGISTRY, f"delete_{model}") for model in ("alias", "placetier", "succession")}
    submit, resolve = ("awards", "submit_release"), (WORK, "resolve_entries")
    heading = ("awards", "change_release")
    return {
        EVALUATOR: view | rows | registry | {submit, resolve, heading},
        REVIEWER: view | {("awards", "review_release"), resolve},
        PUBLISHER: view
        | frame
        | {submit, resolve, heading, ("awards", "coordinate_release"), ("awards", "publish_release")}
        | {(ACCOUNTS, f"{action}_invitation") for action in ("view", "add", "change")}
        | {(ACCOUNTS, "manage_members"), ("auth", "view_user")},
        AUDITOR: view
        | set(SIGN_INS)
        | {(ACCOUNTS, "view_invitation"), ("auth", "view_user"), ("auth", "view_group")},
    }


def _edit(label: str, *models: str) -> set[tuple[str, str]]:
    return {(label, f"{action}_{model}") for model in models for action in ("add", "change", "delete")}


def _permissions(
    actions: tuple[str, ...], labels: Sequence[str], *, without: Sequence[str] = ()
) -> set[tuple[str, str]]:
    """Return the permissions of these actions on all models of some apps; history is never written by people."""
    models = [(label, model) for label in labels for model in apps.get_app_config(label).get_models()]
    return {
        (label, f"{action}_{model._meta.model_name}")
        for label, model in models
        for action in actions
        if action == "view" or not _is_written_by_programs(model._meta.model_name or "", without)
    }


def _is_written_by_programs(name: str, without: Sequence[str]) -> bool:
    return name in without or name.startswith("historical")
