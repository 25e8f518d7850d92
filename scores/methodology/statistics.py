"""What is said about a set of scores as a whole, and about one score among them. Pure functions, no database.

Scores are decimals as they were printed. All is worked out on whole numbers of their smallest digit, so a figure that
is shown with any number of decimals is right to its last digit; binary fractions would round 2.675 to 2.67.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Context, Decimal

import numpy as np

# Wide enough that no score is rounded on its way to a whole number.
EXACT = Context(prec=2000)
Value = Decimal | float | None


@dataclass(frozen=True)
class Summary:
    """Figures of a set of scores, in their unit; `n` counts the scores that are there."""

    n: int
    mean: Decimal
    median: Decimal
    lower_quartile: Decimal
    upper_quartile: Decimal
    best: Decimal
    worst: Decimal


def summary(values: Iterable[Value]) -> Summary:
    """Return the figures of scores of which the highest is the best.

    Parameter: `values`, shape (n,), any unit; None and NaN are missing and left out, an estimated score counts like
    any other. The median is the middle score, or the mean of the two in the middle. Quartiles are those of Hyndman and
    Fan (1996, "Sample quantiles in statistical packages"), type 7: the value at (n - 1) / 4 and 3 (n - 1) / 4 from the
    lowest, straight between neighbours, which is what spreadsheets (QUARTILE.INC), R and NumPy give unless told
    otherwise, so that readers who check find the same figures. Median and quartiles are exact; the mean has 28 digits.

    Raises `ValueError` where no score is there, or one is infinite.
    """
    scores, places = _scaled(values)
    if not len(scores):
        raise ValueError("There is no score to summarise.")
    ordered = np.sort(scores)
    return Summary(
        n=len(ordered),
        mean=_decimal(int(ordered.sum()), places) / len(ordered),
        median=_quartile(ordered, 2, places),
        lower_quartile=_quartile(ordered, 1, places),
        upper_quartile=_quartile(ordered, 3, places),
        best=_decimal(int(ordered[-1]), places),
        worst=_decimal(int(ordered[0]), places),
    )


def percentile_rank(values: Iterable[Value], value: Decimal | float) -> Decimal:
    """Return how much of a set of scores lies below one of them, in percent, 0 to 100.

    Parameters: `values`, shape (n,), any unit, with `value` among them or not; None and NaN are left out. Scores equal
    to `value`, itself included, count half (the mid-rank: `scipy.stats.percentileofscore` with kind "mean"). So tied
    places have one percentile, the middle of a table is 50, and percentiles of a whole table average 50 whatever ties
    it has. The best of n has 100 - 50 / n, never 100.

    Raises `ValueError` where no score is there, `value` is none or one of them is infinite.
    """
    scores, own = _finite(values), _decimal_of(value)
    if own.is_nan() or not scores:
        raise ValueError("There is no score to compare with.")
    below, equal = sum(map(own.__gt__, scores)), scores.count(own)
    return Decimal(100 * (2 * below + equal)) / (2 * len(scores))


def _decimal_of(value: Decimal | float) -> Decimal:
    """Return a float as the shortest decimal that it is printed as."""
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _finite(values: Iterable[Value]) -> list[Decimal]:
    """Return the scores that are there. Raises `ValueError` for an infinite one."""
    found = [_decimal_of(value) for value in values if value is not None]
    if all(map(Decimal.is_finite, found)):
        return found
    found = [value for value in found if not value.is_nan()]
    if not all(map(Decimal.is_finite, found)):
        raise ValueError("Every score must be a finite number.")
    return found


def _scaled(values: Iterable[Value]) -> tuple[np.ndarray, int]:
    """Return the scores that are there as whole numbers of 10 to the minus `places`, and `places`.

    Numbers of Python where 64 bits would not hold them or their sum.
    """
    found = _finite(values)
    places = _places(found)
    whole = [int(value.scaleb(places, EXACT)) for value in found]
    fits = max(map(abs, whole), default=0) * max(len(whole), 4) < 2**62
    return np.array(whole, dtype=np.int64 if fits else object), places


def _places(values: list[Decimal]) -> int:
    """Return how many decimals the longest of the values has; most have as many as the one before."""
    places = 0
    last: Decimal | None = None
    for value in values:
        if last is None or not value.same_quantum(last):
            last = value
            places = max(places, -int(value.as_tuple().exponent))
    return places


def _quartile(ordered: np.ndarray, quarter: int, places: int) -> Decimal:
    """Return the value at `quarter` (n - 1) / 4 from the lowest, counted in fourths so that nothing is rounded."""
    low, fourths = divmod(quarter * (len(ordered) - 1), 4)
    high = min(low + 1, len(ordered) - 1)
    return _decimal(int(ordered[low]) * (4 - fourths) + int(ordered[high]) * fourths, places) / 4


def _decimal(whole: int, places: int) -> Decimal:
    return Decimal(whole).scaleb(-places)
