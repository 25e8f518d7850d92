"""What is found, in which order, in which group; and what is suggested while somebody types."""

import re
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from awards.models import Release
from cityrank.publishing.workflow import publish_unattended
from cityrank.registry.models import Alias
from tests.factories import awards, registry
from tests.pages.conftest import Reader

LINK = re.compile(r'<a (?:class="hit"|role="option")[^>]*href="([^"]+)"[^>]*>(.*?)</a>')


def hits(page: str) -> dict[str, str]:
    """Return what each hit or suggestion says by its address, in their order."""
    return {address: " ".join(strip_tags(text).split()) for address, text in LINK.findall(page)}


def places(page: str) -> list[str]:
    return [address.split("/")[-2] for address in hits(page) if "/places/" in address]


@pytest.fixture
def namesakes(db: None) -> None:
    """鼓楼区 in three cities, and a town of that name."""
    for city, province in (("320100", "320000"), ("350100", "350000"), ("410200", "410000")):
        names = {"320000": "江苏省", "350000": "福建省", "410000": "河南省"}
        cities = {"320100": "南京市", "350100": "福州市", "410200": "开封市"}
        above = registry.place(
            city, cities[city], "prefecture", registry.place(province, names[province], "province")
        )
        registry.place(f"{city[:4]}06", "鼓楼区", "county", above)
    registry.place("320106999", "鼓楼街道", "township", registry.place("320106", "鼓楼区", "county"))


# --- what it is and where -------------------------------------------------------------------------------------------


def test_namesakes_are_told_apart_by_level_path_and_code(read: Reader, namesakes: None) -> None:
    found = hits(read("/en/search/?q=gulou"))
    assert "Nanjing, Jiangsu · 320106" in found["/en/places/320106/"]
    assert "Fuzhou, Fujian · 350106" in found["/en/places/350106/"]
    assert found["/en/places/410206/"].startswith("Gulou 鼓楼区 county level")
    assert list(found)[-1] == "/en/places/320106999/"


def test_a_city_before_the_name_leaves_the_one_that_lies_there(read: Reader, namesakes: None) -> None:
    for query in ("福州鼓楼", "fuzhou gulou", "福建鼓楼区", "Gulou District, Fuzhou"):
        assert places(read(f"/search/?q={quote(query)}")) == ["350106"]


def test_a_former_unit_says_until_when(read: Reader, db: None) -> None:
    registry.renamed_county()
    assert "former unit until March 17, 2021" in hits(read("/en/search/?q=mengjin"))["/en/places/410322/"]


def test_the_other_name_that_was_asked_for_is_shown(read: Reader, db: None) -> None:
    Alias.objects.create(subject=registry.beijing(), text="北平", kind="former")
    assert "also called 北平" in hits(read("/en/search/?q=北平"))["/en/places/110000/"]
    assert "also called" not in read("/en/search/?q=北京")


def test_groups_have_headings_of_their_own(read: Reader, release: Release) -> None:
    page = read("/en/search/?q=2017-2018")
    headings = re.findall(r"<h2[^>]*>\s*([^<]+?)\s*<", page)
    groups = ("Awards", "Rankings", "Editions")
    assert [heading for heading in headings if heading in groups] == list(groups)


def test_a_provider_is_found_once_a_release_names_it_and_an_app_with_it(
    read: Reader, release: Release
) -> None:
    page = read("/en/search/?q=institute")
    assert "Organisations and apps" in page
    registry.app()
    assert "/apps/wechat/" not in read("/search/?q=weixin")


def test_titles_are_found_by_words_in_any_order_and_in_traditional_characters(
    read: Reader, release: Release
) -> None:
    award = '/editions/2017-2018/awards/award-1/"'
    assert award in read("/search/?q=" + quote("影響力 2017-2018"))
    assert award in read("/search/?q=" + quote("城市 影响力"))
    assert award not in read("/search/?q=" + quote("影响力 没有"))


# --- order ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def twins(db: None) -> None:
    registry.place("330191", "同名区", "county", registry.hangzhou())
    registry.place("330192", "同名区", "county", registry.hangzhou())


def test_among_equals_a_place_with_published_results_comes_first(
    read: Reader, release: Release, twins: None
) -> None:
    assert places(read("/search/?q=同名")) == ["330191", "330192"]
    draft = awards.empty_draft("2018-2019")
    second = registry.place("330192", "同名区", "county")
    awards.award(awards.series(draft), "award-x", [("同名", second)])
    cache.clear()
    assert places(read("/search/?q=同名")) == ["330191", "330192"]

    awards.acknowledge_all(draft)
    publish_unattended(draft)
    cache.clear()
    page = read("/en/search/?q=同名")
    assert places(page) == ["330192", "330191"]
    assert "has results" in hits(page)["/en/places/330192/"]
    assert "has results" not in hits(page)["/en/places/330191/"]


def test_the_name_itself_stands_before_results_of_others(read: Reader, release: Release) -> None:
    winner = registry.place("330106", "西湖区", "county")
    registry.place("330193", "西湖", "county", registry.hangzhou())
    assert places(read("/search/?q=西湖"))[0] == "330193"
    assert winner.slug in places(read("/search/?q=西湖"))


# --- nearly right ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["hangzou", "hangzhouu", "hngzhou", "hangzhuo", "航州"])
def test_a_slip_is_answered_by_what_was_meant_and_said_to_be_a_guess(read: Reader, query: str) -> None:
    registry.hangzhou()
    page = read(f"/en/search/?q={quote(query)}")
    assert "Did you mean" in page
    assert "similar spelling" in hits(page)["/en/places/330100/"]


