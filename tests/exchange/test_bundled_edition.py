"""What the bulletin of 2017-2018 says, counted again in the database."""

from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from awards.models import Award, Fact, Organiser, Recipient, Release, Section, Series
from cityrank.exchange.edition_file import BUNDLED, load_edition
from cityrank.publishing.checks import findings
from cityrank.publishing.workflow import start_draft
from cityrank.registry.models import Place
from scores.models import GroupAverage, Ranking, Score
from tests.factories.bundled import printed_awards

pytestmark = pytest.mark.django_db


def test_eight_series_hold_ten_awards_with_the_printed_number_of_recipients(bundled: Release) -> None:
    awards = Award.objects.filter(release=bundled).order_by("series__number", "position")
    assert Series.objects.filter(release=bundled).count() == 8
    assert [award.recipients.count() for award in awards] == [2, 2, 2, 4, 6, 4, 15, 17, 25, 50]
    assert [award.expected_count for award in awards] == [2, 2, 2, 4, 6, 4, 15, 17, 25, 50]
    assert Recipient.objects.of_release(bundled).count() == 127


def test_recipients_stand_in_printed_order_under_their_printed_names(bundled: Release) -> None:
    for entry in printed_awards():
        award = Award.objects.get(release=bundled, slug=entry["slug"])
        stored = award.recipients.order_by("position").values_list("printed_name", "subject__slug")
        assert list(stored) == [(r["printed"], r["place"]) for r in entry["recipients"]]


def test_every_recipient_is_a_place_of_its_time_below_a_province(bundled: Release) -> None:
    places = Place.objects.filter(recipients__award__release=bundled)
    assert places.count() == 127
    assert not places.exclude(pk__in=Place.objects.valid_on(bundled.announced_on)).exists()
    assert not places.filter(province=None).exclude(level="province").exists()


@pytest.mark.parametrize(
    ("printed", "name", "parents"),
    [
        ("上海市浦东新区", "浦东新区", ["上海市"]),
        ("云南德宏州瑞丽市畹町镇", "畹町镇", ["云南省", "德宏傣族景颇族自治州", "瑞丽市"]),
        ("湖北宜昌市兴山县昭君镇", "昭君镇", ["湖北省", "宜昌市", "兴山县"]),
        ("深圳市坪山新区", "坪山区", ["广东省", "深圳市"]),
        ("济源", "济源市", ["河南省"]),
        ("南京市河西新城区(建邺区)", "河西新城区", ["江苏省", "南京市", "建邺区"]),
        ("河南洛阳市孟津县朝阳镇", "朝阳镇", ["河南省", "洛阳市", "孟津县"]),
    ],
)
def test_names_with_a_history_mean_the_place_at_the_right_level(
    bundled: Release, printed: str, name: str, parents: list[str]
) -> None:
    place = Place.objects.get(recipients__award__release=bundled, recipients__printed_name=printed)
    assert place.name_zh == name
    assert [above.name_zh for above in place.ancestors()] == parents


def test_the_citation_of_the_fifth_series_covers_both_of_its_awards(bundled: Release) -> None:
    towns, small_towns = Award.objects.filter(release=bundled, series__number=5)
    assert towns.citation == small_towns.citation
    assert towns.citation.kind == "summary"
    assert Award.objects.filter(release=bundled, citation=None).count() == 0


def test_the_second_series_keeps_both_of_its_periods(bundled: Release) -> None:
    for award in Award.objects.filter(release=bundled, series__number=2):
        assert (award.period_listed, award.period_printed) == ("2018年度", "2018-2019年度")
        assert award.titles_differ


def test_tables_that_are_pictures_say_so_and_hold_no_figure(bundled: Release) -> None:
    states = dict(Ranking.objects.filter(release=bundled).values_list("slug", "state"))
    assert states.pop("common-apps") == "announced"
    assert len(states) == 8
    assert set(states.values()) == {"not_transcribed"}
    scores = Score.objects.of_release(bundled)
    assert list(scores.order_by("position").values_list("printed_name", flat=True)) == [
        "腾讯",
        "阿里巴巴",
        "百度",
    ]
    assert set(scores.values_list("printed_rank", "printed_score", "computed_rank")) == {(None, None, None)}


