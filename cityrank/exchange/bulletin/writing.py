"""How rows get into a draft: created where they are new, changed where they differ, replaced where a list does.

A draft that corrects an edition begins as a copy of what the edition holds. A row that is the same already is left
alone, so that its history, its verification and what the bulletin does not print stay with it.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from awards.models import Release, ReleaseContent
from cityrank.publishing.admin_history import remember_origin
from cityrank.publishing.refusals import Refused

Values = dict[str, Any]


class Writer:
    """Writes the rows of one draft; every change names the person and the file in its history."""

    def __init__(self, draft: Release, by: User | None, reason: str) -> None:
        self.draft, self.by, self.reason = draft, by, reason
        # By model, the keys of the rows that the bulletin has.
        self.touched: dict[type[Model], set[int]] = {}

    def put(
        self, model: type[ReleaseContent], identity: Values, printed: Values, otherwise: Values | None = None
    ) -> Any:
        """Return the row of the draft with this identity, holding what is printed.

        `otherwise` is what only a new row gets: an old one may have better.
        """
        row = model.objects.of_release(self.draft).filter(**identity).first()
        if row is None:
            values = {**identity, **(otherwise or {}), **printed}
            if model.RELEASE_PATH == "release":
                values["release"] = self.draft
            row = model(**values)
            self.save(row)
        elif any(getattr(row, name) != value for name, value in printed.items()):
            remember_origin([row])
            for name, value in printed.items():
                setattr(row, name, value)
            self.save(row)
        self.touched.setdefault(model, set()).add(row.pk)
        return row

    def put_list(self, model: Any, of: Values, rows: Sequence[Values], otherwise: Values) -> None:
        """Let a list in the draft hold these rows in this order; `of` says whose list it is.

        A list that holds them already is left alone; one that differs in anything is written anew.
        """
        stored = list(model.objects.of_release(self.draft).filter(**of).order_by("position"))
        same = len(stored) == len(rows) and all(
            all(getattr(row, name) == value for name, value in values.items())
            for row, values in zip(stored, rows, strict=True)
        )
        if same:
            return
        remember_origin(stored)
        for row in stored:
            self._delete(row)
        for position, values in enumerate(rows, 1):
            self.save(model(**of, **otherwise, **values, position=position))

    def drop_others(self, model: type[ReleaseContent], **of: Any) -> None:
        """Delete the rows of a model that the bulletin does not have."""
        rows = model.objects.of_release(self.draft).filter(**of)
        others = list(rows.exclude(pk__in=self.touched.get(model, set())))
        remember_origin(others)
        for row in others:
            self._delete(row)

    def step_aside(self, model: Any, order: Sequence[tuple[str, int, int]]) -> None:
        """Free the positions of awards or rankings that move; `order` is slug, series and position of each."""
        rows = list(
            model.objects.of_release(self.draft).values_list("slug", "series__number", "position", "pk")
        )
        wanted = {slug: (series, position) for slug, series, position in order}
        moving = [row for row in rows if wanted.get(row[0], (0, 0)) != row[1:3]]
        for number, (*_rest, key) in enumerate(moving, 1):
            model._default_manager.filter(pk=key).update(position=10_000 + number)

    def save(self, row: Any) -> Any:
        """Save a row with its history. Raises `Refused` where a text or a figure does not fit."""
        _refuse_unfit(row)
        row._history_user, row._change_reason = self.by, self.reason[:100]  # simple-history reads them
        row.save()
        return row

    def _delete(self, row: Any) -> None:
        row._history_user, row._change_reason = self.by, self.reason[:100]
        row.delete()


def _refuse_unfit(row: Model) -> None:
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if value in (None, "") or field.is_relation or field.primary_key:
            continue
        try:
            field.run_validators(value)
        except ValidationError as error:
            raise Refused(
                _("%(row)s: %(field)s “%(value)s” cannot be stored. %(problem)s Mend it in the file.")
                % {
                    "row": str(row)[:80] or row._meta.verbose_name,
                    "field": field.verbose_name,
                    "value": str(value)[:80],
                    "problem": " ".join(error.messages),
                }
            ) from error
