from collections.abc import Callable

import pytest

from awards.models import Release
from tests.factories import awards, registry

Rows = Callable[[str], list[dict]]


@pytest.fixture
def two_awards(db: None) -> Release:
    """In the second award 台州 stands before 杭州; the first one went to a zone and an organisation."""
    release = awards.empty_draft()
    first, second = awards.series(release, 1), awards.series(release, 2)
    awards.award(second, "tourism", [("台州", registry.taizhou()), ("杭州", registry.hangzhou())])
    awards.award(first, "towns", [("西湖云栖小镇", registry.zone()), ("腾讯", registry.organisation())])
    return awards.publish_unattended(release)


def test_recipients_come_in_printed_order(two_awards: Release, rows: Rows) -> None:
    printed = [(row["award"], row["position"], row["printed_name"]) for row in rows("recipients/")]
    assert printed == [
        ("towns", 1, "西湖云栖小镇"),
        ("towns", 2, "腾讯"),
        ("tourism", 1, "台州"),
        ("tourism", 2, "杭州"),
    ]


def test_the_newest_edition_comes_first(two_awards: Release, rows: Rows) -> None:
    newer = awards.empty_draft("2019")
    awards.award(awards.series(newer), winners=[("杭州市", registry.hangzhou())])
    awards.publish_unattended(newer)
    assert [row["edition"] for row in rows("recipients/")][:2] == ["2019", "2017-2018"]


def test_a_recipient_shows_the_printed_name_beside_the_place_it_means(
    two_awards: Release, rows: Rows
) -> None:
    row = rows("recipients/?award=tourism")[0]
    assert row["printed_name"] == "台州"
    assert row["subject"]["name"] == {"zh": "台州市", "en": "Taizhou"}
    assert (row["subject"]["code"], row["subject"]["level"], row["subject"]["pinyin"]) == (
        "331000",
        "prefecture",
        "tai zhou shi",
    )
    assert row["subject"]["province"]["slug"] == "330000"


def test_a_zone_has_no_code_but_a_parent(two_awards: Release, rows: Rows) -> None:
    zone = rows("recipients/?award=towns")[0]["subject"]
    assert (zone["code"], zone["parent"]["code"]) == (None, "330106")


def test_an_organisation_has_nothing_that_only_places_have(two_awards: Release, rows: Rows) -> None:
    subject = rows("recipients/?award=towns")[1]["subject"]
    assert (subject["kind"], subject["level"], subject["code"], subject["parent"], subject["province"]) == (
        "organisation",
        None,
        None,
        None,
        None,
    )
    assert subject["page"] == "http://testserver/organisations/tencent/"


def test_every_address_in_a_row_leads_somewhere(two_awards: Release, rows: Rows, client: object) -> None:
    for row in rows("recipients/"):
        parents = [row["subject"][part]["url"] for part in ("parent", "province") if row["subject"][part]]
        for address in (row["url"], row["page"], row["subject"]["url"], row["subject"]["page"], *parents):
            assert client.get(address).status_code == 200, address


def test_its_own_address_gives_the_same_object(two_awards: Release, rows: Rows, ask: Callable) -> None:
    row = rows("recipients/?place=330100")[0]
    assert row["url"] == "http://testserver/api/v1/recipients/2017-2018/tourism/2/"
    assert ask(row["url"]).json() == row


@pytest.mark.parametrize(
    ("query", "printed"),
    [
        ("edition=2017-2018&series=1", ["西湖云栖小镇", "腾讯"]),
        ("line=tourism", ["台州", "杭州"]),
        ("place=330100", ["杭州"]),
        ("subject=tencent", ["腾讯"]),
        ("province=330000", ["西湖云栖小镇", "台州", "杭州"]),
        ("level=zone", ["西湖云栖小镇"]),
        ("award=tourism&ordering=-position", ["杭州", "台州"]),
        ("award=tourism&ordering=pinyin", ["杭州", "台州"]),
    ],
)
def test_filters_and_orders(two_awards: Release, rows: Rows, query: str, printed: list[str]) -> None:
    assert [row["printed_name"] for row in rows(f"recipients/?{query}")] == printed


def test_the_province_itself_belongs_to_its_province(rows: Rows, db: None) -> None:
    release = awards.empty_draft()
    awards.award(awards.series(release), winners=[("北京", registry.beijing())])
    awards.publish_unattended(release)
    assert len(rows("recipients/?province=110000")) == 1
