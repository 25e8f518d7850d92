"""Filters of the registry that have a meaning of their own."""

import datetime as dt

from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When


class SubjectQuerySet(models.QuerySet):
    def search(self, text: str) -> "SubjectQuerySet":
        """Return subjects whose name, alias, pinyin or initials contain `text`, best matches first.

        Pinyin is matched from the start of the name and without spaces or apostrophes; Chinese and English anywhere.
        An empty text finds nothing.
        """
        # PostgreSQL refuses NUL in a text; no name has one.
        text = text.replace("\x00", "").strip()[:80]
        if not text:
            return self.none()
        key = "".join(char for char in text.lower() if char.isalnum()).replace("ü", "v")
        found = Q(name_zh__contains=text) | Q(name_en__icontains=text) | Q(slug=text.lower())
        found |= Q(pk__in=self._aliases().filter(text__icontains=text).values("subject"))
        if key.isascii() and key:
            found |= Q(pinyin_key__startswith=key) | Q(initials__startswith=key)
        annotated = self.filter(found).annotate(match=_closeness(text, key), weight=self._weight())
        return annotated.order_by("match", "weight", "pinyin", "slug")

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

    def _aliases(self) -> models.QuerySet:
        from cityrank.registry.models import Alias

        return Alias.objects.all()


def _closeness(text: str, key: str) -> Case:
    """0 for the name itself, 1 for its stem, then beginnings, then anything else."""
    by_sound = (
        [When(pinyin_key__startswith=key, then=Value(3)), When(initials__startswith=key, then=Value(4))]
        if key
        else []
    )
    return Case(
        When(name_zh=text, then=Value(0)),
        When(stem=text, then=Value(1)),
        When(name_en__iexact=text, then=Value(1)),
        When(name_zh__startswith=text, then=Value(2)),
        *by_sound,
        default=Value(5),
        output_field=IntegerField(),
    )


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
