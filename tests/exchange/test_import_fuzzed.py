"""Five thousand hostile spreadsheets: each is read or refused with a sentence, and none is saved in part."""

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from cityrank.exchange.importing import BadFile, apply_import, open_import, preview, undo_import
from cityrank.exchange.planning.headings import headed_tables
from cityrank.exchange.reading import read_document
from cityrank.exchange.sheets import SCORES
from cityrank.publishing.refusals import Refused
from scores.models import Score
from tests.exchange.hostile_files import hostile_files
from tests.exchange.tabular import empty_table, imported, stored, text_of

pytestmark = pytest.mark.long

FILES = 5000
# Each of so many goes all the way into the database and back.
ALL_THE_WAY = 40


def test_every_file_is_read_or_refused_with_a_sentence() -> None:
    refused = read = rows = 0
    for name, content in hostile_files(FILES):
        try:
            document = read_document(content)
            for headed in headed_tables(document, SCORES, given={"ranking"}):
                rows += sum(1 for _row in headed.table.read(None))
            read += 1
        except BadFile as bad:
            refused += bool(str(bad))
        except BaseException as error:
            raise AssertionError(f"{name}: {type(error).__name__}: {error}") from error
    assert read + refused == FILES
    # Otherwise nothing would be tried that comes after the reading, or nothing that is wrong with a file.
    assert min(read, refused, rows) > FILES // 10, (read, refused, rows)


@pytest.mark.django_db
def test_no_file_is_saved_in_part(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    table = empty_table()
    imported(text_of([("名次", "城市", "得分"), (1, "杭州", "90.00"), (2, "宁波", "80.00")]), table)
    before, written = stored(table), 0
    for number, (name, content) in enumerate(hostile_files(FILES)):
        if number % ALL_THE_WAY and number % (ALL_THE_WAY + 1):
            continue
        with transaction.atomic():
            try:
                import_, _new = open_import(
                    "scores", content, name, by=None, release=table.release, into=table
                )
                done = apply_import(preview(import_), None)
            except (BadFile, Refused):
                assert stored(table) == before, name
            else:
                written += done.new + done.changed > 0
                assert Score.objects.count() == len(before) + done.new, name
                undo_import(done, None)
                assert stored(table) == before, name
            transaction.set_rollback(True)
    assert written > 20
