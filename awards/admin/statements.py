"""Findings, notes on method and national figures."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from awards.models import Fact, Section
from cityrank.publishing.admin_filters import SeriesFilter
from cityrank.publishing.admin_release import ReleaseContentAdmin
from cityrank.publishing.admin_rows import RowInline


class FactInline(RowInline):
    """The figures that stand in a finding; they are entered on their own pages."""

    model = Fact
    fields = ("position", "printed", "label_zh", "label_en")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest, obj: Section | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Section | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Section | None = None) -> bool:
        return False


@admin.register(Section)
class SectionAdmin(ReleaseContentAdmin):
    bulk_fields = ("source",)
    list_display = ("number", "title", "kind", "series", "is_summary", "release")
    list_display_links = ("number", "title")
    list_filter = ("kind", SeriesFilter)
    list_select_related = ("series",)
    search_fields = ("title_zh", "title_en", "body_zh", "body_en")
    ordering = ("release", "kind", "number")
    inlines = (FactInline,)
    fieldsets = (
        (
            None,
            {"fields": (("kind", "number"), ("title_zh", "title_en"), "body_zh", "body_en", "is_summary")},
        ),
        (_("Identifier, series and source"), {"fields": (("slug", "series"), "source")}),
    )

    @display(description=_("title"), ordering="title_zh")
    def title(self, obj: Section) -> str:
        return obj.title


@admin.register(Fact)
class FactAdmin(ReleaseContentAdmin):
    bulk_fields = ("source",)
    list_display = ("position", "printed", "label", "value_shown", "unit", "section")
    list_display_links = ("position", "printed")
    list_filter = ("unit", "qualifier")
    list_select_related = ("section",)
    search_fields = ("printed", "label_zh", "label_en")
    ordering = ("release", "position")
    fieldsets = (
        (None, {"fields": (("position", "slug"), "printed", ("label_zh", "label_en"))}),
        (_("Figures"), {"fields": (("value", "decimals"), ("unit", "qualifier"))}),
        (_("Where it stands"), {"fields": (("section", "source"),)}),
    )

    @display(description=_("what it says"))
    def label(self, obj: Fact) -> str:
        return obj.label

    @display(description=_("value"), ordering="value")
    def value_shown(self, obj: Fact) -> str:
        return obj.shown_value
