"""Tables inside a form: the recipients of an award, the scores of a ranking. Usable at 100 rows and more."""

from collections import Counter
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Model
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpRequest
from django.utils.translation import gettext as _
from unfold.admin import TabularInline
from unfold.forms import PaginationInlineFormSet

from cityrank.publishing.admin_forms import ReleaseForm, ReleaseLimits, release_of
from cityrank.publishing.admin_history import remember_origin
from cityrank.publishing.admin_rights import is_theirs
from cityrank.registry.admin_base import SubjectChoice
from cityrank.registry.admin_fields import OwnKeyField, SubjectField
from cityrank.registry.admin_rivals import rivals_of
from cityrank.registry.numbers import key_in
from cityrank.registry.rivals import history_of

# Rows about to change their place step aside to positions that no table reaches; the column holds up to 32,767.
ASIDE = 20_000


class RowForm(ReleaseForm):
    """A row of a table. One that was not touched is not asked about again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "position" in self.fields:
            self.fields["position"].required = False  # a new row without one goes to the end

    def _post_clean(self) -> None:
        if self.has_changed() or self.instance.pk is None:
            super()._post_clean()

    def _get_validation_exclusions(self) -> set[str]:
        # Whether a value is unique is a question to the whole table (OrderedFormSet.clean), not to a row:
        # asked row by row, two rows could never change places.
        return super()._get_validation_exclusions() | set(self.unique_in_table)

    unique_in_table: tuple[str, ...] = ("position",)


def _key(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else value


class OrderedFormSet(PaginationInlineFormSet):
    """Rows with a position and fields that are unique in their table; rows may change places."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._others: dict[str, list[Any]] = {}
        self.gone: dict[int, str] = {}  # by number of the form: who has deleted its row
        super().__init__(*args, **kwargs)
        if self.is_bound and self.instance.pk:
            self.data, self.gone = live_rows(self)
            self.__dict__.pop("management_form", None)
        for name, field in self.form.base_fields.items():
            if isinstance(field, SubjectField):
                stored = [getattr(row, f"{name}_id") for row in self.get_queryset()]
                field.known.load(stored + self._posted(name))

    def _posted(self, name: str) -> list[str]:
        if not self.is_bound:
            return []
        return [
            self.data.get(f"{self.prefix}-{number}-{name}", "") for number in range(self.total_form_count())
        ]

    def add_fields(self, form: RowForm, index: int | None) -> None:
        super().add_fields(form, index)
        key = form.fields.get(self.model._meta.pk.name)
        if form.instance.pk and key is not None:
            own = OwnKeyField(key.queryset, required=False, widget=key.widget, initial=key.initial)
            own.row = form.instance
            form.fields[self.model._meta.pk.name] = own
        if DELETION_FIELD_NAME in form.fields:
            form.fields[DELETION_FIELD_NAME].widget.attrs["class"] = "cr-delete"

    def _construct_form(self, i: int, **kwargs: Any) -> RowForm:
        form: RowForm = super()._construct_form(i, **kwargs)
        if i in self.gone:
            form.refused = _(
                "%(who)s has deleted this row while you had it open. Save again to add it anew, or take it out."
            ) % {"who": self.gone[i]}
        return form

    def clean(self) -> None:
        self._refuse_to_delete_unseen()
        live = [form for form in self.forms if hasattr(form, "cleaned_data") and self._stays(form)]
        self._number(live)
        for name in self.form.unique_in_table:
            self._refuse_duplicates(name, live)

    def _stays(self, form: RowForm) -> bool:
        new_and_empty = form.instance.pk is None and not form.has_changed()
        return not new_and_empty and not self._should_delete_form(form)

    def _elsewhere(self, name: str) -> list[Any]:
        """Return the values of the table's rows that are not on this page of it."""
        if self.instance.pk is None:
            return []
        if name not in self._others:
            # Rows of other pages, and those that somebody has added since this page was opened.
            shown = {form.instance.pk for form in self.forms if form.instance.pk}
            rows = self.model._default_manager.filter(**{self.fk.name: self.instance})
            names = ["pk", *(one for one in self.form.unique_in_table if one in self.form.base_fields)]
            others = [row for row in rows.values(*dict.fromkeys(names)) if row["pk"] not in shown]
            self._others = {one: [row[one] for row in others] for one in names}
        return self._others[name]

    def _refuse_to_delete_unseen(self) -> None:
        """A row that somebody has changed since the page was opened is deleted only after that was seen."""
        rivals = self.form.rivals
        for form in self.deleted_forms if rivals else ():
            if form.instance.pk and (since := rivals.since(form.instance)) and since.changed_by:
                newest = max(since.changed_by.values(), key=lambda record: record.history_id)
                raise ValidationError(
                    _(
                        "%(who)s has changed %(row)s since you opened the page. Look, and delete it again if you must."
                    )
                    % {"who": newest.history_user or _("A program"), "row": form.instance}
                )

    def _number(self, live: list[RowForm]) -> None:
        if "position" not in self.form.base_fields:
            return
        used = [form.cleaned_data.get("position") or 0 for form in live] + self._elsewhere("position")
        last = max(used, default=0)
        for form in live:
            if form.cleaned_data.get("position") is None and "position" not in form.errors:
                last += 1
                form.cleaned_data["position"] = form.instance.position = last

    def _refuse_duplicates(self, name: str, live: list[RowForm]) -> None:
        if name not in self.form.base_fields:
            return
        counted = Counter(self._elsewhere(name))
        counted.update(_key(form.cleaned_data.get(name)) for form in live)
        for form in live:
            value = _key(form.cleaned_data.get(name))
            if value is not None and counted[value] > 1:
                label = form.fields[name].label
                form.add_error(name, _("Another row has this already: %(field)s.") % {"field": label})

    def save(self, commit: bool = True) -> list[Model]:
        if not commit:
            return super().save(commit=False)
        with transaction.atomic():
            remember_origin(form.instance for form in self.initial_forms if form.has_changed())
            self._step_aside()
            return super().save()

    def _step_aside(self) -> None:
        """Free the positions and subjects of the rows that get others, so that no two rows meet on the way.

        Written past the history: it records what a person changed, not the moment between.
        """
        names = [name for name in self.form.unique_in_table if name in self.form.base_fields]
        moving = [
            form.instance.pk
            for form in self.initial_forms
            if set(form.changed_data) & set(names) or form in self.deleted_forms
        ]
        if moving:
            aside = {name: F(name) + ASIDE if name == "position" else None for name in names}
            self.model._default_manager.filter(pk__in=moving).update(**aside)


