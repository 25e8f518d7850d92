"""Templates come back by the import: filled in, with their example still in, and with the rows that are there."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from awards.models import Release
from cityrank.exchange.blanks import Blank
from cityrank.exchange.importing import BadFile, open_import, preview
from cityrank.exchange.models import Import
from cityrank.exchange.targets import Target, named_target
from scores.models import Ranking, Score
from tests.factories import awards, registry, scores

pytestmark = pytest.mark.django_db
LANGUAGES = ["zh-hans", "en"]
TARGETS = ["ranking", "award", "scores", "recipients", "averages", "places", "organisations"]


@pytest.fixture(autouse=True)
def table(settings: object, tmp_path: Path) -> Ranking:
    settings.MEDIA_ROOT = tmp_path
    draft = awards.empty_draft()
    table = scores.ranking(awards.series(draft, 8), rows=0, state="complete")
    for place, (code, name) in enumerate({"330100": "杭州市", "330200": "宁波市"}.items(), 1):
        city = registry.place(code, name, "prefecture", registry.zhejiang())
        Score.objects.create(
            ranking=table, position=place, printed_name=name, subject=city, printed_score=f"9{place}.50"
        )
    awards.award(awards.series(draft, 1), winners=[("杭州", registry.hangzhou())])
    registry.zone()
    return table


def target(name: str) -> Target:
    release = Release.objects.get()
    into = {"ranking": Ranking.objects.get, "award": release.awards.get if name == "award" else None}
    key = f"{name}-{into[name]().pk}" if name in into else f"{name}-{release.pk}"
    found = named_target(name if name in ("places", "organisations") else key)
    assert found is not None
    return found


def written(of: Target, language: str, *, filled: bool = False, suffix: str = "xlsx") -> bytes:
    blank, file = Blank(of, language, filled=filled), io.BytesIO()
    (blank.write_xlsx if suffix == "xlsx" else blank.write_csv)(file)
    return file.getvalue()


def read_back(of: Target, content: bytes, suffix: str = "xlsx") -> Import:
    import_, _new = open_import(
        of.sheet.name, content, f"t.{suffix}", by=None, release=of.release, into=of.into
    )
    return preview(import_)


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TARGETS)
def test_an_example_that_is_left_in_is_no_row(name: str, language: str, suffix: str) -> None:
    with pytest.raises(BadFile, match=r"表头|headings"):
        read_back(target(name), written(target(name), language, suffix=suffix), suffix)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["ranking", "award", "scores", "recipients", "places"])
@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_the_present_rows_come_back_as_the_same(name: str, language: str, suffix: str) -> None:
    import_ = read_back(target(name), written(target(name), language, filled=True, suffix=suffix), suffix)

    assert (import_.new, import_.changed, import_.refused) == (0, 0, 0)
    assert import_.same > 0


def test_a_row_below_the_example_is_read_and_the_example_is_not(table: Ranking) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(target("ranking"), "zh-hans")))
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    sheet.cell(row=3, column=headings.index("原文写法") + 1, value="温州")
    file = io.BytesIO()
    book.save(file)
    import_ = read_back(target("ranking"), file.getvalue())

    assert list(import_.rows.values_list("row", "label")) == [(3, "温州")]


def test_drop_downs_offer_the_statuses_and_the_bands_of_this_table(table: Ranking) -> None:
    table.bands.create(position=1, label_zh="甲级", label_en="A")
    book = openpyxl.load_workbook(io.BytesIO(written(target("ranking"), "en")))
    sheet, explanation = book.worksheets
    sources = {one.formula1 for one in sheet.data_validations.dataValidation if one.type == "list"}
    offered = {cell.value for row in explanation.iter_rows(min_row=2, min_col=6) for cell in row}

    assert len(sources) == 2
    assert all(source.startswith(f"'{explanation.title}'!") for source in sources)
    assert {"甲级", *(str(label) for label in ("final", "estimated"))} <= offered


def test_codes_are_texts_and_figures_show_the_decimals_of_the_table(table: Ranking) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(written(target("ranking"), "en"))).worksheets[0]
    formats = {cell.value: sheet.cell(row=2, column=cell.column).number_format for cell in sheet[1]}

    assert formats["subject"] == "@"
    assert formats["printed score"] == "0.00"
    assert sheet.freeze_panes == "A2"


def test_every_column_is_explained_on_the_second_sheet(table: Ranking) -> None:
    for name in TARGETS:
        explanation = openpyxl.load_workbook(io.BytesIO(written(target(name), "en"))).worksheets[1]
        told = {row[0].value: row[1].value for row in explanation.iter_rows(min_row=2)}
        columns = [column.label_in("en") for column in target(name).columns]
        assert all(told.get(column) for column in columns), name


def test_a_table_of_one_ranking_has_no_column_that_names_it(table: Ranking) -> None:
    rows = list(csv.reader(io.StringIO(written(target("ranking"), "en", suffix="csv").decode("utf-8-sig"))))
    assert "ranking" not in rows[0]
    assert rows[1][rows[0].index("name as printed")].startswith("Example: ")


def test_names_that_run_as_formulas_are_neutralised(table: Ranking) -> None:
    Score.objects.filter(position=1).update(printed_name="=1+1")
    of = target("ranking")
    text = written(of, "en", filled=True, suffix="csv").decode("utf-8-sig")

    assert "'=1+1" in text
    assert read_back(of, text.encode(), "csv").same == 2
