"""The admin of peer groups and rankings."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.decorators import display

from cityrank.publishing import admin_entry
from cityrank.publishing.admin_filters import SeriesFilter
from cityrank.publishing.admin_release import ReleaseContentAdmin
from scores.admin.forms import BandInline, RankingForm, ScoreInline
from scores.models import PeerGroup, Ranking
from scores.ranks import recompute

STATE_COLOURS = {"announced": "", "not_transcribed": "warning", "partial": "info", "complete": "success"}


@admin.register(PeerGroup)
class PeerGroupAdmin(ReleaseContentAdmin):
    list_display = ("title", "subject_kind", "level", "ranking_count", "release")
    list_filter = ("subject_kind", "level")
    search_fields = ("slug", "title_zh", "title_en")
    ordering = ("release", "slug")
    fieldsets = (
        (None, {"fields": ("slug", ("title_zh", "title_en"), ("subject_kind", "level"))}),
        (_("Definition"), {"fields": ("definition_zh", "definition_en")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(ranking_rows=Count("rankings"))

    @display(description=_("title"), ordering="title_zh")
    def title(self, obj: PeerGroup) -> str:
        return obj.title

    @display(description=_("rankings"), ordering="ranking_rows")
    def ranking_count(self, obj: PeerGroup) -> int:
        return obj.ranking_rows


@admin.register(Ranking)
class RankingAdmin(ReleaseContentAdmin):
    form = RankingForm
    exclude: ClassVar[tuple[str, ...] | None] = None
    bulk_fields = (
        "state",
        "unit",
        "max_score",
        "decimals",
        "tie_rule",
        "peer_group",
        "source",
        "scan",
    )
    list_display = ("title", "series", "peer_group", "rows_of_expected", "coloured_state", "unit", "release")
    list_filter = (SeriesFilter, "state", ("peer_group__level", admin.ChoicesFieldListFilter))
    list_select_related = ("series", "peer_group")
    search_fields = ("title_printed", "title_listed", "title_en", "slug", "image_caption")
    search_help_text = _("Search titles")
    ordering = ("release", "series__number", "position")
    inlines = (ScoreInline, BandInline)
    readonly_fields = ("enter_link",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("series", "position"),
                    ("title_printed", "title_listed"),
                    "title_en",
                    ("state", "peer_group"),
                )
            },
        ),
        (
            _("Rules of the table"),
            {"fields": (("cutoff", "expected_count"), ("unit", "max_score"), ("decimals", "tie_rule"))},
        ),
        (
            _("Comparison with the edition before"),
            {"fields": ("method_changed", ("method_note_zh", "method_note_en"))},
        ),
        (_("Entering"), {"fields": (("scan", "scan_page"), ("double_entry", "enter_link"))}),
        (
            _("Identifier, image and notes"),
            {
                "classes": ("collapse",),
                "fields": (("slug", "line"), ("image_caption", "source"), "note_zh", "note_en"),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(score_count=Count("scores"))

    def parents(self, obj: Ranking) -> list[Model]:
        return [obj.series]

    def get_urls(self) -> list:
        return [*admin_entry.urls(), *super().get_urls()]

    @display(description=_("entering"))
    def enter_link(self, obj: Ranking) -> str:
        if not obj.pk:
            return ""
        links = [(reverse("admin:scores_ranking_enter", args=[obj.pk]), _("Enter from the scan"))]
        title = _("Compare the two entries") if obj.double_entry else _("How far the entry is")
        links.append((reverse("admin:scores_ranking_compare", args=[obj.pk]), title))
        if obj.release.is_editable:
            links.append(
                (reverse("admin:exchange_import_add") + f"?into=ranking-{obj.pk}", _("Bring in a file"))
            )
        return format_html_join(" · ", '<a class="cr-go" href="{}">{}</a>', links)

    def save_related(self, request: HttpRequest, form: Any, formsets: list, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        recompute(form.instance)

    @display(description=_("title"), ordering="title_printed")
    def title(self, obj: Ranking) -> str:
        return obj.title

    @display(description=_("rows"), ordering="score_count")
    def rows_of_expected(self, obj: Ranking) -> str:
        return f"{obj.score_count} / {obj.expected_count}" if obj.expected_count else str(obj.score_count)

    @display(description=pgettext_lazy("ranking", "state"), ordering="state", label=STATE_COLOURS)
    def coloured_state(self, obj: Ranking) -> tuple[str, str]:
        return obj.state, obj.get_state_display()
