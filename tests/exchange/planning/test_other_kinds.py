"""Recipients, averages, places and organisations."""

from pathlib import Path

import pytest

from awards.models import Award, Recipient, Release
from cityrank.exchange.importing import apply_import, open_import, preview, undo_import
from cityrank.exchange.models import Import
from cityrank.registry.models import Organisation, Place
from scores.models import GroupAverage
from tests.exchange.tabular import complaints, draft_with_cities, empty_table, kinds, text_of
from tests.factories import awards, registry

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(settings: object, tmp_path: Path) -> Release:
    settings.MEDIA_ROOT = tmp_path
    return draft_with_cities()


def plan(sheet: str, *rows: tuple, **where: object) -> Import:
    import_, _new = open_import(sheet, text_of(rows), by=None, **where)
    return preview(import_)


def do(sheet: str, *rows: tuple, **where: object) -> Import:
    return apply_import(plan(sheet, *rows, **where), None)


# --- recipients -----------------------------------------------------------------------------------------------------


@pytest.fixture
def award(draft: Release) -> Award:
    return awards.award(awards.series(draft, 1), "innovation", title_printed="最具创新力")


def test_recipients_are_read_into_one_award_or_into_those_that_a_column_names(award: Award) -> None:
    do("recipients", ("城市",), ("杭州",), ("宁波",), release=award.release, into=award)
    do("recipients", ("奖项", "城市"), ("最具创新力", "温州"), ("innovation", "台州"), release=award.release)
    names = award.recipients.order_by("position").values_list("position", "printed_name", "subject__slug")
    assert list(names) == [
        (1, "杭州", "330100"),
        (2, "宁波", "330200"),
        (3, "温州", "330300"),
        (4, "台州", "331000"),
    ]
    assert Recipient.history.count() == 4


def test_a_winner_may_be_a_place_a_company_or_an_app(award: Award) -> None:
    registry.organisation()
    registry.app()
    do("recipients", ("名称",), ("杭州",), ("腾讯",), ("微信",), release=award.release, into=award)
    assert [row.subject.kind for row in award.recipients.order_by("position")] == [
        "place",
        "organisation",
        "app",
    ]


# --- averages -------------------------------------------------------------------------------------------------------

AVERAGES = ("分组", "榜单", "前N名", "本年度", "上年度", "提高")


def test_averages_are_read_with_the_decimals_they_are_printed_with(draft: Release) -> None:
    table = empty_table(draft)
    rows = ("省会城市", "", "", "64.34", "56.70", "8.74"), ("地级市", "cities-50", 50, "66.9%", "", "")
    import_ = do("averages", AVERAGES, *rows, release=draft)
    first, second = GroupAverage.objects.order_by("position")
    assert (first.shown("printed_value"), first.shown("printed_change"), first.ranking) == (
        "64.34",
        "8.74",
        None,
    )
    assert (second.shown("printed_value"), second.ranking, second.top_n) == ("66.9", table, 50)
    assert undo_import(import_, None).removed == 2


def test_an_average_is_known_by_what_its_group_is_called(draft: Release) -> None:
    do("averages", AVERAGES[:1] + AVERAGES[3:4], ("省会城市", "64.34"), ("地级市", "66.93"), release=draft)
    import_ = plan(
        "averages", AVERAGES[:1] + AVERAGES[3:4], ("地级市", "66.94"), ("省会城市", "64.34"), release=draft
    )
    assert kinds(import_) == ["changed", "same"]
    apply_import(import_, None)
    assert [row.printed_label for row in GroupAverage.objects.order_by("position")] == ["省会城市", "地级市"]


def test_figures_of_one_average_have_one_number_of_decimals(draft: Release) -> None:
    import_ = plan("averages", AVERAGES, ("省会城市", "", "", "64.34", "56.7", ""), release=draft)
    assert len(complaints(import_)) == 1


# --- the registry ---------------------------------------------------------------------------------------------------

PLACES = ("标识", "级别", "名称", "所属", "起始日期")


def test_places_are_read_with_what_they_belong_to_also_where_that_comes_later(draft: Release) -> None:
    rows = (
        ("yunqi-xiaozhen", "zone", "云栖小镇", "xin-qu", "2015-01-01"),
        ("xin-qu", "county", "新区", "浙江省杭州市", ""),
    )
    import_ = do("places", PLACES, *rows)
    zone = Place.objects.get(slug="yunqi-xiaozhen")
    assert zone.path_zh == "浙江省杭州市新区云栖小镇"
    assert (zone.pinyin, zone.province.slug) == ("yun qi xiao zhen", "330000")
    assert Place.history.filter(slug="xin-qu").count() == 1
    assert kinds(plan("places", PLACES, *rows, again=True)) == ["same", "same"]
    assert undo_import(import_, None).removed == 2
    assert not Place.objects.filter(slug="xin-qu").exists()


def test_a_changed_place_gets_its_former_values_back(draft: Release) -> None:
    import_ = do("places", PLACES, ("330100", "prefecture", "杭州都", "浙江省", ""))
    assert Place.objects.get(slug="330100").name_zh == "杭州都"
    assert undo_import(import_, None).restored == 1
    assert Place.objects.get(slug="330100").name_zh == "杭州市"


@pytest.mark.parametrize(
    "row",
    [
        ("neu", "planet", "新地", "330100", ""),
        ("neu", "county", "新地", "", ""),
        ("neu", "county", "新地", "乌有省", ""),
        ("neu", "province", "新地", "330100", ""),
        ("neu", "county", "新地", "330100", "gestern"),
        ("Neu neu", "county", "新地", "330100", ""),
        ("", "county", "新地", "330100", ""),
        ("neu", "country", "新地", "330100", ""),
    ],
)
def test_a_place_that_cannot_be_is_refused(draft: Release, row: tuple) -> None:
    assert kinds(plan("places", PLACES, row)) == ["refused"]


def test_a_place_that_others_stand_on_is_kept_when_its_import_is_undone(draft: Release) -> None:
    import_ = do("places", PLACES, ("neu", "county", "新地", "330100", ""))
    table = empty_table(draft)
    table.scores.create(
        position=1, printed_name="新地", subject=Place.objects.get(slug="neu"), printed_score=1
    )
    undone = undo_import(import_, None)
    assert (undone.removed, undone.kept) == (0, ["新地"])


def test_organisations_are_read_and_keep_their_identifiers(draft: Release) -> None:
    registry.app()
    do("organisations", ("标识", "名称", "网址"), ("acme", "顶点公司", "https://acme.example"))
    assert Organisation.objects.get(slug="acme").website == "https://acme.example"
    taken = plan("organisations", ("标识", "名称"), ("wechat", "别的"), ("330100", "别的"))
    assert kinds(taken) == ["refused", "refused"]
