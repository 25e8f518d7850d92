"""What `make run` does before it serves."""

from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

from awards.models import Release
from cityrank.registry.management.commands import load_gazetteer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _small_gazetteer(monkeypatch: pytest.MonkeyPatch, gazetteer_part: Path) -> None:
    monkeypatch.setattr(load_gazetteer, "DATA", gazetteer_part)


def everything() -> dict[str, list]:
    """Return all rows of all tables of ours and of the accounts."""
    labels = ("registry", "awards", "scores", "auth")
    models = [model for label in labels for model in apps.get_app_config(label).get_models()]
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in models}


def prepare() -> str:
    out = StringIO()
    call_command("prepare", stdout=out)
    return out.getvalue()


def test_an_empty_database_gets_gazetteer_edition_and_three_people(settings) -> None:
    settings.DEBUG = True
    said = prepare()
    assert Release.objects.get().status == "published"
    assert [name in said for name in ("evaluator", "reviewer", "publisher")] == [True] * 3


def test_a_second_time_changes_no_data_and_shows_no_password(settings) -> None:
    settings.DEBUG = True
    prepare()
    before = everything()

    said = prepare()

    assert everything() == before
    assert "password" not in said


def test_on_a_server_nobody_is_made(settings, django_user_model) -> None:
    settings.DEBUG = False
    prepare()
    assert Release.objects.exists()
    assert not django_user_model.objects.exists()
