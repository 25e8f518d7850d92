"""The parts of the measurement; each is run by `bench` in a process of its own and prints one line of JSON."""

import datetime as dt
import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from awards.models import Edition, Release, Series  # noqa: E402
from bench.__main__ import FILE, PLACE, SAMPLE  # noqa: E402
from cityrank.exchange.importing import apply_import, open_import, preview, undo_import  # noqa: E402
from cityrank.exchange.models import Import  # noqa: E402
from cityrank.exchange.models.imports import PAGE  # noqa: E402
from cityrank.registry.models import Place, Subject  # noqa: E402
from scores.models import PeerGroup, Ranking, Score  # noqa: E402

TABLE_ROWS = 2500
DAY = dt.date(2018, 7, 30)
HEADINGS = ("榜单", "名次", "城市", "代码", "得分", "状态")
Row = tuple[str, int, str, str, Decimal, str]


def prepare(rows: int, sample: int) -> dict:
    """Make the database: the gazetteer and a draft with enough empty tables; and the files."""
    path = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor == "sqlite":
        for leftover in PLACE.glob(f"{path.name}*"):
            leftover.unlink()
    call_command("migrate", verbosity=0)
    call_command("load_gazetteer", verbosity=0)
    edition = Edition.objects.create(label="2017-2018", period_start=2017, period_end=2018)
    draft = Release.objects.create(edition=edition, title_zh="评估结果", announced_on=DAY)
    series = Series.objects.create(release=draft, number=1, title_zh="第一系列")
    group = PeerGroup.objects.create(
        release=draft, slug="counties", title_zh="区县", subject_kind="place", level="county"
    )
    for number in range(1, tables(rows) + 1):
        Ranking.objects.create(
            series=series, position=number, slug=f"table-{number}", title_printed=f"表{number}", peer_group=group,
            decimals=2, state="not_transcribed",
        )  # fmt: skip
    write_file(FILE, content(rows))
    write_file(
        SAMPLE, ((*row[:3], slug, *row[4:]) for row, slug in zip(content(sample), codes(sample), strict=True))
    )
    return {"rows": rows}


