"""The admin of rankings, scores, peer groups and averages."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, F, ForeignKey, Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from cityrank.publishing.admin_filters import RankingSeriesFilter, SeriesFilter
from cityrank.publishing.admin_forms import ReleaseForm
from cityrank.publishing.admin_release import ReleaseContentAdmin
from cityrank.publishing.admin_rows import RowForm, RowInline
from cityrank.registry.admin_base import Sentences
from scores.models import Band, GroupAverage, PeerGroup, Ranking, Score
from scores.ranks import recompute

SENTENCES: Sentences = {
    "score_has_a_value_unless_missing": (
        "printed_score",
        _("A final or estimated row has a score; a missing or not transcribed one has none."),
    ),
    "printed_rank_from_one": ("printed_rank", _("Ranks begin at 1.")),
    "score_decimals_can_be_stored": ("decimals", _("Up to 4 decimals can be stored.")),
    "ranking_decimals_can_be_stored": ("decimals", _("Up to 4 decimals can be stored.")),
    "average_decimals_can_be_stored": ("decimals", _("Up to 4 decimals can be stored.")),
    "ranking_maximum_is_positive": ("max_score", _("The maximum is above zero.")),
    "band_ranks_in_order": ("last_rank", _("The last rank is not before the first.")),
    "band_scores_in_order": ("highest_score", _("The highest score is not below the lowest.")),
}
STATE_COLOURS = {"announced": "", "not_transcribed": "warning", "partial": "info", "complete": "success"}


class ScoreRowForm(RowForm):
    sentences = SENTENCES
    unique_in_table = ("position", "subject")


class BandForm(RowForm):
    sentences = SENTENCES


class TableForm(ReleaseForm):
    sentences = SENTENCES


class ScoreInline(RowInline):
    model = Score
    form = ScoreRowForm
    fields = (
        "position",
        "printed_rank",
        "computed_rank",
        "printed_name",
        "subject",
        "printed_score",
        "band",
        "status",
    )
    readonly_fields = ("computed_rank",)
    autocomplete_fields = ("subject",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("subject__place", "band").order_by("position")

    def offered(self, db_field: ForeignKey, request: HttpRequest) -> QuerySet:
        if db_field.name == "band":
            return Band.objects.filter(ranking=getattr(request, "form_parent", None))
        return super().offered(db_field, request)


class BandInline(RowInline):
    model = Band
    form = BandForm
    fields = ("position", "label_zh", "label_en", "first_rank", "last_rank", "lowest_score", "highest_score")
    show_change_link = False


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
    form = TableForm
    exclude: ClassVar[tuple[str, ...] | None] = None
    list_display = ("title", "series", "peer_group", "rows_of_expected", "coloured_state", "unit", "release")
    list_filter = (SeriesFilter, "state", ("peer_group__level", admin.ChoicesFieldListFilter))
    list_select_related = ("series", "peer_group")
    search_fields = ("title_printed", "title_listed", "title_en", "slug", "image_caption")
    search_help_text = _("Search titles")
    ordering = ("release", "series__number", "position")
    inlines = (ScoreInline, BandInline)
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

    def save_related(self, request: HttpRequest, form: Any, formsets: list, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        recompute(form.instance)

    @display(description=_("title"), ordering="title_printed")
    def title(self, obj: Ranking) -> str:
        return obj.title

    @display(description=_("rows"), ordering="score_count")
    def rows_of_expected(self, obj: Ranking) -> str:
        return f"{obj.score_count} / {obj.expected_count}" if obj.expected_count else str(obj.score_count)

    @display(description=_("state"), ordering="state", label=STATE_COLOURS)
    def coloured_state(self, obj: Ranking) -> tuple[str, str]:
        return obj.state, obj.get_state_display()


class RankFilter(admin.SimpleListFilter):
    title = _("printed and computed rank")
    parameter_name = "rank"

    def lookups(self, request: HttpRequest, model_admin: object) -> list:
        return [("differ", _("differ")), ("agree", _("agree"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        differ = ~Q(printed_rank=F("computed_rank")) & Q(
            printed_rank__isnull=False, computed_rank__isnull=False
        )
        match self.value():
            case "differ":
                return queryset.filter(differ)
            case "agree":
                return queryset.filter(printed_rank=F("computed_rank"))
        return queryset


@admin.register(Score)
class ScoreAdmin(ReleaseContentAdmin):
    """One row of a ranking, with its history. Rows are added on the page of their ranking."""

    form = TableForm
    exclude: ClassVar[tuple[str, ...] | None] = None
    list_display = (
        "position",
        "printed_name",
        "subject_name",
        "score",
        "printed_rank",
        "coloured_rank",
        "status",
        "ranking",
    )
    list_display_links = ("position", "printed_name")
    list_filter = (
        RankingSeriesFilter,
        "status",
        RankFilter,
        ("subject__place__level", admin.ChoicesFieldListFilter),
    )
    list_select_related = ("ranking__series", "subject__place")
    search_fields = (
        "printed_name",
        "subject__name_zh",
        "subject__name_en",
        "subject__pinyin_key",
        "subject__slug",
    )
    search_help_text = _("Search printed name, name, pinyin without spaces, or code")
    ordering = ("ranking__release", "ranking__series__number", "ranking__position", "position")
    autocomplete_fields = ("subject",)
    readonly_fields = ("ranking", "computed_rank")
    twin_keys = ("ranking__slug", "position")
    fieldsets = (
        (None, {"fields": ("ranking", ("position", "printed_name"), "subject")}),
        (
            _("Score and rank"),
            {
                "fields": (
                    ("printed_score", "decimals"),
                    ("printed_rank", "computed_rank"),
                    ("status", "band"),
                )
            },
        ),
        (_("Note and source"), {"fields": (("note_zh", "note_en"), "source")}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def parents(self, obj: Score) -> list[Model]:
        return [obj.ranking.series, obj.ranking]

    def offered(self, db_field: ForeignKey, request: HttpRequest) -> QuerySet:
        if db_field.name == "band":
            row = getattr(request, "form_parent", None)
            return Band.objects.filter(ranking=row.ranking_id if row else None)
        return super().offered(db_field, request)

    def save_model(self, request: HttpRequest, obj: Score, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        recompute(obj.ranking)

    def delete_model(self, request: HttpRequest, obj: Score) -> None:
        super().delete_model(request, obj)
        recompute(obj.ranking)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        rankings = list(Ranking.objects.filter(pk__in=queryset.values("ranking")))
        super().delete_queryset(request, queryset)
        for ranking in rankings:
            recompute(ranking)

    @display(description=_("subject"), ordering="subject__pinyin", empty_value=_("unresolved"))
    def subject_name(self, obj: Score) -> str | None:
        return obj.subject.name if obj.subject else None

    @display(description=_("printed score"), ordering="printed_score")
    def score(self, obj: Score) -> str:
        return obj.shown_score

    @display(
        description=_("computed rank"),
        ordering="computed_rank",
        label={"agree": "success", "differ": "danger"},
    )
    def coloured_rank(self, obj: Score) -> tuple[str, str] | None:
        if obj.computed_rank is None:
            return None
        differ = obj.printed_rank is not None and obj.printed_rank != obj.computed_rank
        return "differ" if differ else "agree", str(obj.computed_rank)


@admin.register(GroupAverage)
class GroupAverageAdmin(ReleaseContentAdmin):
    form = TableForm
    list_display = (
        "label",
        "top_n",
        "value",
        "previous",
        "change_printed",
        "change_computed",
        "coloured_discrepancy",
        "ranking",
    )
    list_select_related = ("ranking",)
    search_fields = ("printed_label", "label_en")
    ordering = ("release", "position")
    readonly_fields = ("change_computed", "discrepancy_shown")
    twin_keys = ("position",)
    fieldsets = (
        (None, {"fields": (("position", "top_n"), ("printed_label", "label_en"), "ranking")}),
        (
            _("Figures"),
            {
                "fields": (
                    ("printed_value", "printed_previous"),
                    ("printed_change", "change_computed"),
                    ("decimals", "discrepancy_shown"),
                )
            },
        ),
        (_("Source"), {"fields": ("source",)}),
    )

    @display(description=_("group"), ordering="printed_label")
    def label(self, obj: GroupAverage) -> str:
        return obj.label

    @display(description=_("printed value"), ordering="printed_value")
    def value(self, obj: GroupAverage) -> str:
        return obj.shown("printed_value")

    @display(description=_("previous"), ordering="printed_previous")
    def previous(self, obj: GroupAverage) -> str:
        return obj.shown("printed_previous")

    @display(description=_("printed change"), ordering="printed_change")
    def change_printed(self, obj: GroupAverage) -> str:
        return obj.shown("printed_change")

    @display(description=_("computed change"))
    def change_computed(self, obj: GroupAverage) -> str:
        return obj.shown("computed_change") if obj.pk else ""

    @display(description=_("discrepancy"))
    def discrepancy_shown(self, obj: GroupAverage) -> str:
        return obj.shown("discrepancy") if obj.pk else ""

    @display(description=_("discrepancy"), label={"differ": "danger", "agree": "success"})
    def coloured_discrepancy(self, obj: GroupAverage) -> tuple[str, str] | None:
        if obj.discrepancy is None:
            return None
        return "differ" if obj.discrepancy else "agree", obj.shown("discrepancy")