def test_six_tables_of_scores_have_their_printed_cut_offs(bundled: Release) -> None:
    tables = Ranking.objects.filter(release=bundled, series__number=8).order_by("position")
    assert [table.cutoff for table in tables] == [None, None, 50, 20, 30, 30]


def test_six_averages_are_as_printed(bundled: Release) -> None:
    printed = GroupAverage.objects.filter(release=bundled).values_list(
        "printed_value", "printed_previous", "printed_change", "top_n"
    )
    assert [tuple(map(str, row)) for row in printed] == [
        ("73.5400", "63.4800", "10.0600", "None"),
        ("64.3400", "56.7000", "8.7400", "None"),
        ("66.9300", "59.3000", "7.6300", "50"),
        ("77.9600", "70.1900", "7.7700", "20"),
        ("72.3200", "67.0500", "5.2700", "20"),
        ("66.6500", "61.2000", "5.4500", "30"),
    ]


def test_the_contradiction_of_the_provincial_capitals_is_computed(bundled: Release) -> None:
    wrong = [
        average for average in GroupAverage.objects.filter(release=bundled) if average.contradicts_itself
    ]
    assert [(average.printed_label, average.computed_change, average.discrepancy) for average in wrong] == [
        ("省会城市", Decimal("7.64"), Decimal("1.10"))
    ]
    assert "7.64" not in BUNDLED.read_text()


def test_one_average_is_taken_over_fewer_rows_than_its_table_shows(bundled: Release) -> None:
    differing = [
        average for average in GroupAverage.objects.filter(release=bundled) if average.n_differs_from_cutoff
    ]
    assert [(average.top_n, average.ranking.cutoff) for average in differing] == [(20, 30)]


def test_what_the_bulletin_contradicts_is_acknowledged_with_a_reason_and_nothing_is_open(
    bundled: Release,
) -> None:
    found = findings(bundled)
    assert {(finding.rule.name, finding.found.row) for finding in found} == {
        ("award-titles", "award:investment-value"),
        ("award-titles", "award:development-potential"),
        ("table-titles", "ranking:provinces-digital-economy"),
        ("average-change", "average:2"),
        ("average-cutoff", "average:5"),
        ("average-group", "average:3"),
        ("average-group", "average:6"),
    }
    assert [finding.acknowledgement.by for finding in found] == [None] * 7
    call_command("check_edition", "2017-2018", stdout=StringIO())  # would end with 1


def test_another_figure_makes_an_acknowledgement_of_the_file_outdated(bundled: Release) -> None:
    draft = start_draft(bundled.edition)
    assert all(finding.acknowledgement for finding in findings(draft))
    GroupAverage.objects.filter(release=draft, position=2).update(printed_change="9.74")
    Award.objects.filter(release=draft, slug="investment-value").update(period_printed="2019年度")
    outdated = [finding.found.row for finding in findings(draft) if finding.is_outdated]
    assert sorted(outdated) == ["average:2", "award:investment-value"]


def test_the_national_figures_stand_in_their_findings(bundled: Release) -> None:
    facts = Fact.objects.filter(release=bundled)
    assert {"95%", "83%"} <= set(facts.values_list("printed", flat=True))
    assert {Decimal(500), Decimal(290), Decimal(300)} <= set(facts.values_list("value", flat=True))
    assert not facts.filter(section=None).exists()
    assert not facts.filter(source=None).exists()


def test_six_findings_and_the_notes_on_method_are_there_in_both_languages(bundled: Release) -> None:
    sections = Section.objects.filter(release=bundled)
    assert list(sections.filter(kind="finding").values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert set(sections.filter(kind="method").values_list("series__number", flat=True)) == {6, 7}
    assert not sections.filter(body_en="").exists()
    assert set(sections.values_list("is_summary", flat=True)) == {True}


def test_the_organisers_are_those_of_the_bulletin(bundled: Release) -> None:
    names = Organiser.objects.filter(release=bundled, role="publisher").values_list(
        "organisation__name_zh", flat=True
    )
    assert list(names) == ["中国信息化研究与促进网", "国衡智慧城市科技研究院"]
    assert str(bundled.announced_on) == "2018-07-30"


def test_it_is_public_as_release_one_and_loading_it_again_changes_nothing(bundled: Release) -> None:
    assert (bundled.number, bundled.status) == (1, "published")
    again, loaded = load_edition()
    assert (again, loaded) == (bundled, False)
