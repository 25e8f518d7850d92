"""A reading whose questions are answered becomes a draft: all that is printed, in one transaction, or nothing."""

import datetime as dt
from decimal import Decimal
from unittest import mock

import pytest

from awards.models import (
    Attachment,
    Award,
    Citation,
    Edition,
    Organiser,
    Recipient,
    Release,
    Section,
    Series,
    Source,
)
from cityrank.exchange.bulletin.comparing import printed_difference
from cityrank.exchange.bulletin.drafting import draft_bulletin
from cityrank.publishing.models import Contribution, Move
from cityrank.publishing.refusals import Refused
from cityrank.registry.models import Organisation
from scores.models import Band, GroupAverage, Ranking, Score
from tests.exchange.bulletin.builders import Bulletin, band
from tests.factories import accounts, awards, registry

pytestmark = pytest.mark.django_db

INFLUENCE, CREATIVE = "2019年度中国最具影响力智慧城市", "2019年度中国最具创新力智慧城市"
CITIES = "地市得分排名(前50强)"


@pytest.fixture
def bulletin() -> Bulletin:
    """Two awards with one citation, a table with rows and bands, a picture, an average and a finding."""
    for place in (registry.hangzhou(), registry.wenzhou(), registry.taizhou()):
        assert place.pk
    registry.organisation("institute", "研究院")
    return (
        Bulletin()
        .organiser("研究院", "publisher")
        .award(INFLUENCE, ["杭州", "温州"], listed="2019年中国最具影响力智慧城市", citation="两城并举。")
        .award(CREATIVE, ["台州"], shared="citation-1")
        .ranking(
            CITIES,
            [("杭州", 1, "80.10", "领先"), ("温州", 2, "79.5", "追赶"), ("台州", 3, "")],
            bands=(band("领先", 1, 1), band("追赶", 2, 3)),
            cutoff=50,
            expected=3,
            maximum=Decimal(100),
        )
        .ranking("区县得分排名(前30强)", cutoff=30, expected=30)
        .average("地级城市", "66.93", top_n=50, previous=Decimal("59.30"), change=Decimal("7.63"))
        .section("一、结论", "结论全文。")
        .section("", "方法全文。", kind="method", series=2)
    )


def test_everything_that_is_printed_stands_in_the_draft(bulletin: Bulletin) -> None:
    draft = draft_bulletin(bulletin.reading(), {}, None, b"")

    assert (draft.status, draft.number, draft.title_zh) == ("draft", 1, "2019年度智慧城市评估结果通报")
    assert (draft.edition.period_start, draft.edition.period_end) == (2019, 2019)
    assert draft.announced_on == dt.date(2019, 7, 30)
    source = Source.objects.get(release=draft)
    assert (source.publisher_zh, source.published_on) == ("某报", dt.date(2019, 7, 31))
    assert list(Organiser.objects.values_list("organisation__slug", "role")) == [("institute", "publisher")]
    award = Award.objects.get(slug="most-influential")
    assert (award.title_listed, award.title_printed) == ("2019年中国最具影响力智慧城市", INFLUENCE)
    assert (award.period_printed, award.expected_count, award.line.slug) == (
        "2019年度",
        2,
        "most-influential",
    )
    assert list(award.recipients.values_list("position", "printed_name", "subject__slug")) == [
        (1, "杭州", "330100"),
        (2, "温州", "330300"),
    ]


def test_a_citation_is_kept_word_for_word_once_for_the_awards_that_share_it(bulletin: Bulletin) -> None:
    draft_bulletin(bulletin.reading(), {})

    (citation,) = Citation.objects.all()
    assert (citation.kind, citation.heading, citation.text_zh) == ("verbatim", "获奖理由", "两城并举。")
    assert set(citation.awards.values_list("slug", flat=True)) == {"most-influential", "most-innovative"}


