"""What is exported comes back as it was, whatever it was."""

import io

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from awards.models import Edition, Line, Release
from cityrank.exchange.packages import read_package, write_package
from cityrank.publishing.clone import CLONED
from cityrank.publishing.errata import difference
from cityrank.registry.models import Alias, App, Organisation, Place, PlaceTier, Subject
from tests.exchange.packages.comparing import content
from tests.exchange.strategies import Maker

pytestmark = [pytest.mark.django_db, pytest.mark.long]

# A release has a hundred parts, so that making a failing one smaller would take minutes.
MANY = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=set(Phase) - {Phase.shrink, Phase.explain},
)


def package(release: Release, *, office: bool = True) -> io.BytesIO:
    file = io.BytesIO()
    write_package(release, file, office=office)
    return file


def empty_the_database(release: Release) -> None:
    for model, _key in reversed(CLONED):
        model.objects.of_release(release).delete()
    release.delete()
    Edition.objects.all().delete()
    Line.objects.all().delete()
    for model in (Alias, PlaceTier, App, Organisation):
        model.objects.all().delete()
    while Place.objects.exists():
        Place.objects.filter(children=None).delete()


def put_aside(release: Release) -> None:
    """Make room for another draft of the edition."""
    Release.objects.filter(pk=release.pk).update(status=Release.Status.DISCARDED)


@pytest.mark.parametrize("office", [True, False])
def test_any_release_comes_back_into_an_empty_database_field_by_field(
    office: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What the public reads is exported so as if the draft were published; nothing else can be deleted again.
    monkeypatch.setattr("cityrank.exchange.packages.writing.is_public", lambda release: True)

    @MANY
    @given(st.data())
    def comes_back(data: st.DataObject) -> None:
        with transaction.atomic():
            release = Maker(data.draw).release()
            before = content(release, office=office)
            file = package(release, office=office)
            empty_the_database(release)
            assert not Subject.objects.exists()
            assert content(read_package(file), office=office) == before
            transaction.set_rollback(True)

    comes_back()


def test_any_release_comes_back_beside_itself_without_a_difference() -> None:
    @MANY
    @given(st.data())
    def comes_back(data: st.DataObject) -> None:
        with transaction.atomic():
            release = Maker(data.draw).release()
            put_aside(release)
            again = read_package(package(release))
            assert difference(release, again) == []
            assert content(again, office=True) == content(release, office=True)
            transaction.set_rollback(True)

    comes_back()
