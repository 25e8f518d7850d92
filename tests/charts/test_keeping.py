"""The charts of a release are drawn before anybody asks for one."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from awards import instant
from awards.models import Release
from cityrank.charts import engine, keeping
from cityrank.charts.engine import NotDrawn
from cityrank.charts.models import Drawing
from cityrank.publishing.moves import BY_ACTION
from cityrank.publishing.workflow import publish_unattended
from tests.factories import awards

pytestmark = pytest.mark.django_db


def command(*args: str, **options: object) -> str:
    out = StringIO()
    call_command("draw_charts", *args, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def aside(monkeypatch: pytest.MonkeyPatch) -> list[Release]:
    """The releases whose charts are drawn beside an answer."""
    found: list[Release] = []
    monkeypatch.setattr(keeping, "draw_aside", found.append)
    return found


def test_the_command_draws_every_chart_in_both_languages_and_widths_once(release: Release) -> None:
    said = command()
    count = Drawing.objects.count()
    # Averages and the map of winners have two widths in two languages.
    assert count >= 8
    assert str(count) in said
    assert command() == said
    assert Drawing.objects.count() == count


def test_the_command_says_that_an_edition_does_not_exist(release: Release) -> None:
    with pytest.raises(CommandError, match="1999"):
        command("1999")
    assert "drawings are kept" in command("2017-2018")


def test_the_command_draws_no_draft(draft: Release) -> None:
    command()
    before = Drawing.objects.count()
    keeping.draw_release(draft)
    assert Drawing.objects.count() > before


def test_the_command_draws_places_when_asked(release: Release) -> None:
    awards.published_edition("2018-2019", rows=1)
    command()
    before = Drawing.objects.count()
    command(places=True)
    assert Drawing.objects.count() > before


def test_the_command_says_what_could_not_be_drawn(release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(spec: dict) -> str:
        raise NotDrawn("out of memory")

    monkeypatch.setattr(engine, "svg_of", fail)
    with pytest.raises(CommandError, match="out of memory"):
        command()


def test_charts_are_drawn_after_a_publication_on_the_site(
    draft: Release, aside: list[Release], django_capture_on_commit_callbacks: object
) -> None:
    with instant.reading(), django_capture_on_commit_callbacks(execute=True):
        publish_unattended(draft, reason="更正")
    assert {release.pk for release in aside} == {draft.pk}


def test_a_command_that_publishes_is_not_held_up_by_drawings(
    draft: Release, aside: list[Release], django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        publish_unattended(draft, reason="更正")
    assert aside == []


def test_the_moves_that_are_followed_exist() -> None:
    assert set(keeping.FOLLOWED) <= set(BY_ACTION)


def test_what_is_drawn_for_an_approved_release_is_what_readers_get(draft: Release) -> None:
    keeping.draw_release(draft)
    before = set(Drawing.objects.values_list("pk", flat=True))
    publish_unattended(draft, reason="更正")
    keeping.draw_release(Release.objects.get(pk=draft.pk))
    assert set(Drawing.objects.values_list("pk", flat=True)) == before


def test_a_failure_aside_is_written_down_and_stops_nothing(
    release: Release, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(spec: dict) -> str:
        raise NotDrawn("no")

    monkeypatch.setattr(engine, "svg_of", fail)
    monkeypatch.setattr(keeping.connection, "close", lambda: None)
    keeping._draw_and_close(release)
    assert "could not be drawn" in caplog.text
