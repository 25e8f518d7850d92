"""Filters of the registry that have a meaning of their own."""

import datetime as dt

from django.db import models
from django.db.models import Case, IntegerField, Min, OuterRef, Q, Subquery, Value, When

from cityrank.registry.searching.models import SearchKey
from cityrank.registry.searching.querysets import closeness
from cityrank.registry.searching.spelling import asked


class SubjectQuerySet(models.QuerySet):
    def search(self, text: str) -> "SubjectQuerySet":
        """Return subjects that `text` may mean, best matches first.

        Chinese is matched anywhere in a name or another name, simplified or traditional; pinyin from a syllable on,
        English from a word on, initials and codes from their beginning. Case, width, tones, blanks and apostrophes do
        not matter. An empty text finds nothing.
        """
        found = SearchKey.objects.matching(text)
        # Worked out for what is left after other filters, and not at all where another order is asked for.
        own = found.filter(subject=OuterRef("pk")).order_by().values("subject")
        nearest = own.annotate(nearest=Min(closeness(asked(text)))).values("nearest")
        rows = self.filter(pk__in=found.values("subject"))
        return rows.alias(match=Subquery(nearest), weight=self._weight()).order_by(
            "match", "weight", "pinyin", "slug"
        )

    def _weight(self) -> Case | Value:
        """Among equal matches what exists comes before what is former, and the larger unit before the smaller."""
        names = {field.name for field in self.model._meta.get_fields()}
        if not names & {"level", "place"}:
            return Value(0)  # organisations or apps alone
        place = "" if "level" in names else "place__"
        levels = ("province", "prefecture", "county", "zone", "township", "country")
        former = When(**{f"{place}valid_to__isnull": False}, then=Value(9))
        ranks = [When(**{f"{place}level": level}, then=Value(rank)) for rank, level in enumerate(levels, 1)]
        # Organisations and apps have no level; there are few of them, and who types one means it.
        return Case(former, *ranks, default=Value(0), output_field=IntegerField())


class PlaceQuerySet(SubjectQuerySet):
    def valid_on(self, date: dt.date) -> "PlaceQuerySet":
        """Return the places that existed on `date`; an open end counts as still existing."""
        begun = Q(valid_from__isnull=True) | Q(valid_from__lte=date)
        not_ended = Q(valid_to__isnull=True) | Q(valid_to__gte=date)
        return self.filter(begun & not_ended)

    def current(self) -> "PlaceQuerySet":
        return self.filter(valid_to__isnull=True)

    def cities(self) -> "PlaceQuerySet":
        """Return municipalities, prefecture-level units and county-level cities."""
        return self.filter(
            Q(level="prefecture")
            | Q(level="province", tiers__tier="municipality")
            | Q(level="county", name_zh__endswith="市")
        ).distinct()

    def towns(self) -> "PlaceQuerySet":
        """Return townships and the zones and characteristic towns without a code."""
        return self.filter(level__in=("township", "zone"))

    def with_tier(self, tier: str, year: int) -> "PlaceQuerySet":
        """Return the places that held `tier` during `year`."""
        return self.filter(
            Q(tiers__from_year__isnull=True) | Q(tiers__from_year__lte=year),
            Q(tiers__to_year__isnull=True) | Q(tiers__to_year__gte=year),
            tiers__tier=tier,
        ).distinct()


class CityManager(models.Manager.from_queryset(PlaceQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> PlaceQuerySet:
        return super().get_queryset().cities()


class TownManager(models.Manager.from_queryset(PlaceQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> PlaceQuerySet:
        return super().get_queryset().towns()
