"""Fixtures that every test may use."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management.commands.flush import Command as Flush
from django.db import transaction
from django.test import Client
from django.utils.translation import override

from awards.models import Release
from cityrank.charts import engine, keeping
from cityrank.exchange.edition_file import load_edition
from cityrank.publishing import guards
from cityrank.registry.gazetteer.load import load_gazetteer
from tests.charts import drawn
from tests.factories import accounts, awards
from tests.factories import bundled as bundled_edition


@pytest.fixture(scope="session", autouse=True)
def _emptying_the_database_is_allowed() -> Iterator[None]:
    """Tests with real transactions are cleaned up by `flush`, which the guards would refuse on SQLite."""
    original = Flush.handle

    def handle(self: Flush, **options: object) -> None:
        guards.remove()
        original(self, **options)  # emits post_migrate, which puts the guards back

    Flush.handle = handle
    yield
    Flush.handle = original


@pytest.fixture(autouse=True)
def _default_language() -> Iterator[None]:
    """A request to /en/ leaves its language behind in the thread; the next test begins in Chinese all the same."""
    with override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def _charts_are_not_drawn(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing takes seconds; tests of which it is not the point get a stand-in (see `tests.charts.drawn`)."""
    if request.node.get_closest_marker("browser") or "real_drawings" in request.fixturenames:
        return
    monkeypatch.setattr(engine, "svg_of", drawn.svg_of)
    monkeypatch.setattr(engine, "png_of", drawn.png_of)


@pytest.fixture(autouse=True)
def _nothing_is_drawn_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thread of its own would meet a database that the next test has emptied."""
    monkeypatch.setattr(keeping, "draw_aside", lambda release: None)


@pytest.fixture
def real_drawings() -> None:
    """Charts are drawn in earnest in the test that asks for this."""


@pytest.fixture
def release(db: None) -> Release:
    """A small published edition 2017-2018 of two series; see `tests.factories.awards.published_edition`."""
    return awards.published_edition()


@pytest.fixture
def draft(release: Release) -> Release:
    """Release 2 of the same edition, a draft with other winners, scores, figures and texts. All of it is secret."""
    return awards.secret_draft(release)


@pytest.fixture
def evaluator(client: Client, db: None) -> Client:
    """A client signed in as somebody of the group evaluator, without superuser rights."""
    client.force_login(accounts.user("evaluator"))
    # Django keeps content types once read; without this the number of queries would depend on the test before.
    ContentType.objects.get_for_models(*apps.get_models())
    return client


@pytest.fixture(scope="session")
def gazetteer_part(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the part of the gazetteer that the bundled edition needs."""
    directory = tmp_path_factory.mktemp("gazetteer")
    bundled_edition.write_gazetteer_part(directory)
    return directory


@pytest.fixture(scope="module")
def bundled(gazetteer_part: Path, django_db_setup: None, django_db_blocker: object) -> Iterator[Release]:
    """The bundled edition, loaded once for all tests of a module and rolled back after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_gazetteer(gazetteer_part)
        yield load_edition()[0]
        transaction.set_rollback(True)