def test_a_table_has_its_rows_with_their_decimals_bands_and_computed_ranks(bulletin: Bulletin) -> None:
    draft_bulletin(bulletin.reading(), {})

    table = Ranking.objects.get(slug="prefectures-50")
    assert (table.state, table.cutoff, table.expected_count, table.max_score) == ("complete", 50, 3, 100)
    assert (table.peer_group.slug, table.unit) == ("prefecture-level-cities", "points")
    assert [(band.label_zh, band.first_rank, band.last_rank) for band in Band.objects.all()] == [
        ("领先", 1, 1),
        ("追赶", 2, 3),
    ]
    rows = [
        (row.printed_name, row.printed_rank, row.shown_score, row.status, row.computed_rank)
        for row in Score.objects.filter(ranking=table).select_related("ranking")
    ]
    assert rows == [
        ("杭州", 1, "80.10", "final", 1),
        ("温州", 2, "79.5", "final", 2),
        ("台州", 3, "", "missing", None),
    ]
    assert [row.band.label_zh if row.band else "" for row in Score.objects.all()] == ["领先", "追赶", ""]


def test_a_picture_is_not_transcribed_and_keeps_its_caption(bulletin: Bulletin) -> None:
    draft_bulletin(bulletin.reading(), {})

    table = Ranking.objects.get(slug="counties-30")
    assert (table.state, table.image_caption) == ("not_transcribed", "区县得分排名(前30强).jpg")
    assert not table.scores.exists()


def test_averages_and_texts_are_as_printed(bulletin: Bulletin) -> None:
    draft_bulletin(bulletin.reading(), {})

    average = GroupAverage.objects.get()
    assert (average.ranking.slug, average.top_n, average.shown("printed_change")) == (
        "prefectures-50",
        50,
        "7.63",
    )
    finding, method = Section.objects.order_by("kind")
    assert (finding.title_zh, finding.body_zh, finding.is_summary) == ("一、结论", "结论全文。", False)
    assert (method.body_zh, method.series.number) == ("方法全文。", 2)
    assert list(Series.objects.values_list("title_zh", flat=True)) == [
        f"{INFLUENCE}、{CREATIVE}",
        f"{CITIES}、区县得分排名(前30强)",
    ]


def test_the_file_stays_with_the_draft_if_it_is_text(
    bulletin: Bulletin, settings: object, tmp_path: object
) -> None:
    settings.MEDIA_ROOT = tmp_path
    draft_bulletin(bulletin.reading(), {}, None, "通报全文".encode("gb18030"))

    attachment = Attachment.objects.get()
    assert attachment.file.read().decode() == "通报全文"
    assert Source.objects.get().attachment == attachment


def test_the_one_who_imports_is_an_author_and_the_log_says_what_was_read(bulletin: Bulletin) -> None:
    person = accounts.user("publisher")
    draft = draft_bulletin(bulletin.reading(), {}, person)

    assert Contribution.objects.filter(release=draft, person=person).exists()
    move = Move.objects.get(release=draft)
    assert (move.action, move.by) == ("start", person)
    assert "bulletin.txt" in move.reason
    assert Recipient.objects.first().history.get().history_user == person


def test_nobody_imports_whose_role_does_not_set_up_drafts(bulletin: Bulletin) -> None:
    with pytest.raises(Refused):
        draft_bulletin(bulletin.reading(), {}, accounts.user("evaluator"))
    assert not Edition.objects.exists()


def test_nothing_is_written_while_a_question_is_open(bulletin: Bulletin) -> None:
    reading = bulletin.award("2019年度中国最具投资价值智慧城市", ["乌有"]).reading()

    with pytest.raises(Refused) as refused:
        draft_bulletin(reading, {})
    assert "乌有" in str(refused.value)
    assert not Edition.objects.exists()
    draft_bulletin(reading, {"place:investment-value:1:乌有": "open"})
    assert Recipient.objects.get(printed_name="乌有").subject is None


