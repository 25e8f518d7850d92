"""What each role finds in the admin: nobody is a superuser."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from awards.models import Award, Edition, Release, Series, Source
from cityrank.publishing.guards import guarded_models
from cityrank.publishing.models import Assignment
from tests.awards.admin_pages import address, form_data
from tests.factories import accounts, awards

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


@pytest.mark.parametrize("role", ["reviewer", "auditor"])
def test_reviewers_and_auditors_read_every_row_of_a_draft_and_change_none(role: str, draft: Release) -> None:
    client = signed_in(role)
    pages = change_pages(draft)
    assert len(pages) >= 12
    for page in pages:
        shown = client.get(page)
        assert shown.status_code == 200
        assert b'name="_save"' not in shown.content
        assert client.post(page, {}).status_code == 403


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


@pytest.mark.parametrize("role", ["evaluator", "reviewer", "publisher", "auditor"])
def test_nobody_changes_a_row_on_the_page_of_its_history(role: str, draft: Release) -> None:
    row = Series.objects.of_release(draft).first()
    record = row.history.order_by("-history_id").first()
    page = address(Series, "simple_history", row.pk, record.history_id)
    client = signed_in(role)
    assert client.get(page).status_code == 200
    answer = client.post(page, {"number": row.number, "title_zh": "改写", "title_en": "Rewritten"})
    assert answer.status_code == 409
    assert "改写" in answer.content.decode()  # what was typed is given back
    before = row.title_zh
    row.refresh_from_db()
    assert row.title_zh == before
    assert row.history.order_by("-history_id").first() == record


def part_of(draft: Release, **part: object) -> Client:
    """Return somebody who enters one part of a draft and nothing else of it."""
    person = accounts.user("evaluator")
    Assignment.objects.create(release=draft, person=person, assigned_by=person, **part)
    return accounts.signed_in(person)


def test_the_heading_of_a_draft_is_typed_by_those_who_have_its_texts(draft: Release) -> None:
    stranger = part_of(draft, part="award", award=Award.objects.of_release(draft).first())
    page = address(Release, "change", draft.pk)
    shown = stranger.get(page)
    assert b'name="_save"' not in shown.content
    assert stranger.post(page, {"title_zh": "改写"}).status_code == 409
    draft.refresh_from_db()
    assert draft.title_zh != "改写"

    Assignment.objects.update(part="rest", award=None)
    data = form_data(stranger.get(page)) | {"title_zh": "2017-2018评估"}
    assert stranger.post(page, data).status_code == 302
    draft.refresh_from_db()
    assert draft.title_zh == "2017-2018评估"


def test_what_is_typed_into_the_heading_outlasts_a_submission(draft: Release) -> None:
    evaluator = part_of(draft, part="rest")
    page = address(Release, "change", draft.pk)
    data = form_data(evaluator.get(page)) | {"summary_zh": "半页概述"}
    Release.objects.filter(pk=draft.pk).update(status="in_review")
    answer = evaluator.post(page, data)
    assert answer.status_code == 409
    assert "半页概述" in answer.content.decode()


def test_a_source_is_changed_by_who_added_it_and_not_by_who_enters_something_else(draft: Release) -> None:
    client = part_of(draft, part="award", award=Award.objects.of_release(draft).first())
    others = Source.objects.of_release(draft).first()
    assert b'name="_save"' not in client.get(address(Source, "change", others.pk)).content
    assert client.post(address(Source, "delete", others.pk), {"post": "yes"}).status_code == 403

    added = {"key": "annex", **awards.BULLETIN}
    assert client.post(f"{address(Source, 'add')}?release={draft.pk}", added).status_code == 302
    own = Source.objects.get(release=draft, key="annex")
    assert client.post(address(Source, "delete", own.pk), {"post": "yes"}).status_code == 302
    assert not Source.objects.filter(pk=own.pk).exists()
    assert Source.objects.filter(pk=others.pk).exists()
