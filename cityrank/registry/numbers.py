"""Printed figures: Decimal always, shown with exactly the decimals they were printed with."""

from decimal import ROUND_HALF_UP, Decimal


def shown(value: Decimal | None, decimals: int) -> str:
    """Return `value` with `decimals` digits after the point ("64.30"), or an empty string for None."""
    return "" if value is None else f"{rounded(value, decimals):f}"


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Round half up, as printed tables do; Python's own default would round 0.5 to 0."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
