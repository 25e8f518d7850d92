"""What holds whatever a table contains: what was exported changes nothing, and what was imported can be taken back."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from awards.models import Recipient
from cityrank.exchange.importing import apply_import, open_import, preview, undo_import
from cityrank.exchange.sheets import AVERAGES, RECIPIENTS, SCORES
from cityrank.exchange.writing import NAMES, Rows, Table, write_table
from cityrank.registry.models import Place
from scores.models import Band, GroupAverage, Ranking, Score
from scores.ranks import recompute, recompute_all
from tests.exchange.tabular import CITIES, empty_table, imported, kinds, planned, stored, text_of
from tests.factories import awards

pytestmark = pytest.mark.django_db
RULES = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
# Names as people write them; cells are stripped when they are read, so names begin and end with a character.
NAMES_PRINTED = st.text("杭州市=+-@'\"，, ;\n123aZ", min_size=1, max_size=12).map(str.strip).filter(bool)
NOTES = st.one_of(st.just(""), NAMES_PRINTED)
FIGURES = st.integers(0, 4).flatmap(
    lambda places: st.decimals(-9999, 9999, places=places).map(lambda one: one + 0)  # no negative zero
)
FORMS = st.sampled_from(
    [(suffix, headers) for suffix in ("csv", "xlsx") for headers in (NAMES, "zh-hans", "en")]
)


@pytest.fixture
def table(settings: Any, tmp_path: Path) -> Ranking:
    settings.MEDIA_ROOT = tmp_path
    return empty_table()


@contextmanager
def thrown_away() -> Iterator[None]:
    """Each example begins with the same database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@st.composite
def score_rows(draw: Any) -> list[dict[str, Any]]:
    """Rows of a table, about different cities or about none that is known, at any places."""
    count = draw(st.integers(0, len(CITIES)))
    codes = draw(st.permutations(sorted(CITIES)))[:count]
    positions = draw(st.lists(st.integers(1, 30), unique=True, min_size=count, max_size=count))
    rows = []
    for code, position in zip(codes, positions, strict=True):
        score = draw(st.one_of(st.none(), FIGURES))
        status = ["missing", "not_transcribed"] if score is None else ["final", "estimated"]
        is_open = draw(st.booleans()) and draw(st.booleans())
        rows.append(
            {
                "position": position,
                "printed_name": f"乌有{position}" if is_open else draw(NAMES_PRINTED),
                "subject": None if is_open else code,
                "printed_rank": draw(st.one_of(st.none(), st.integers(1, 99))),
                "printed_score": score,
                "decimals": draw(st.one_of(st.none(), st.integers(0, 4))) if score is not None else None,
                "status": draw(st.sampled_from(status)),
                "note_zh": draw(NOTES),
                "note_en": draw(NOTES),
                "band": draw(st.booleans()),
            }
        )
    return rows


def fill(table: Ranking, rows: list[dict[str, Any]]) -> None:
    places = {place.slug: place for place in Place.objects.filter(slug__in=CITIES)}
    band = Band.objects.create(ranking=table, position=1, label_zh="领先", label_en="Leading")
    for row in rows:
        row = {**row, "subject": places.get(row["subject"]), "band": band if row["band"] else None}
        Score.objects.create(ranking=table, **row)
    recompute(table)


def exported(rows: Rows, form: tuple[str, str]) -> bytes:
    file = io.BytesIO()
    write_table(file, Table(rows, *form))
    return file.getvalue()


@pytest.mark.long
@given(rows=score_rows(), decimals=st.one_of(st.none(), st.integers(0, 4)), form=FORMS)
@RULES
def test_scores_that_were_exported_change_nothing(
    table: Ranking, rows: list[dict], decimals: int | None, form: tuple[str, str]
) -> None:
    with thrown_away():
        table.decimals = decimals
        table.save()
        fill(table, rows)
        if not rows:
            return
        content = exported(Rows(SCORES, SCORES.ordered(table.scores.all())), form)
        import_ = planned(content, table, name=f"得分.{form[0]}", into=None)
        assert (kinds(import_), [row.problems for row in import_.rows.filter(kind="refused")]) == (
            ["same"] * len(rows),
            [],
        )
        before = stored(table)
        apply_import(import_, None)
        assert stored(table) == before


@pytest.mark.long
@given(rows=score_rows(), decimals=st.one_of(st.none(), st.integers(0, 4)), form=FORMS)
@RULES
def test_scores_come_back_as_they_went_out(
    table: Ranking, rows: list[dict], decimals: int | None, form: tuple[str, str]
) -> None:
    """Into an empty table; names that nobody knows are refused there."""
    rows = [row for row in rows if row["subject"]]
    with thrown_away():
        table.decimals = decimals
        table.save()
        fill(table, rows)
        if not rows:
            return
        names = (
            "position",
            "printed_name",
            "subject__slug",
            "printed_rank",
            "printed_score",
            "computed_rank",
            "status",
        )
        names = (*names, "note_zh", "note_en", "band")
        before = [(row[1:], shown) for row, shown in pairs(table, names)]
        content = exported(Rows(SCORES, SCORES.ordered(table.scores.all())), form)
        table.scores.all().delete()
        imported(content, table, name=f"得分.{form[0]}", into=None)
        assert [(row[1:], shown) for row, shown in pairs(table, names)] == before


