"""Forms for rows of a release: what a row points at belongs to the same release."""

from decimal import Decimal
from typing import Any

from django.contrib.admin.options import BaseModelAdmin
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model, QuerySet
from django.forms import Field
from django.http import HttpRequest
from django.utils.translation import gettext as _

from awards.models import Line, Release, ReleaseContent
from cityrank.registry.admin_base import ExplainedForm
from cityrank.registry.admin_fields import SharedChoiceField


def release_of(obj: Model) -> Release:
    """Return the release that a content row belongs to; a release is its own."""
    return obj if isinstance(obj, Release) else obj.owning_release  # type: ignore[attr-defined]


class ReleaseForm(ExplainedForm):
    """`release` is the one that the form writes to; a new row becomes part of it and no row ever leaves it."""

    release: Release | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.release and self._has_own_release() and self.instance.release_id is None:
            self.instance.release = self.release

    def get_initial_for_field(self, field: Field, field_name: str) -> Any:
        value = super().get_initial_for_field(field, field_name)
        if not isinstance(value, Decimal):
            return value
        # 94.5000 is how it is stored; nobody printed it so.
        return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()

    def _has_own_release(self) -> bool:
        return any(field.name == "release" for field in self._meta.model._meta.concrete_fields)

    def _get_validation_exclusions(self) -> set[str]:
        # Not fields of the form, and still part of what must be unique.
        return super()._get_validation_exclusions() - {"release", "award", "ranking"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in self.changed_data:
            value = cleaned.get(name)
            if isinstance(value, ReleaseContent) and self.release and value.owning_release != self.release:
                self.add_error(name, ValidationError(_("This belongs to another release.")))
        return cleaned


class ReleaseLimits(BaseModelAdmin):
    """For admins and inlines: a foreign key to a row of a release offers the rows of the form's release only.

    The release stands in `request.form_release`, set where the form is made; without one nothing is offered.
    """

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        model = db_field.remote_field.model
        if issubclass(model, ReleaseContent):
            kwargs |= {"form_class": SharedChoiceField, "queryset": self.offered(db_field, request)}
        elif model is Line:
            kind = self.model._meta.model_name
            kwargs |= {"form_class": SharedChoiceField, "queryset": Line.objects.filter(kind=kind)}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def offered(self, db_field: ForeignKey, request: HttpRequest) -> QuerySet:
        """Return the rows that a foreign key may point at."""
        model = db_field.remote_field.model
        release = getattr(request, "form_release", None)
        return model.objects.of_release(release) if release else model.objects.none()
