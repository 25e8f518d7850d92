"""What the forms of tables have in common: sentences, rows of a table, subjects of its peer group."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cityrank.publishing.admin_forms import ReleaseForm
from cityrank.publishing.admin_rows import RowForm, RowInline
from cityrank.registry.admin_base import Sentences
from scores.models import Band, Score

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


class ScoreRowForm(RowForm):
    sentences = SENTENCES
    unique_in_table = ("position", "subject")


class BandForm(RowForm):
    sentences = SENTENCES


class TableForm(ReleaseForm):
    sentences = SENTENCES


class RankingForm(TableForm):
    def clean_double_entry(self) -> bool:
        wanted = self.cleaned_data["double_entry"]
        if self.instance.pk and "double_entry" in self.changed_data and self.instance.entries.exists():
            raise ValidationError(
                _(
                    "The table is being entered already. Have the entries set aside first; the link is beside "
                    "“Enter from the scan”."
                )
            )
        return wanted


class WithinPeerGroup:
    """For the forms of scores: subjects are suggested from the peer group of the row's table."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        parent = getattr(request, "form_parent", None)
        if db_field.name == "subject" and parent is not None:
            widget = getattr(field.widget, "widget", field.widget)
            widget.asks = {"ranking": parent.ranking_id if isinstance(parent, Score) else parent.pk}
        return field


class ScoreInline(WithinPeerGroup, RowInline):
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
