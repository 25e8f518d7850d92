"""Printed figures: Decimal always, shown with exactly the decimals they were printed with."""

import re
from decimal import ROUND_HALF_UP, Decimal

# A year as titles name it, and no part of a longer number.
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# The largest key that a database stores.
MOST = 2**63 - 1


def key_in(text: str) -> int:
    """Return the key of a row that an address or a form names; 0, which no row has, for what is no key."""
    key = int(text) if text.isdecimal() and len(text) < 20 else 0
    return key if key <= MOST else 0


def shown(value: Decimal | None, decimals: int) -> str:
    """Return `value` with `decimals` digits after the point ("64.30"), or an empty string for None."""
    return "" if value is None else f"{rounded(value, decimals):f}"


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Round half up, as printed tables do; Python's own default would round 0.5 to 0."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
