"""Charts on pages, alone on their own, and as files."""

import csv
import json
import re
from io import StringIO
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext

from awards.models import Release
from cityrank.charts import engine
from cityrank.charts.engine import NotDrawn
from cityrank.publishing.workflow import publish_unattended
from scores.models import Ranking
from tests.factories import accounts, awards, registry, scores

pytestmark = pytest.mark.django_db

OPEN, FROZEN = "/editions/2017-2018/charts/", "/editions/2017-2018/releases/1/charts/"
KEYS = ["averages/all", "winners-map/all", "winners-map/award-1", "score-bars/cities-50", "distribution/cities-50",
        "distribution/cities-50~339901"]  # fmt: skip
SUFFIXES = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv", "vl.json": "application/json"}


@pytest.fixture
def published() -> Release:
    return awards.published_edition(rows=3)


@pytest.fixture
def two_editions(published: Release) -> Release:
    return awards.published_edition("2018-2019", rows=3)


@pytest.fixture
def _nothing_can_be_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> str:
        raise NotDrawn("no")

    monkeypatch.setattr(engine, "svg_of", fail)
    monkeypatch.setattr(engine, "png_of", fail)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("language", ["", "/en"])
def test_a_chart_stands_alone_on_its_page_open_and_frozen(
    client: Client, published: Release, key: str, language: str
) -> None:
    for start in (OPEN, FROZEN):
        response = client.get(f"{language}{start}{key}/")
        page = response.content.decode()
        assert response.status_code == 200
        assert '<figure class="chart"' in page
        assert page.count('role="img"') == 2
        assert "<caption" in page
        assert "style=" not in page


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_chart_can_be_taken_away_as_a_file(
    client: Client, published: Release, key: str, suffix: str
) -> None:
    response = client.get(f"/en{OPEN}{key}.{suffix}")
    assert response.status_code == 200
    assert response["Content-Type"].startswith(SUFFIXES[suffix])
    assert response.content


def test_the_csv_has_the_values_of_the_page(client: Client, published: Release) -> None:
    text = client.get(f"/en{OPEN}score-bars/cities-50.csv").content.decode("utf-8-sig")
    assert list(csv.reader(StringIO(text))) == [
        ["Rank", "Name", "Score 2017-2018"],
        ["1", "Di1", "90.00"],
        ["2", "Di2", "89.00"],
        ["3", "Di3", "88.00"],
    ]


def test_the_specification_draws_the_chart_anywhere(client: Client, published: Release) -> None:
    response = client.get(f"/en{OPEN}averages/all.vl.json")
    spec = json.loads(response.content)
    assert spec["$schema"].startswith("https://vega.github.io/schema/vega-lite/")
    assert spec["title"]["text"]
    assert "release 1" in spec["usermeta"]["source"]
    assert "attachment" in response["Content-Disposition"]


def test_a_drawing_says_where_it_is_from_and_can_be_dark(client: Client, published: Release) -> None:
    light = client.get(f"/en{OPEN}averages/all.svg").content.decode()
    dark = client.get(f"/en{OPEN}averages/all.svg?theme=dark").content.decode()
    assert "CityRank, results of 2017-2018, release 1" in light
    ElementTree.fromstring(light)
    assert "#fffefc" in light
    assert "#fffefc" not in dark
    assert client.get(f"/en{OPEN}averages/all.svg?theme=pink").content.decode() == light


