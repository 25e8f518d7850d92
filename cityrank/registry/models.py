"""Who can be awarded or ranked: places, organisations and apps.

A `Subject` holds what all of them have (names, keys to find them by, a permanent public identifier), so that an award
or a table row points at one column whatever its subject is.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cityrank.registry import names
from cityrank.registry.querysets import CityManager, PlaceQuerySet, SubjectQuerySet, TownManager
from cityrank.registry.texts import is_english


class Subject(models.Model):
    class Kind(models.TextChoices):
        PLACE = "place", _("place")
        ORGANISATION = "organisation", _("organisation")
        APP = "app", _("app")

    own_kind = ""

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, editable=False)
    slug = models.SlugField(
        _("identifier"),
        max_length=80,
        unique=True,
        help_text=_(
            "Permanent public identifier; the GB/T 2260 code where there is one. Addresses are made of it."
        ),
    )
    name_zh = models.CharField(_("Chinese name"), max_length=120, db_index=True)
    name_en = models.CharField(
        _("English name"),
        max_length=120,
        blank=True,
        help_text=_("Only an established name; pinyin stands in for it."),
    )
    stem = models.CharField(
        _("stem"),
        max_length=120,
        blank=True,
        db_index=True,
        help_text=_("The name without 市, 县, 区, 镇 and the like."),
    )
    pinyin = models.CharField(
        _("pinyin"),
        max_length=400,
        blank=True,
        help_text=_("Syllables without tones; made from the name if left empty."),
    )
    pinyin_key = models.CharField(max_length=400, blank=True, db_index=True, editable=False)
    initials = models.CharField(max_length=80, blank=True, db_index=True, editable=False)

    objects = SubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")
        ordering = ["pinyin", "slug"]
        constraints = [
            models.CheckConstraint(condition=~Q(slug="") & ~Q(name_zh=""), name="subject_has_slug_and_name"),
            models.CheckConstraint(
                condition=Q(kind__in=["place", "organisation", "app"]), name="subject_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language; without an established English name, the romanised one."""
        return self.english_name if is_english() else self.name_zh

    @property
    def english_name(self) -> str:
        return self.name_en or names.romanise(self.name_zh, self.pinyin)

    def fill_keys(self) -> None:
        """Derive stem, pinyin and search keys from the names; a pinyin that somebody entered is kept."""
        self.kind = self.own_kind or self.kind
        self.stem = names.stem(self.name_zh) if self.kind == self.Kind.PLACE else self.name_zh
        self.pinyin = self.pinyin or names.syllables(self.name_zh)
        self.pinyin_key = names.search_key(self.pinyin)
        self.initials = names.initials(self.pinyin)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill_keys()
        super().save(*args, **kwargs)


# Named, because the proxies of Place must be followed by the same object (see history.py).
PLACE_HISTORY = HistoricalRecords()


