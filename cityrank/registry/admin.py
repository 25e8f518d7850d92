"""The admin of who can be awarded or ranked: places, organisations and apps."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.decorators import display
from unfold.views import ChangeList as ThemeChangeList

from cityrank.registry.admin_base import BaseAdmin, ExplainedForm, Sentences, WrittenByNobody
from cityrank.registry.admin_labels import labels, paths
from cityrank.registry.admin_rivals import rivals_of
from cityrank.registry.models import (
    Alias,
    App,
    City,
    Organisation,
    Place,
    PlaceTier,
    Subject,
    Succession,
    Town,
)
from cityrank.registry.numbers import key_in

# Below the lists: the rows as files, and the way to bring in others. The pages are those of `cityrank.exchange`.
FILES = "admin/cityrank/registry_files.html"

SENTENCES: Sentences = {
    "place_code_has_one_current_holder": ("code", _("Another place that still exists has this code.")),
    "place_ends_after_it_begins": ("valid_to", _("A place ends after it begins.")),
    "place_below_a_country_has_a_parent": ("parent", _("Every place but a country belongs to another one.")),
    "tier_ends_after_it_begins": ("to_year", _("The last year is not before the first.")),
    "place_does_not_succeed_itself": ("successor", _("A place does not succeed itself.")),
    "alias_once_for_a_subject": ("text", _("This name is listed already.")),
}


class RegistryForm(ExplainedForm):
    sentences = SENTENCES


class TimeFilter(admin.SimpleListFilter):
    title = _("current or former")
    parameter_name = "time"

    def lookups(self, request: HttpRequest, model_admin: object) -> list:
        return [("current", _("still exists")), ("former", _("former"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() in ("current", "former"):
            return queryset.filter(valid_to__isnull=self.value() == "current")
        return queryset


class ProvinceFilter(admin.SimpleListFilter):
    title = _("province")
    parameter_name = "province"

    def lookups(self, request: HttpRequest, model_admin: object) -> list:
        provinces = Place.objects.current().filter(level=Place.Level.PROVINCE).order_by("slug")
        return [(str(place.pk), place.name) for place in provinces]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        key = key_in(self.value() or "")
        return queryset.filter(province=key) if key else queryset


class TierFilter(admin.SimpleListFilter):
    title = _("tier")
    parameter_name = "tier"

    def lookups(self, request: HttpRequest, model_admin: object) -> list:
        return list(PlaceTier.Tier.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() in PlaceTier.Tier.values:
            return queryset.filter(pk__in=PlaceTier.objects.filter(tier=self.value()).values("place"))
        return queryset


class RegistryInline(TabularInline):
    form = RegistryForm
    extra = 0
    hide_title = True

    def get_formset(self, request: HttpRequest, obj: Model | None = None, **kwargs: Any) -> type:
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.rivals = rivals_of(request)
        return formset


class AliasInline(RegistryInline):
    model = Alias
    fields = ("text", "kind", "note")


class TierInline(RegistryInline):
    model = PlaceTier
    fields = ("tier", "from_year", "to_year", "note")


class SuccessorInline(RegistryInline):
    model = Succession
    fk_name = "predecessor"
    fields = ("successor", "kind", "date")
    autocomplete_fields = ("successor",)
    verbose_name_plural = _("successors of this place")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("successor", "predecessor")


class PredecessorInline(RegistryInline):
    model = Succession
    fk_name = "successor"
    fields = ("predecessor", "kind", "date")
    autocomplete_fields = ("predecessor",)
    verbose_name_plural = _("what this place followed")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("successor", "predecessor")


class FoundBySearch(BaseAdmin):
    """Found by name, other name, pinyin or initials; suggestions say which one of the namesakes is meant."""

    form = RegistryForm
    search_fields = ("name_zh",)
    search_help_text = _("Search by Chinese or English name, pinyin without spaces, initials, or code")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        # An empty term in a suggestion finds nothing: nobody picks from 45,000 rows.
        if search_term.strip() or request.path.endswith("/autocomplete/"):
            return queryset.search(search_term), False
        return queryset, False

    def suggestion_labels(self, rows: Iterable[Subject]) -> dict[int, str]:
        return labels(rows)


@admin.register(Subject)
class SubjectAdmin(WrittenByNobody, FoundBySearch):
    """Only here so that a recipient or a row of a table can be a place, an organisation or an app."""

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("place")

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the page of the place, organisation or app that the subject is."""
        address = self._address_of(object_id, "change")
        query = request.META.get("QUERY_STRING", "")
        return HttpResponseRedirect(f"{address}?{query}" if query else address)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        return HttpResponseRedirect(self._address_of(object_id, "history"))

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        return HttpResponseRedirect(self._address_of(object_id, "history"))

    def _address_of(self, object_id: str, page: str) -> str:
        subject = get_object_or_404(Subject, pk=key_in(object_id))
        return reverse(f"admin:registry_{subject.kind}_{page}", args=[subject.pk])

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:registry_place_changelist"))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False


