"""Releases as hypothesis thinks of them: something of every content table, and every field of it.

The fields are read from the models, so that a new column of a content table is drawn, and missed by the round trip
until it is exported.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from django.db import models
from hypothesis import strategies as st

from awards.models import (
    Award,
    Citation,
    Edition,
    Fact,
    Line,
    Organiser,
    Recipient,
    Release,
    Section,
    Series,
    Source,
)
from cityrank.registry.models import Alias, App, Organisation, Place, PlaceTier, Subject
from scores.models import Band, GroupAverage, PeerGroup, Ranking, Score
from tests.factories import registry

Draw = Callable[[st.SearchStrategy], Any]
Row = TypeVar("Row", bound=models.Model)

# What spreadsheets run, misread or trim, and what ends a cell or a line.
TRICKY = [
    "=1+1", "+86", "-", "-x", "@x", "\tx", "\rx", "\nx", "'=1", "''=1", "'", "＝1", "001", "1.50", "1e5", '"', 'a"b',
    "a,b", "a\r\nb", "a\rb", "a\nb", " a ", "杭州市", "=HYPERLINK(0)", "#N/A", "TRUE", "2018-07-30", "\ufeffx",
    "_x000D_", "x" * 200,
]  # fmt: skip
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")


def texts(longest: int, shortest: int = 0) -> st.SearchStrategy[str]:
    """Any text that a database keeps."""
    tricky = st.sampled_from([text for text in TRICKY if shortest <= len(text) <= longest])
    return st.one_of(tricky, st.text(CHARACTERS, min_size=shortest, max_size=min(longest, 30)))


def slugs(longest: int = 80) -> st.SearchStrategy[str]:
    return st.text("abcXYZ019-_", min_size=1, max_size=min(longest, 10))


def figures(field: models.DecimalField) -> st.SearchStrategy[Decimal]:
    largest = Decimal(10) ** (field.max_digits - field.decimal_places) - 1
    return st.decimals(-largest, largest, places=field.decimal_places, allow_nan=False)


def values(field: Any) -> st.SearchStrategy:
    """Return what a field may hold, by its class."""
    if field.choices:
        found: st.SearchStrategy = st.sampled_from([value for value, _label in field.flatchoices])
        return st.one_of(st.just(""), found) if field.blank else found
    if isinstance(field, models.JSONField):
        return st.lists(st.sampled_from(PlaceTier.Tier.values), max_size=3)
    if isinstance(field, models.SlugField):
        return slugs(field.max_length)
    if isinstance(field, models.URLField):
        return st.sampled_from(["", "https://example.org/", "http://example.org/a?b=c&d=%E6#e"])
    if isinstance(field, models.TextField | models.CharField):
        return texts(field.max_length or 10_000, 0 if field.blank else 1)
    simple: list[tuple[type, st.SearchStrategy]] = [
        (models.BooleanField, st.booleans()),
        (models.DateField, st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))),
        (models.IntegerField, st.integers(1, 4 if field.name == "decimals" else 9999)),
    ]
    found = (
        figures(field)
        if isinstance(field, models.DecimalField)
        else next(strategy for kind, strategy in simple if isinstance(field, kind))
    )
    return st.one_of(st.none(), found) if field.null else found


class Maker:
    """Draws a draft of edition 2017-2018 and stores it."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw

    def release(self) -> Release:
        edition = Edition.objects.create(label="2017-2018", period_start=2017, period_end=2018)
        subjects = self.subjects()
        organisations = [one for one in subjects if isinstance(one, Organisation)]
        heading = ("title_zh", "title_en", "announced_on", "summary_zh", "summary_en", "reason", "due_on")
        release = self.row(Release, heading, edition=edition)
        self.draft = release
        sources = self.rows(Source, ("key",), 2)
        self.rows(Organiser, ("role", "organisation"), 2, organisation=organisations)
        citations = self.rows(Citation, ("key",), 2, source=sources)
        series = self.rows(Series, ("number",), 3)
        sections = self.sections(series, sources)
        self.rows(Fact, ("slug",), 2, ("position",), section=sections, source=sources)
        lines = self.lines()
        self.awards(series, citations, sources, subjects, lines["award"])
        self.rankings(series, sources, subjects, lines["ranking"])
        return release

    def row(self, model: type[Row], names: Sequence[str] = (), **given: Any) -> Row:
        """Store a row with drawn values for the fields that are not given; `names` narrows which."""
        own = [
            field
            for field in model._meta.concrete_fields
            if not isinstance(field, models.ForeignKey) and not field.primary_key
        ]
        drawn = {
            field.name: self.draw(values(field))
            for field in own
            if field.name not in given
            and (field.editable or field.name in names)
            and (not names or field.name in names)
        }
        return model._default_manager.create(**drawn, **given)

    def rows(
        self,
        model: type[Row],
        key: tuple[str, ...],
        most: int,
        also: tuple[str, ...] = (),
        **chosen: Sequence,
    ) -> list[Row]:
        """Store up to `most` rows of the release that differ in `key`; `chosen` are rows that they may point at."""
        count = self.draw(st.integers(0, most))
        made: list[Row] = []
        used: set[tuple] = set()
        for position in range(1, count + 1):
            given = {name: self.one_of(model, name, rows) for name, rows in chosen.items()}
            given |= dict.fromkeys(also, position)
            given |= {
                name: self.draw(values(model._meta.get_field(name))) for name in key if name not in given
            }
            identity = tuple(getattr(given[name], "pk", given[name]) for name in key)
            if identity in used or any(given[name] is None for name in key):
                continue
            used.add(identity)
            made.append(self.row(model, release=self.draft, **given))
        return made

    def one_of(self, model: type[models.Model], name: str, rows: Sequence) -> Any:
        choices = [*rows, None] if model._meta.get_field(name).null or not rows else rows
        return self.draw(st.sampled_from(choices))

    # --- subjects -----------------------------------------------------------------------------------------------

    def subjects(self) -> list[Subject]:
        tencent = registry.organisation("tencent", "腾讯", website="https://example.org/")
        places: list[Subject] = [registry.xihu(), registry.hangzhou(), registry.beijing()]
        zone = registry.zone(self.draw(slugs().filter(lambda slug: slug not in ("tencent", "wechat", "own"))))
        own = Place.objects.create(
            slug="own",
            level="zone",
            parent=zone,
            **{
                name: self.draw(values(Place._meta.get_field(name)))
                for name in ("name_zh", "name_en", "pinyin", "note")
            },
        )
        self.row(Alias, subject=own)
        year = self.draw(st.one_of(st.none(), st.integers(1949, 2018)))
        PlaceTier.objects.create(
            place=own, tier="pilot", from_year=year, to_year=year, note=self.draw(texts(200))
        )
        app = App.objects.create(
            slug="wechat", name_zh="微信", operator=self.draw(st.sampled_from([tencent, None]))
        )
        return [*places, zone, own, tencent, registry.organisation("institute", "研究院"), app]

    def lines(self) -> dict[str, list[Line]]:
        into = self.row(Line, ("title_zh", "title_en"), slug="goes-on", kind="award")
        made = {
            kind: [self.row(Line, ("title_zh", "title_en"), slug=kind, kind=kind)]
            for kind in ("award", "ranking")
        }
        made["award"][0].merged_into = self.draw(st.sampled_from([into, None]))
        made["award"][0].save()
        return made

    # --- words --------------------------------------------------------------------------------------------------

    def sections(self, series: Sequence[Series], sources: Sequence[Source]) -> list[Section]:
        return self.rows(Section, ("slug",), 3, ("number",), series=series, source=sources)

    def awards(self, series: list, citations: list, sources: list, subjects: list, lines: list) -> None:
        if not series:
            return
        chosen = {"series": series, "citation": citations, "source": sources, "line": lines}
        for award in self.rows(Award, ("slug",), 2, ("position",), **chosen):
            for position, subject in self.listed(subjects):
                self.row(
                    Recipient,
                    award=award,
                    position=position,
                    subject=subject,
                    source=self.one_of(Recipient, "source", sources),
                )

    def listed(self, subjects: list[Subject]) -> list[tuple[int, Subject | None]]:
        """Return positions with subjects; a name of a draft may be open, and no subject is in a list twice."""
        named = self.draw(st.lists(st.sampled_from(subjects), max_size=3, unique_by=lambda one: one.pk))
        rows = [*named, *[None] * self.draw(st.integers(0, 2))]
        positions = self.draw(
            st.lists(st.integers(1, 9999), min_size=len(rows), max_size=len(rows), unique=True)
        )
        return list(zip(positions, rows, strict=True))

    # --- tables -------------------------------------------------------------------------------------------------

    def rankings(self, series: list, sources: list, subjects: list, lines: list) -> None:
        groups = self.rows(PeerGroup, ("slug",), 2)
        tables: list[Ranking] = []
        if series:
            tables = self.tables({"series": series, "peer_group": groups, "source": sources, "line": lines})
        for table in tables:
            bands = [self.band(table, position) for position in range(self.draw(st.integers(0, 2)))]
            for position, subject in self.listed(subjects):
                self.score(table, position, subject, bands, sources)
        self.rows(GroupAverage, ("position",), 3, ranking=tables, source=sources)

    def tables(self, chosen: dict[str, list]) -> list[Ranking]:
        maximum = st.one_of(st.none(), st.decimals(Decimal("0.0001"), 10_000_000, places=4))
        slugs_ = self.draw(st.lists(slugs(), max_size=2, unique=True))
        return [
            self.row(
                Ranking,
                release=self.draft,
                slug=slug,
                position=position,
                max_score=self.draw(maximum),
                **{name: self.one_of(Ranking, name, rows) for name, rows in chosen.items()},
            )
            for position, slug in enumerate(slugs_, 1)
        ]

    def band(self, table: Ranking, position: int) -> Band:
        ranks = sorted(self.draw(st.lists(st.integers(1, 9999), min_size=2, max_size=2)))
        drawn = self.draw(st.lists(figures(Band._meta.get_field("lowest_score")), min_size=2, max_size=2))  # type: ignore[arg-type]
        lowest, highest = self.draw(st.sampled_from([sorted(drawn), (drawn[0], None), (None, None)]))
        return self.row(
            Band,
            ranking=table,
            position=position,
            first_rank=ranks[0],
            last_rank=self.draw(st.sampled_from([ranks[1], None])),
            lowest_score=lowest,
            highest_score=highest,
        )

    def score(self, table: Ranking, position: int, subject: Any, bands: list[Band], sources: list) -> Score:
        value = self.draw(values(Score._meta.get_field("printed_score")))
        missing = value is None
        return self.row(
            Score,
            ranking=table,
            position=position,
            subject=subject,
            printed_score=value,
            status=self.draw(
                st.sampled_from(["missing", "not_transcribed"] if missing else ["final", "estimated"])
            ),
            computed_rank=self.draw(st.one_of(st.none(), st.integers(1, 9999))),
            band=self.draw(st.sampled_from([*bands, None])),
            source=self.one_of(Score, "source", sources),
        )