def tables(rows: int) -> int:
    return -(-rows // TABLE_ROWS)


def places() -> list[tuple[str, str, str]]:
    """Return identifier, name and full path of the places of every table."""
    found = (
        Place.objects.valid_on(DAY).filter(level="county").select_related("parent__parent").order_by("slug")
    )
    return [(one.slug, one.name_zh, one.path_zh) for one in found[:TABLE_ROWS]]


def content(rows: int) -> Iterator[Row]:
    """Yield the rows: a third names its place by code, a third by path, a third by name where no other has it."""
    known = places()
    all_names = Counter(Place.objects.valid_on(DAY).filter(level="county").values_list("name_zh", flat=True))
    for number in range(rows):
        table, place = divmod(number, TABLE_ROWS)
        slug, name, path = known[place]
        printed = name if number % 3 == 0 or (number % 3 == 1 and all_names[name] == 1) else path
        code = slug if number % 3 == 0 else ""
        score = Decimal(9900 - 3 * place + table % 7) / 100
        yield f"table-{table + 1}", place + 1, printed, code, score, "final"


def codes(rows: int) -> list[str]:
    known = [slug for slug, _name, _path in places()]
    return [known[number % TABLE_ROWS] for number in range(rows)]


def write_file(path: Path, rows: Any) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    figures = book.add_format({"num_format": "0.00"})
    sheet = book.add_worksheet("得分")
    sheet.write_row(0, 0, HEADINGS)
    for number, row in enumerate(rows, 1):
        table, rank, name, code, score, status = row
        sheet.write_row(number, 0, (table, rank, name, code))
        sheet.write_number(number, 4, float(score), figures)
        sheet.write_string(number, 5, status)
    book.close()


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def ours(rows: int, sample: int) -> dict:
    base, draft = peak(), Release.objects.get()
    begun, cpu = time.perf_counter(), time.process_time()
    import_, _new = open_import("scores", FILE.read_bytes(), FILE.name, by=None, release=draft)
    preview(import_)
    previewed = time.perf_counter()
    import_ = Import.objects.get(pk=import_.pk)
    apply_import(import_, by=None)
    applied, used = time.perf_counter(), time.process_time() - cpu
    import_.refresh_from_db()
    assert (import_.new, import_.refused) == (rows, 0), (import_.new, import_.refused)
    assert Score.objects.count() == Score.history.count() == rows
    page = time.perf_counter()
    list(import_.rows.page("new", rows // PAGE))
    page = time.perf_counter() - page
    result = {
        "rows": rows, "preview": previewed - begun, "apply": applied - previewed, "cpu": used, "peak": peak(),
        "base": base, "page": page,
    }  # fmt: skip
    begun = time.perf_counter()
    undone = undo_import(import_, by=None)
    result["undo"] = time.perf_counter() - begun
    assert undone.removed == rows
    assert not Score.objects.exists()
    import_, _new = open_import("scores", FILE.read_bytes(), FILE.name, by=None, release=draft)
    apply_import(preview(import_), by=None)
    return result


def again(rows: int, sample: int) -> dict:
    import_, _new = open_import(
        "scores", FILE.read_bytes(), "again.xlsx", by=None, release=Release.objects.get(), again=True
    )
    begun = time.perf_counter()
    import_ = preview(import_)
    seconds = time.perf_counter() - begun
    assert import_.same == rows, (import_.new, import_.changed, import_.same, import_.refused)
    _empty()
    return {"preview": seconds, "peak": peak()}


def _empty() -> None:
    """Take the rows away, and the room that they leave: every part begins with the same tables."""
    with connection.cursor() as cursor:
        for table in ("scores_score", "scores_historicalscore", "exchange_importrow"):
            cursor.execute(
                f"TRUNCATE {table}" if connection.vendor == "postgresql" else f"DELETE FROM {table}"
            )
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")


def import_export(rows: int, sample: int) -> dict:
    """A resource as it comes, but for the headings and what names a table and a place."""
    from import_export import fields, resources, widgets
    from import_export.formats.base_formats import XLSX

    class Scores(resources.ModelResource):
        ranking = fields.Field("ranking", "榜单", widgets.ForeignKeyWidget(Ranking, "slug"))
        position = fields.Field("position", "名次")
        printed_rank = fields.Field("printed_rank", "名次")
        printed_name = fields.Field("printed_name", "城市")
        subject = fields.Field("subject", "代码", widgets.ForeignKeyWidget(Subject, "slug"))
        printed_score = fields.Field("printed_score", "得分")
        status = fields.Field("status", "状态")

        class Meta:
            model = Score
            import_id_fields = ("ranking", "subject")
            fields = (
                "ranking",
                "position",
                "printed_rank",
                "printed_name",
                "subject",
                "printed_score",
                "status",
            )

    begun, cpu = time.perf_counter(), time.process_time()
    dataset = XLSX().create_dataset(SAMPLE.read_bytes())
    result = Scores().import_data(dataset, raise_errors=True)
    seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    assert Score.objects.count() == sample, result.totals
    _empty()
    return {"rows": sample, "seconds": seconds, "cpu": cpu, "peak": peak()}


def bulk_create(rows: int, sample: int) -> dict:
    """The fields of every row are checked but for its keys, which would ask the database each time."""
    from python_calamine import load_workbook

    sheet = load_workbook(str(FILE)).get_sheet_by_index(0)
    rankings = dict(Ranking.objects.values_list("slug", "pk"))
    known = dict(Subject.objects.filter(slug__in=codes(TABLE_ROWS)).values_list("slug", "pk"))
    keys = [known[slug] for slug in codes(min(rows, TABLE_ROWS))]
    begun, cpu = time.perf_counter(), time.process_time()
    values = iter(sheet.iter_rows())
    next(values)
    objects = []
    with transaction.atomic():
        for number, (table, rank, name, _code, score, status) in enumerate(values):
            one = Score(
                ranking_id=rankings[table], position=int(rank), printed_rank=int(rank), printed_name=name,
                subject_id=keys[number % TABLE_ROWS], printed_score=Decimal(f"{score:.2f}"), status=status,
            )  # fmt: skip
            one.clean_fields(exclude={"ranking", "subject", "band", "source", "verified_by"})
            objects.append(one)
        Score.objects.bulk_create(objects, batch_size=2000)
    seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    assert Score.objects.count() == rows
    _empty()
    return {"rows": rows, "seconds": seconds, "cpu": cpu, "peak": peak()}


PARTS = {one.__name__: one for one in (prepare, ours, again, import_export, bulk_create)}

if __name__ == "__main__":
    part, rows, sample = sys.argv[1:]
    print(json.dumps(PARTS[part](int(rows), int(sample))))
