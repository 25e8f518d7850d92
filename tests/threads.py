"""Several people at once, each in a thread with a connection of its own."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import IntegrityError, connection, connections

from cityrank.publishing.refusals import Refused


def at_once(*actions: Callable[[], object]) -> list[object]:
    """Run the actions at the same time; return what each returned, or what it was refused with.

    For tests with real transactions (`django_db(transaction=True)`). Any other error is raised here.
    """
    results: list[object] = [None] * len(actions)
    barrier = threading.Barrier(len(actions))

    def run(number: int, action: Callable[[], object]) -> None:
        try:
            barrier.wait(30)
            results[number] = action()
        except BaseException as error:
            results[number] = error
        finally:
            connections.close_all()

    with _database_of_many():
        threads = [threading.Thread(target=run, args=pair) for pair in enumerate(actions)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=120)
            assert not thread.is_alive(), "somebody waits for ever"
    for result in results:
        if isinstance(result, BaseException) and not isinstance(result, Refused | IntegrityError):
            raise result
    return results


@contextmanager
def _database_of_many() -> Iterator[None]:
    """Tests on SQLite keep their data in memory, where connections cannot wait for each other as they do on a file.

    So the threads work on a file, opened with the settings of a server, and what they wrote is taken back.
    """
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    in_memory = connection.settings_dict["NAME"]
    with TemporaryDirectory() as directory:
        path = Path(directory) / "cityrank.sqlite3"
        _copy(connection.connection, path)
        connection.settings_dict["NAME"] = str(path)
        try:
            yield
        finally:
            connection.settings_dict["NAME"] = in_memory
            _copy(path, connection.connection)


def _copy(source: sqlite3.Connection | Path, target: sqlite3.Connection | Path) -> None:
    opened = [sqlite3.connect(one) for one in (source, target) if isinstance(one, Path)]
    one, other = (opened[0] if isinstance(end, Path) else end for end in (source, target))
    one.backup(other)
    for file in opened:
        file.close()
