"""A published release is read-only in the database itself, whatever writes to it."""

import pytest
from django.db import IntegrityError, connection, transaction

from awards.models import Award, Recipient, Release, Source
from cityrank.publishing import guards
from cityrank.publishing.clone import CLONED
from cityrank.publishing.workflow import publish_unattended
from scores.models import Score
from tests.factories import awards, scores

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "model", [model for model, _key in CLONED if model.__name__ != "Attachment"], ids=lambda m: m.__name__
)
def test_rows_of_a_published_release_cannot_be_changed_deleted_or_added(
    model: type, release: Release
) -> None:
    row = model.objects.of_release(release).first()
    table = model._meta.db_table
    for statement in (f"UPDATE {table} SET id = id WHERE id = %s", f"DELETE FROM {table} WHERE id = %s"):
        with (
            pytest.raises(IntegrityError, match="only rows of a draft"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, [row.pk])
    row.pk = None
    for name, value in {
        "position": 99,
        "number": 99,
        "key": "other",
        "slug": "other",
        "row": "other",
        "role": "assessor",
        "subject": None,
    }.items():
        if hasattr(row, name):
            setattr(row, name, value)
    with pytest.raises(IntegrityError, match="only rows of a draft"), transaction.atomic():
        model.objects.bulk_create([row])


def test_rows_of_a_draft_can_be_changed(draft: Release) -> None:
    assert Recipient.objects.of_release(draft).update(printed_name="改") > 0
    Score.objects.of_release(draft).delete()
    assert not Score.objects.of_release(draft).exists()


def test_a_row_cannot_be_moved_from_a_draft_into_a_published_release(
    release: Release, draft: Release
) -> None:
    row = Recipient.objects.of_release(draft).order_by("-position").first()
    public = Award.objects.filter(release=release).first()
    with pytest.raises(IntegrityError, match="only rows of a draft"), transaction.atomic():
        Recipient.objects.filter(pk=row.pk).update(award=public, position=99)


@pytest.mark.parametrize(
    "change", [{"title_zh": "改"}, {"number": 9}, {"published_at": None}, {"announced_on": "2020-01-01"}]
)
def test_the_header_of_a_published_release_is_frozen(change: dict, release: Release) -> None:
    with pytest.raises(IntegrityError, match="been public"), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(**change)


@pytest.mark.parametrize("status", ["draft", "in_review", "approved"])
def test_a_published_release_never_becomes_a_draft_again(status: str, release: Release) -> None:
    with pytest.raises(IntegrityError, match="been public"), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(status=status)


def test_a_superseded_release_stays_frozen(release: Release, draft: Release) -> None:
    publish_unattended(draft, reason="更正")
    with pytest.raises(IntegrityError, match="only rows of a draft"), transaction.atomic():
        Recipient.objects.of_release(release).update(printed_name="改")


def test_a_published_release_cannot_be_deleted(release: Release) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM awards_release WHERE id = %s", [release.pk])


def test_a_data_migration_may_lift_the_guards_and_they_come_back(release: Release) -> None:
    with guards.lifted():
        assert Recipient.objects.of_release(release).update(printed_name="改") > 0
    with pytest.raises(IntegrityError), transaction.atomic():
        Recipient.objects.of_release(release).update(printed_name="再改")


def test_an_edition_has_one_current_release_and_one_in_preparation(release: Release, draft: Release) -> None:
    second = Release(edition=release.edition, number=9, title_zh="又一个", status="published")
    second.published_at = release.published_at
    with pytest.raises(IntegrityError, match=r"edition_has_one_current_release|UNIQUE"), transaction.atomic():
        second.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.create(edition=release.edition, number=3, title_zh="又一份草稿")


def test_a_row_points_only_at_rows_of_its_own_release(draft: Release) -> None:
    other = awards.empty_draft("2018-2019")
    foreign = {
        "series": awards.series(other),
        "citation": awards.citation(other),
        "source": Source.objects.create(release=other, key="elsewhere", **awards.BULLETIN),
    }
    award = Award.objects.filter(release=draft).first()
    for name, row in foreign.items():
        with pytest.raises(IntegrityError, match="same release"), transaction.atomic():
            Award.objects.filter(pk=award.pk).update(**{name: row})
        values = {"release": draft, "series": award.series, "slug": "new", "position": 77, name: row}
        with pytest.raises(IntegrityError, match="same release"), transaction.atomic():
            Award.objects.bulk_create([Award(**values)])


def test_a_score_lies_in_a_band_and_names_a_source_of_its_own_release(draft: Release) -> None:
    other = scores.ranking(awards.series(awards.empty_draft("2018-2019"), 8), rows=1)
    with pytest.raises(IntegrityError, match="same release"), transaction.atomic():
        Score.objects.of_release(draft).update(band=other.bands.get())


def test_a_row_may_point_at_nothing(draft: Release) -> None:
    assert Award.objects.filter(release=draft).update(citation=None, source=None) > 0
