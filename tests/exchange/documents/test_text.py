"""The bulletin as text can be read back by the reader of bulletins: the same awards, winners, rows and averages."""

from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from awards.models import Award, Recipient, Release
from cityrank.exchange.bulletin.documents import read_document
from cityrank.exchange.bulletin.elements import Reading
from cityrank.exchange.bulletin.reading import read_bulletin
from cityrank.exchange.documents.composing import compose
from cityrank.exchange.documents.text import as_text
from scores.models import GroupAverage, Ranking, Score
from tests.factories import awards, scores

# Made-up cities that no list of words knows.
CITIES = tuple(f"{first}{second}市" for first in "临怀安宁昌" for second in "川溪原陵湖")
THEMES = ("最具活力", "最具韧性", "最佳治理", "最具特色", "最具温度", "优秀数治")
GROUPS = ("沿海城市", "内陆城市", "省会城市", "山区城市")


def read(release: Release) -> Reading:
    return read_bulletin(read_document(as_text(compose(release, "zh")).encode(), "bulletin.txt"))


def told(reading: Reading) -> dict[str, object]:
    """Return what a reading says, in the words of the database."""
    return {
        "awards": [
            (one.series, one.title_listed, one.title_printed, [winner.printed for winner in one.winners])
            for one in reading.awards
        ],
        "tables": [
            (one.series, one.title_printed, [(row.rank, row.printed, row.score) for row in one.rows])
            for one in reading.rankings
        ],
        "averages": [(one.printed_label, one.value, one.previous, one.change) for one in reading.averages],
    }


def stored(release: Release) -> dict[str, object]:
    """Return the same of the database; of a table that is not transcribed, nothing is read from the text."""
    places = ("series__number", "position")
    return {
        "awards": [
            (one.series.number, one.title_listed, one.title_printed, _names(one))
            for one in Award.objects.of_release(release).select_related("series").order_by(*places)
        ],
        "tables": [
            (one.series.number, one.title_printed, _rows(one) if one.is_transcribed else [])
            for one in Ranking.objects.of_release(release).select_related("series").order_by(*places)
        ],
        "averages": [
            (one.printed_label, one.printed_value, one.printed_previous, one.printed_change)
            for one in GroupAverage.objects.of_release(release).order_by("position")
        ],
    }


def _names(award: Award) -> list[str]:
    return list(award.recipients.order_by("position").values_list("printed_name", flat=True))


def _rows(ranking: Ranking) -> list[tuple]:
    rows = ranking.scores.order_by("position")
    return list(rows.values_list("printed_rank", "printed_name", "printed_score"))


def test_the_bundled_edition_is_read_back(bundled: Release) -> None:
    reading = read(bundled)
    assert told(reading) == stored(bundled)
    assert reading.unaccounted() == []
    assert [one.top_n for one in reading.averages] == [None, None, 50, 20, 20, 30]
    assert [one.state for one in reading.rankings].count("not_transcribed") == 8
    assert reading.head.announced_on == "2018-07-30"
    assert reading.head.title == bundled.title_zh
    assert len({one.citation for one in reading.awards if one.citation}) == 9


@st.composite
def editions(draw: st.DrawFn) -> dict[str, list]:
    """Draw series of awards and a table, with names, scores and averages."""
    cities = st.lists(st.sampled_from(CITIES), min_size=1, max_size=12, unique=True)
    score = st.decimals("1", "100", places=2)
    chosen = draw(st.lists(st.sampled_from(THEMES), min_size=1, max_size=4, unique=True))
    groups = draw(st.lists(st.sampled_from(GROUPS), max_size=2, unique=True))
    rate = st.decimals("10", "99", places=2)
    return {
        "awards": [(theme, draw(cities)) for theme in chosen],
        "tables": [(group, [(city, draw(score)) for city in draw(cities)]) for group in groups],
        "averages": [(group, draw(rate), draw(st.none() | rate)) for group in groups],
    }


def build(drawn: dict[str, list]) -> Release:
    release = awards.empty_draft("2020-2021", title_zh="2020-2021城市评估结果通报")
    for number, (theme, names) in enumerate(drawn["awards"], 1):
        title = f"2020-2021年度{theme}城市"
        why = awards.citation(release, f"why-{number}", "这些城市在评估年度内进步明显。")
        made = awards.award(
            awards.series(release, number, title_zh=f"城市奖{number}"), f"award-{number}",
            title_listed=title, title_printed=title, citation=why,
        )  # fmt: skip
        Recipient.objects.bulk_create(
            Recipient(award=made, position=place, printed_name=name) for place, name in enumerate(names, 1)
        )
    last = awards.series(release, len(drawn["awards"]) + 1, title_zh="城市得分")
    for place, (group, rows) in enumerate(drawn["tables"], 1):
        title = f"{group}得分排名"
        table = scores.ranking(last, f"table-{place}", title_listed="", title_printed=title, cutoff=None)
        Score.objects.bulk_create(
            Score(ranking=table, position=at, printed_name=name, printed_rank=at, printed_score=value)
            for at, (name, value) in enumerate(rows, 1)
        )
    for place, (group, value, previous) in enumerate(drawn["averages"], 1):
        change = None if previous is None else value - previous
        scores.average(
            release, place, None, printed_label=group, top_n=None, printed_value=value,
            printed_previous=previous, printed_change=change,
        )  # fmt: skip
    return release


@pytest.mark.long
@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(editions())
def test_whatever_is_composed_is_read_back(drawn: dict[str, list]) -> None:
    with transaction.atomic():
        release = build(drawn)
        reading = read(release)
        assert told(reading) == stored(release)
        assert reading.unaccounted() == []
        transaction.set_rollback(True)


def test_a_cell_that_is_not_printed_is_left_out(db: None) -> None:
    release = build(
        {
            "awards": [("最具活力", ["临川市"])],
            "tables": [("沿海城市", [("临川市", Decimal("80.50"))])],
            "averages": [],
        }
    )
    Score.objects.update(printed_rank=None)
    assert "\n临川市\t80.50\n" in as_text(compose(release, "zh"))
    assert told(read(release)) == stored(release)
