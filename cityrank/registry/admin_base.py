"""What all admin pages have in common: history, sentences instead of database errors, lists that stay fast."""

import json
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import BaseConstraint, ForeignKey, Model, UniqueConstraint
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin
from unfold.admin import ModelAdmin

from cityrank.registry.admin_fields import SubjectField, SubjectSelect
from cityrank.registry.admin_rivals import SEEN, WHY, RivalForm, rivals_of, tell, why
from cityrank.registry.models import Subject
from cityrank.registry.numbers import key_in
from cityrank.registry.rivals import history_of

# Links to the rows of a list as files. Every list has them; the files are made by `cityrank.exchange`.
EXPORT = "admin/cityrank/export.html"

# By name of the constraint: the field to mend, and what to say about it.
Sentences = Mapping[str, tuple[str, Any]]


class ExplainedForm(RivalForm):
    """A form that says in words which field breaks a rule that the database holds."""

    sentences: Sentences = {}

    def _post_clean(self) -> None:
        # Asked by Django, the model answers with the name of the constraint; for this form it answers in words.
        self.instance.validate_constraints = self._validate_in_words
        try:
            super()._post_clean()
        finally:
            del self.instance.validate_constraints

    def _validate_in_words(self, exclude: set[str] | None = None) -> None:
        errors: dict[str, list] = {}
        for model, constraints in self.instance.get_constraints():
            for constraint in constraints:
                try:
                    constraint.validate(model, self.instance, exclude=exclude)
                except ValidationError as error:
                    field, sentence = self.explained(constraint, error)
                    errors.setdefault(field or NON_FIELD_ERRORS, []).append(sentence)
        if errors:
            raise ValidationError(errors)

    def explained(self, constraint: BaseConstraint, error: ValidationError) -> tuple[str | None, Any]:
        """Return the field that a broken constraint is about, or None, and what to say."""
        if constraint.name in self.sentences:
            field, sentence = self.sentences[constraint.name]
            return (field if field in self.fields else None), sentence
        if isinstance(constraint, UniqueConstraint):
            visible = [name for name in constraint.fields if name in self.fields]
            if visible:
                label = self.fields[visible[-1]].label
                return visible[-1], _("Another row has this already: %(field)s.") % {"field": label}
        return None, error


class SubjectChoice:
    """For admins and inlines: a subject is found by typing, and its label says which one it is.

    The names of such fields stand in `autocomplete_fields` too, where Django checks that they can be searched.
    """

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if issubclass(db_field.remote_field.model, Subject):
            kwargs |= {"form_class": SubjectField, "widget": SubjectSelect(db_field, self.admin_site)}  # type: ignore[attr-defined]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]


