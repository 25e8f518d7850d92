"""What the pages read, always through a gate. Every function costs the same number of queries for 1 row and for 50."""

from dataclasses import dataclass

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Value,
    When,
)

from awards.models import Award, Organiser, Recipient, Release, Section, Series
from cityrank.publishing.gate import Gate, public_places, public_subjects
from cityrank.registry.models import Alias, App, Organisation, Place, PlaceTier, Subject, Succession
from scores.models import GroupAverage, Ranking, Score

# From a place to its country: township, county, prefecture, province, country, and a zone below any of them.
ABOVE = "parent__parent__parent__parent__parent"
# A recipient or score with all that its name and its path need.
WITH_PATH = f"subject__place__{ABOVE}"


# --- Content of releases -------------------------------------------------------------------------------------------


def series_of(gate: Gate) -> QuerySet[Series]:
    """Return the series of a gate in order, each with its awards, their recipients, and its rankings."""
    recipients = gate.rows(Recipient).select_related("subject__place").order_by("position")
    awards = gate.rows(Award).order_by("position").prefetch_related(Prefetch("recipients", recipients))
    rankings = gate.rows(Ranking).select_related("peer_group").order_by("position")
    series = gate.rows(Series).order_by("release", "number")
    return series.prefetch_related(Prefetch("awards", awards), Prefetch("rankings", rankings))


@dataclass(frozen=True)
class Totals:
    series: int
    awards: int
    recipients: int
    rankings: int


def totals_of(series: list[Series]) -> Totals:
    """Count what `series_of` has fetched already."""
    awards = [award for one in series for award in one.awards.all()]
    return Totals(
        series=len(series),
        awards=len(awards),
        recipients=sum(len(award.recipients.all()) for award in awards),
        rankings=sum(len(one.rankings.all()) for one in series),
    )


def totals_by_release(gate: Gate) -> dict[int, Totals]:
    """Count the content of every release of a gate, by the release's key."""
    counts = {
        model: dict(gate.rows(model).order_by().values_list(model.RELEASE_PATH).annotate(rows=Count("pk")))
        for model in (Series, Award, Recipient, Ranking)
    }
    return {
        key: Totals(*(counts[model].get(key, 0) for model in (Series, Award, Recipient, Ranking)))
        for key in counts[Series]
    }


def organisers_of(gate: Gate) -> QuerySet[Organiser]:
    return gate.rows(Organiser).select_related("organisation").order_by("position")


def averages_of(gate: Gate) -> QuerySet[GroupAverage]:
    return gate.rows(GroupAverage).select_related("ranking__peer_group", "source").order_by("position")


def sections_of(gate: Gate, kind: str) -> QuerySet[Section]:
    sections = gate.rows(Section).filter(kind=kind).select_related("source").order_by("number")
    return sections.prefetch_related("facts")


def releases_of(release: Release) -> QuerySet[Release]:
    """Return every release of the same edition that is or was public, newest first; the withdrawn say so."""
    return release.edition.releases.public_once().order_by("-number")


def recipients_of(gate: Gate, award: Award) -> QuerySet[Recipient]:
    return gate.rows(Recipient).filter(award=award).select_related(WITH_PATH).order_by("position")


def other_years(gate: Gate, row: Award | Ranking) -> QuerySet:
    """Return the same line's awards (or rankings) in the gate's other editions, newest first.

    Where lines were merged, earlier editions show those that have come together and later ones what became of them.
    """
    found = gate.rows(type(row)).exclude(release__edition=row.release.edition_id)
    found = found.filter(_on_line_of(gate, row)) if row.line_id else found.none()
    found = found.select_related("release__edition").order_by("-release__edition__period_end")
    if isinstance(row, Award):
        recipients = gate.rows(Recipient).select_related("subject__place").order_by("position")
        found = found.prefetch_related(Prefetch("recipients", recipients))
    return found


