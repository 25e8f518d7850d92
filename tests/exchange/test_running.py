"""Long work runs beside the request: who waits sees how far it is, can stop it, and is told what went wrong."""

import threading
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from cityrank.exchange import running
from cityrank.exchange.importing import cancel_import, open_import, preview
from cityrank.exchange.models import Import
from scores.models import Ranking, Score
from tests.factories import accounts, awards, registry, scores

pytestmark = pytest.mark.django_db
TABLE = "名次,城市,得分\n1,杭州,91.20\n"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads would have connections of their own, which do not see what a test has not committed."""

    class Now(threading.Thread):
        def start(self) -> None:
            self._target(*self._args)

    monkeypatch.setattr(running.threading, "Thread", Now)
    monkeypatch.setattr(running.connection, "close", lambda: None)
    monkeypatch.setattr(running, "LARGE_FILE", 0)
    monkeypatch.setattr(running, "LARGE_IMPORT", 0)


@pytest.fixture
def table(settings: object, tmp_path: Path) -> Ranking:
    settings.MEDIA_ROOT = tmp_path
    draft = awards.empty_draft()
    registry.hangzhou()
    return scores.ranking(awards.series(draft, 8), state="not_transcribed", cutoff=4)


def opened(table: Ranking, text: str = TABLE) -> Import:
    return open_import("scores", text, by=None, release=table.release, into=table)[0]


def state(import_: Import) -> tuple[str, bool]:
    import_.refresh_from_db()
    return import_.state, bool(import_.problem)


def test_a_large_file_is_read_and_written_beside_the_request(table: Ranking) -> None:
    import_ = opened(table)
    running.read(import_)
    assert state(import_) == ("previewed", False)
    running.write(import_, None)
    assert (state(import_), Score.objects.count()) == (("done", False), 1)


def test_a_file_that_cannot_be_read_says_so_in_the_import(table: Ranking) -> None:
    import_ = opened(table, "a,b\n1,2\n")
    running.read(import_)
    assert state(import_) == ("failed", True)


def test_what_is_refused_while_it_is_written_is_said_beside_the_preview(table: Ranking) -> None:
    import_ = preview(opened(table))
    type(table.release).objects.update(status="in_review")
    running.write(import_, None)
    assert state(import_) == ("previewed", True)


@pytest.mark.parametrize(("work", "left"), [("preview", "failed"), ("apply_import", "previewed")])
def test_what_nobody_foresaw_is_logged_and_told_without_details(
    table: Ranking, monkeypatch: pytest.MonkeyPatch, work: str, left: str
) -> None:
    def broken(*args: object) -> None:
        raise ZeroDivisionError("secret")

    import_ = opened(table) if work == "preview" else preview(opened(table))
    monkeypatch.setattr(running, work, broken)
    running.read(import_) if work == "preview" else running.write(import_, None)

    assert state(import_) == (left, True)
    assert "secret" not in import_.problem


def test_what_was_cancelled_in_the_middle_stays_cancelled(
    table: Ranking, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_ = opened(table)

    def cancelled(one: Import) -> None:
        cancel_import(one, None)
        preview(one)

    monkeypatch.setattr(running, "preview", cancelled)
    running.read(import_)
    assert state(import_) == ("cancelled", False)


def test_the_page_that_waits_shows_how_far_it_is_and_reads_itself_anew_without_a_script(
    table: Ranking,
) -> None:
    import_ = opened(table)
    Import.objects.update(state="reading", done=500, total=1000, by=accounts.user("evaluator"))
    client: Client = accounts.signed_in(accounts.get("evaluator"))
    page = client.get(reverse("admin:exchange_import_change", args=[import_.pk])).content.decode()
    answer = client.get(reverse("admin:exchange_import_progress", args=[import_.pk])).json()

    assert answer == {"at_work": True, "done": 500, "total": 1000}
    assert '<meta http-equiv="refresh"' in page
    assert 'value="500"' in page
