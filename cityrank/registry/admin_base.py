"""What all admin pages have in common: history, sentences instead of database errors, lists that stay fast."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError
from django.db.models import BaseConstraint, ForeignKey, UniqueConstraint
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin
from unfold.admin import ModelAdmin

from cityrank.registry.admin_fields import SubjectField, SubjectSelect
from cityrank.registry.models import Subject

# By name of the constraint: the field to mend, and what to say about it.
Sentences = Mapping[str, tuple[str, Any]]


class ExplainedForm(forms.ModelForm):
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


class BaseAdmin(SubjectChoice, SimpleHistoryAdmin, ModelAdmin):
    form = ExplainedForm
    object_history_list_template = "admin/cityrank/history_list.html"
    compressed_fields = True
    warn_unsaved_form = True
    list_per_page = 50
    # Counting all rows beside the found ones costs a second pass over the table.
    show_full_result_count = False

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError as error:
            return self.refused(request, error)

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
