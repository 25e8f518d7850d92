"""Every list of the office goes out as a file: its rows, its filters, and nothing that the person may not see."""

import csv
import io

import openpyxl
import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from awards.models import Release
from cityrank.exchange.formats import FORMATS
from cityrank.publishing.models import Entry, EntryRow
from scores.models import Ranking
from tests.factories import accounts, awards, registry

pytestmark = pytest.mark.django_db

LISTS = sorted(model._meta.label_lower for model in admin.site._registry)


@pytest.fixture
def chief() -> Client:
    return accounts.signed_in(accounts.chief())


def address(label: str, suffix: str = "csv", query: str = "") -> str:
    with override("en"):
        return reverse(f"export:{suffix}", args=label.split(".")) + query


def rows(client: Client, label: str, query: str = "") -> list[dict[str, str]]:
    response = client.get(address(label, query=query))
    assert response.status_code == 200, response
    return list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("label", LISTS)
def test_every_list_has_both_files_and_links_to_them(chief: Client, release: Release, label: str) -> None:
    app, model = label.split(".")
    page = chief.get(f"/en/admin/{app}/{model}/")
    # The subjects are searched and not listed.
    assert label == "registry.subject" or f'href="{address(label)}?"' in page.content.decode()
    for suffix in ("csv", "xlsx"):
        response = chief.get(address(label, suffix))
        assert response.status_code == 200
        assert response.getvalue()


def test_the_page_links_to_the_files_with_its_filters(chief: Client, release: Release) -> None:
    page = chief.get(f"/en/admin/scores/score/?release={release.pk}&q=市").content.decode()
    query = f"?release={release.pk}&amp;q=%E5%B8%82"
    assert f'href="/en/admin/export/scores/score.csv{query}"' in page


def test_a_file_has_the_rows_that_the_list_shows_under_its_filters(chief: Client) -> None:
    release = awards.published_edition(rows=3)
    draft = awards.secret_draft(release)
    assert {row["release"] for row in rows(chief, "scores.score")} == {"2"}
    assert [row["position"] for row in rows(chief, "scores.score", f"?release={release.pk}")] == [
        "1",
        "2",
        "3",
    ]
    found = rows(chief, "scores.score", f"?release={release.pk}&q=第2市")
    assert [(row["edition"], row["name as printed"], row["printed score"]) for row in found] == [
        ("2017-2018", "第2市", "89.00")
    ]
    both = rows(chief, "awards.recipient", "?release=all")
    assert {row["release"] for row in both} == {str(release.number), str(draft.number)}


def test_more_rows_than_a_page_holds_are_all_in_the_file(chief: Client) -> None:
    for number in range(60):
        registry.zone(f"zone-{number}", f"第{number}小镇")
    assert len([row for row in rows(chief, "registry.town") if row["identifier"].startswith("zone-")]) == 60


def test_headings_are_in_the_language_of_the_office(chief: Client, release: Release) -> None:
    response = chief.get(reverse("export:xlsx", args=["scores", "score"]))
    heading = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(response.getvalue())).active[1]]
    assert "名次" in "".join(heading) or "原文" in "".join(heading)


def test_a_filter_that_means_nothing_leads_back_to_the_list(chief: Client, release: Release) -> None:
    response = chief.get(address("scores.score", query="?nonsense=1"))
    assert response.status_code == 302
    assert response.headers["Location"].endswith("/admin/scores/score/")


def test_a_list_that_is_not_there_has_no_file(chief: Client) -> None:
    assert chief.get("/admin/export/scores/band.csv").status_code == 404
    assert chief.get("/admin/export/nothing/none.csv").status_code == 404


@pytest.mark.parametrize("label", LISTS)
def test_whoever_may_not_see_a_list_gets_no_file(release: Release, label: str) -> None:
    person = User.objects.create_user("guest", password=accounts.PASSWORD, is_staff=True)
    for suffix in ("csv", "xlsx"):
        assert accounts.signed_in(person).get(address(label, suffix)).status_code == 403


@pytest.mark.parametrize("label", LISTS)
def test_nobody_gets_a_file_without_signing_in(client: Client, release: Release, label: str) -> None:
    assert client.get(address(label)).status_code == 302


@pytest.mark.parametrize("role", ["evaluator", "reviewer", "publisher", "auditor"])
def test_a_role_gets_the_files_of_the_lists_that_it_sees_and_no_others(release: Release, role: str) -> None:
    client = accounts.signed_in(accounts.user(role))
    for label in LISTS:
        app, model = label.split(".")
        list_ = client.get(reverse(f"admin:{app}_{model}_changelist")).status_code
        if label != "registry.subject":  # its list leads to the places; it is there to be searched
            assert client.get(address(label)).status_code == list_, label


def test_nobody_takes_home_what_another_has_typed_in_a_double_entry(draft: Release) -> None:
    ranking = Ranking.objects.of_release(draft).first()
    other = accounts.user("evaluator", "other")
    entry = Entry.objects.create(ranking=ranking, person=other, number=1)
    EntryRow.objects.create(entry=entry, position=1, printed_name="别人的录入", printed_score="12.34")
    accounts.takes_all(draft, "other")
    client = accounts.signed_in(accounts.user("evaluator", "first"))
    for label in LISTS:
        response = client.get(address(label, query="?release=all" if "score" in label else ""))
        assert b"\xe5\x88\xab\xe4\xba\xba\xe7\x9a\x84\xe5\xbd\x95\xe5\x85\xa5" not in response.getvalue()
    assert client.get("/admin/export/publishing/entry.csv").status_code == 404


def test_no_file_has_a_password(release: Release) -> None:
    person = accounts.user("publisher")
    person.user_permissions.add(*Permission.objects.filter(codename__in=("view_user", "change_user")))
    for client in (accounts.signed_in(person), accounts.signed_in(accounts.chief())):
        text = client.get(address("auth.user")).getvalue().decode()
        assert "publisher" in text
        assert person.password not in text
        assert "argon2" not in text
        assert "md5" not in text


# --- a release as a whole ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_the_page_of_a_release_offers_it_in_every_format(chief: Client, draft: Release, name: str) -> None:
    page = f"/en/admin/awards/release/{draft.pk}/download/"
    assert f'href="{page}{name}/"' in chief.get(page).content.decode()
    response = chief.get(f"{page}{name}/")
    assert response.status_code == 200
    assert "-draft" in response.headers["Content-Disposition"]
    assert response.getvalue()


def test_an_unknown_format_leads_back_to_the_page(chief: Client, draft: Release) -> None:
    assert chief.get(f"/admin/awards/release/{draft.pk}/download/ods/").status_code == 302


def test_whoever_may_not_see_releases_downloads_none(draft: Release) -> None:
    person = User.objects.create_user("guest", password=accounts.PASSWORD, is_staff=True)
    client = accounts.signed_in(person)
    assert client.get(f"/admin/awards/release/{draft.pk}/download/").status_code == 403
    assert client.get(f"/admin/awards/release/{draft.pk}/download/package/").status_code == 403