class PlaceChangeList(ThemeChangeList):
    """Adds the path of the places on the page, in one query for each level instead of joins for all rows."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        places: list[Place] = list(self.result_list)  # type: ignore[has-type]
        above = paths(places)
        for place in places:
            place.path_above = above[place.pk]
        self.result_list = places


class PlaceAdminBase(FoundBySearch):
    list_after_template = FILES
    list_display: Sequence[str] = ("full_name", "level", "code", "path", "valid_from", "valid_to", "origin")
    list_filter: Sequence = ("level", TimeFilter, TierFilter, ProvinceFilter)
    # The order of the codes is the official order, and reads from an index.
    ordering = ("slug",)
    inlines = (AliasInline, TierInline, SuccessorInline, PredecessorInline)
    autocomplete_fields = ("parent",)
    readonly_fields = ("origin", "stem")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("name_zh", "name_en"),
                    ("level", "code"),
                    "parent",
                    ("valid_from", "valid_to"),
                    "note",
                )
            },
        ),
        (
            _("Identifier and search keys"),
            {"classes": ("collapse",), "fields": (("slug", "origin"), ("pinyin", "stem"))},
        ),
    )

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return PlaceChangeList

    def get_readonly_fields(self, request: HttpRequest, obj: Place | None = None) -> tuple[str, ...]:
        # Public addresses are made of the identifier.
        return (*self.readonly_fields, "slug") if obj else self.readonly_fields

    @display(description=_("name"), ordering="slug")
    def full_name(self, obj: Place) -> str:
        return obj.name

    @display(description=_("belongs to"))
    def path(self, obj: Place) -> str:
        return obj.path_above  # type: ignore[attr-defined]

    @display(description=_("origin"))
    def origin(self, obj: Place) -> str:
        return str(_("gazetteer")) if obj.from_gazetteer else str(_("entered by hand"))


@admin.register(Place)
class PlaceAdmin(PlaceAdminBase):
    pass


@admin.register(City)
class CityAdmin(PlaceAdminBase):
    list_display = ("full_name", "level", "code", "path", "tier_names", "valid_to")
    list_filter = (TierFilter, "level", TimeFilter, ProvinceFilter)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("tiers")

    @display(description=_("tiers"))
    def tier_names(self, obj: City) -> str:
        return ", ".join(dict.fromkeys(tier.get_tier_display() for tier in obj.tiers.all()))


@admin.register(Town)
class TownAdmin(PlaceAdminBase):
    list_display = ("full_name", "level", "code", "path", "valid_to", "origin")
    list_filter = ("level", TimeFilter, ProvinceFilter)


@admin.register(Organisation)
class OrganisationAdmin(FoundBySearch):
    list_after_template = FILES
    list_display = ("full_name", "name_en", "slug", "website", "app_count")
    ordering = ("pinyin", "slug")
    inlines = (AliasInline,)
    readonly_fields = ("stem",)
    fieldsets = (
        (None, {"fields": (("name_zh", "name_en"), "slug", "website")}),
        (_("Search keys"), {"classes": ("collapse",), "fields": (("pinyin", "stem"),)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(app_rows=Count("apps"))

    def get_readonly_fields(self, request: HttpRequest, obj: Organisation | None = None) -> tuple[str, ...]:
        return (*self.readonly_fields, "slug") if obj else self.readonly_fields

    @display(description=_("name"), ordering="pinyin")
    def full_name(self, obj: Organisation) -> str:
        return obj.name

    @display(description=_("apps"), ordering="app_rows")
    def app_count(self, obj: Organisation) -> int:
        return obj.app_rows


@admin.register(App)
class AppAdmin(FoundBySearch):
    list_display = ("full_name", "name_en", "slug", "operator")
    list_select_related = ("operator",)
    ordering = ("pinyin", "slug")
    inlines = (AliasInline,)
    autocomplete_fields = ("operator",)
    fields = (("name_zh", "name_en"), "slug", "operator", "pinyin")

    def get_readonly_fields(self, request: HttpRequest, obj: App | None = None) -> tuple[str, ...]:
        return ("slug",) if obj else ()

    @display(description=_("name"), ordering="pinyin")
    def full_name(self, obj: App) -> str:
        return obj.name