def test_a_file_is_asked_for_anew_frozen_or_not_since_any_release_may_be_withdrawn(
    client: Client, published: Release
) -> None:
    frozen, opened = client.get(f"{FROZEN}averages/all.svg"), client.get(f"{OPEN}averages/all.svg")
    assert frozen["Cache-Control"] == opened["Cache-Control"] == "no-cache"
    again = client.get(f"{OPEN}averages/all.svg", headers={"If-None-Match": opened["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "path",
    [
        f"{OPEN}averages/cities-50/",
        f"{OPEN}pie/all/",
        f"{OPEN}score-bars/nowhere/",
        f"{OPEN}score-bars/picture/",  # published as an image
        f"{OPEN}score-bars/cities-50~339901/",
        f"{OPEN}distribution/cities-50~330100/",  # not in the table
        f"{OPEN}slope/cities-50/",  # no edition before
        f"{OPEN}tile-map/cities-50/",  # no province-level regions
        f"{OPEN}winners-map/nothing/",
        f"{OPEN}trend/339901/",
        "/editions/1999/charts/averages/all/",
        "/editions/2017-2018/releases/9/charts/averages/all/",
        "/places/339901/charts/pie/",
        "/places/nowhere/charts/trend/",
        "/places/339901/charts/trend/",  # one edition is no trend
    ],
)
def test_what_is_no_chart_is_not_found(client: Client, published: Release, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.get(f"{path.removesuffix('/')}.svg").status_code == 404
    assert client.get(f"{path.removesuffix('/')}.csv").status_code == 404


def test_ranks_of_two_editions_are_drawn(client: Client, two_editions: Release) -> None:
    page = client.get("/en/editions/2018-2019/charts/slope/cities-50/").content.decode()
    assert "Slope chart of 3 places that have a rank in both editions: 0 rose, 0 fell, 3 kept it." in page
    text = client.get("/en/editions/2018-2019/charts/score-bars/cities-50.csv").content.decode("utf-8-sig")
    assert text.splitlines()[1] == "1,Di1,90.00,90.00"


def test_years_that_do_not_compare_get_a_sentence_and_no_drawing(client: Client, published: Release) -> None:
    later = awards.empty_draft("2018-2019")
    scores.ranking(awards.series(later, 8), "cities-50", rows=2, max_score=105)
    publish_unattended(later, reason="第一版")
    address = "/en/editions/2018-2019/charts/slope/cities-50"
    page = client.get(f"{address}/").content.decode()
    assert "The maximum scores differ" in page
    assert 'role="img"' not in page
    assert client.get(f"{address}.svg").status_code == 404


@pytest.mark.parametrize("kind", ["trend", "profile"])
def test_a_place_has_charts_of_its_own(client: Client, two_editions: Release, kind: str) -> None:
    page = client.get(f"/en/places/339901/charts/{kind}/").content.decode()
    assert page.count('role="img"') == 2
    assert 'href="/en/places/339901/"' in page
    for suffix, media_type in SUFFIXES.items():
        response = client.get(f"/en/places/339901/charts/{kind}.{suffix}")
        assert response["Content-Type"].startswith(media_type)


@pytest.mark.usefixtures("_nothing_can_be_drawn")
def test_where_nothing_can_be_drawn_the_page_shows_the_values(client: Client, published: Release) -> None:
    page = client.get(f"/en{OPEN}score-bars/cities-50/")
    assert page.status_code == 200
    assert "The drawing could not be made just now." in page.content.decode()
    assert "90.00" in page.content.decode()
    for suffix in ("svg", "png"):
        response = client.get(f"/en{OPEN}score-bars/cities-50.{suffix}")
        assert response.status_code == 503
        assert "try again" in response.content.decode()
    assert client.get(f"{OPEN}score-bars/cities-50.csv").status_code == 200
    assert client.get(f"{OPEN}score-bars/cities-50.vl.json").status_code == 200


def test_nothing_of_a_draft_is_drawn_for_readers(client: Client, draft: Release) -> None:
    assert client.get("/editions/2017-2018/releases/2/charts/averages/all/").status_code == 404
    assert client.get(f"{OPEN}winners-map/topsecret-award/").status_code == 404
    page = (
        client.get(f"{OPEN}averages/all/").content.decode()
        + client.get(f"{OPEN}averages/all.svg").content.decode()
    )
    assert awards.SECRET not in page
    assert awards.SECRET_FIGURE not in page


def test_the_office_sees_the_charts_of_a_draft(client: Client, draft: Release) -> None:
    path = "/admin/preview/2017-2018/2/charts/averages/all/"
    assert client.get(path).status_code == 302
    client.force_login(accounts.user("evaluator"))
    response = client.get(path)
    assert awards.SECRET in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"
    assert client.get(path.removesuffix("/") + ".svg")["Cache-Control"] == "private, no-store"


def test_a_withdrawn_release_has_no_charts_any_more(client: Client, published: Release) -> None:
    client.get(f"{FROZEN}averages/all.svg")
    Release.objects.filter(pk=published.pk).update(status="withdrawn", withdrawal="名单有误")
    for path in (f"{FROZEN}averages/all/", f"{FROZEN}averages/all.svg", f"{FROZEN}averages/all.csv"):
        response = client.get(path)
        assert response.status_code == 410
        assert "64.34" not in response.content.decode()


def render(template: str, **context: object) -> str:
    return Template("{% load charts %}" + template).render(Context(context))


def test_nothing_is_shown_where_there_is_nothing_to_show(published: Release) -> None:
    picture = Ranking.objects.select_related("release__edition", "line", "peer_group").get(slug="picture")
    place = registry.xihu()
    assert render('{% chart "score-bars" ranking=ranking %}', ranking=picture).strip() == ""
    assert render('{% chart "trend" place=place %}', place=place).strip() == ""
    assert render('{% chart "averages" %}').strip() == ""
    assert render("{% chart_of found %}", found=None).strip() == ""


def test_a_page_can_leave_out_the_data_table_that_it_has_itself(published: Release) -> None:
    table = Ranking.objects.select_related("release__edition", "line", "peer_group").get(slug="cities-50")
    with_table = render('{% chart "score-bars" ranking=ranking %}', ranking=table)
    without = render('{% chart "score-bars" ranking=ranking table=False %}', ranking=table)
    assert "<table" in with_table
    assert "<table" not in without
    assert 'href="/editions/2017-2018/charts/score-bars/cities-50.svg"' in without


def test_identifiers_are_unique_on_a_page_with_several_charts(published: Release) -> None:
    table = Ranking.objects.select_related("release__edition", "line", "peer_group").get(slug="cities-50")
    place = table.scores.first().subject
    text = render(
        '{% chart "score-bars" ranking=ranking %}{% chart "distribution" ranking=ranking %}'
        '{% chart "distribution" ranking=ranking place=place %}',
        ranking=table,
        place=place,
    )
    names = re.findall(r' id="([^"]+)"', text)
    assert len(names) == len(set(names)) == 9


COSTS = {
    f"{OPEN}averages/all/": 5,
    f"{OPEN}score-bars/cities-50/": 7,
    f"{OPEN}winners-map/all/": 6,
    f"{OPEN}distribution/cities-50/": 6,
    f"{FROZEN}averages/all/": 7,
    "/editions/2018-2019/charts/slope/cities-50/": 8,
    "/places/339901/charts/trend/": 13,
}


# Fewer than three rows have no distribution, and a single one no neighbours.
@pytest.mark.parametrize("rows", [3, 5])
def test_a_chart_costs_as_many_queries_for_five_rows_as_for_three(client: Client, rows: int) -> None:
    awards.published_edition(rows=rows)
    awards.published_edition("2018-2019", rows=rows)
    costs = {}
    for path in COSTS:
        client.get(path)  # draws
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200, path
        costs[path] = len(queries)
    assert costs == COSTS
