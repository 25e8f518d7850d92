"""Numbers that look random and are the same on every machine, because they follow from what they are asked for."""

from functools import cache
from random import Random

SEED = "cityrank-demo"
# Places that the story needs in its tables: neighbours that were merged, and the city that examples speak of.
STARS = {
    "330100": 1.9,
    "330102": 2.6,
    "330103": 2.5,
    "330104": 2.4,
    "330105": 2.7,
    "410322": 2.9,
    "410308": 2.9,
    "370614": 2.8,
    "370634": 2.7,
    "370684": 3.0,
}


@cache
def normal(*key: object) -> float:
    """Return a number of a standard normal distribution for a key."""
    return Random("|".join([SEED, *map(str, key)])).gauss(0, 1)  # noqa: S311 - nothing is kept secret by it


def standing(slug: str, *about: object) -> float:
    """Return how well a subject does in the long run, in standard deviations from the middle."""
    return STARS[slug] + normal(slug, *about) / 10 if slug in STARS else normal(slug, *about)
