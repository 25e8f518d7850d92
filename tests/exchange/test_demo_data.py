"""Invented editions: there to try the site out, and never beside real ones."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.translation import override

from awards.models import Award, Edition, Recipient, Release
from cityrank.exchange.demo import SMALL, load_demo
from cityrank.exchange.documents.certificates import release_certificates
from cityrank.exchange.documents.composing import compose
from cityrank.exchange.edition_file import BadEditionFile, load_edition
from cityrank.exchange.packages import read_package, write_package
from cityrank.exchange.packages.faults import BadPackage
from cityrank.publishing.models import Contribution, Move
from cityrank.publishing.next_edition import start_next_edition
from cityrank.publishing.refusals import Refused
from cityrank.registry.gazetteer.load import load_gazetteer
from scores.models import GroupAverage, Ranking, Score
from tests.factories import awards, bundled

CITIES = "municipalities-and-sub-provincial"
DISTRICTS = "sub-provincial-districts-30"
PROVINCES = "provinces-digital-economy"


@pytest.fixture(scope="module")
def demo_places(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The part of the gazetteer that the story needs: beside the bundled part, two cities and a province's."""

    def wanted(row: dict[str, str]) -> bool:
        code = row["id"][:6]
        return row["id"] == code and (code[:4] in ("3301", "3101") or (code[:2] == "33" and code[4:] == "00"))

    directory = tmp_path_factory.mktemp("demo-gazetteer")
    bundled.write_gazetteer_part(directory, more=wanted)
    return directory


