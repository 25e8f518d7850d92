import pytest

from awards.models import Release
from cityrank.publishing.demo import create_demo_users
from cityrank.publishing.roles import ensure_roles
from tests.factories import accounts

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        (
            "evaluator",
            [
                "awards.change_recipient",
                "scores.add_score",
                "registry.change_place",
                "registry.delete_alias",
                "awards.submit_release",
            ],
            [
                "awards.publish_release",
                "awards.coordinate_release",
                "awards.review_release",
                "registry.delete_place",
                "awards.delete_release",
                "awards.add_edition",
                "auth.change_user",
            ],
        ),
        (
            "reviewer",
            ["awards.view_recipient", "scores.view_score", "awards.review_release"],
            ["awards.change_recipient", "awards.publish_release"],
        ),
        (
            "publisher",
            [
                "awards.publish_release",
                "awards.coordinate_release",
                "awards.view_award",
                "scores.add_ranking",
            ],
            ["scores.change_score", "registry.change_place", "awards.review_release"],
        ),
        (
            "auditor",
            ["awards.view_award", "publishing.view_move", "publishing.view_entry", "axes.view_accesslog"],
            [
                "awards.change_award",
                "awards.submit_release",
                "awards.review_release",
                "awards.publish_release",
            ],
        ),
    ],
)
def test_a_role_may_do_its_work_and_nothing_else(role: str, may: list[str], may_not: list[str]) -> None:
    person = accounts.user(role)
    assert [right for right in may if not person.has_perm(right)] == []
    assert [right for right in may_not if person.has_perm(right)] == []


def test_making_the_roles_again_keeps_what_an_administrator_added() -> None:
    person = accounts.user("reviewer")
    group = person.groups.get()
    from django.contrib.auth.models import Permission

    extra = Permission.objects.get(codename="change_recipient", content_type__app_label="awards")
    group.permissions.add(extra)
    ensure_roles()
    assert extra in group.permissions.all()


def test_people_for_trying_out_are_made_once_and_only_in_development(settings) -> None:
    settings.DEBUG = True
    passwords = create_demo_users()
    assert set(passwords) == {"evaluator", "reviewer", "publisher", "auditor"}
    assert len(set(passwords.values())) == 4
    assert create_demo_users() == {}

    settings.DEBUG = False
    with pytest.raises(RuntimeError, match="DEBUG"):
        create_demo_users()


def test_nobody_of_them_is_a_superuser(settings, django_user_model, release: Release) -> None:
    settings.DEBUG = True
    create_demo_users()
    assert not django_user_model.objects.filter(is_superuser=True).exists()


def test_an_auditor_has_only_rights_to_look() -> None:
    rights = accounts.user("auditor").get_all_permissions()
    assert {right.split(".")[1].split("_")[0] for right in rights} == {"view"}
