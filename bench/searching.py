"""Ask for suggestions as people type them, over the whole gazetteer, and say how long the server takes.

    DATABASE_URL=... python -m bench.searching [--page /search/] [--rounds 3]

The database is one that `manage.py prepare` made. Some 200 queries are drawn from its names, always the same ones:
whole names, stems, single characters, pinyin and its beginnings, initials, paths, English, traditional characters,
slips, and what is not there. Times are those of a request without network; on a busy machine read the processor's.
"""

import argparse
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator

import django
from opencc import OpenCC

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
os.environ.setdefault("ALLOWED_HOSTS", "localhost")
django.setup()

from django.test import Client  # noqa: E402

from cityrank.registry.models import Place  # noqa: E402

Case = tuple[str, str]


def queries() -> list[Case]:
    """Return (kind, query), the same ones for the same gazetteer."""
    chance = random.Random(2018)
    upper = (
        Place.objects.current()
        .filter(level__in=("prefecture", "county"))
        .order_by("slug")
        .select_related("parent")
    )
    places = chance.sample(list(upper), 200)
    english = list(
        Place.objects.exclude(name_en="").filter(level__in=("country", "province")).order_by("slug")
    )
    to_traditional = OpenCC("s2t").convert

    def sound(place: Place) -> str:
        return "".join(place.pinyin.split()[: len(place.stem)])

    def slipped(word: str) -> str:
        at = chance.randrange(1, len(word) - 1)
        return word[:at] + word[at + 1 :]

    def drawn(kind: str, count: int, make: Callable[[Place], str]) -> Iterator[Case]:
        for _ in range(count):
            yield kind, make(places.pop())

    return [
        *drawn("name", 30, lambda place: place.name_zh),
        *drawn("stem", 30, lambda place: place.stem),
        *drawn("one character", 15, lambda place: chance.choice(place.name_zh)),
        *drawn("pinyin", 30, sound),
        *drawn("beginning of pinyin", 25, lambda place: sound(place)[:4]),
        *drawn("initials", 20, lambda place: place.initials[:2]),
        *drawn("path", 20, lambda place: (place.parent.stem if place.parent else "") + place.stem),
        *drawn("traditional", 10, lambda place: to_traditional(place.name_zh)),
        *drawn("slip", 15, lambda place: slipped(sound(place))),
        *[("English", place.name_en) for place in chance.sample(english, 10)],
        *[("not there", text) for text in ("zzqqx", "qqqqww", "不存在", "绝无此地", "xyzzy")],
    ]


def measure(page: str, rounds: int) -> dict[str, list[tuple[float, float]]]:
    """Return (wall, processor) in ms by kind: the best of some rounds for each query."""
    client, found = Client(SERVER_NAME="localhost"), {}
    cases = queries()
    client.get(page, {"q": "杭州"})
    for kind, query in cases:
        times = []
        for _ in range(rounds):
            wall, own = time.perf_counter(), time.process_time()
            response = client.get(page, {"q": query})
            times.append((1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - own)))
            assert response.status_code == 200
        found.setdefault(kind, []).append(min(times))
    return found


def told(name: str, times: list[tuple[float, float]]) -> str:
    walls, owns = (sorted(part) for part in zip(*times, strict=True))
    late = statistics.quantiles(walls, n=20)[-1], statistics.quantiles(owns, n=20)[-1]
    return (
        f"{name:22} {len(times):4} | {statistics.median(walls):6.1f} {late[0]:6.1f} {walls[-1]:6.1f} "
        f"| {statistics.median(owns):6.1f} {late[1]:6.1f} {owns[-1]:6.1f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--page", default="/search/suggestions/")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    found = measure(options.page, options.rounds)
    print(f"{options.page}, ms{'':18}| wall: p50 p95 max      | processor: p50 p95 max")
    for kind, times in found.items():
        print(told(kind, times))
    print(told("all", [one for times in found.values() for one in times]))


if __name__ == "__main__":
    main()
