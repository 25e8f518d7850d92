"""The admin of single rows of a ranking."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import F, ForeignKey, Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from cityrank.publishing.admin_filters import RankingSeriesFilter
from cityrank.publishing.admin_origin import origin
from cityrank.publishing.admin_release import ReleaseContentAdmin
from scores.admin.forms import TableForm, WithinPeerGroup
from scores.models import Band, Ranking, Score
from scores.ranks import recompute


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
class ScoreAdmin(WithinPeerGroup, ReleaseContentAdmin):
    """One row of a ranking, with its history. Rows are added on the page of their ranking."""

    form = TableForm
    exclude: ClassVar[tuple[str, ...] | None] = None
    bulk_fields = ("status", "source", "note_zh", "note_en")
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
    readonly_fields = ("ranking", "computed_rank", "origin")
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
        (_("Where this figure comes from"), {"fields": ("origin",)}),
    )

    @display(description=_("origin of the cells"))
    def origin(self, obj: Score) -> str:
        return origin(obj) or str(_("Not entered from a scan."))

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