class WrittenByNobody:
    """For admins of rows that people read here and do not write."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class BaseAdmin(SubjectChoice, SimpleHistoryAdmin, ModelAdmin):
    form = ExplainedForm
    object_history_list_template = "admin/cityrank/history_list.html"
    compressed_fields = True
    warn_unsaved_form = True
    list_per_page = 50
    # Counting all rows beside the found ones costs a second pass over the table.
    show_full_result_count = False

    list_after_template = EXPORT
    change_form_before_template = "admin/cityrank/seen.html"
    change_form_after_template = "admin/cityrank/why.html"

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict | None = None,
    ) -> HttpResponse:
        """Show a form, or save it: one save after the other, each told what the one before has changed."""
        if request.method != "POST" or not object_id:
            self._look(request, object_id)
            try:
                return super().changeform_view(request, object_id, form_url, extra_context)
            except IntegrityError as error:
                return self._again(request, object_id, form_url, extra_context, error)
        try:
            with transaction.atomic():
                obj = self.lock(request, object_id)
                if obj is None:
                    return self._gone(request, object_id)
                sentence = self.why_closed(request, obj)
                if sentence:
                    return self.typed_page(request, sentence, obj)
                self._look(request, object_id)
                response = super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError as error:
            return self._again(request, object_id, form_url, extra_context, error)
        if response.status_code == 302:
            tell(request)
        return response

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        if not key_in(object_id):
            raise Http404
        return super().history_view(request, object_id, extra_context)

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        """Show a row as it was. The library would also save that form, past every question that the row's own asks."""
        if not (key_in(object_id) and key_in(version_id)):
            raise Http404
        if request.method == "POST":
            return self.typed_page(request, _("Nothing is changed in the history. Change the row itself."))
        return super().history_form_view(request, object_id, version_id, extra_context)

    def lock(self, request: HttpRequest, object_id: str) -> Model | None:
        """Wait until nobody else is saving the row; return it, or None where it is gone."""
        obj = self.get_object(request, object_id)
        if obj is not None:
            # Not the default manager: PostgreSQL locks no rows of a query that joins and removes duplicates.
            rows = self.model._base_manager.select_for_update(of=("self",), no_key=True)
            list(rows.filter(pk=obj.pk).values_list("pk"))
        return self.get_object(request, object_id)

    def why_closed(self, request: HttpRequest, obj: Model) -> str:
        """Return why a form that was sent can be saved no more although it could be opened, or nothing."""
        return ""

    def _look(self, request: HttpRequest, object_id: str | None) -> None:
        if object_id:
            rivals_of(request).look(self.model, id=key_in(object_id))

    def _again(
        self,
        request: HttpRequest,
        object_id: str | None,
        form_url: str,
        extra_context: dict | None,
        error: IntegrityError,
    ) -> HttpResponse:
        """Show the form again with all that was typed, and what the database had against it."""
        if request.method != "POST":
            raise error
        request.cityrank_refused = self.reason_of(error)  # type: ignore[attr-defined]
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _gone(self, request: HttpRequest, object_id: str) -> HttpResponse:
        records = history_of(self.model).filter(id=key_in(object_id), history_type="-")
        record = records.order_by("-history_id").first()
        if record is None:
            raise Http404
        who = {"who": record.history_user or _("Somebody")}
        return self.typed_page(request, _("%(who)s has deleted this row while you had it open.") % who)

    def typed_page(self, request: HttpRequest, sentence: str, obj: Model | None = None) -> HttpResponse:
        """Say why a form was not saved, and give back what was typed into it."""
        typed = {
            name: text
            for name, text in request.POST.items()
            if text and not name.startswith(("_", "csrf")) and not name.endswith("_FORMS")
        }
        context = self.admin_site.each_context(request) | {
            "title": _("Not saved"),
            "opts": self.opts,
            "original": obj,
            "sentence": sentence,
            "typed": typed,
        }
        return TemplateResponse(request, "admin/cityrank/typed.html", context, status=409)

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> type:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.rivals = rivals_of(request)
        form.refused = getattr(request, "cityrank_refused", "")
        return form

    def get_formset_kwargs(self, request: HttpRequest, obj: Model, inline: Any, prefix: str) -> dict:
        if obj.pk:
            # Before the formset reads its rows: a record must not be newer than the row that is shown.
            rivals_of(request).look(inline.model, **{f"{_foreign_key(inline)}": obj.pk})
        return super().get_formset_kwargs(request, obj, inline, prefix)

    def render_change_form(
        self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context |= {"seen": json.dumps(rivals_of(request).now), "seen_name": SEEN, "why_name": WHY}
        context["why"] = why(request)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        if change and not form.changed_data:
            return  # nothing was changed, so the history has nothing to record
        obj._change_reason = why(request)  # type: ignore[attr-defined]
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for row in formset.forms:
            row.instance._change_reason = why(request)
        super().save_formset(request, form, formset, change)

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        obj._change_reason = why(request)  # type: ignore[attr-defined]
        super().delete_model(request, obj)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except IntegrityError as error:
            return self.refused(request, error)

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        try:
            return super().changelist_view(request, extra_context)
        except IntegrityError as error:
            return self.refused(request, error)

    def refused(self, request: HttpRequest, error: IntegrityError) -> HttpResponse:
        """Answer a write that the database refused although the form was valid: somebody was faster."""
        messages.error(request, self.reason_of(error))
        return HttpResponseRedirect(request.get_full_path())

    def reason_of(self, error: IntegrityError) -> str:
        return _(
            "Nothing was saved: the data was changed by somebody else at the same moment. Look at it and try again."
        )


def _foreign_key(inline: Any) -> str:
    """Return the column by which the rows of an inline point at the row of the form."""
    if inline.fk_name:
        return f"{inline.fk_name}_id"
    parents = {inline.parent_model, *inline.parent_model._meta.get_parent_list()}
    found = (one for one in inline.model._meta.concrete_fields if one.related_model in parents)
    return next(found).attname
