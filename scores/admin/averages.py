"""The admin of group averages."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from cityrank.publishing.admin_release import ReleaseContentAdmin
from scores.admin.forms import TableForm
from scores.models import GroupAverage


@admin.register(GroupAverage)
class GroupAverageAdmin(ReleaseContentAdmin):
    form = TableForm
    bulk_fields = ("source", "decimals")
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
