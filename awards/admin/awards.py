"""Series, the awards in them with their recipients, and why they were given."""

from typing import ClassVar

from django.contrib import admin
from django.db.models import Count, F, Model, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from awards.models import Award, Citation, Recipient, Series
from cityrank.publishing.admin_filters import AwardSeriesFilter, SeriesFilter
from cityrank.publishing.admin_release import ReleaseContentAdmin
from cityrank.publishing.admin_rows import RowForm, RowInline


class CountFilter(admin.SimpleListFilter):
    """Awards with as many recipients as announced, and the others."""

    title = _("number of recipients")
    parameter_name = "count"

    def lookups(self, request: HttpRequest, model_admin: object) -> list:
        return [
            ("right", _("as expected")),
            ("wrong", _("not as expected")),
            ("open", _("with unresolved names")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        match self.value():
            case "right":
                return queryset.filter(recipient_count=F("expected_count"))
            case "wrong":
                return queryset.exclude(recipient_count=F("expected_count"))
            case "open":
                return queryset.filter(unresolved__gt=0)
        return queryset


class RecipientForm(RowForm):
    unique_in_table = ("position", "subject")


class RecipientInline(RowInline):
    model = Recipient
    form = RecipientForm
    fields = ("position", "printed_name", "subject")
    autocomplete_fields = ("subject",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("subject__place").order_by("position")


@admin.register(Series)
class SeriesAdmin(ReleaseContentAdmin):
    list_display = ("number", "title", "release")
    list_display_links = ("number", "title")
    search_fields = ("title_zh", "title_en")
    ordering = ("release", "number")
    twin_keys = ("number",)
    fieldsets = (
        (None, {"fields": ("number", ("title_zh", "title_en"))}),
        (_("Introduction"), {"fields": ("intro_zh", "intro_en")}),
    )

    @display(description=_("title"), ordering="title_zh")
    def title(self, obj: Series) -> str:
        return obj.title


@admin.register(Award)
class AwardAdmin(ReleaseContentAdmin):
    bulk_fields = ("citation", "source", "period_listed", "period_printed")
    list_display = (
        "title",
        "series",
        "recipients_of_expected",
        "unresolved_names",
        "period_printed",
        "citation",
        "release",
    )
    list_filter = (SeriesFilter, CountFilter)
    list_select_related = ("series", "citation")
    search_fields = ("title_printed", "title_listed", "title_en", "slug")
    search_help_text = _("Search titles")
    ordering = ("release", "series__number", "position")
    inlines = (RecipientInline,)
    exclude: ClassVar[tuple[str, ...] | None] = None
    readonly_fields = ("file_link",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("series", "position"),
                    ("title_printed", "title_listed"),
                    ("title_en", "file_link"),
                    ("expected_count", "citation"),
                )
            },
        ),
        (
            _("Periods, identifier and source"),
            {
                "classes": ("collapse",),
                "fields": (("period_printed", "period_listed"), ("slug", "line"), "source"),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        counted = Count("recipients"), Count("recipients", filter=Q(recipients__subject=None))
        return super().get_queryset(request).annotate(recipient_count=counted[0], unresolved=counted[1])

    def parents(self, obj: Award) -> list[Model]:
        return [obj.series]

    @display(description=_("entering"))
    def file_link(self, obj: Award) -> str:
        if not obj.pk or not obj.release.is_editable:
            return ""
        address = reverse("admin:exchange_import_add") + f"?into=award-{obj.pk}"
        return format_html('<a class="cr-go" href="{}">{}</a>', address, _("Bring in a file"))

    @display(description=_("title"), ordering="title_printed")
    def title(self, obj: Award) -> str:
        return obj.title

    @display(
        description=_("recipients"),
        ordering="recipient_count",
        label={"right": "success", "wrong": "warning", "open": "info"},
    )
    def recipients_of_expected(self, obj: Award) -> tuple[str, str]:
        if obj.expected_count is None:
            return "open", str(obj.recipient_count)
        state = "right" if obj.recipient_count == obj.expected_count else "wrong"
        return state, f"{obj.recipient_count} / {obj.expected_count}"

    @display(description=_("unresolved names"), ordering="unresolved", empty_value="–")
    def unresolved_names(self, obj: Award) -> int | None:
        return obj.unresolved or None


@admin.register(Recipient)
class RecipientAdmin(ReleaseContentAdmin):
    """One row of an award, with its history. Rows are added on the page of their award."""

    bulk_fields = ("source",)
    list_display = ("printed_name", "subject_name", "subject_level", "position", "award", "series")
    list_filter = (
        AwardSeriesFilter,
        ("subject__place__level", admin.ChoicesFieldListFilter),
        ("subject", admin.EmptyFieldListFilter),
    )
    list_select_related = ("award__series", "subject__place")
    search_fields = (
        "printed_name",
        "subject__name_zh",
        "subject__name_en",
        "subject__pinyin_key",
        "subject__slug",
    )
    search_help_text = _("Search printed name, name, pinyin without spaces, or code")
    ordering = ("award__release", "award__series__number", "award__position", "position")
    autocomplete_fields = ("subject",)
    exclude: ClassVar[tuple[str, ...] | None] = None
    fields = ("award", "position", "printed_name", "subject", "source")
    readonly_fields = ("award",)
    twin_keys = ("award__slug", "position")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def parents(self, obj: Recipient) -> list[Model]:
        return [obj.award.series, obj.award]

    @display(description=_("subject"), ordering="subject__pinyin", empty_value=_("unresolved"))
    def subject_name(self, obj: Recipient) -> str | None:
        return obj.subject.name if obj.subject else None

    @display(description=_("level"))
    def subject_level(self, obj: Recipient) -> str:
        place = getattr(obj.subject, "place", None)
        return place.get_level_display() if place else ""

    @display(description=_("series"), ordering="award__series__number")
    def series(self, obj: Recipient) -> str:
        return str(obj.award.series)


@admin.register(Citation)
class CitationAdmin(ReleaseContentAdmin):
    list_display = ("key", "heading", "kind", "award_count", "beginning")
    list_filter = ("kind",)
    search_fields = ("key", "text_zh", "text_en", "awards__title_printed")
    ordering = ("release", "key")
    twin_keys = ("key",)
    fieldsets = ((None, {"fields": (("key", "heading"), "kind", "text_zh", "text_en", "source")}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(awards_covered=Count("awards", distinct=True))

    @display(description=_("awards covered"), ordering="awards_covered")
    def award_count(self, obj: Citation) -> int:
        return obj.awards_covered

    @display(description=_("text"))
    def beginning(self, obj: Citation) -> str:
        return obj.text[:60]
