"""Who belongs to a peer group."""

import datetime as dt

from django.db.models import Q

from awards.models import Edition
from cityrank.registry.models import Place, Subject
from cityrank.registry.querysets import SubjectQuerySet
from scores.models import PeerGroup


def members(group: PeerGroup) -> SubjectQuerySet:
    """Return the subjects that a peer group's rules admit, as a queryset of `Subject`.

    Places count that existed at some time in the years of the edition, with the tiers they held in its last year. A
    group without rules admits every subject of its kind.
    """
    subjects = Subject.objects.filter(kind=group.subject_kind)
    if group.subject_kind != Subject.Kind.PLACE:
        return subjects
    edition = group.release.edition
    places = Place.objects.filter(_existed(edition))
    if group.level:
        places = places.filter(level=group.level)
    if group.tiers:
        places = places.filter(pk__in=_with_tiers(group.tiers, edition.period_end))
    if group.without_tiers:
        places = places.exclude(pk__in=_with_tiers(group.without_tiers, edition.period_end))
    if group.below_tiers:
        above = _with_tiers(group.below_tiers, edition.period_end).values("pk")
        places = places.filter(Q(parent__in=above) | Q(parent__parent__in=above))
    return subjects.filter(pk__in=places.values("pk"))


def _existed(edition: Edition) -> Q:
    first, last = dt.date(edition.period_start, 1, 1), dt.date(edition.period_end, 12, 31)
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=last)
    return begun & (Q(valid_to__isnull=True) | Q(valid_to__gte=first))


def _with_tiers(tiers: list[str], year: int) -> SubjectQuerySet:
    held = Q(tiers__from_year__isnull=True) | Q(tiers__from_year__lte=year)
    held &= Q(tiers__to_year__isnull=True) | Q(tiers__to_year__gte=year)
    return Place.objects.filter(held, tiers__tier__in=tiers)
