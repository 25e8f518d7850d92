"""What becomes of a bulletin that was handed in: kept, answered, written or given up."""

from pathlib import Path
from unittest import mock

import pytest

from awards.models import Edition, Release
from cityrank.exchange.bulletin.answers import BadAnswers
from cityrank.exchange.bulletin.documents import UnreadableDocument
from cityrank.exchange.bulletin.keeping import answer, give_up, import_file, keep, leave_unknown_open, write
from cityrank.exchange.models import BulletinReading
from cityrank.publishing.refusals import Refused
from cityrank.publishing.workflow import discard_release
from tests.exchange.bulletin.texts import ANSWERS, BULLETIN, places
from tests.factories import accounts

CONTENT = BULLETIN.encode()
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    places()
    return tmp_path


def files(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def test_a_file_is_kept_once_under_a_name_of_ours(media: Path) -> None:
    person = accounts.user("publisher")
    record, new = keep(CONTENT, "../../通报.txt", person)
    again, newer = keep(CONTENT, "other.txt")

    assert (new, newer, again) == (True, False, record)
    assert (record.original_name, record.uploaded_by) == ("通报.txt", person)
    assert [path.read_bytes() for path in files(media)] == [CONTENT]
    assert "通报" not in record.file.name


def test_what_cannot_be_read_is_not_kept(media: Path) -> None:
    with pytest.raises(UnreadableDocument):
        keep(b"%PDF-1.7", "b.pdf")
    assert not BulletinReading.objects.exists()
    assert files(media) == []


def test_nobody_keeps_answers_or_writes_whose_role_does_not_set_up_drafts() -> None:
    evaluator = accounts.user("evaluator")
    record, _new = keep(CONTENT, "b.txt")
    for action in (
        lambda: keep(b"other", "b.txt", evaluator),
        lambda: answer(record, {}, evaluator),
        lambda: write(record, evaluator),
        lambda: give_up(record, evaluator),
    ):
        with pytest.raises(Refused):
            action()


def test_answers_are_noted_one_by_one_and_may_be_taken_back() -> None:
    record, _new = keep(CONTENT, "b.txt")
    answer(record, {"count:smart-small-towns-50": "keep"})
    matched = answer(record, {"place:most-influential:2:吉林": "220200"})
    assert len(matched.open_questions) == 1

    matched = answer(record, {"count:smart-small-towns-50": ""})
    record.refresh_from_db()
    assert record.answers == {"place:most-influential:2:吉林": "220200"}
    assert len(matched.open_questions) == 2


@pytest.mark.parametrize(("key", "value"), [("no:such", "open"), ("count:smart-small-towns-50", "maybe")])
def test_an_impossible_answer_is_refused_and_not_noted(key: str, value: str) -> None:
    record, _new = keep(CONTENT, "b.txt")
    with pytest.raises(BadAnswers):
        answer(record, {key: value})
    record.refresh_from_db()
    assert record.answers == {}


def test_names_of_which_nothing_is_known_are_left_open_together() -> None:
    record, _new = keep(CONTENT.replace("杭州".encode(), "乌有".encode()), "b.txt")
    matched = leave_unknown_open(record)

    assert matched.asked.answers == {"place:most-influential:1:乌有": "open"}


def test_an_answered_bulletin_is_written_once() -> None:
    record, _new = keep(CONTENT, "b.txt")
    answer(record, ANSWERS)
    release = write(record)

    record.refresh_from_db()
    assert (record.state, record.release, release.status) == ("written", release, "draft")
    with pytest.raises(Refused):
        write(record)
    assert keep(CONTENT, "b.txt") == (record, False)


def test_nothing_is_written_while_a_question_is_open() -> None:
    record, _new = keep(CONTENT, "b.txt")
    with pytest.raises(Refused):
        write(record)
    record.refresh_from_db()
    assert (record.state, Edition.objects.count()) == ("open", 0)


def test_a_bulletin_whose_draft_was_discarded_may_be_read_again() -> None:
    record, _new = keep(CONTENT, "b.txt")
    answer(record, ANSWERS)
    discard_release(write(record), reason="Wrong file.")

    second, new = keep(CONTENT, "b.txt")
    assert (new, second.pk != record.pk) == (True, True)


def test_giving_up_removes_the_file_and_lets_it_be_handed_in_again(
    media: Path, django_capture_on_commit_callbacks: object
) -> None:
    record, _new = keep(CONTENT, "b.txt")
    with django_capture_on_commit_callbacks(execute=True):
        give_up(record)

    record.refresh_from_db()
    assert (record.state, record.file.name, files(media)) == ("given_up", "", [])
    assert keep(CONTENT, "b.txt")[1]


def test_an_import_in_one_go_keeps_the_file_with_the_draft(media: Path) -> None:
    record = import_file(CONTENT, "b.txt", ANSWERS)

    assert (record.state, record.release.edition.label) == ("written", "2019")
    with pytest.raises(Refused):
        import_file(CONTENT, "b.txt", ANSWERS)
    # The file as it came, and the text that the source of the draft shows.
    assert len(files(media)) == 2


def test_an_import_that_breaks_off_leaves_no_row_and_no_file(media: Path) -> None:
    with (
        mock.patch("cityrank.exchange.bulletin.drafting.write_ranking", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
    ):
        import_file(CONTENT, "b.txt", ANSWERS)
    assert not Release.objects.exists()
    assert not BulletinReading.objects.exists()
    assert files(media) == []
