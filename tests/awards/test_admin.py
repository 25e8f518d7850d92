"""The admin of editions, releases and awards, as a person of the group evaluator uses it."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from awards.models import (
    Attachment,
    Award,
    Citation,
    Edition,
    Organiser,
    Recipient,
    Release,
    ReleaseContent,
    Series,
)
from cityrank.publishing.workflow import publish_unattended
from scores.models import Score
from tests.awards.admin_pages import address, form_data, saved
from tests.factories import accounts, awards, registry, scans

OWN_ADMIN = {model for model in apps.get_models() if issubclass(model, ReleaseContent)} - {
    apps.get_model("scores.Band"),
    apps.get_model("publishing.Acknowledgement"),  # given on the page of the checks
}


@pytest.fixture
def open_draft(evaluator: Client, draft: Release) -> Release:
    """The secret draft, all of it assigned to the evaluator."""
    accounts.takes_all(draft)
    return draft


def test_every_content_model_has_a_list_and_a_form_for_an_evaluator(
    evaluator: Client, open_draft: Release
) -> None:
    for model in OWN_ADMIN:
        assert admin.site.is_registered(model), model
        assert evaluator.get(address(model, "changelist")).status_code == 200
        row = model._default_manager.of_release(open_draft).first()
        if row:
            assert evaluator.get(address(model, "change", row.pk)).status_code == 200
            assert evaluator.get(address(model, "history", row.pk)).status_code == 200


def test_the_release_page_outlines_all_series_and_links_to_their_awards_and_rankings(
    evaluator: Client, release: Release
) -> None:
    page = evaluator.get(address(Release, "change", release.pk)).content.decode()
    for award in Award.objects.of_release(release):
        assert address(Award, "change", award.pk) in page
    for series in Series.objects.of_release(release):
        assert address(Series, "change", series.pk) in page
    assert f"{address(Score, 'changelist')}?release={release.pk}" in page


def test_an_award_page_leads_back_to_its_release_and_series(evaluator: Client, release: Release) -> None:
    award = Award.objects.of_release(release).get()
    page = evaluator.get(address(Award, "change", award.pk)).content.decode()
    assert address(Release, "change", release.pk) in page
    assert address(Series, "change", award.series_id) in page


def test_a_list_shows_the_newest_draft_unless_another_release_is_asked_for(
    evaluator: Client, release: Release, open_draft: Release
) -> None:
    shown = evaluator.get(address(Award, "changelist")).context["cl"].result_list
    assert {award.release_id for award in shown} == {open_draft.pk}
    shown = evaluator.get(address(Award, "changelist"), {"release": release.pk}).context["cl"].result_list
    assert {award.release_id for award in shown} == {release.pk}
    everything = evaluator.get(address(Award, "changelist"), {"release": "all"}).context["cl"].result_list
    assert {award.release_id for award in everything} == {release.pk, open_draft.pk}


@pytest.mark.parametrize("asked", ["999", "abc", "-1"])
def test_a_release_that_does_not_exist_gives_an_empty_list(
    evaluator: Client, release: Release, asked: str
) -> None:
    assert not evaluator.get(address(Award, "changelist"), {"release": asked}).context["cl"].result_list


def test_rows_of_a_published_release_are_shown_and_cannot_be_changed(
    evaluator: Client, release: Release
) -> None:
    award = Award.objects.of_release(release).get()
    response = evaluator.get(address(Award, "change", award.pk))
    assert not response.context["has_change_permission"]
    assert not response.context["has_delete_permission"]
    assert not any(inline.has_change_permission for inline in response.context["inline_admin_formsets"])
    assert response.context["cityrank"]["locked"]
    assert address(Award, "to_draft", award.pk) not in response.content.decode()


def test_whoever_coordinates_is_led_from_a_published_row_to_a_draft(release: Release) -> None:
    publisher = Client()
    publisher.force_login(accounts.user("publisher"))
    award = Award.objects.of_release(release).get()
    page = publisher.get(address(Award, "change", award.pk)).content.decode()
    assert address(Award, "to_draft", award.pk) in page


def test_a_form_sent_after_its_release_was_published_changes_nothing_and_says_why(
    evaluator: Client, release: Release
) -> None:
    award = Award.objects.of_release(release).get()
    response = evaluator.post(address(Award, "change", award.pk), {"title_printed": "anders"})
    assert response.status_code == 409
    assert "anders" in response.content.decode()  # what was typed is given back
    assert response.context["sentence"]
    award.refresh_from_db()
    assert award.title_printed != "anders"


def test_starting_a_draft_from_an_award_leads_to_the_same_award_in_the_draft(release: Release) -> None:
    client = Client()
    client.force_login(accounts.user("publisher"))
    award = Award.objects.of_release(release).get()
    response = client.post(address(Award, "to_draft", award.pk))
    copy = Award.objects.get(release__status="draft", slug=award.slug)
    assert response.headers["Location"] == address(Award, "change", copy.pk)


def test_a_draft_is_not_started_by_a_link(evaluator: Client, release: Release) -> None:
    award = Award.objects.of_release(release).get()
    assert evaluator.get(address(Award, "to_draft", award.pk)).status_code == 405
    assert (
        evaluator.get(reverse("admin:awards_edition_start_draft", args=[release.edition_id])).status_code
        == 405
    )
    assert not Release.objects.drafts().exists()


def test_a_second_draft_is_not_started_beside_an_open_one(open_draft: Release) -> None:
    client = Client()
    client.force_login(accounts.user("publisher"))
    response = client.post(reverse("admin:awards_edition_start_draft", args=[open_draft.edition_id]))
    assert response.headers["Location"] == address(Release, "change", open_draft.pk)
    assert Release.objects.drafts().count() == 1


def test_actions_need_a_csrf_token(release: Release) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(accounts.user("publisher"))
    addresses = (
        reverse("admin:awards_edition_start_draft", args=[release.edition_id]),
        reverse("admin:awards_release_step", args=[release.pk, "withdraw"]),
    )
    for page in addresses:
        assert strict.post(page).status_code == 403


def test_a_row_of_another_release_is_neither_offered_nor_accepted(evaluator: Client, table: Award) -> None:
    other = awards.citation(awards.empty_draft("2018-2019"), "elsewhere")
    page = evaluator.get(address(Award, "change", table.pk))
    assert other not in page.context["adminform"].form.fields["citation"].queryset
    response = saved(evaluator, table, citation=other.pk)
    assert "citation" in response.context["adminform"].form.errors
    assert Award.objects.get(pk=table.pk).citation is None


def test_a_row_cannot_move_to_another_release(evaluator: Client, table: Award) -> None:
    other = awards.series(awards.empty_draft("2018-2019"))
    assert "series" in saved(evaluator, table, series=other.pk).context["adminform"].form.errors
    citation = awards.citation(table.release)
    data = {"key": "why", "kind": "summary", "text_zh": "新", "release": other.release_id}
    evaluator.post(address(Citation, "change", citation.pk), data)
    citation.refresh_from_db()
    assert (citation.text_zh, citation.release_id) == ("新", table.release_id)


def test_a_new_row_becomes_part_of_the_release_it_was_added_from(evaluator: Client, table: Award) -> None:
    awards.empty_draft("2018-2019")  # the newest draft, and not the one meant
    data = {"key": "new", "kind": "summary", "text_zh": "理由"}
    evaluator.post(f"{address(Citation, 'add')}?release={table.release_id}", data)
    assert Citation.objects.get(key="new").release_id == table.release_id


def test_a_number_used_twice_in_a_release_is_said_at_the_field(table: Award) -> None:
    publisher = Client()
    publisher.force_login(accounts.user("publisher"))
    data = {"number": table.series.number, "title_zh": "重复"}
    response = publisher.post(f"{address(Series, 'add')}?release={table.release_id}", data)
    assert "number" in response.context["adminform"].form.errors


def test_nothing_can_be_added_where_no_draft_is_open(evaluator: Client, release: Release) -> None:
    assert evaluator.get(address(Citation, "add")).status_code == 403
    assert evaluator.get(f"{address(Award, 'add')}?series={Series.objects.first().pk}").status_code == 403


def test_a_write_that_only_the_database_refuses_is_answered_with_a_sentence(
    evaluator: Client, table: Award, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = evaluator.get(address(Award, "change", table.pk))
    # Published by somebody else between the check of the form and the writing of its rows.
    original = Award.save

    def too_late(self: Award, *args: object, **kwargs: object) -> None:
        publish_unattended(self.release)
        original(self, *args, **kwargs)

    monkeypatch.setattr(Award, "save", too_late)
    response = evaluator.post(
        address(Award, "change", table.pk), form_data(page) | {"title_printed": "迟"}, follow=True
    )
    assert response.status_code == 200
    form = response.context["adminform"].form
    assert form.non_field_errors()
    assert form["title_printed"].value() == "迟"


def test_the_first_change_to_a_copied_row_shows_what_it_was_before(
    evaluator: Client, open_draft: Release
) -> None:
    award = Award.objects.create(
        series=awards.series(open_draft, 4),
        position=1,
        slug="copied",
        title_listed="旧题",
        title_printed="旧题",
    )
    accounts.takes_all(open_draft)
    award.history.all().delete()  # as a clone leaves it
    assert saved(evaluator, award, title_printed="新题").status_code == 302
    page = evaluator.get(address(Award, "history", award.pk)).content.decode()
    assert re.search(r"旧题</del>.*<ins>新题", page, re.DOTALL)
    assert award.history.first().history_user.username == "evaluator"


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_and_forms_take_the_same_queries_at_any_number_of_rows(
    evaluator: Client, rows: int, django_assert_max_num_queries: object
) -> None:
    draft = awards.empty_draft()
    for number in range(rows):
        places = [registry.town(f"3301061{number}{n}", f"第{number}{n}镇") for n in range(rows)]
        award = awards.award(
            awards.series(draft), f"award-{number}", [(place.name_zh, place) for place in places]
        )
        Organiser.objects.create(
            release=draft, position=number, role="publisher", organisation=registry.organisation(f"o{number}")
        )
    pages = {
        address(Award, "changelist"): 9,
        address(Recipient, "changelist"): 9,
        address(Award, "change", award.pk): 20,
        address(Release, "change", draft.pk): 27,
        address(Edition, "changelist"): 8,
        address(Release, "changelist"): 9,
        reverse("admin:index"): 15,
    }
    for page, queries in pages.items():
        with django_assert_max_num_queries(queries):
            assert evaluator.get(page).status_code == 200


def test_an_award_with_fifty_recipients_is_one_page_of_constant_queries(
    evaluator: Client, django_assert_max_num_queries: object
) -> None:
    places = [registry.town(f"330106{n:03}", f"第{n}镇") for n in range(50)]
    award = awards.award(
        awards.series(awards.empty_draft()), winners=[(place.name_zh, place) for place in places]
    )
    accounts.takes_all(award.release)
    with django_assert_max_num_queries(20):
        response = evaluator.get(address(Award, "change", award.pk))
    assert len(response.content) < 300_000
    with django_assert_max_num_queries(40):
        assert evaluator.post(address(Award, "change", award.pk), form_data(response)).status_code == 302


def test_both_languages_have_an_admin(evaluator: Client, release: Release) -> None:
    assert 'lang="zh-hans"' in evaluator.get("/admin/").content.decode()
    with translation.override("zh-hans"):  # the request sets the language of the thread
        assert 'lang="en"' in evaluator.get("/en/admin/").content.decode()


def test_only_the_admin_may_evaluate_scripts_and_it_too_loads_nothing_from_outside(
    evaluator: Client, release: Release
) -> None:
    pages = (
        (Client(), reverse("account_login")),
        (evaluator, reverse("admin:index")),
        (evaluator, address(Award, "changelist")),
    )
    for client, page in pages:
        policy = client.get(page).headers["Content-Security-Policy"]
        assert "'unsafe-eval'" in policy
        assert "http" not in policy
        assert "script-src 'self' 'unsafe-eval'" in policy
    assert "unsafe" not in evaluator.get("/").headers["Content-Security-Policy"]


def test_a_reviewer_reads_everything_and_changes_nothing(open_draft: Release) -> None:
    client = Client()
    client.force_login(accounts.user("reviewer"))
    award = Award.objects.of_release(open_draft).first()
    response = client.get(address(Award, "change", award.pk))
    assert not response.context["has_change_permission"]
    assert client.post(address(Award, "to_draft", award.pk)).status_code == 302
    assert client.post(address(Award, "change", award.pk), {}).status_code == 403


def test_a_file_is_kept_and_handed_only_to_who_may_see_its_release(
    evaluator: Client, table: Award, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    data = {"title": "扫描件", "file": SimpleUploadedFile("scan.png", scans.picture())}
    assert evaluator.post(f"{address(Attachment, 'add')}?release={table.release_id}", data).status_code == 302
    kept = Attachment.objects.get()
    assert (kept.release_id, len(kept.sha256)) == (table.release_id, 64)
    download = reverse("admin:awards_attachment_download", args=[kept.sha256])
    response = evaluator.get(download)
    assert scans.size(b"".join(response.streaming_content)) == scans.size(scans.picture())
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert Client().get(download).status_code == 302
    assert evaluator.get(address(Attachment, "change", kept.pk)).status_code == 200


def test_deleting_several_rows_at_once_leaves_a_record_of_each(evaluator: Client, table: Award) -> None:
    Recipient.history.all().delete()  # as a clone leaves them
    keys = list(table.recipients.values_list("pk", flat=True))
    data = {"action": "delete_selected", "_selected_action": keys, "post": "yes"}
    evaluator.post(address(Recipient, "changelist"), data)
    assert not table.recipients.exists()
    assert Recipient.history.filter(history_type="-", id__in=keys).count() == 3
