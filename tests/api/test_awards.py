"""Awards and the citations that cover them."""

from collections.abc import Callable

from awards.models import Release
from tests.factories import awards

Rows = Callable[[str], list[dict]]


def test_an_award_has_both_titles_and_the_reason(db: None, ask: Callable) -> None:
    release = awards.empty_draft()
    awards.award(
        awards.series(release, 2),
        citation=awards.citation(release),
        title_listed="最具投资价值",
        title_printed="最具投资价值智慧城市",
        period_listed="2018年度",
        period_printed="2018-2019年度",
    )
    awards.publish_unattended(release)
    award = ask("awards/2017-2018/most-influential/").json()
    assert (award["title_listed"], award["title_printed"]) == ("最具投资价值", "最具投资价值智慧城市")
    assert (award["period_listed"], award["period_printed"]) == ("2018年度", "2018-2019年度")
    assert award["citation"]["text"] == {"zh": "理由概述。", "en": "Why, in our words."}
    assert award["citation"]["kind"] == "summary"


def test_a_shared_citation_names_all_its_awards(db: None, rows: Rows, ask: Callable) -> None:
    release = awards.empty_draft()
    shared, series = awards.citation(release), awards.series(release, 5)
    awards.award(series, "towns-25", citation=shared)
    awards.award(series, "towns-50", citation=shared)
    awards.publish_unattended(release)
    (row,) = rows("citations/?award=towns-50")
    assert [award["slug"] for award in row["awards"]] == ["towns-25", "towns-50"]
    assert row["page"] == "http://testserver/editions/2017-2018/awards/towns-25/"
    assert ask(row["url"]).json() == row


def test_awards_are_found_by_who_received_them(release: Release, rows: Rows) -> None:
    assert [row["slug"] for row in rows("awards/?place=330106")] == []
    assert [row["slug"] for row in rows("awards/?place=330106101")] == ["award-1"]


def test_an_award_leads_to_its_recipients(release: Release, rows: Rows, ask: Callable) -> None:
    (row,) = rows("awards/")
    assert ask(row["recipients_url"]).json()["results"][0]["printed_name"] == "第1镇"
