"""Every public table can be taken home, in the reader's language, open or frozen, and costs the same for any length."""

import csv
import io
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from awards.models import Release
from cityrank.publishing.workflow import publish_unattended, withdraw_release
from tests.factories import accounts, awards

pytestmark = pytest.mark.django_db

OPEN, FROZEN = "/editions/2017-2018/", "/editions/2017-2018/releases/1/"
# With the number of queries of the open address; a frozen one asks twice more, as pages do.
TABLES = {"awards/award-1/table": 5, "rankings/cities-50/table": 5, "averages/table": 4}
FILES = {"package.zip": 39, "workbook.xlsx": 33}
ADDRESSES = [*(f"{name}.{suffix}" for name in TABLES for suffix in ("csv", "xlsx")), *FILES]


def cells(client: Client, path: str) -> list[list[str]]:
    response = client.get(path)
    assert response.status_code == 200, path
    text = response.getvalue().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("base", [OPEN, FROZEN])
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_file_is_there_in_either_language_open_and_frozen(
    client: Client, release: Release, prefix: str, base: str, address: str
) -> None:
    response = client.get(prefix + base + address)
    assert response.status_code == 200
    assert response.getvalue()
    assert not response.cookies
    kinds = {"csv": "text/csv; charset=utf-8", "zip": "application/zip"}
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert response.headers["Content-Type"] == kinds.get(address.rpartition(".")[2], sheet)
    assert response.headers["Content-Disposition"].startswith("attachment; filename=")


def test_the_winners_of_an_award_stand_in_the_file_as_printed(client: Client, db: None) -> None:
    awards.published_edition(rows=3)
    found = cells(client, f"/en{OPEN}awards/award-1/table.csv")
    assert found[0] == ["award", "position", "name as printed", "subject", "source"]
    assert [row[1:4] for row in found[1:]] == [
        ["1", "第1镇", "330106101"], ["2", "第2镇", "330106102"], ["3", "第3镇", "330106103"],
    ]  # fmt: skip


def test_a_score_has_the_decimals_that_are_printed(client: Client, release: Release) -> None:
    found = cells(client, f"/en{OPEN}rankings/cities-50/table.csv")
    assert dict(zip(found[0], found[1], strict=True))["printed score"] == "90.00"
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(f"/en{OPEN}rankings/cities-50/table.xlsx").getvalue())
    )
    cell = next(cell for cell in book.active[2] if cell.value == 90)
    assert cell.number_format == "0.00"


def test_a_table_that_is_not_transcribed_is_a_file_without_rows(client: Client, release: Release) -> None:
    assert len(cells(client, f"{OPEN}rankings/picture/table.csv")) == 1


def test_the_name_of_a_download_is_that_of_the_table(client: Client, release: Release) -> None:
    header = client.get(f"{OPEN}awards/award-1/table.csv").headers["Content-Disposition"]
    assert 'filename="2017-2018-release-1-award-1.csv"' in header
    assert "%E6%9C%80%E5%85%B7%E5%BD%B1%E5%93%8D%E5%8A%9B" in header


@pytest.mark.parametrize("address", ADDRESSES)
def test_asking_for_the_head_reads_no_row(client: Client, release: Release, address: str) -> None:
    response = client.head(OPEN + address)
    assert response.status_code == 200
    assert response.getvalue() == b""


@pytest.mark.parametrize("rows", [1, 3])
def test_a_file_costs_as_many_queries_for_three_rows_as_for_one(client: Client, rows: int) -> None:
    awards.published_edition(rows=rows)

    def cost(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).getvalue()
        return len(queries)

    expected = {
        f"{OPEN}{name}.{suffix}": count for name, count in TABLES.items() for suffix in ("csv", "xlsx")
    }
    expected |= {f"{OPEN}{name}": count for name, count in FILES.items()}
    expected |= {path.replace(OPEN, FROZEN): count + 2 for path, count in expected.items()}
    assert {path: cost(path) for path in expected} == expected


def test_a_frozen_file_never_changes(client: Client, release: Release) -> None:
    before = {address: client.get(FROZEN + address).getvalue() for address in ADDRESSES}
    publish_unattended(awards.secret_draft(release), reason="更正")
    assert {address: client.get(FROZEN + address).getvalue() for address in ADDRESSES} == before
    assert client.get(f"{OPEN}package.zip").getvalue() != before["package.zip"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_was_withdrawn_is_gone(client: Client, release: Release, address: str) -> None:
    withdraw_release(release, reason="错误")
    assert client.get(FROZEN + address).status_code == 410
    assert client.get(OPEN + address).status_code == 410


@pytest.mark.parametrize(
    "path", ["awards/none/table.csv", "rankings/award-1/table.csv", "awards/award-1/table.ods"]
)
def test_what_is_not_there_is_simply_not_there(client: Client, release: Release, path: str) -> None:
    assert client.get(OPEN + path).status_code == 404
    assert client.get(f"/editions/1999/{path}").status_code == 404


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("awards/award-1/", "awards/award-1/table.csv"),
        ("awards/award-1/", "awards/award-1/table.xlsx"),
        ("rankings/cities-50/", "rankings/cities-50/table.csv"),
        ("averages/", "averages/table.xlsx"),
        ("", "package.zip"),
        ("", "workbook.xlsx"),
    ],
)
@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("base", [OPEN, FROZEN])
def test_the_page_of_a_table_links_to_its_file(
    client: Client, release: Release, prefix: str, base: str, page: str, address: str
) -> None:
    assert f'href="{prefix}{base}{address}"' in client.get(prefix + base + page).content.decode()


def test_a_workbook_has_a_sheet_for_each_table_and_says_what_it_is(client: Client, release: Release) -> None:
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/en{OPEN}workbook.xlsx").getvalue()))
    assert book.sheetnames[0] == "about this file"
    assert {"recipients", "scores", "group averages", "places"} <= set(book.sheetnames)
    assert book["about this file"]["B1"].value == release.title_en


def test_a_preview_leads_to_the_files_of_the_office(draft: Release) -> None:
    client = accounts.signed_in(accounts.user("publisher"))
    response = client.get("/admin/preview/2017-2018/2/package.zip")
    assert response.status_code == 302
    assert response.headers["Location"].endswith(f"/admin/awards/release/{draft.pk}/download/")
    assert client.get("/admin/preview/2017-2018/2/awards/award-1/table.csv").status_code == 200


def test_the_package_of_the_site_is_the_one_of_the_command(
    client: Client, release: Release, tmp_path: Any
) -> None:
    from django.core.management import call_command

    path = tmp_path / "package.zip"
    call_command("export_edition", "2017-2018", output=path, stdout=io.StringIO())
    sent = client.get(f"{OPEN}package.zip").getvalue()
    assert sent == path.read_bytes()
    assert "datapackage.json" in ZipFile(io.BytesIO(sent)).namelist()
