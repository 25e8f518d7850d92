"""Properties of name resolution on the real gazetteer, and the bundled edition's printed names on it.

The gazetteer is loaded once for this module, in a transaction that is rolled back at its end (see conftest.py).
"""

import datetime as dt
import random
import tomllib
from collections import defaultdict
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from cityrank.exchange.edition_file import BUNDLED
from cityrank.registry.models import Place
from cityrank.registry.names import stem
from cityrank.registry.resolver import Outcome, resolve, resolve_many

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("full_gazetteer"), pytest.mark.long]
PUBLISHED = dt.date(2018, 7, 30)


@dataclass(frozen=True)
class Row:
    pk: int
    name: str
    level: str
    parent: int | None


@pytest.fixture(scope="module")
def paths(full_gazetteer: None, django_db_blocker: DjangoDbBlocker) -> dict[int, list[Row]]:
    """Today's places by their key, each with the places above it, from the province down to itself."""
    fields = ("pk", "name_zh", "level", "parent_id")
    with django_db_blocker.unblock():
        places = Place.objects.exclude(level="country")
        rows = {row[0]: Row(*row) for row in places.values_list(*fields)}
        current = list(places.current().values_list("pk", flat=True))

    def path(row: Row) -> list[Row]:
        return [*(path(rows[row.parent]) if row.parent in rows else []), row]

    return {pk: path(rows[pk]) for pk in current}


@pytest.fixture(scope="module")
def printed() -> list[tuple[str, str]]:
    """The bundled edition's recipients: the name as printed and the identifier of the place the file gives."""
    edition = tomllib.loads(BUNDLED.read_text(encoding="utf-8"))
    awards = [award for series in edition["series"] for award in series.get("awards", [])]
    return [
        (recipient["printed"], recipient["place"]) for award in awards for recipient in award["recipients"]
    ]


def test_every_full_path_of_the_gazetteer_is_that_very_place(paths: dict[int, list[Row]]) -> None:
    texts = {pk: "".join(row.name for row in path) for pk, path in paths.items()}
    assert len(texts) > 40_000

    with CaptureQueriesContext(connection) as queries:
        answers = resolve_many(texts.values())

    assert len(queries) <= 3
    wrong = [
        (text, answer.outcome, [candidate.path_zh for candidate in answer.candidates])
        for (pk, text), answer in zip(texts.items(), answers, strict=True)
        if answer.subject_id != pk
    ]
    assert wrong == []


def test_a_bare_name_is_ambiguous_exactly_if_several_places_hold_it(paths: dict[int, list[Row]]) -> None:
    holders = defaultdict(set)
    for pk, path in paths.items():
        holders[path[-1].name].add(pk)
    names = list(holders)

    for name, answer in zip(names, resolve_many(names), strict=True):
        listed = {option.entry.pk for option in answer.options}
        assert holders[name] <= listed, name
        if len(holders[name]) > 1:
            assert answer.outcome == Outcome.AMBIGUOUS, name
            assert answer.total >= len(holders[name])
        elif answer.outcome == Outcome.FOUND:
            assert holders[name] == {answer.subject_id}, name
        else:
            # A name that can also be read as a path (上海庙镇: a town, or 庙镇 in 上海) or is another's other name.
            assert answer.outcome == Outcome.AMBIGUOUS, name


def test_however_the_places_above_are_printed_no_other_place_is_found(paths: dict[int, list[Row]]) -> None:
    """One random way to print each place: any places above left out or shortened, in any of the usual spellings."""
    chance = random.Random(20180730)
    texts = {}
    for pk, path in paths.items():
        above = [row for row in path[:-1] if chance.random() < 0.6]
        words = [*(row.name if chance.random() < 0.5 else stem(row.name) for row in above), path[-1].name]
        texts[pk] = chance.choice(["", "", " ", "　", "/"]).join(words)

    found = 0
    for (pk, text), answer in zip(texts.items(), resolve_many(texts.values()), strict=True):
        if answer.outcome == Outcome.FOUND:
            assert answer.subject_id == pk, text
            found += 1
        else:
            assert answer.outcome == Outcome.AMBIGUOUS, text
            assert pk in {option.entry.pk for option in answer.options}, text
    assert found > 0.8 * len(texts)


