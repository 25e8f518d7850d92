"""Documents that were made once: read again, made anew when anything in them changes, never half written."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from django.test import override_settings

from cityrank.exchange.documents.keeping import kept


@pytest.fixture(autouse=True)
def _media(tmp_path: Path) -> object:
    with override_settings(MEDIA_ROOT=tmp_path):
        yield


class Maker:
    """Counts how often it was asked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> bytes:
        self.times += 1
        return f"made {self.times}".encode()


def test_the_second_reader_gets_the_same_file() -> None:
    make = Maker()
    assert kept(("content", 1), "pdf", make) == b"made 1"
    assert kept(("content", 1), "pdf", make) == b"made 1"
    assert make.times == 1


def test_other_content_is_another_file() -> None:
    make = Maker()
    assert kept(("content", 1), "pdf", make) != kept(("content", 2), "pdf", make)


def test_ten_readers_at_once_wait_for_one_setting() -> None:
    make, ready = Maker(), Event()

    def slowly() -> bytes:
        ready.wait(5)
        return make()

    with ThreadPoolExecutor(10) as pool:
        answers = [pool.submit(kept, "content", "pdf", slowly) for _reader in range(10)]
        ready.set()
        assert {answer.result() for answer in answers} == {b"made 1"}
    assert make.times == 1


def test_where_nothing_can_be_kept_the_reader_gets_the_file_all_the_same(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    make = Maker()
    with override_settings(MEDIA_ROOT=blocked):
        assert kept("content", "pdf", make) == b"made 1"
        assert kept("content", "pdf", make) == b"made 2"


def test_nothing_half_written_is_left_behind(tmp_path: Path) -> None:
    kept("content", "pdf", Maker())
    (file,) = (tmp_path / "documents").iterdir()
    assert file.suffix == ".pdf"

    def broken() -> bytes:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        kept("other", "pdf", broken)
    assert list((tmp_path / "documents").iterdir()) == [file]
