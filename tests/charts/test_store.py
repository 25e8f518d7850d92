"""What was drawn is kept, found again by what it was made from, and drawn once."""

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from cityrank.charts import engine, store
from cityrank.charts.models import Drawing
from cityrank.charts.store import NotDrawn, Recipe, kept

pytestmark = pytest.mark.django_db

SPEC = {"width": 760, "data": {"values": [{"says": "第1市: 90.10"}]}}
OTHER = {"width": 350, "data": {"values": [{"says": "第1市: 90.10"}]}}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict]:
    """The specifications that were drawn, in their order."""
    wishes: list[dict] = []
    draw = engine.svg_of
    monkeypatch.setattr(engine, "svg_of", lambda spec: wishes.append(spec) or draw(spec))
    return wishes


def test_a_drawing_is_made_once_and_then_found_with_one_query(asked: list[dict]) -> None:
    first = kept([Recipe.of(SPEC), Recipe.of(OTHER)])
    with CaptureQueriesContext(connection) as queries:
        again = kept([Recipe.of(SPEC), Recipe.of(OTHER)])
    assert first == again
    assert asked == [SPEC, OTHER]
    assert len(queries) == 1


def test_only_what_is_missing_is_drawn(asked: list[dict]) -> None:
    kept([Recipe.of(SPEC)])
    kept([Recipe.of(SPEC), Recipe.of(OTHER)])
    assert asked == [SPEC, OTHER]


def test_other_figures_make_another_drawing() -> None:
    other = {"width": 760, "data": {"values": [{"says": "第1市: 90.20"}]}}
    assert Recipe.of(SPEC).digest != Recipe.of(other).digest
    assert Recipe.of(SPEC).digest == Recipe.of(dict(reversed(SPEC.items()))).digest


def test_another_version_of_the_program_draws_everything_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    before = Recipe.of(SPEC).digest
    monkeypatch.setattr(engine, "edition_of_renderer", lambda: "another")
    assert Recipe.of(SPEC).digest != before


def test_drawings_are_kept_compressed_and_pictures_as_they_are() -> None:
    (svg,) = kept([Recipe.of(SPEC)])
    (png,) = kept([Recipe(svg.decode(), 2.0)])
    bodies = [bytes(row.body) for row in Drawing.objects.order_by("drawn_at", "digest")]
    assert sorted(body[:4] for body in bodies) == [b"\x1f\x8b\x08\x00", b"\x89PNG"]
    assert kept([Recipe(svg.decode(), 2.0)]) == [png]


def test_a_failure_is_told_and_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(spec: dict) -> str:
        raise NotDrawn("no")

    monkeypatch.setattr(engine, "svg_of", fail)
    with pytest.raises(NotDrawn):
        kept([Recipe.of(SPEC)])
    assert not Drawing.objects.exists()
    # The next one does not wait for somebody who has given up.
    assert cache.get(f"drawing:{Recipe.of(SPEC).digest}") is None


def test_whoever_comes_second_waits_for_the_drawing_of_the_first(
    asked: list[dict], monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = Recipe.of(SPEC)
    cache.add(f"drawing:{recipe.digest}", True, 20)

    def meanwhile(seconds: float) -> None:
        Drawing.objects.create(digest=recipe.digest, body=b"<svg/>")
        cache.delete(f"drawing:{recipe.digest}")

    monkeypatch.setattr(store.time, "sleep", meanwhile)
    assert kept([recipe]) == [b"<svg/>"]
    assert asked == []


def test_whoever_loses_patience_draws_too(asked: list[dict], monkeypatch: pytest.MonkeyPatch) -> None:
    recipe = Recipe.of(SPEC)
    cache.add(f"drawing:{recipe.digest}", True, 20)
    monkeypatch.setattr(store, "PATIENCE", 0.01)
    monkeypatch.setattr(store, "PAUSE", 0.01)
    assert kept([recipe])[0].startswith(b"<svg")
    assert asked == [SPEC]
    # The turn of the other is still its own.
    assert cache.get(f"drawing:{recipe.digest}") is True
    cache.delete(f"drawing:{recipe.digest}")


def test_a_database_that_cannot_be_written_to_keeps_nobody_from_seeing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise DatabaseError("read-only")

    monkeypatch.setattr(Drawing.objects, "bulk_create", refuse)
    assert kept([Recipe.of(SPEC)])[0].startswith(b"<svg")