def test_a_word_that_finds_enough_is_no_slip(read: Reader, db: None) -> None:
    registry.hangzhou()
    for number in range(5):
        registry.place(f"33019{number}", "杭洲区", "county", registry.hangzhou(), pinyin="hang zho qu")
    assert "Did you mean" not in read("/en/search/?q=hangzho")


# --- many hits ------------------------------------------------------------------------------------------------------


@pytest.fixture
def many(db: None) -> None:
    for number in range(30):
        registry.town(f"3301061{number:02}", f"新同{number}镇")
    henan = registry.place("410000", "河南省", "province")
    registry.place("419000", "新同市", "prefecture", henan)


def test_many_hits_can_be_narrowed_by_kind_and_province(read: Reader, many: None) -> None:
    page = read("/en/search/?q=新同")
    assert 'prefecture level <span class="count">1</span>' in page
    assert places(read("/en/search/?q=新同&kind=prefecture")) == ["419000"]
    assert places(read("/en/search/?q=新同&province=410000")) == ["419000"]
    assert "None of what was found" in read("/en/search/?q=新同&province=410000&kind=township")
    assert f'href="?q={quote("新同")}&kind=township&page=2"' in read("/en/search/?q=新同&kind=township")


@pytest.mark.parametrize("wish", ["kind=nonsense", "province=%00", "province=x&kind=&page=-1", "page=99"])
def test_a_wish_that_makes_no_sense_gets_an_answer(read: Reader, many: None, wish: str) -> None:
    read(f"/en/search/?q=新同&{wish}")


# --- suggestions ----------------------------------------------------------------------------------------------------


def test_suggestions_are_options_of_a_list_box_in_the_language_of_the_page(
    client: Client, namesakes: None
) -> None:
    response = client.get("/en/search/suggestions/", {"q": "gulou"})
    page = " ".join(response.content.decode().split())
    assert page.startswith('<div role="listbox"')
    assert 'data-said="4 suggestions"' in page
    assert list(hits(page))[-1] == "/en/search/?q=gulou"
    assert places(page) == ["320106", "350106", "410206", "320106999"]
    assert response["Cache-Control"] == "no-cache"
    assert response["X-Robots-Tag"] == "noindex"


def test_suggestions_name_awards_rankings_and_editions(read: Reader, release: Release) -> None:
    found = hits(read("/en/search/suggestions/?q=2017-2018"))
    assert {"/en/editions/2017-2018/", "/en/editions/2017-2018/awards/award-1/"} <= found.keys()


@pytest.mark.parametrize("query", ["", " ", "h", "%00", "zzzzqq"])
def test_where_nothing_is_found_nothing_is_suggested(read: Reader, db: None, query: str) -> None:
    page = read(f"/en/search/suggestions/?q={query}")
    assert "No suggestions" in page
    assert 'role="option"' not in page


def test_the_form_works_without_a_script_and_names_where_suggestions_come_from(
    read: Reader, db: None
) -> None:
    page = read("/en/")
    form = page[page.index('<form class="search"') :]
    assert 'action="/en/search/" method="get" role="search" data-module="search"' in form
    assert 'data-suggestions="/en/search/suggestions/"' in form


# --- secrets, hostility, cost ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/search/", "/search/suggestions/"])
@pytest.mark.parametrize(
    "query",
    [awards.SECRET, "juemi", "juemixiaozen", "topsecret", "topsecert", "杭州西湖绝密", "jmxz", "绝密小镇"],
)
def test_what_only_a_draft_names_is_neither_found_nor_suggested(
    client: Client, draft: Release, path: str, query: str
) -> None:
    page = client.get(path, {"q": query}).content.decode()
    assert "juemi-xiaozhen" not in page
    assert "/organisations/topsecret" not in page


def test_any_text_gets_an_answer(client: Client, namesakes: None) -> None:
    texts = st.one_of(
        st.text(max_size=90), st.text(alphabet="鼓楼区南京gulo uü'鼓樓 %_~#\\\x00", max_size=12)
    )

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(texts, st.sampled_from(["/search/", "/en/search/suggestions/"]))
    def answered(text: str, path: str) -> None:
        assert client.get(path, {"q": text}).status_code == 200

    answered()


def cost(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


COSTS = {
    "/search/?q=第1": 9,
    "/search/suggestions/?q=第1": 8,
    "/search/suggestions/?q=杭州西湖第1": 13,
    "/search/suggestions/?q=": 0,
}


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_searching_costs_as_many_queries_for_three_rows_as_for_one(client: Client, rows: int) -> None:
    awards.published_edition("2017-2018", rows=rows)
    awards.published_edition("2018-2019", rows=rows)
    for number in range(1, rows + 1):
        Alias.objects.create(subject=registry.xihu(), text=f"又名{number}")
    assert {path: cost(client, path) for path in COSTS} == COSTS


def test_a_slip_in_the_name_of_a_town_is_forgiven_once_it_has_won(read: Reader, release: Release) -> None:
    town = registry.town("330483100", "乌镇镇")
    assert "/places/330483100/" not in read("/search/?q=wuzhem")
    draft = awards.empty_draft("2018-2019")
    awards.award(awards.series(draft), "award-x", [("乌镇", town)])
    awards.acknowledge_all(draft)
    publish_unattended(draft)
    cache.clear()
    assert "/places/330483100/" in read("/search/?q=wuzhem")
