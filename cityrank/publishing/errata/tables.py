"""Which columns of which tables the public reads, and by what a row is the same row in two releases."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from awards import models as awards
from awards.models import ReleaseContent
from scores import models as scores

SUBJECT = "subject__slug"


@dataclass(frozen=True)
class Table:
    """`fields` are look-ups of the values that are compared; `keys` are identities, the most telling one first.

    `part` leads to the award or ranking that the row belongs to ("" where it belongs to none); `label` are the look-ups
    of what the row is called, in Chinese and in English. Where `ordered`, rows have a position: that they follow one
    another in another order is a change, that all move up by one because a row was added is none.
    """

    model: type[ReleaseContent]
    fields: tuple[str, ...]
    keys: tuple[tuple[str, ...], ...]
    label: tuple[str, str]
    part: str = ""
    ordered: bool = False
    # Look-ups that the values of others are shown with.
    helpers: tuple[str, ...] = field(default=())

    @property
    def of(self) -> str:
        return self.model._meta.model_name or ""


TEXT = ("title_zh", "title_en")

TABLES = (
    Table(awards.Organiser, ("role",), (("organisation__slug", "role"), ("organisation__slug",)),
          ("organisation__name_zh", "organisation__name_en"), ordered=True),
    Table(awards.Series, ("number", *TEXT, "intro_zh", "intro_en"), (("number",), ("title_zh",)), TEXT),
    Table(awards.Award,
          ("series__number", "title_listed", "title_printed", "title_en", "period_listed", "period_printed",
           "expected_count", "citation__key"),
          (("slug",), ("line__slug",)), ("title_printed", "title_en"), part="self"),
    Table(awards.Recipient, ("printed_name", SUBJECT),
          ((SUBJECT,), ("printed_name",), ("position",)), ("printed_name", "subject__name_en"), part="award",
          ordered=True),
    Table(awards.Citation, ("kind", "heading", "text_zh", "text_en"), (("key",),), ("heading", "key")),
    Table(scores.PeerGroup, (*TEXT, "definition_zh", "definition_en"), (("slug",),), TEXT),
    Table(scores.Ranking,
          ("series__number", "title_listed", "title_printed", "title_en", "state", "peer_group__slug", "cutoff",
           "expected_count", "unit", "max_score", "decimals", "tie_rule", "image_caption", "note_zh", "note_en",
           "method_changed", "method_note_zh", "method_note_en"),
          (("slug",), ("line__slug",)), ("title_printed", "title_en"), part="self"),
    Table(scores.Band, ("label_zh", "label_en", "first_rank", "last_rank", "lowest_score", "highest_score"),
          (("position",),), ("label_zh", "label_en"), part="ranking"),
    Table(scores.Score,
          ("printed_name", SUBJECT, "printed_rank", "printed_score", "computed_rank", "band__label_zh", "status",
           "note_zh", "note_en"),
          ((SUBJECT,), ("printed_name",), ("position",)), ("printed_name", "subject__name_en"), part="ranking",
          ordered=True, helpers=("decimals", "ranking__decimals")),
    Table(scores.GroupAverage,
          ("printed_label", "label_en", "ranking__slug", "top_n", "printed_value", "printed_previous",
           "printed_change"),
          (("ranking__slug", "printed_label"), ("printed_label",), ("position",)), ("printed_label", "label_en"),
          ordered=True, helpers=("decimals",)),
    Table(awards.Section, ("kind", *TEXT, "body_zh", "body_en"), (("slug",), ("kind", "number")), TEXT),
    Table(awards.Fact, ("printed", "value", "unit", "qualifier", "label_zh", "label_en"), (("slug",), ("position",)),
          ("label_zh", "label_en"), helpers=("decimals",)),
    Table(awards.Source,
          (*TEXT, "publisher_zh", "publisher_en", "author", "url", "published_on", "page", "note_zh", "note_en"),
          (("key",),), TEXT),
)  # fmt: skip
BY_NAME: dict[str, Table] = {table.of: table for table in TABLES}
HEADING = ("title_zh", "title_en", "announced_on", "summary_zh", "summary_en")

Row = dict[str, Any]


def part_lookups(table: Table) -> tuple[str, str, str]:
    """Return the look-ups of slug and titles of the part that a row belongs to."""
    prefix = "" if table.part == "self" else f"{table.part}__"
    return f"{prefix}slug", f"{prefix}title_printed", f"{prefix}title_en"


def lookups(table: Table) -> list[str]:
    found = [*table.fields, *table.label, *(name for key in table.keys for name in key), *table.helpers]
    found += part_lookups(table) if table.part else ()
    found += [SUBJECT, "subject__name_zh"] if SUBJECT in table.fields else []
    found += ["position"] if table.ordered else []
    return list(dict.fromkeys(found))


def model_of(name: str) -> type[Model]:
    """Return the model that an erratum speaks of by its name."""
    return awards.Release if name == "release" else BY_NAME[name].model
