"""The pages on which a bulletin is handed in, looked at, answered and confirmed."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from awards.models import Recipient, Release
from cityrank.exchange.models import BulletinReading
from tests.exchange.bulletin.texts import ANSWERS, BULLETIN, places
from tests.factories import accounts, registry

pytestmark = pytest.mark.django_db
LIST, ADD = "admin:exchange_bulletinreading_changelist", "admin:exchange_bulletinreading_add"
JILIN = "place:most-influential:2:吉林"


@pytest.fixture
def publisher(settings: object, tmp_path: Path) -> Client:
    settings.MEDIA_ROOT = tmp_path
    places()
    return accounts.signed_in(accounts.user("publisher"))


def hand_in(client: Client, text: str = BULLETIN, name: str = "通报.txt") -> object:
    return client.post(reverse(ADD), {"file": SimpleUploadedFile(name, text.encode())}, follow=True)


def address(name: str, record: BulletinReading | None = None) -> str:
    record = record or BulletinReading.objects.get()
    return reverse(f"admin:exchange_bulletinreading_{name}", args=[record.pk])


def choices(answers: dict[str, str]) -> dict[str, str]:
    return {f"choice:{key}": value for key, value in answers.items()}


def test_from_the_file_to_the_outline_of_the_draft(publisher: Client) -> None:
    report = hand_in(publisher)
    assert report.redirect_chain[-1][0] == address("change")
    questions = publisher.get(address("questions"))
    assert [entry["question"].key for entry in questions.context["questions"]] == [
        "count:smart-small-towns-50",
        JILIN,
        "organisation:某某研究院",
    ]
    confirm = publisher.post(address("answer"), choices(ANSWERS), follow=True)
    assert confirm.redirect_chain[-1][0] == address("confirm")
    draft = publisher.post(address("confirm"), follow=True)

    release = Release.objects.get()
    assert draft.redirect_chain[-1][0] == reverse("admin:awards_release_change", args=[release.pk])
    assert list(Recipient.objects.values_list("subject__slug", flat=True)) == [
        "330100",
        "220200",
        "yunqi-xiaozhen",
    ]


def test_the_report_shows_every_piece_with_what_it_became(publisher: Client) -> None:
    page = hand_in(publisher)

    shown = "".join(piece["text"] for piece in page.context["pieces"])
    assert "".join(shown.split()) == "".join(BULLETIN.split())
    (winners,) = [piece for piece in page.context["pieces"] if piece["text"] == "杭州、吉林"]
    assert [(name["printed"], name["sure"]) for name in winners["names"]] == [
        ("杭州", "certain"),
        ("吉林", "doubtful"),
    ]
    assert "浙江省杭州市" in page.content.decode()
    filtered = publisher.get(address("change"), {"show": "citation"})
    assert {piece["colour"] for piece in filtered.context["pieces"]} == {"citation"}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_answers_in_both_languages(publisher: Client, language: str) -> None:
    hand_in(publisher)
    with override(language):
        pages = [reverse(LIST), reverse(ADD), *(address(name) for name in ("change", "questions", "confirm"))]
    assert [publisher.get(page).status_code for page in pages] == [200] * 5


def test_an_answer_is_saved_by_itself_and_said_to_be(publisher: Client) -> None:
    hand_in(publisher)
    answer = publisher.post(
        address("answer"), choices({JILIN: "220200"}), headers={"accept": "application/json"}
    )

    assert answer.json()["open"] == 2
    assert BulletinReading.objects.get().answers == {JILIN: "220200"}
    refused = publisher.post(
        address("answer"), choices({JILIN: "nowhere"}), headers={"accept": "application/json"}
    )
    assert (refused.status_code, "nowhere" in refused.json()["problem"]) == (400, True)
    assert BulletinReading.objects.get().answers == {JILIN: "220200"}


def test_another_place_than_the_candidates_can_be_searched_for(publisher: Client) -> None:
    hand_in(publisher)
    other = registry.wenzhou()
    publisher.post(address("answer"), {f"choice:{JILIN}": "@other", f"subject:{JILIN}": other.pk})

    assert BulletinReading.objects.get().answers == {JILIN: "330300"}
    page = publisher.get(address("questions"), {"show": "all"})
    assert "温州市" in page.content.decode()


def test_an_answer_leads_to_the_question_that_follows_from_it(publisher: Client) -> None:
    hand_in(publisher)
    answer = publisher.post(
        address("answer"), choices({JILIN: "220200"}), headers={"accept": "application/json"}
    )
    assert not answer.json()["fresh"]
    other = {f"choice:{JILIN}": "@other", f"subject:{JILIN}": registry.hangzhou().pk}
    answer = publisher.post(address("answer"), other, headers={"accept": "application/json"})

    assert answer.json()["fresh"]
    keys = [entry["question"].key for entry in publisher.get(address("questions")).context["questions"]]
    assert "twice:most-influential:2:吉林" in keys


def test_all_names_of_which_nothing_is_known_are_left_open_by_one_button(publisher: Client) -> None:
    hand_in(publisher, BULLETIN.replace("杭州、吉林", "乌有、子虚"))
    publisher.post(address("leave_open"))

    assert set(BulletinReading.objects.get().answers.values()) == {"open"}


def test_the_same_file_leads_to_where_it_was_left(publisher: Client) -> None:
    hand_in(publisher)
    again = hand_in(publisher, name="other.txt")

    assert again.redirect_chain[-1][0] == address("change")
    assert BulletinReading.objects.count() == 1


def test_giving_up_removes_the_file(publisher: Client, django_capture_on_commit_callbacks: object) -> None:
    hand_in(publisher)
    with django_capture_on_commit_callbacks(execute=True):
        page = publisher.post(address("give_up"), follow=True)

    record = BulletinReading.objects.get()
    assert (record.state, record.file.name, page.status_code) == ("given_up", "", 200)
    assert publisher.get(address("questions")).status_code == 302


def test_a_kept_file_that_is_gone_is_said_to_be_and_can_be_given_up(publisher: Client) -> None:
    hand_in(publisher)
    record = BulletinReading.objects.get()
    record.file.storage.delete(record.file.name)

    assert publisher.get(address("change")).context["problem"]
    publisher.post(address("give_up"))
    assert BulletinReading.objects.get().state == "given_up"


@pytest.mark.parametrize(
    ("name", "content"), [("b.txt", ""), ("b.pdf", "%PDF-1.7"), ("b.docx", "PK\x03\x04")]
)
def test_a_file_that_cannot_be_read_is_refused_beside_the_field(
    publisher: Client, name: str, content: str
) -> None:
    page = hand_in(publisher, content, name)

    assert page.context["form"].errors["file"]
    assert not BulletinReading.objects.exists()


def test_writing_twice_writes_once(publisher: Client) -> None:
    hand_in(publisher)
    publisher.post(address("answer"), choices(ANSWERS))
    publisher.post(address("confirm"))
    again = publisher.post(address("confirm"), follow=True)

    assert again.status_code == 200
    assert Release.objects.count() == 1


def test_confirming_with_open_questions_writes_nothing(publisher: Client) -> None:
    hand_in(publisher)
    page = publisher.post(address("confirm"), follow=True)

    assert page.redirect_chain[-1][0] == address("confirm")
    assert not Release.objects.exists()


@pytest.mark.parametrize("role", ["evaluator", "reviewer", "auditor"])
def test_whoever_does_not_set_up_drafts_finds_no_bulletins(publisher: Client, role: str) -> None:
    hand_in(publisher)
    client = accounts.signed_in(accounts.user(role))
    for name in ("change", "questions", "confirm"):
        assert client.get(address(name)).status_code == 403
    for name in ("answer", "confirm", "leave_open", "give_up"):
        assert client.post(address(name)).status_code == 403
    assert client.get(reverse(ADD)).status_code == 403
    assert "bulletinreading" not in client.get(reverse("admin:index")).content.decode()


def test_nothing_changes_by_following_a_link_or_without_the_token_of_the_form(publisher: Client) -> None:
    hand_in(publisher)
    for name in ("answer", "leave_open", "give_up"):
        assert publisher.get(address(name)).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(accounts.user("publisher", "other"))
    for name in ("answer", "confirm", "leave_open", "give_up"):
        assert strict.post(address(name)).status_code == 403
    assert BulletinReading.objects.get().is_open


def test_the_desk_leads_to_handing_one_in(publisher: Client) -> None:
    assert reverse(ADD) in publisher.get(reverse("admin:index")).content.decode()
