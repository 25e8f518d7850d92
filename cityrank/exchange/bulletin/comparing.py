"""The difference of two releases as far as a bulletin prints it.

What an edition holds beside its bulletin is left out: translations, notes and introductions, definitions of peer
groups, the titles we give to series, the tie rule, summaries of findings and national figures.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from django.db import transaction

from awards.models import Edition, Release
from cityrank.exchange.bulletin.drafting import draft_bulletin
from cityrank.exchange.bulletin.elements import Reading
from cityrank.exchange.edition_file import load_edition
from cityrank.publishing.errata import Change, difference
from cityrank.publishing.errata.tables import BY_NAME, SUBJECT, Table

# By table: the columns that stand in a bulletin. A table that is not named here is not compared.
_PRINTED: dict[str, tuple[str, ...]] = {
    "organiser": ("role",),
    "series": ("number",),
    "award": (
        "series__number", "title_listed", "title_printed", "period_listed", "period_printed", "expected_count",
        "citation__key",
    ),
    "recipient": ("printed_name", SUBJECT),
    "citation": ("heading", "text_zh"),
    "ranking": (
        "series__number", "title_listed", "title_printed", "state", "cutoff", "expected_count", "unit", "max_score",
        "decimals", "image_caption",
    ),
    "band": ("label_zh", "first_rank", "last_rank", "lowest_score", "highest_score"),
    "score": ("printed_name", SUBJECT, "printed_rank", "printed_score", "band__label_zh", "status"),
    "groupaverage": (
        "printed_label", "ranking__slug", "top_n", "printed_value", "printed_previous", "printed_change",
    ),
    "section": ("kind", "number"),
    "source": ("title_zh", "publisher_zh", "author", "url", "published_on"),
}  # fmt: skip
HEADING = ("title_zh", "announced_on")


def printed_tables() -> list[Table]:
    """Return the tables of a release with the columns that a bulletin prints, in the order of the errata."""
    return [
        replace(table, fields=_PRINTED[name], keys=_keys(table))
        for name, table in BY_NAME.items()
        if name in _PRINTED
    ]


def _keys(table: Table) -> tuple[tuple[str, ...], ...]:
    # The identifiers of sections are the editor's; in a bulletin they are told apart by their kind and number.
    return (("kind", "number"),) if table.of == "section" else table.keys


def printed_difference(former: Release, release: Release) -> list[Change]:
    """Return what differs between two releases in what a bulletin prints of them; empty where they agree."""
    return difference(former, release, printed_tables(), HEADING)


def difference_from_file(reading: Reading, answers: Mapping[str, str], path: Path) -> list[Change]:
    """Return in what the draft of a bulletin differs from a reviewed edition file, as changes of the file.

    Both are written and taken back again. Raises `Refused` and `BadEditionFile` as those who write them do.
    """
    with transaction.atomic():
        draft = draft_bulletin(reading, answers)
        # The file brings the same edition; nobody sees the name that makes room for it.
        Edition.objects.filter(pk=draft.edition_id).update(label="-")
        reviewed, _loaded = load_edition(path)
        found = printed_difference(reviewed, draft)
        transaction.set_rollback(True)
    return found