@pytest.fixture(scope="module")
def demo(demo_places: Path, django_db_setup: None, django_db_blocker: object) -> Iterator[list[Release]]:
    """The small invented editions, made once for all tests of this file and rolled back after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_gazetteer(demo_places)
        yield load_demo(SMALL)
        transaction.set_rollback(True)


def current(label: str, slug: str) -> Ranking:
    return Ranking.objects.get(release__edition__label=label, release__status="published", slug=slug)


# --- What is in it ----------------------------------------------------------------------------------------------


def test_every_edition_says_that_it_is_invented(demo: list[Release]) -> None:
    assert set(Edition.objects.values_list("invented", flat=True)) == {True}
    assert all("虚构" in release.title_zh and "invented" in release.title_en for release in demo)


def test_two_people_and_a_third_have_made_each_release(demo: list[Release]) -> None:
    for release in demo:
        by = dict(Move.objects.filter(release=release).values_list("action", "by__username"))
        assert (by["submit"], by["approve"]) == ("demo-evaluator", "demo-reviewer")
        assert by["publish"] == "demo-publisher"
        assert not Contribution.objects.filter(release=release, person=release.approved_by).exists()


def test_one_release_was_withdrawn_and_one_corrected_with_errata(demo: list[Release]) -> None:
    states = {(release.edition.label, release.number): release for release in Release.objects.all()}
    assert {key: release.status for key, release in states.items()} == {
        ("2020", 1): "withdrawn",
        ("2020", 2): "published",
        ("2021", 1): "superseded",
        ("2021", 2): "published",
    }
    assert states["2020", 1].withdrawal
    assert states["2021", 2].errata.filter(former=states["2021", 1]).exists()


def test_the_method_of_the_cities_changes_with_the_maximum_and_that_of_the_districts_does_not(
    demo: list[Release],
) -> None:
    before, now, districts = current("2020", CITIES), current("2021", CITIES), current("2021", DISTRICTS)
    assert (before.method_changed, before.max_score) == (False, 100)
    assert (now.method_changed, now.max_score, bool(now.method_note_en)) == (True, 105, True)
    assert (districts.method_changed, districts.max_score) == (False, 100)


def test_a_tie_a_missing_and_an_estimated_value_are_in_the_tables(demo: list[Release]) -> None:
    ranks = list(current("2021", CITIES).scores.values_list("printed_rank", flat=True))
    assert len(ranks) > len(set(ranks))
    assert set(ranks) == set(current("2021", CITIES).scores.values_list("computed_rank", flat=True))


def test_districts_that_were_merged_are_in_the_year_before_alone(demo: list[Release]) -> None:
    names = {
        label: set(current(label, DISTRICTS).scores.values_list("subject__slug", flat=True))
        for label in ("2020", "2021")
    }
    merged = {"330103", "330104"}  # 下城区 and 江干区
    assert merged <= names["2020"]
    assert not merged & names["2021"]
    assert {"330102", "330105"} <= names["2021"]  # 上城区 and 拱墅区, which took them over


def test_one_average_contradicts_itself_and_the_others_do_not(demo: list[Release]) -> None:
    averages = GroupAverage.objects.filter(release__edition__label="2021", release__status="published")
    assert [row.label_en for row in averages if row.contradicts_itself] == ["Provincial capitals"]
    assert len(averages) == 6


def test_tables_have_bands_by_rank_and_by_score(demo: list[Release]) -> None:
    for slug in (CITIES, "prefectures-50"):
        assert not current("2021", slug).scores.filter(band=None, printed_rank__isnull=False).exists()
    assert current("2021", CITIES).scores.first().band.lowest_score == 75
    assert current("2021", "prefectures-50").scores.first().band.last_rank == 10


def test_companies_and_apps_are_none_that_exist(demo: list[Release]) -> None:
    names = Score.objects.exclude(subject__kind="place").values_list("printed_name", flat=True)
    assert names
    assert all(name.startswith("示例") for name in names)


def test_every_award_has_a_citation_that_says_that_it_is_invented(demo: list[Release]) -> None:
    texts = Award.objects.values_list("citation__text_zh", "citation__text_en")
    assert all("虚构" in zh and "Invented" in en for zh, en in texts)


def test_the_same_numbers_come_out_each_time(demo: list[Release]) -> None:
    """A figure from each of the two editions: whoever changes how they are made changes this line too."""
    first = current("2020", PROVINCES).scores.get(position=1)
    assert (first.subject.slug, str(first.printed_score)) == ("110000", "69.8000")


# --- Never beside real ones -------------------------------------------------------------------------------------


def test_it_is_refused_where_a_real_edition_is(db: None) -> None:
    awards.edition("2017-2018")
    with override("en"), pytest.raises(Refused, match="This database holds real editions"):
        load_demo(SMALL)
    assert Edition.objects.count() == 1


def test_the_command_says_so_in_a_sentence(gazetteer_part: Path, db: None) -> None:
    load_gazetteer(gazetteer_part)
    awards.edition("2017-2018")
    with override("en"), pytest.raises(CommandError, match="into a database of their own"):
        call_command("demo_data", "--small", stdout=io.StringIO())


def test_a_second_load_leaves_the_editions_as_they_are(demo: list[Release]) -> None:
    assert load_demo(SMALL) == []
    assert Release.objects.count() == len(demo)


def test_the_bundled_edition_is_refused_beside_invented_ones(demo: list[Release]) -> None:
    with pytest.raises(BadEditionFile, match=r"2017-2018\.toml"):
        load_edition()


def test_an_edition_typed_by_hand_is_refused_beside_invented_ones(demo: list[Release]) -> None:
    with pytest.raises(ValidationError) as refused:
        Edition(label="1999", period_start=1999, period_end=1999).full_clean()
    assert refused.value.error_dict["__all__"][0].code == "invented"


def test_what_follows_an_invented_edition_is_invented(demo: list[Release]) -> None:
    with transaction.atomic():
        assert start_next_edition(demo[-1], "2022").edition.invented
        transaction.set_rollback(True)


@pytest.mark.parametrize("invented", [True, False])
def test_the_database_itself_holds_them_apart(db: None, invented: bool) -> None:
    Edition.objects.create(label="2001", period_start=2001, period_end=2001, invented=invented)
    with pytest.raises(IntegrityError, match="do not share a database"), transaction.atomic():
        Edition.objects.create(label="2002", period_start=2002, period_end=2002, invented=not invented)
    with pytest.raises(IntegrityError, match="do not share a database"), transaction.atomic():
        Edition.objects.update(invented=not invented)
    Edition.objects.update(period_end=2003)


def test_a_package_of_invented_data_stays_invented_and_a_real_one_is_refused(demo: list[Release]) -> None:
    file = io.BytesIO()
    write_package(demo[-1], file)
    with zipfile.ZipFile(file) as archive:
        told = json.loads(archive.read("datapackage.json"))
        assert told["cityrank"]["invented"] is True
        assert told["title"].startswith("【虚构数据】")
        assert (
            "虚构数据" in archive.read("README.md").decode()
            or "Invented data" in archive.read("README.md").decode()
        )
        table = archive.read("data/edition.csv").decode()
    assert table.splitlines()[1].split(",")[table.splitlines()[0].split(",").index("invented")] == "true"
    real = io.BytesIO()
    with zipfile.ZipFile(file) as archive, zipfile.ZipFile(real, "w") as other:
        for name in archive.namelist():
            content = archive.read(name)
            if name == "data/edition.csv":
                content = content.replace(b",true,", b",false,").replace(b"2021", b"2031")
            other.writestr(name, content)
    with pytest.raises(BadPackage):
        read_package(real)


# --- Said everywhere --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/editions/",
        "/editions/2021/",
        f"/editions/2021/rankings/{CITIES}/",
        "/places/330100/",
        "/about/",
        "/search/",
    ],
)
def test_every_page_says_that_the_data_are_invented(demo: list[Release], client: Client, path: str) -> None:
    page = client.get(f"/en{path}").content.decode()
    assert '<aside class="invented"' in page
    assert "<title>Invented data · " in page
    assert 'property="og:title" content="Invented data · ' in page or path == "/search/"


def test_a_real_site_says_nothing_of_the_kind(release: Release, client: Client) -> None:
    page = client.get("/en/").content.decode()
    assert "invented" not in page.lower()


def test_a_table_that_is_downloaded_says_so_in_every_row(demo: list[Release], client: Client) -> None:
    answer = client.get(f"/en/editions/2021/rankings/{CITIES}/table.csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].split(",")[-1] == "invented"
    assert {line.rsplit(",", 1)[-1] for line in lines[1:]} == {"true"}
    assert "invented-" in answer["Content-Disposition"]


def test_the_api_says_so(demo: list[Release], client: Client) -> None:
    assert "made up" in client.get("/api/v1/").json()["notice"]
    assert client.get("/api/v1/editions/2021/").json()["invented"] is True


def test_feeds_say_so_in_their_title(demo: list[Release], client: Client) -> None:
    for path in ("/en/errata/feed/", "/en/feed/"):
        assert "<title>Invented data · " in client.get(path).content.decode(), path


def test_documents_and_certificates_say_so(demo: list[Release]) -> None:
    assert "虚构数据" in compose(demo[-1], "zh").mark
    assert "INVENTED DATA" in compose(demo[-1], "en").mark
    row = Recipient.objects.filter(award__release=demo[-1]).select_related("award__series", "subject__place")[
        :1
    ]
    assert release_certificates(demo[-1], row).startswith(b"%PDF")