def pairs(table: Ranking, names: tuple[str, ...]) -> list[tuple[tuple, str]]:
    """Return the rows of a table with their figures as they are shown in a file."""
    files = list(Rows(SCORES, SCORES.ordered(table.scores.all())))
    at = [column.name for column in SCORES.columns].index("printed_score")
    rows = table.scores.order_by("position").values_list("pk", *names)
    return [(row, str(file[at])) for row, file in zip(rows, files, strict=True)]


CELLS = st.sampled_from(
    ["", "1", "2", "7", "30", "91.20", "88.5", "-3", "viel", "64%", "1.23456", "=1", "final", "杭州"]
)


@pytest.mark.long
@given(
    rows=score_rows(),
    columns=st.lists(
        st.sampled_from(["序号", "名次", "得分", "状态", "备注", "等级"]), unique=True, max_size=5
    ),
    file=st.lists(
        st.tuples(
            st.sampled_from([*CITIES.values(), "乌有7", "合计"]), st.lists(CELLS, min_size=5, max_size=5)
        ),
        max_size=8,
    ),
)
@RULES
def test_whatever_is_imported_can_be_taken_back(
    table: Ranking, rows: list[dict], columns: list[str], file: list[tuple[str, list[str]]]
) -> None:
    with thrown_away():
        fill(table, rows)
        state = Ranking.objects.get(pk=table.pk).state
        before = stored(table)
        text = text_of(
            [
                ("城市", *columns),
                *((name, *cells[: len(columns)]) for name, cells in file),
                ("丽水", *[""] * len(columns)),
            ]
        )
        done = imported(text, table)
        assert done.new + done.changed + done.same + done.refused == len(file) + 1
        ranks = {row.pk: row.computed_rank for row in table.scores.all()}
        assert recompute(table) == 0, ranks
        undone = undo_import(done, None)
        assert (undone.restored, undone.removed, undone.kept) == (done.changed, done.new, [])
        assert stored(table) == before
        assert Ranking.objects.get(pk=table.pk).state == state


@pytest.mark.long
@given(names=st.lists(NAMES_PRINTED, min_size=1, max_size=5), form=FORMS)
@RULES
def test_recipients_that_were_exported_change_nothing(
    table: Ranking, names: list[str], form: tuple[str, str]
) -> None:
    with thrown_away():
        award = awards.award(awards.series(table.release, 1))
        places = Place.objects.filter(slug__in=CITIES).order_by("slug")
        for position, (name, place) in enumerate(zip(names, places, strict=False), 1):
            Recipient.objects.create(award=award, position=position, printed_name=name, subject=place)
        content = exported(Rows(RECIPIENTS, RECIPIENTS.ordered(award.recipients.all())), form)
        import_, _new = open_import("recipients", content, f"x.{form[0]}", by=None, release=table.release)
        assert kinds(preview(import_)) == ["same"] * len(names)


@given(
    labels=st.lists(NAMES_PRINTED, unique_by=str.strip, min_size=1, max_size=4),
    places=st.integers(0, 4),
    form=FORMS,
    data=st.data(),
)
@RULES
@pytest.mark.long
def test_averages_that_were_exported_change_nothing(
    table: Ranking, labels: list[str], places: int, form: tuple[str, str], data: Any
) -> None:
    figures = st.decimals(-999, 999, places=places).map(lambda one: one + 0)
    with thrown_away():
        for position, label in enumerate(labels, 1):
            values = {
                name: data.draw(st.one_of(st.none(), figures))
                for name in ("printed_previous", "printed_change")
            }
            GroupAverage.objects.create(
                release=table.release, position=position, printed_label=label, decimals=places,
                printed_value=data.draw(figures), ranking=table if position % 2 else None, **values,
            )  # fmt: skip
        rows = AVERAGES.ordered(GroupAverage.objects.of_release(table.release))
        content = exported(Rows(AVERAGES, rows), form)
        import_, _new = open_import("averages", content, f"x.{form[0]}", by=None, release=table.release)
        import_ = preview(import_)
        assert (kinds(import_), [row.changes for row in import_.rows.all()]) == (
            ["same"] * len(labels),
            [{}] * len(labels),
        )


@pytest.mark.long
@given(rows=score_rows(), rule=st.sampled_from(Ranking.TieRule.values))
@RULES
def test_the_ranks_of_a_set_are_those_of_each_table(table: Ranking, rows: list[dict], rule: str) -> None:
    with thrown_away():
        table.tie_rule = rule
        table.save()
        fill(
            table,
            [
                {
                    **row,
                    "printed_score": round(row["printed_score"])
                    if row["printed_score"] is not None
                    else None,
                }
                for row in rows
            ],
        )
        expected = dict(table.scores.values_list("pk", "computed_rank"))
        table.scores.update(computed_rank=None)
        recompute_all([table])
        assert dict(table.scores.values_list("pk", "computed_rank")) == expected
        table.scores.update(computed_rank=Decimal(77))
        recompute_all([table])
        assert dict(table.scores.values_list("pk", "computed_rank")) == expected
        assert recompute_all([table]) == 0
