"""Lists as files: the same rows as in JSON, in the columns that people import."""

import csv
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from awards.models import Release
from cityrank.api.tables import TabularResource
from cityrank.api.urls import RESOURCES
from cityrank.exchange.sheets import AVERAGES, ORGANISATIONS, PLACES, RECIPIENTS, SCORES
from tests.factories import awards

pytestmark = pytest.mark.django_db

Ask = Callable[..., HttpResponse]
Refused = Callable[..., dict[str, Any]]
SHEETS = {
    "recipients": RECIPIENTS,
    "scores": SCORES,
    "group-averages": AVERAGES,
    "places": PLACES,
    "organisations": ORGANISATIONS,
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WHERE = ["edition", "release"]


def cells(answer: HttpResponse) -> list[list[str]]:
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(answer.getvalue().decode(), newline="")))


def test_exactly_the_lists_with_a_declared_sheet_are_answered_as_files() -> None:
    assert {
        word for word, resource in RESOURCES.items() if issubclass(resource, TabularResource)
    } == SHEETS.keys()


@pytest.mark.parametrize("word", SHEETS)
def test_a_file_has_the_columns_of_the_import_and_none_of_the_office(
    release: Release, ask: Ask, word: str
) -> None:
    names = [column.name for column in SHEETS[word].columns if not column.office]
    in_editions = [] if word in ("places", "organisations") else WHERE
    assert cells(ask(f"{word}/?format=csv"))[0] == [*in_editions, *names]


@pytest.mark.parametrize("word", SHEETS)
def test_a_file_has_all_rows_of_the_list_in_its_order(ask: Ask, word: str) -> None:
    awards.published_edition(rows=3)
    column = "slug" if word in ("places", "organisations") else "position"
    found = cells(ask(f"{word}/?format=csv&ordering=-{column}"))
    at = found[0].index(column)
    listed = ask(f"{word}/?page_size=500&ordering=-{column}").json()["results"]
    assert [row[at] for row in found[1:]] == [str(row[column]) for row in listed]


def test_filters_narrow_a_file(ask: Ask, db: None) -> None:
    awards.published_edition("2017-2018", rows=2)
    awards.published_edition("2018-2019", rows=2)
    found = cells(ask("recipients/?format=csv&edition=2018-2019&award=award-2"))
    assert [row[:4] for row in found[1:]] == [
        ["2018-2019", "1", "award-2", "1"],
        ["2018-2019", "1", "award-2", "2"],
    ]


def test_a_file_can_be_pinned_to_a_release(ask: Ask, draft: Release) -> None:
    awards.publish_unattended(draft, reason="更正")
    assert len(cells(ask("recipients/?format=csv&edition=2017-2018&release=1"))) == 2
    assert len(cells(ask("recipients/?format=csv&edition=2017-2018"))) > 2


@pytest.mark.parametrize(
    ("accepts", "kind"),
    [("text/csv", "text/csv"), (XLSX, XLSX), ("application/json", "application/json"), ("*/*", "application/json"),
     ("text/html,*/*;q=0.8", "application/json"),],
)  # fmt: skip
def test_the_accept_header_chooses_too(release: Release, ask: Ask, accepts: str, kind: str) -> None:
    assert ask("recipients/", accept=accepts).headers["Content-Type"].split(";")[0] == kind


def test_the_parameter_goes_before_the_header(release: Release, ask: Ask) -> None:
    assert ask("recipients/?format=json", accept="text/csv").json()["count"] == 1
    assert ask("recipients/?format=xlsx", accept="application/json").headers["Content-Type"] == XLSX


def test_json_does_not_echo_the_format(release: Release, ask: Ask) -> None:
    assert ask("recipients/?format=json&edition=2017-2018").json()["filters"] == {"edition": "2017-2018"}


def test_a_workbook_has_figures_as_numbers(release: Release, ask: Ask) -> None:
    book = openpyxl.load_workbook(io.BytesIO(ask("scores/?format=xlsx").getvalue()))
    heading = [cell.value for cell in book.active[1]]
    cell = book.active.cell(2, heading.index("printed_score") + 1)
    assert (cell.value, cell.number_format) == (90, "0.00")


def test_the_download_has_a_name(release: Release, ask: Ask) -> None:
    assert 'filename="group-averages.csv"' in ask("group-averages/?format=csv").headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("address", "parameter", "code"),
    [
        ("recipients/?format=ods", "format", "bad_value"),
        ("recipients/?format=csv&format=json", "format", "given_twice"),
        ("recipients/?format=csv&page=2", "page", "unknown_parameter"),
        ("recipients/?format=csv&page_size=500", "page_size", "unknown_parameter"),
        ("recipients/?format=csv&edition=1999", "edition", "unknown_value"),
        ("recipients/?format=csv&release=1", "release", "needs_edition"),
        ("awards/?format=csv", "format", "unknown_parameter"),
        ("places/330106/?format=csv", "format", "unknown_parameter"),
    ],
)
def test_a_file_is_refused_as_strictly_as_a_list(
    release: Release, refused: Refused, address: str, parameter: str, code: str
) -> None:
    assert [(one["parameter"], one["code"]) for one in refused(address)["errors"]] == [(parameter, code)]


def test_one_object_is_no_table(release: Release, ask: Ask) -> None:
    assert ask("places/330106/", accept="text/csv").status_code == 406
    assert ask("awards/", accept="text/csv").status_code == 406


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("word", SHEETS)
def test_a_file_costs_four_queries_at_1_and_at_3_rows(ask: Ask, word: str, suffix: str, rows: int) -> None:
    awards.published_edition(rows=rows)
    with CaptureQueriesContext(connection) as queries:
        assert ask(f"{word}/?format={suffix}").getvalue()
    assert len(queries) == 4


def test_the_description_names_the_files(ask: Ask) -> None:
    schema = ask("/api/schema/", accept="application/vnd.oai.openapi+json").json()
    answers = schema["paths"]["/api/v1/recipients/"]["get"]["responses"]["200"]["content"]
    assert answers.keys() == {"application/json", "text/csv", XLSX}
    assert answers["text/csv"]["schema"] == {"type": "string", "format": "binary"}
    assert schema["paths"]["/api/v1/awards/"]["get"]["responses"]["200"]["content"].keys() == {
        "application/json"
    }
