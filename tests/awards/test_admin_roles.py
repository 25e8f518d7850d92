"""What each role finds in the admin: nobody is a superuser."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from awards.models import Edition, Release
from cityrank.publishing.guards import guarded_models
from tests.factories import accounts

pytestmark = pytest.mark.django_db


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(accounts.user(role))
    return client


def change_pages(release: Release) -> list[str]:
    """Bands and organisers stand in the form of their ranking and release; all else has a page of its own."""
    models = [model for model in guarded_models() if admin.site.is_registered(model)]
    rows = [model.objects.of_release(release).first() for model in models]
    return [
        reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
        for row in rows
        if row
    ]


@pytest.mark.parametrize("role", ["reviewer", "publisher"])
def test_reviewers_and_publishers_read_every_row_of_a_draft_and_change_none(
    role: str, draft: Release
) -> None:
    client = signed_in(role)
    pages = change_pages(draft)
    assert len(pages) >= 12
    for page in pages:
        shown = client.get(page)
        assert shown.status_code == 200
        assert b'name="_save"' not in shown.content
        assert client.post(page, {}).status_code == 403


@pytest.mark.parametrize(("role", "status"), [("evaluator", 403), ("reviewer", 403), ("publisher", 200)])
def test_only_publishers_reach_the_publish_page(role: str, status: int, draft: Release) -> None:
    address = reverse("admin:awards_release_publish", args=[draft.pk])
    assert signed_in(role).get(address).status_code == status


def test_a_reviewer_starts_no_draft(release: Release) -> None:
    page = reverse("admin:awards_award_to_draft", args=[release.awards.first().pk])
    assert signed_in("reviewer").post(page).status_code == 403
    assert Release.objects.count() == 1


def test_an_evaluator_adds_and_removes_no_edition(release: Release) -> None:
    client = signed_in("evaluator")
    assert client.get(reverse("admin:awards_edition_add")).status_code == 403
    edition = Edition.objects.get()
    assert (
        client.post(reverse("admin:awards_edition_delete", args=[edition.pk]), {"post": "yes"}).status_code
        == 403
    )


def test_somebody_without_a_role_gets_no_further_than_the_sign_in(client: Client, release: Release) -> None:
    for page in change_pages(release):
        assert client.get(page).status_code == 302