def live_rows(formset: OrderedFormSet) -> tuple[Any, dict[int, str]]:
    """Return the posted data with the rows that are not there any more as new ones at the end, and who deleted them.

    One that was not touched since it was seen is left out: nothing of it is lost.
    """
    prefix, data = formset.prefix, formset.data
    key = formset.model._meta.pk.name
    initial, total = formset.initial_form_count(), formset.total_form_count()
    rows = formset.model._default_manager.filter(**{formset.fk.name: formset.instance})
    stored = {str(pk) for pk in rows.values_list("pk", flat=True)} if initial else set()
    posted = [data.get(f"{prefix}-{number}-{key}", "") for number in range(initial)]
    missing = [number for number, pk in enumerate(posted) if pk and pk not in stored]
    if not missing:
        return data, {}
    last = _last_records(formset.model, [posted[number] for number in missing])
    touched = [number for number in missing if _is_touched(formset, number, last.get(posted[number]))]
    order = [number for number in range(initial) if number not in missing]
    kept, order = len(order), [*order, *range(initial, total), *touched]
    moved = data.copy()
    for name in [name for name in data if name.startswith(f"{prefix}-") and name.split("-")[1].isdecimal()]:
        del moved[name]
    for new, old in enumerate(order):
        for name in data:
            if name.startswith(f"{prefix}-{old}-") and not (old in touched and name.endswith(f"-{key}")):
                moved.setlist(f"{prefix}-{new}-{name.split('-', 2)[2]}", data.getlist(name))
    moved[f"{prefix}-TOTAL_FORMS"], moved[f"{prefix}-INITIAL_FORMS"] = str(len(order)), str(kept)
    first = len(order) - len(touched)
    names = [str(getattr(last.get(posted[old]), "history_user", None) or _("Somebody")) for old in touched]
    return moved, dict(enumerate(names, first))


def _last_records(model: type[Model], keys: list[str]) -> dict[str, Any]:
    records = history_of(model).filter(id__in=[key_in(key) for key in keys]).order_by("history_id")
    return {str(record.id): record for record in records.select_related("history_user")}


def _is_touched(formset: OrderedFormSet, number: int, record: Any) -> bool:
    """Return whether a deleted row was changed in the form after it was seen; its last record says how that was."""
    if record is None:
        return True
    for name, field in formset.form.base_fields.items():
        column = formset.model._meta.get_field(name) if name in formset.form._meta.fields or () else None
        if column is None:
            continue
        html_name = f"{formset.prefix}-{number}-{name}"
        typed = field.widget.value_from_datadict(formset.data, formset.files, html_name)
        if field.has_changed(getattr(record, column.attname), typed):
            return True
    return False


class RowInline(SubjectChoice, ReleaseLimits, TabularInline):
    """Rows of a draft; those of any other release are shown and cannot be changed."""

    form = RowForm
    formset = OrderedFormSet
    template = "admin/cityrank/rows.html"
    extra = 0
    show_change_link = True
    # Pages of a table lose what was typed when they are turned, so a page holds the longest table in use.
    per_page = 150

    def get_formset(self, request: HttpRequest, obj: Model | None = None, **kwargs: Any) -> type:
        request.form_release = release_of(obj) if obj else None  # type: ignore[attr-defined]
        request.form_parent = obj  # type: ignore[attr-defined]
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.release = request.form_release  # type: ignore[attr-defined]
        formset.form.rivals = rivals_of(request)
        return formset

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            field.widget = lean(field)
        return field

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_add_permission(request, obj) and _editable(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_change_permission(request, obj) and _editable(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_delete_permission(request, obj) and _editable(request, obj)


def _editable(request: HttpRequest, parent: Model | None) -> bool:
    return parent is None or is_theirs(request, parent)


def lean(field: forms.Field) -> forms.Widget:
    """Return the field's widget without what a row has no room for: buttons, icons, forty classes of the theme."""
    widget = getattr(field.widget, "widget", field.widget)  # the buttons beside a foreign key are a wrapper
    label = {"aria-label": str(field.label)}
    if isinstance(widget, AutocompleteSelect):
        widget.attrs |= label
        return widget
    attrs = {"class": "cr-input"} | label
    if isinstance(widget, forms.Select):
        return forms.Select(attrs, choices=field.choices)
    return type(field).widget(attrs) if isinstance(field, forms.IntegerField) else forms.TextInput(attrs)
