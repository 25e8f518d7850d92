"""Query parameters: read strictly, refused with what would be allowed.

A value is checked twice. Its form is checked before anything is asked of the database. Whether such a thing exists
is asked only when a list came out empty, and only among what is public: a value that is known to a draft alone is
answered exactly like one that nobody has heard of.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, Model, QuerySet

from cityrank.api.pagination import Pages
from cityrank.api.problems import BadParameters, Parameter, at_fault
from cityrank.publishing.gate import Gate, Withdrawn, withdrawn_edition

LABEL = r"[0-9]{4}(?:-[0-9]{4})?"
SLUG = r"[A-Za-z0-9_-]{1,80}"
SMALL = 32_767  # the largest number of the columns that count series, releases and positions
MOST_LISTED = 100  # values that a refusal lists at most


class Strict(forms.Field):
    """Reads a text with `read`, which raises ValueError for everything it does not expect."""

    def __init__(self, *, read: Callable[[str], Any], expects: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.read, self.expects = read, expects

    def to_python(self, value: str | None) -> Any:
        if value is None:
            return None
        try:
            return self.read(value)
        except ValueError:
            raise ValidationError(self.expects) from None


class Filter(django_filters.Filter):
    """A parameter of a list.

    `known` returns, for a gate, the values that exist; `exists` answers for one value where they are too many to
    list. Neither is needed where the form of a value says everything.
    """

    field_class = Strict

    def __init__(
        self,
        field_name: str = "",
        *,
        schema: dict[str, Any],
        known: Callable[[Gate], QuerySet] | None = None,
        exists: Callable[[Any], bool] | None = None,
        allowed: Sequence[str] | None = None,
        about: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(field_name, **kwargs)
        self.known, self.exists, self.allowed = known, exists, allowed
        # Read by drf-spectacular, which would otherwise guess from the model.
        self._spectacular_annotation = {"field": schema | {"description": about}}

    def fault(self, name: str, gate: Gate, value: Any) -> Parameter | None:
        """Return what is wrong with a well-formed value, or None if such a thing exists."""
        if self.known:
            values = list(self.known(gate))
            if value not in values:
                shown = [str(one) for one in values] if len(values) <= MOST_LISTED else None
                return at_fault(name, "unknown_value", "There is no such value.", shown)
        if self.exists and not self.exists(value):
            return at_fault(name, "unknown_value", "There is no such value.")
        return None


def matching(pattern: str) -> Callable[[str], str]:
    expression = re.compile(pattern)

    def read(text: str) -> str:
        if not expression.fullmatch(text):
            raise ValueError
        return text

    return read


class Label(Filter):
    """An edition."""

    def __init__(self, field_name: str = "", **kwargs: Any) -> None:
        kwargs = {"known": lambda gate: gate.editions().values_list("label", flat=True), **kwargs}
        super().__init__(
            field_name,
            schema={"type": "string", "pattern": f"^{LABEL}$"},
            read=matching(LABEL),
            expects="Write the label of an edition, such as 2017-2018.",
            about="Label of the edition.",
            **kwargs,
        )


class Slug(Filter):
    """A public identifier."""

    def __init__(self, field_name: str = "", **kwargs: Any) -> None:
        super().__init__(
            field_name,
            schema={"type": "string", "pattern": f"^{SLUG}$"},
            read=matching(SLUG),
            expects="Write an identifier: letters a to z, digits and hyphens, at most 80.",
            **kwargs,
        )


class Number(Filter):
    def __init__(self, field_name: str = "", *, largest: int = SMALL, **kwargs: Any) -> None:
        def read(text: str) -> int:
            if not re.fullmatch(r"0|[1-9][0-9]{0,8}", text) or int(text) > largest:
                raise ValueError
            return int(text)

        super().__init__(
            field_name,
            schema={"type": "integer", "minimum": 0, "maximum": largest},
            read=read,
            expects=f"Write a whole number from 0 to {largest}.",
            **kwargs,
        )


class Choice(Filter):
    """One of a fixed list of words; `choices` may be an enumeration of a model."""

    def __init__(self, field_name: str = "", *, choices: Iterable[Any], **kwargs: Any) -> None:
        words = [str(choice) for choice in choices]

        def read(text: str) -> str:
            if text not in words:
                raise ValueError
            return text

        super().__init__(
            field_name,
            schema={"type": "string", "enum": words},
            read=read,
            expects=f"Write one of: {', '.join(words)}.",
            allowed=words,
            **kwargs,
        )


class Flag(Filter):
    def __init__(self, field_name: str = "", **kwargs: Any) -> None:
        def read(text: str) -> bool:
            return {"true": True, "false": False}[text] if text in ("true", "false") else _refuse()

        super().__init__(
            field_name,
            schema={"type": "boolean"},
            read=read,
            expects="Write true or false.",
            allowed=["true", "false"],
            **kwargs,
        )


class Day(Filter):
    def __init__(self, field_name: str = "", **kwargs: Any) -> None:
        def read(text: str) -> dt.date:
            return dt.date.fromisoformat(matching(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")(text))

        schema = {"type": "string", "format": "date"}
        super().__init__(
            field_name, schema=schema, read=read, expects="Write a date such as 2018-07-30.", **kwargs
        )


class Words(Filter):
    """A text to search for."""

    def __init__(self, **kwargs: Any) -> None:
        def read(text: str) -> str:
            return text.strip() if text.strip() and len(text) <= 80 and text.isprintable() else _refuse()

        schema = {"type": "string", "minLength": 1, "maxLength": 80}
        super().__init__(
            "", schema=schema, read=read, expects="Write 1 to 80 printable characters.", **kwargs
        )


class Ordering(Choice):
    """Sorts by one declared key, and then as the list is sorted anyway, so that every order is stable."""

    def __init__(self, keys: dict[str, str], then: Sequence[str]) -> None:
        self.keys, self.then = keys, then
        words = [word for key in keys for word in (key, f"-{key}")]
        super().__init__(
            "", choices=words, about="Order of the list; a minus turns it round. Empty values come last."
        )

    def filter(self, qs: QuerySet, value: str | None) -> QuerySet:
        if not value:
            return qs
        key = F(self.keys[value.removeprefix("-")])
        first = key.desc(nulls_last=True) if value.startswith("-") else key.asc(nulls_last=True)
        return qs.order_by(first, *self.then)


def _refuse() -> Any:
    raise ValueError


class Parameters(django_filters.FilterSet):
    """What a list may be asked for. `check` comes first, then `qs`."""

    paged = True
    gate: Gate

    def check(self) -> None:
        """Raise BadParameters for what is unknown, repeated or not in its form."""
        errors = [*self._strangers(), *self._repeated()]
        if not errors:
            errors = [self._misread(name) for name in self.form.errors]
        if errors:
            raise BadParameters(errors)

    @property
    def given(self) -> dict[str, str]:
        """The query as it was written, without the parameters of paging."""
        return {name: value for name, value in self.data.items() if name not in Pages.names}

    def value(self, name: str) -> Any:
        return self.form.cleaned_data.get(name)

    def refuse_unknown_values(self) -> None:
        # An answer that is pinned to a release does not depend on which one is current.
        label = None if self.value("release") else self.value("edition")
        gone = withdrawn_edition(label) if label else None
        if gone:
            raise Withdrawn(gone)
        asked = {name: self.value(name) for name in self.given}
        faults = (self.filters[name].fault(name, self.gate, value) for name, value in asked.items())
        errors = [fault for fault in faults if fault]
        if errors:
            raise BadParameters(errors)

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Apply the filters, and the ordering last: a search has an order of its own."""
        for name in sorted(self.filters, key=lambda name: name == "ordering"):
            queryset = self.filters[name].filter(queryset, self.value(name))
        return queryset

    def _strangers(self) -> list[Parameter]:
        allowed = sorted([*self.filters, *(Pages.names if self.paged else ())])
        strangers = [name for name in self.data if name not in allowed]
        return [
            at_fault(name, "unknown_parameter", "There is no such parameter here.", allowed)
            for name in strangers
        ]

    def _repeated(self) -> list[Parameter]:
        repeated = [name for name, values in self.data.lists() if len(values) > 1]
        return [at_fault(name, "given_twice", "Write this parameter once.") for name in repeated]

    def _misread(self, name: str) -> Parameter:
        return at_fault(name, "bad_value", self.form.errors[name][0], self.filters[name].allowed)


class Release(Number):
    """Which release to read; the gate has been chosen by it before any filter is applied."""

    def __init__(self) -> None:
        about = "Number of a release: pins the answer to it. Needs `edition` beside it in lists."
        super().__init__("", about=about, method="pinned")


class Pinned(Parameters):
    """Parameters of something that releases contain."""

    release = Release()

    def pinned(self, queryset: QuerySet, name: str, value: int) -> QuerySet:
        return queryset


class DetailOfRelease(Pinned):
    """Parameters of one object that a release contains."""

    paged = False


class Detail(Parameters):
    """One object that takes no parameter."""

    paged = False


def slugs(model: type[Model], field: str = "slug") -> Callable[[Gate], QuerySet]:
    """Return what lists the identifiers of a model's public rows."""
    return lambda gate: gate.rows(model).order_by(field).values_list(field, flat=True).distinct()


def line_slugs(gate: Gate) -> QuerySet:
    return gate.lines().order_by("slug").values_list("slug", flat=True)
