"""What the pages of places and other subjects need beside the tags of all pages."""

from decimal import Decimal

from django import template
from django.urls import reverse

from cityrank.publishing.errata.showing import Line, chosen, line
from cityrank.publishing.models import Erratum
from cityrank.registry.models import Subject
from cityrank.registry.numbers import rounded
from cityrank.results.place_standings import Course, Standing
from cityrank.results.place_story import in_one, years
from scores.models import Ranking

register = template.Library()
register.filter("in_one", in_one)

MOST_COMPARED = 5


@register.filter
def percentile(value: Decimal) -> str:
    """A percentile with one decimal, which never claims to be above everybody: 97.4."""
    return f"{min(rounded(value, 1), Decimal('99.9')):f}"


@register.filter
def told(erratum: Erratum) -> Line:
    """A correction in words: what it is about, what stood there and what stands there now."""
    return line(erratum)


@register.filter
def part_title(erratum: Erratum) -> str:
    """Title of the award or ranking that a correction is part of."""
    return chosen(erratum.part_zh, erratum.part_en)


@register.filter
def edition_of(ranking: Ranking) -> str:
    """Label of the edition of a ranking, as it stands in a sentence: 2017–2018."""
    return years(ranking.release.edition)


@register.simple_tag
def profile_of(subject: Subject) -> str:
    """Address of the one-page profile of a place, organisation or app."""
    return reverse(f"pages:{subject.kind}-profile", args=[subject.slug])


@register.simple_tag
def row_of(standing: Standing) -> str:
    """Address of the row in its table, which lights up there."""
    ranking, subject = standing.ranking, standing.row.subject
    slug = subject.slug if subject else ""
    return reverse("pages:ranking-row", args=[standing.release.edition.label, ranking.slug, slug])


@register.simple_tag
def distribution_of(standing: Standing) -> str:
    """Address of the chart of its table with the place marked; empty where there are no scores to draw."""
    subject = standing.row.subject
    if standing.summary is None or subject is None or subject.kind != Subject.Kind.PLACE:
        return ""
    key = f"{standing.ranking.slug}~{subject.slug}"
    return reverse("pages:chart", args=[standing.release.edition.label, "distribution", key])


@register.simple_tag
def comparing(course: Course) -> str:
    """Address of the comparison of a place with its neighbours; empty where it has none."""
    newest = course.newest
    beside = [one.row.subject for one in (*newest.above, *newest.below)]
    slugs = [one.slug for one in (newest.row.subject, *beside) if one is not None][:MOST_COMPARED]
    if len(slugs) < 2 or newest.row.subject is None or newest.row.subject.kind != Subject.Kind.PLACE:
        return ""
    return reverse("pages:compare") + "?" + "&".join(f"place={slug}" for slug in slugs)
