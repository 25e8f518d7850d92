"""Choices that are read once for a whole table of forms, where Django would ask the database for each row."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms.models import ModelChoiceIterator

from cityrank.registry.admin_labels import labels
from cityrank.registry.models import Subject
from cityrank.registry.numbers import key_in


class SharedRows:
    """The rows of a queryset, read when first wanted."""

    def __init__(self, queryset: QuerySet) -> None:
        self.queryset = queryset
        self._rows: dict[str, Model] | None = None

    def rows(self) -> dict[str, Model]:
        if self._rows is None:
            self._rows = {str(row.pk): row for row in self.queryset}
        return self._rows


class SharedIterator(ModelChoiceIterator):
    def __iter__(self) -> Iterator:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        for row in self.field.shared.rows().values():
            yield self.choice(row)

    def __len__(self) -> int:
        return len(self.field.shared.rows()) + (self.field.empty_label is not None)

    def __bool__(self) -> bool:
        return self.field.empty_label is not None or bool(self.field.shared.rows())


class SharedChoiceField(forms.ModelChoiceField):
    """A select of a few rows. Copies of the field, one for each form of a formset, share the rows."""

    iterator = SharedIterator

    def __init__(self, queryset: QuerySet, **kwargs: Any) -> None:
        self.shared = SharedRows(queryset)
        super().__init__(queryset, **kwargs)

    def to_python(self, value: Any) -> Model | None:
        if value in self.empty_values:
            return None
        key = str(value.pk if isinstance(value, Model) else value)
        row = self.shared.rows().get(key)
        if row is None:
            raise ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value}
            )
        return row


class KnownSubjects:
    """Subjects by key with their labels; `load` reads all that a page shows in a few queries."""

    def __init__(self, model: type[Subject]) -> None:
        rows = model._default_manager.all()
        self.rows = rows.select_related("place") if model is Subject else rows
        self.subjects: dict[str, Subject] = {}
        self.labels: dict[str, str] = {}

    def load(self, keys: Iterable[Any]) -> None:
        missing = {str(key) for key in keys if str(key).isascii() and key_in(str(key))} - self.subjects.keys()
        if not missing:
            return
        found = list(self.rows.filter(pk__in=missing))
        self.subjects |= {str(subject.pk): subject for subject in found}
        self.labels |= {str(key): label for key, label in labels(found).items()}


class SubjectField(forms.ModelChoiceField):
    """One of the 45,000 subjects, found by typing; only those already chosen are read."""

    def __init__(self, queryset: QuerySet, **kwargs: Any) -> None:
        self.known = KnownSubjects(queryset.model)
        super().__init__(queryset, **kwargs)

    def to_python(self, value: Any) -> Subject | None:
        if value in self.empty_values:
            return None
        key = str(value.pk if isinstance(value, Model) else value)
        self.known.load([key])
        if key not in self.known.subjects:
            raise ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value}
            )
        return self.known.subjects[key]


class OwnKeyField(forms.ModelChoiceField):
    """The hidden key of a row that the formset has read already."""

    row: Model | None = None

    def to_python(self, value: Any) -> Model | None:
        if self.row is not None and str(value) == str(self.row.pk):
            return self.row
        return super().to_python(value)


class SubjectSelect(AutocompleteSelect):
    """`asks` is added to the address that suggestions are asked from, as {"ranking": 7}."""

    asks: dict[str, Any] | None = None

    def get_url(self) -> str:
        return f"{super().get_url()}?{urlencode(self.asks)}" if self.asks else super().get_url()

    def optgroups(self, name: str, value: list, attr: Any = None) -> list:
        known = self.choices.field.known
        known.load(value)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        options += [
            self.create_option(name, key, known.labels[key], True, index)
            for index, key in enumerate(value, 1)
            if key in known.labels
        ]
        return [(None, options, 0)]