def test_nothing_is_kept_when_it_breaks_off_in_the_middle(bulletin: Bulletin) -> None:
    with (
        mock.patch("cityrank.exchange.bulletin.drafting.write_ranking", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
    ):
        draft_bulletin(bulletin.reading(), {})
    assert not Edition.objects.exists()
    assert not Release.objects.exists()


def test_what_cannot_be_stored_is_named_and_nothing_is_written(bulletin: Bulletin) -> None:
    long = "很" * 130
    reading = bulletin.award("2019年度中国最具投资价值智慧城市", [long]).reading()

    with pytest.raises(Refused) as refused:
        draft_bulletin(reading, {f"place:investment-value:1:{long}": "open"})
    assert "很很很" in str(refused.value)
    assert not Edition.objects.exists()


def test_an_organisation_is_created_with_the_draft() -> None:
    registry.hangzhou()
    reading = (
        Bulletin().organiser("国衡智慧").organiser("新院", "assessor").award(INFLUENCE, ["杭州"]).reading()
    )
    answers = {"organisation:国衡智慧": "guoheng-smart-city-institute", "organisation:新院": "create"}
    draft_bulletin(reading, answers)

    assert set(Organisation.objects.values_list("slug", "name_zh")) == {
        ("guoheng-smart-city-institute", "国衡智慧城市科技研究院"),
        ("xin-yuan", "新院"),
    }
    assert Organiser.objects.count() == 2
    assert Organisation.objects.get(slug="xin-yuan").history.count() == 1


def test_a_text_without_awards_and_tables_is_refused() -> None:
    with pytest.raises(Refused):
        draft_bulletin(Bulletin().reading(), {})


# --- correcting an edition that is there ------------------------------------------------------------------------------


def published(bulletin: Bulletin) -> Release:
    from cityrank.publishing.workflow import publish_unattended

    draft = draft_bulletin(bulletin.reading(), {})
    Award.objects.filter(release=draft).update(title_en="Ours")
    awards.acknowledge_all(draft)
    return publish_unattended(draft)


def test_the_same_bulletin_again_is_a_draft_without_any_difference(bulletin: Bulletin) -> None:
    former = published(bulletin)
    draft = draft_bulletin(bulletin.reading(), {"edition:2019": "correct"})

    assert draft.number == 2
    assert printed_difference(former, draft) == []
    assert list(Award.objects.filter(release=draft).values_list("title_en", flat=True)) == ["Ours", "Ours"]
    assert not Recipient.history.filter(award__release=draft).exists()


def test_a_corrected_bulletin_changes_what_it_prints_otherwise_and_nothing_else(bulletin: Bulletin) -> None:
    former = published(bulletin)
    other = (
        Bulletin()
        .organiser("研究院")
        .award(CREATIVE, ["台州", "杭州"], citation="另一段。")
        .ranking(CITIES, cutoff=50, expected=50)
        .ranking("区县得分排名(前30强)", cutoff=30, expected=30)
        .average("地级城市", "66.94", top_n=50, previous=Decimal("59.30"), change=Decimal("7.63"))
        .section("一、结论", "结论全文。")
    )
    draft = draft_bulletin(other.reading(), {"edition:2019": "correct"})

    assert list(Award.objects.filter(release=draft).values_list("slug", "title_en")) == [
        ("most-innovative", "Ours")
    ]
    assert list(Recipient.objects.of_release(draft).values_list("printed_name", flat=True)) == [
        "台州",
        "杭州",
    ]
    # The picture prints no rows; those that were there stay.
    assert Score.objects.of_release(draft).count() == 3
    changed = {(change.kind, change.of, change.field) for change in printed_difference(former, draft)}
    assert ("removed", "award", "") in changed
    assert ("changed", "groupaverage", "printed_value") in changed
    assert Award.objects.filter(release=former).count() == 2


def test_awards_that_change_places_do_so(bulletin: Bulletin) -> None:
    published(bulletin)
    other = (
        Bulletin()
        .award(CREATIVE, ["台州"], citation="两城并举。")
        .award(INFLUENCE, ["杭州", "温州"], shared="citation-1")
    )
    draft = draft_bulletin(other.reading(), {"edition:2019": "correct"})

    assert list(Award.objects.filter(release=draft).values_list("slug", "position")) == [
        ("most-innovative", 1),
        ("most-influential", 2),
    ]


def test_cancelling_writes_nothing(bulletin: Bulletin) -> None:
    published(bulletin)
    with pytest.raises(Refused):
        draft_bulletin(bulletin.reading(), {"edition:2019": "cancel"})
    assert Release.objects.count() == 1
