"""What one may ask of a table, and what becomes of a question that it does not know."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cityrank.results.table_wish import COLUMNS, SORTS, Asked, Wish

LAST_PAGE = 100_000


@dataclass(frozen=True)
class Choice:
    """A value that rows can be narrowed to, what it is called, and how many rows have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Options:
    provinces: list[Choice]
    tiers: list[Choice]
    bands: list[Choice]
    # Those that the table can show beside rank and name, and those that it shows by itself.
    columns: tuple[str, ...]
    default_columns: tuple[str, ...]

    @property
    def sorts(self) -> tuple[str, ...]:
        return tuple(name for name in SORTS if name != "move" or "move" in self.columns)


def cleaned(asked: Asked, options: Options) -> tuple[Wish, list[str]]:
    """Return what can be answered of what was asked, and a sentence for each part of it that cannot."""
    notices: list[str] = []
    wish = Wish(
        q=asked.q,
        province=_known(
            asked.province,
            options.provinces,
            _("No province “%(value)s” stands in this table; all provinces are shown."),
            notices,
        ),
        tier=_known(
            asked.tier,
            options.tiers,
            _("No tier “%(value)s” occurs in this table; all tiers are shown."),
            notices,
        ),
        band=_known(
            asked.band, options.bands, _("This table has no band “%(value)s”; all bands are shown."), notices
        ),
        sort=_sort(asked.sort, options, notices),
        columns=_columns(asked.columns, options, notices),
        all_rows=_all_rows(asked.rows, notices),
        page=_page(asked.page, notices),
    )
    return wish, notices


def _known(value: str, choices: Sequence[Choice], sentence: str, notices: list[str]) -> str:
    if not value or value in {choice.value for choice in choices}:
        return value
    notices.append(sentence % {"value": value})
    return ""


def _sort(asked: str, options: Options, notices: list[str]) -> str:
    name = asked.removeprefix("-")
    if not asked or (name in options.sorts and asked in (name, f"-{name}")):
        return asked or "rank"
    if name == "move":
        notices.append(_("Movement is not known in this table; it is sorted by rank."))
    else:
        notices.append(_("A table cannot be sorted by “%(value)s”; it is sorted by rank.") % {"value": asked})
    return "rank"


def _columns(asked: tuple[str, ...] | None, options: Options, notices: list[str]) -> tuple[str, ...] | None:
    if asked is None:
        return None
    # Rank and name are always there, and may be named all the same.
    unknown = [name for name in asked if name not in options.columns and name not in ("rank", "name")]
    for name in dict.fromkeys(unknown):
        if name in COLUMNS:
            notices.append(_("This table has nothing to show in the column “%(value)s”.") % {"value": name})
        else:
            notices.append(_("There is no column “%(value)s”.") % {"value": name})
    chosen = tuple(name for name in options.columns if name in asked)
    if chosen == options.default_columns or (unknown and not chosen):
        return None
    return chosen


def _all_rows(asked: str, notices: list[str]) -> bool:
    if asked not in ("", "all"):
        notices.append(_("“rows” can only be “all”; the rows are shown page by page."))
    return asked == "all"


def _page(asked: str, notices: list[str]) -> int:
    if not asked:
        return 1
    # isdecimal alone would let in the digits of other scripts, which int() reads as well.
    if asked.isascii() and asked.isdecimal() and 1 <= int(asked[:9]) <= LAST_PAGE:
        return int(asked[:9])
    notices.append(_("There is no page “%(value)s”; this is the first one.") % {"value": asked})
    return 1
