"""Staff read a draft as readers will, and every page of it says that it is one."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from awards.models import Release
from tests.factories import accounts

pytestmark = pytest.mark.django_db

PARTS = ["", "series/1/", "awards/award-1/", "rankings/cities-50/", "averages/"]
PREVIEW = "/admin/preview/2017-2018/2/"


@pytest.mark.parametrize("role", ["evaluator", "reviewer", "publisher", "auditor"])
@pytest.mark.parametrize("part", PARTS)
def test_every_role_reads_a_draft_marked_as_one(draft: Release, role: str, part: str) -> None:
    answer = accounts.signed_in(accounts.user(role)).get(f"/en{PREVIEW}{part}")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Topsecret" in page
    assert page.count(f"DRAFT · {role}") == 12
    assert "Preview of release 2 of 2017-2018: draft" in " ".join(page.split())
    assert "<title>Draft · " in page


@pytest.mark.parametrize("part", PARTS)
def test_a_preview_is_kept_by_nobody_and_found_by_no_search_engine(draft: Release, part: str) -> None:
    answer = accounts.signed_in(accounts.user("auditor")).get(f"{PREVIEW}{part}")
    assert answer["Cache-Control"] == "private, no-store"
    assert "noindex" in answer["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex">' in answer.content.decode()
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert not re.search(r"<script(?![^>]*(\ssrc=|ld\+json))|<style|\sstyle=", answer.content.decode())


def test_links_of_a_preview_stay_in_it(draft: Release) -> None:
    page = accounts.signed_in(accounts.user("reviewer")).get(PREVIEW).content.decode()
    assert f'href="{PREVIEW}series/1/"' in page
    assert f'href="{PREVIEW}awards/award-1/"' in page
    assert f'href="/en{PREVIEW}"' in page  # the same in the other language
    assert "/editions/2017-2018/releases/2/" not in page


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("number", [1, 2, 9])
def test_for_anybody_else_there_is_only_the_sign_in_whether_or_not_there_is_a_draft(
    client: Client, draft: Release, part: str, number: int
) -> None:
    reader = get_user_model().objects.create_user("reader", password="x")
    address = f"/admin/preview/2017-2018/{number}/{part}"
    for person in (None, reader):
        if person:
            client.force_login(person, accounts.BACKEND)
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (302, f"/admin/account/login/?next={address}")


def test_staff_without_a_role_are_refused(draft: Release) -> None:
    person = get_user_model().objects.create_user("newcomer", password="x", is_staff=True)
    person.backend = accounts.BACKEND
    assert accounts.signed_in(person).get(PREVIEW).status_code == 403


def test_the_preview_of_what_has_become_public_leads_to_its_page(release: Release) -> None:
    answer = accounts.signed_in(accounts.user("auditor")).get("/admin/preview/2017-2018/1/series/1/")
    assert (answer.status_code, answer["Location"]) == (302, "/editions/2017-2018/releases/1/")


def test_a_public_page_has_no_watermark(client: Client, release: Release) -> None:
    for address in ("/", "/editions/2017-2018/", "/editions/2017-2018/releases/1/"):
        page = client.get(address).content.decode()
        assert "watermark" not in page
        assert "preview.css" not in page


def test_the_pages_of_a_draft_in_the_admin_lead_to_its_preview(draft: Release) -> None:
    client = accounts.signed_in(accounts.user("evaluator"))
    assert PREVIEW in client.get(f"/admin/awards/release/{draft.pk}/change/").content.decode()
    former = client.get(f"/admin/awards/release/{draft.cloned_from_id}/change/").content.decode()
    assert "/admin/preview/" not in former
