"""The printed profile of a place: one page, both languages, with its sources, the same bytes each time."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils.translation import override

from awards.models import Release
from cityrank.pages.profiles import Profile, profile_of, profile_pdf
from cityrank.publishing.gate import open_gate
from cityrank.registry.models import Place
from cityrank.results.records import record_of
from tests.exchange.documents.pdfs import pages_of
from tests.factories import awards, corrections, registry
from tests.factories.records import city, publish

pytestmark = pytest.mark.django_db
SITE = "https://cityrank.example"


@pytest.fixture(autouse=True)
def _kept_elsewhere(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def profile(place: Place, language: str = "en") -> Profile:
    with override(language):
        return profile_of(record_of(open_gate(), place), Place.objects.get(pk=place.pk), site=SITE)


def printed(one: Profile) -> list[str]:
    """Return the text of each page without blanks."""
    with override(one.language):
        return pages_of(profile_pdf(one))


def two_years() -> Place:
    publish("2017-2018", [(city(1), "90.00"), (city(2), "80.00"), (city(3), "70.00")])
    publish("2018-2019", [(city(2), "95.10"), (city(1), "90.00"), (city(3), "70.00")], winners=[city(2)])
    return city(2)


def test_it_tells_ranks_awards_sources_and_where_all_of_it_stands() -> None:
    place = two_years()
    (page,) = printed(profile(place))
    for told in (
        "1 / 3",
        "+1",
        "95.10",
        "Most influential smart cities",
        "Why, in our words.",
        "2017–2018: 2",
        f"{SITE}/en/places/{place.slug}/",
        f"{SITE}/en/editions/2018-2019/releases/1/",
    ):
        assert told.replace(" ", "") in page


def test_in_chinese_names_are_as_printed() -> None:
    (page,) = printed(profile(two_years(), "zh-hans"))
    assert "第2市" in page
    assert "最具影响力智慧城市" in page
    assert f"{SITE}/places/{city(2).slug}/" in page


def test_a_place_with_much_still_gets_one_page_that_says_what_is_left_out() -> None:
    one = profile(two_years())
    (award,) = one.awards
    full = replace(
        one,
        courses=one.courses * 20,
        awards=tuple((*award[:3], award[3] * 20) for _number in range(30)),
        releases=one.releases * 10,
    )
    (page,) = printed(full)
    assert "Leftoutforwantofroom:" in page
    assert "moreawards" in page


def test_the_same_record_gives_the_same_bytes() -> None:
    one = profile(two_years())
    assert profile_pdf(one) == profile_pdf(one)
    assert b"/MarkInfo" in profile_pdf(one) or b"/StructTreeRoot" in profile_pdf(one)


def test_a_name_that_the_font_lacks_is_printed_by_its_code_and_the_page_says_so() -> None:
    place = registry.place("339699", "\U00020bb7市", "prefecture", registry.zhejiang(), pinyin="ji shi")
    publish("2018-2019", [(place, "90")])
    (page,) = printed(profile(place, "zh-hans"))
    assert "U+20BB7" in page


def test_markup_in_a_name_is_only_shown() -> None:
    place = registry.place("339698", "#pagebreak() *市*", "prefecture", registry.zhejiang(), pinyin="shi")
    publish("2018-2019", [(place, "90")])
    (page,) = printed(profile(place, "zh-hans"))
    assert "#pagebreak()" in page


def test_a_part_of_a_table_is_marked_as_one() -> None:
    publish("2018-2019", [(city(1), "90"), (city(2), "80")], cutoff=2)
    (page,) = printed(profile(city(2)))
    assert "2/2*" in page
    assert "Onlyapartofthetableisprinted" in page


def test_the_file_is_sent_with_a_name_and_kept_from_search_engines(client: Client) -> None:
    place = two_years()
    response = client.get(f"/en/places/{place.slug}/profile.pdf")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    assert f'filename="{place.slug}-en.pdf"' in response.headers["Content-Disposition"]
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.content == client.get(f"/en/places/{place.slug}/profile.pdf").content


def test_who_received_nothing_has_no_profile(client: Client, release: Release) -> None:
    for path in ("places/330300", "places/1", "organisations/nobody", "apps/nothing"):
        registry.wenzhou()
        assert client.get(f"/{path}/profile.pdf").status_code == 404


def test_a_correction_leads_to_another_profile(client: Client, release: Release) -> None:
    before = client.get("/en/places/339901/profile.pdf").content
    corrections.correct(release, score="88.80")
    after = "".join(pages_of(client.get("/en/places/339901/profile.pdf").content))
    assert "90.00" in "".join(pages_of(before))
    assert "88.80" in after
    assert "Someofthesefigureswerecorrected" in after


def test_a_company_has_a_profile_too(client: Client) -> None:
    draft = awards.empty_draft()
    awards.award(awards.series(draft), winners=[("腾讯", registry.organisation(name_en="Tencent"))])
    awards.acknowledge_all(draft)
    awards.publish_unattended(draft, reason="第一版")
    assert "Tencent" in "".join(pages_of(client.get("/en/organisations/tencent/profile.pdf").content))