@pytest.mark.parametrize(("name", "least"), [("鼓楼区", 4), ("朝阳区", 2), ("新华区", 3), ("城关镇", 50)])
def test_well_known_shared_names_are_ambiguous(name: str, least: int) -> None:
    answer = resolve(name)

    assert answer.outcome == Outcome.AMBIGUOUS
    assert answer.total >= least
    assert len(answer.candidates) == min(answer.total, 20)


@pytest.mark.parametrize(
    ("text", "levels", "slug"),
    [
        ("北京", None, "110000"),
        ("重庆", None, "500000"),
        ("河南", None, "410000"),
        ("吉林", {"province"}, "220000"),
        ("吉林", {"prefecture"}, "220200"),
        ("朝阳", {"prefecture"}, "211300"),
        ("海南", {"province"}, "460000"),
        ("孟津县", None, "410322"),
        ("河南省洛阳市孟津县朝阳镇", None, "mengjin-chaoyang-zhen"),
        ("南京市河西新城区（建邺区）", None, "nanjing-hexi-xinchengqu"),
        ("山东省莱芜市莱城区口镇街道", None, "370116005"),
    ],
)
def test_names_of_the_time_are_the_places_of_the_time(text: str, levels: set[str] | None, slug: str) -> None:
    answer = resolve(text, on=PUBLISHED, levels=levels)

    assert [answer.outcome, answer.candidates[0].slug] == [Outcome.FOUND, slug]


@pytest.mark.parametrize("text", ["吉林", "朝阳", "海南"])
def test_short_names_of_places_at_neighbouring_levels_stay_ambiguous(text: str) -> None:
    assert resolve(text).outcome == Outcome.AMBIGUOUS


def test_a_county_of_2017_leads_to_the_district_of_today() -> None:
    answer = resolve("孟津县", on=PUBLISHED)

    assert [place.path_zh for place in answer.successors] == ["河南省洛阳市孟津区"]
    assert resolve("孟津区").is_found


def test_no_printed_name_of_the_edition_is_found_to_be_another_place(printed: list[tuple[str, str]]) -> None:
    assert len(printed) == 127

    for (text, slug), answer in zip(
        printed, resolve_many([text for text, _ in printed], on=PUBLISHED), strict=True
    ):
        listed = [candidate.slug for candidate in answer.candidates]
        assert slug in listed, text
        assert answer.outcome != Outcome.FOUND or listed[0] == slug, text


def test_almost_all_printed_names_of_the_edition_are_found(printed: list[tuple[str, str]]) -> None:
    answers = resolve_many([text for text, _slug in printed], on=PUBLISHED)

    open_ones = {answer.printed for answer in answers if answer.outcome == Outcome.AMBIGUOUS}
    unknown = {answer.printed for answer in answers if answer.outcome == Outcome.UNKNOWN}
    # Cities whose short name is also that of a county or district.
    assert open_ones == {"西安", "长沙", "湘潭", "黄山"}
    # Old towns: the town is a near candidate until somebody records the name as one of its own.
    assert all(text.endswith("古镇") for text in unknown)


def test_a_name_alone_is_answered_as_in_a_batch(
    paths: dict[int, list[Row]], printed: list[tuple[str, str]]
) -> None:
    chance = random.Random(127)
    some = chance.sample(sorted(paths), 40)
    names = [text for text, _slug in chance.sample(printed, 40)]
    names += ["".join(row.name for row in paths[pk][-2:]) for pk in some]
    names += [stem(paths[pk][-1].name) for pk in some] + [paths[pk][-1].name[:-1] + "县" for pk in some]

    for name, together in zip(
        names, resolve_many([*names, *map(str, range(100))], on=PUBLISHED), strict=False
    ):
        alone = resolve(name, on=PUBLISHED)
        assert alone.outcome == together.outcome, name
        assert [option.entry.slug for option in alone.options] == [
            option.entry.slug for option in together.options
        ], name


def test_a_name_alone_takes_few_queries() -> None:
    with CaptureQueriesContext(connection) as queries:
        answer = resolve("湖北宜昌市兴山县昭君镇")

    assert answer.is_found
    assert len(queries) <= 10
