"""Names of other subjects, many names at once, and the words of an answer."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cityrank.registry.models import Alias
from cityrank.registry.resolver import Outcome, Resolution, resolve, resolve_many
from tests.factories import registry as make

pytestmark = pytest.mark.django_db


def slugs(resolution: Resolution) -> list[str]:
    return [candidate.slug for candidate in resolution.candidates]


# --- other kinds of subject -------------------------------------------------------------------------------------


def test_an_organisation_is_found_by_its_names_and_never_for_a_place() -> None:
    tencent = make.organisation(name_en="Tencent")
    Alias.objects.create(subject=tencent, text="腾讯公司")

    for printed in ("腾讯", "腾讯公司", "TENCENT"):
        assert resolve(printed, kind="organisation").subject_id == tencent.pk
    assert resolve("腾讯").outcome == Outcome.UNKNOWN
    assert resolve("深圳腾讯", kind="organisation").outcome == Outcome.UNKNOWN


def test_an_app_is_found_by_its_name() -> None:
    app = make.app()

    assert resolve("微信", kind="app").subject_id == app.pk


@pytest.mark.parametrize("wrong", [{"kind": "person"}, {"levels": {"village"}}])
def test_a_kind_or_level_that_does_not_exist_is_refused(wrong: dict) -> None:
    with pytest.raises(ValueError, match="no such"):
        resolve("杭州", **wrong)


# --- batches ----------------------------------------------------------------------------------------------------


def test_a_batch_answers_every_name_in_its_order_and_as_each_alone() -> None:
    make.town()
    make.zone()
    names = ["三墩镇", "无名镇", "云栖小镇", "三墩镇", "杭州县", "杭州"]

    batch = resolve_many(names)

    assert [answer.printed for answer in batch] == names
    assert [slugs(answer) for answer in batch] == [slugs(resolve(name)) for name in names]


def test_a_batch_takes_as_many_queries_for_many_names_as_for_few() -> None:
    make.town()
    names = ["三墩镇", "杭州市三墩镇", "浙江西湖三墩镇", "杭州", "西湖区", "浙江省", "西湖", "三墩"]

    with CaptureQueriesContext(
        connection,
    ) as few:
        resolve_many(names[:2])
    with CaptureQueriesContext(connection) as many:
        answers = resolve_many(names)
    with CaptureQueriesContext(connection) as subjects:
        assert all(answer.subject for answer in answers)

    assert len(many) <= len(few)
    assert len(subjects) == 1


def test_a_large_batch_reads_the_registry_once_and_answers_alike() -> None:
    make.town()
    make.renamed_county()
    names = ["三墩镇", "杭州县", "孟津县", "浙江杭州三墩古镇", *(f"无名{number}镇" for number in range(200))]

    with CaptureQueriesContext(connection) as queries:
        large = resolve_many(names)

    assert len(queries) <= 3
    assert [slugs(answer) for answer in large[:4]] == [slugs(resolve(name)) for name in names[:4]]


# --- reasons ----------------------------------------------------------------------------------------------------


def test_reasons_are_in_the_language_of_the_reader() -> None:
    make.hangzhou()
    resolution = resolve("浙江杭州")

    with translation.override("en"):
        assert str(resolution.reason) == (
            "“杭州” is 浙江省杭州市 without the end of its name. “浙江” names what it belongs to."
        )