def _on_line_of(gate: Gate, row: Award | Ranking) -> Q:
    """A merger counts from the edition on that no longer has the line merged: a draft may have merged it already."""
    rows, edition = gate.rows(type(row)), row.release.edition
    still_apart = rows.filter(line=OuterRef("line"), release__edition=edition.pk)
    merged = Q(line__merged_into=row.line_id, release__edition__period_end__lt=edition.period_end)
    on_line = Q(Q(line=row.line_id) | (merged & ~Exists(still_apart)))
    merged_into = row.line.merged_into_id if row.line else None
    if merged_into is None:
        return on_line
    still_there = rows.filter(line=row.line_id, release__edition=OuterRef("release__edition"))
    later = Q(line=merged_into, release__edition__period_end__gt=edition.period_end)
    return Q(on_line | (later & ~Exists(still_there)))


def scores_of(gate: Gate, ranking: Ranking) -> QuerySet[Score]:
    rows = gate.rows(Score).filter(ranking=ranking).select_related(WITH_PATH, "band")
    return rows.order_by("position")


# --- Subjects ------------------------------------------------------------------------------------------------------


def place_at(slug: str) -> Place:
    """Raises `Place.DoesNotExist` for what the public may not know of."""
    return public_places().select_related(ABOVE).get(slug=slug)


def awards_won(gate: Gate, subject: Subject) -> QuerySet[Recipient]:
    rows = gate.rows(Recipient).filter(subject=subject.pk)
    rows = rows.select_related("award__series", "award__citation", "award__release__edition")
    return rows.order_by("-award__release__edition__period_end", "award__series__number", "award__position")


def scores_won(gate: Gate, subject: Subject) -> QuerySet[Score]:
    rows = gate.rows(Score).filter(subject=subject.pk)
    rows = rows.select_related("ranking__series", "ranking__peer_group", "ranking__release__edition", "band")
    return rows.order_by(
        "-ranking__release__edition__period_end", "ranking__series__number", "ranking__position"
    )


def level_order(path: str = "level") -> Case:
    """Sort key: the higher the level, the smaller the number; what is no place comes first."""
    order = [When(**{path: level}, then=Value(at)) for at, level in enumerate(Place.Level.values, 1)]
    return Case(*order, default=Value(0), output_field=IntegerField())


def children_of(place: Place) -> QuerySet[Place]:
    """Return what belongs to a place directly: present units by level and code, then those that are no more."""
    ended = Case(When(valid_to__isnull=True, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = public_places().filter(parent=place.pk).annotate(ended=ended, depth=level_order())
    return rows.order_by("ended", "depth", "code", "pinyin", "slug")


def tiers_of(place: Place) -> QuerySet[PlaceTier]:
    return place.tiers.order_by("from_year", "tier")


def aliases_of(subject: Subject) -> QuerySet[Alias]:
    """Return the other names of a subject that the public may know of: `subject` has come through the gate."""
    return subject.aliases.order_by("kind", "text")


def predecessors_of(place: Place) -> QuerySet[Succession]:
    # Narrowed on the inside too: else the database works out all public places first.
    public = public_places().filter(succeeded_by__successor=place.pk).values("pk")
    rows = place.succeeds.filter(predecessor__in=public)
    return rows.select_related("predecessor").order_by("date", "pk")


def successors_of(place: Place) -> QuerySet[Succession]:
    public = public_places().filter(succeeds__predecessor=place.pk).values("pk")
    rows = place.succeeded_by.filter(successor__in=public)
    return rows.select_related("successor").order_by("date", "pk")


def organisation_at(slug: str) -> Organisation:
    return public_subjects(Organisation.objects.all()).get(slug=slug)


def app_at(slug: str) -> App:
    return public_subjects(App.objects.all()).get(slug=slug)


def apps_of(organisation: Organisation) -> QuerySet[App]:
    return public_subjects(App.objects.filter(operator=organisation.pk)).order_by("pinyin")


def operator_of(app: App) -> Organisation | None:
    """An operator that no citable release names stays hidden, like any other subject."""
    return public_subjects(Organisation.objects.filter(apps=app)).first()


def editions_organised(gate: Gate, organisation: Organisation) -> QuerySet[Organiser]:
    rows = gate.rows(Organiser).filter(organisation=organisation.pk).select_related("release__edition")
    return rows.order_by("-release__edition__period_end", "position")
