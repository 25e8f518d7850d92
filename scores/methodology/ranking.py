"""Ranks from scores. Pure functions on arrays, no database."""

from collections.abc import Sequence
from decimal import Decimal

import numpy as np

TIE_RULES = ("min", "dense", "max", "ordinal")


def competition_ranks(scores: Sequence[Decimal | float], rule: str = "min") -> np.ndarray:
    """Return the rank of each score, the highest score being first.

    Parameters: `scores`, shape (n,), any finite unit, unrounded (rounding first makes ties that are none); `rule`, one
    of `TIE_RULES`: "min" gives equal scores the best of their places (1, 2, 2, 4: standard competition ranking, as in
    `scipy.stats.rankdata`), "dense" leaves no gap, "max" gives the worst of their places, "ordinal" keeps the given
    order. Returns integers, shape (n,). Raises `ValueError` for an unknown rule or a score that is no finite number.
    """
    if rule not in TIE_RULES:
        raise ValueError(f"Unknown rule for ties {rule!r}; use one of {', '.join(TIE_RULES)}.")
    # Decimals are compared as decimals: two printed scores are equal only if they were printed equal.
    if not all(Decimal(score).is_finite() for score in scores):
        raise ValueError("Every score must be a finite number.")
    values, place = np.unique(
        np.array([Decimal(score) for score in scores], dtype=object), return_inverse=True
    )
    from_top = len(values) - 1 - place.reshape(-1)  # 0 for the highest value
    if rule == "dense":
        return from_top + 1
    counts = np.bincount(from_top, minlength=len(values)).astype(int)
    last = np.cumsum(counts)
    if rule == "max":
        return last[from_top] if len(scores) else from_top
    if rule == "min":
        return (last - counts + 1)[from_top] if len(scores) else from_top
    ranks = np.empty(len(scores), dtype=int)
    ranks[np.argsort(from_top, kind="stable")] = np.arange(1, len(scores) + 1)
    return ranks