class Place(Subject):
    class Level(models.TextChoices):
        COUNTRY = "country", _("country")
        PROVINCE = "province", _("province level")
        PREFECTURE = "prefecture", _("prefecture level")
        COUNTY = "county", _("county level")
        TOWNSHIP = "township", _("township level")
        ZONE = "zone", _("zone or characteristic town")

    own_kind = Subject.Kind.PLACE

    level = models.CharField(_("level"), max_length=12, choices=Level, db_index=True)
    code = models.CharField(
        _("GB/T 2260 code"),
        max_length=9,
        blank=True,
        db_index=True,
        help_text=_("Empty for zones and countries."),
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    province = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("province"),
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True, help_text=_("Empty: still exists."))
    note = models.TextField(_("note"), blank=True)
    # Rows of the gazetteer files are compared with them at each load; rows that people entered are left alone.
    from_gazetteer = models.BooleanField(_("from the gazetteer"), default=False, editable=False)
    successors: models.ManyToManyField = models.ManyToManyField(
        "self",
        symmetrical=False,
        through="Succession",
        through_fields=("predecessor", "successor"),
        related_name="predecessors",
    )

    history = PLACE_HISTORY
    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(valid_to__isnull=True) & ~Q(code=""),
                name="place_code_has_one_current_holder",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="place_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(level__in=["country", "province", "prefecture", "county", "township", "zone"]),
                name="place_level_is_known",
            ),
            models.CheckConstraint(
                condition=Q(level="country", parent__isnull=True)
                | (~Q(level="country") & Q(parent__isnull=False)),
                name="place_below_a_country_has_a_parent",
            ),
        ]

    @property
    def english_name(self) -> str:
        if self.name_en:
            return self.name_en
        # The identifier of a zone was written by a person, who knew where one word ends and the next begins.
        if not self.code and self.slug.replace("-", "") == self.pinyin_key:
            return " ".join(word.capitalize() for word in self.slug.split("-"))
        return names.romanise(self.name_zh, self.pinyin, self.level)

    @property
    def is_current(self) -> bool:
        return self.valid_to is None

    def ancestors(self) -> list["Place"]:
        """Return the places above this one, from the province down; the country is left out."""
        above: list[Place] = []
        place = self.parent
        while place is not None and place.level != self.Level.COUNTRY and len(above) < 8:
            above.insert(0, place)
            place = place.parent
        return above

    @property
    def path_zh(self) -> str:
        """The full printed path, such as 浙江省杭州市西湖区."""
        return "".join(place.name_zh for place in [*self.ancestors(), self])

    def clean(self) -> None:
        super().clean()
        order = list(self.Level)
        if (
            self.parent
            and self.level
            and order.index(self.Level(self.level)) <= order.index(self.Level(self.parent.level))
        ):
            raise ValidationError({"parent": _("A place belongs to one of a higher level.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.level == self.Level.PROVINCE:
            self.province = None
        elif self.parent:
            self.province_id = (
                self.parent.pk if self.parent.level == self.Level.PROVINCE else self.parent.province_id
            )
        super().save(*args, **kwargs)


class City(Place):
    """A place that is a city: municipality, prefecture-level unit or county-level city."""

    objects = CityManager()

    class Meta:
        proxy = True
        verbose_name = _("city")
        verbose_name_plural = _("cities")


class Town(Place):
    """A township, or a zone or characteristic town without a code."""

    objects = TownManager()

    class Meta:
        proxy = True
        verbose_name = _("town or zone")
        verbose_name_plural = _("towns and zones")


class Organisation(Subject):
    own_kind = Subject.Kind.ORGANISATION

    website = models.URLField(_("website"), blank=True)

    history = HistoricalRecords()
    objects = SubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")


class App(Subject):
    own_kind = Subject.Kind.APP

    operator = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="apps",
        verbose_name=_("operated by"),
    )

    history = HistoricalRecords()
    objects = SubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("app")
        verbose_name_plural = _("apps")


class Alias(models.Model):
    """Another name under which a subject is printed."""

    class Kind(models.TextChoices):
        SHORT = "short", _("short name")
        FORMER = "former", _("former name")
        VARIANT = "variant", _("variant")
        ENGLISH = "english", _("English variant")

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="aliases", verbose_name=_("subject"))
    text = models.CharField(_("name"), max_length=120, db_index=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.VARIANT)
    note = models.CharField(_("note"), max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["text"]
        constraints = [models.UniqueConstraint(fields=["subject", "text"], name="alias_once_for_a_subject")]

    def __str__(self) -> str:
        return self.text


class PlaceTier(models.Model):
    """A rank in the administrative system that a place held for some years."""

    class Tier(models.TextChoices):
        MUNICIPALITY = "municipality", _("municipality under the central government")
        SEPARATELY_PLANNED = "separately_planned", _("separately planned city")
        SUB_PROVINCIAL = "sub_provincial", _("sub-provincial city")
        PROVINCIAL_CAPITAL = "provincial_capital", _("provincial capital")
        PILOT = "pilot", _("smart-city pilot")

    place = models.ForeignKey(Place, models.CASCADE, related_name="tiers", verbose_name=_("place"))
    tier = models.CharField(_("tier"), max_length=20, choices=Tier)
    from_year = models.PositiveSmallIntegerField(_("from year"), null=True, blank=True)
    to_year = models.PositiveSmallIntegerField(_("to year"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("tier")
        verbose_name_plural = _("tiers")
        ordering = ["tier", "from_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "tier", "from_year"], name="tier_begins_once_for_a_place"
            ),
            models.UniqueConstraint(
                fields=["place", "tier"],
                condition=Q(from_year__isnull=True),
                name="tier_of_old_once_for_a_place",
            ),
            models.CheckConstraint(
                condition=Q(from_year__isnull=True)
                | Q(to_year__isnull=True)
                | Q(to_year__gte=F("from_year")),
                name="tier_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.get_tier_display()


class Succession(models.Model):
    """One place took over from another: 坪山新区 became 坪山区."""

    class Kind(models.TextChoices):
        RENAMED = "renamed", _("renamed")
        RECODED = "recoded", _("given another code")
        UPGRADED = "upgraded", _("changed in status")
        MERGED = "merged", _("merged")
        SPLIT = "split", _("split")
        TRANSFERRED = "transferred", _("transferred")
        ABOLISHED_INTO = "abolished-into", _("abolished into")

    predecessor = models.ForeignKey(
        Place, models.CASCADE, related_name="succeeded_by", verbose_name=_("predecessor")
    )
    successor = models.ForeignKey(Place, models.CASCADE, related_name="succeeds", verbose_name=_("successor"))
    date = models.DateField(_("date"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        ordering = ["date", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once_for_a_pair"),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="place_does_not_succeed_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor.name_zh} → {self.successor.name_zh}"


class GazetteerLoad(models.Model):
    """One load of the gazetteer files; the last one tells whether the files have changed since."""

    digest = models.CharField(_("hash of the files"), max_length=64)
    loaded_at = models.DateTimeField(_("loaded at"))

    class Meta:
        verbose_name = _("load of the gazetteer")
        verbose_name_plural = _("loads of the gazetteer")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.digest[:12]


# At the end, as its table refers to one of those above.
from cityrank.registry.searching.models import SearchKey as SearchKey  # noqa: E402
