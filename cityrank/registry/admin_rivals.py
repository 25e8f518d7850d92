"""No lost updates in the forms of the admin: whoever saves second is told what changed, and loses nothing typed."""

import json
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import display_for_field
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Field, Model
from django.forms.models import ModelForm
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from cityrank.registry.rivals import Rivals, Since, merge, read_seen

SEEN, WHY, THEIRS = "_seen", "_why", "theirs"


def rivals_of(request: HttpRequest) -> Rivals:
    """Return what this request knows of changes by others; read once from the form that was sent."""
    known = request.__dict__.get("cityrank_rivals")
    if known is None:
        known = request.__dict__["cityrank_rivals"] = Rivals(before=_sent(request))
    return known


def _sent(request: HttpRequest) -> Any:
    try:
        return read_seen(json.loads(request.POST.get(SEEN, "")))
    except (ValueError, RecursionError):
        return None


def why(request: HttpRequest) -> str:
    """Return the reason that somebody gave for a change, as long as the history can keep."""
    return request.POST.get(WHY, "").strip()[:100]


def tell(request: HttpRequest) -> None:
    """Say what was taken over from others in the save that has just succeeded."""
    for sentence in rivals_of(request).told:
        messages.info(request, sentence)


class RivalForm(ModelForm):
    """A form that merges what is typed with what others have saved since the page was opened.

    `rivals` is set on the class that is made for one request.
    """

    rivals: Rivals | None = None
    refused = ""

    def full_clean(self) -> None:
        conflicts = self._merge() if self.is_bound and self.instance.pk and self.rivals else {}
        super().full_clean()
        for name, sentence in conflicts.items():
            self.add_error(name, sentence)
        if self.refused and self.is_bound:
            self.add_error(None, self.refused)

    def _merge(self) -> dict[str, Any]:
        """Put what only others have changed into the form; return for each conflict what to say."""
        since = self.rivals.since(self.instance) if self.rivals else None
        if since is None:
            return {}
        names = {name: column for name in self.fields if (column := self._column(name))}
        seen = {name: _plain(since.seen, column) for name, column in names.items()}
        now = {name: _plain(self.instance, column) for name, column in names.items()}
        typed = {name: self._typed(name) for name in names}
        merged = merge(seen, now, typed)
        asked = [name for name in merged.conflicts if f"{self.add_prefix(name)}-{THEIRS}" in self.data]
        for name in [*merged.taken, *asked]:
            self._put(name, now[name])
        if self.rivals:
            self.rivals.told += [
                self._taken(names[name], seen[name], now[name], since) for name in merged.taken
            ]
        left = [name for name in merged.conflicts if name not in asked]
        return {name: self._conflict(name, names[name], seen[name], now[name], since) for name in left}

    def _column(self, name: str) -> Field | None:
        try:
            found = self.instance._meta.get_field(name)
        except FieldDoesNotExist:
            return None
        plain = isinstance(found, Field) and found.concrete and not found.primary_key
        return found if plain and not self.fields[name].disabled else None

    def _typed(self, name: str) -> Any:
        """Return what was typed as the column would hold it; what cannot be read stays text, and differs."""
        text = self[name].data
        try:
            value = self.fields[name].to_python(text)
        except ValidationError:
            return text
        return value.pk if isinstance(value, Model) else value

    def _put(self, name: str, value: Any) -> None:
        """Fill in a value as if it had been typed."""
        data = cast(QueryDict, self.data).copy()
        self.data = data
        field, html_name = self.fields[name], self.add_prefix(name)
        if isinstance(field.widget, forms.CheckboxInput):
            data.pop(html_name, None)
            if value:
                data[html_name] = "on"
            return
        shown = field.widget.format_value(field.prepare_value(value))
        if getattr(field.widget, "allow_multiple_selected", False):
            data.setlist(html_name, shown)
            return
        shown = (shown[0] if shown else "") if isinstance(shown, list) else shown
        data[html_name] = "" if shown is None else str(shown)

    def _taken(self, column: Field, seen: Any, now: Any, since: Since) -> str:
        return _(
            "%(row)s: %(who)s has changed %(field)s from %(old)s to %(new)s meanwhile; that was kept."
        ) % {
            "row": self.instance,
            "field": column.verbose_name,
            "old": _words(column, seen),
            "new": _words(column, now),
            **_who(column, since),
        }

    def _conflict(self, name: str, column: Field, seen: Any, now: Any, since: Since) -> Any:
        sentence = _(
            "%(who)s changed this at %(when)s from %(old)s to %(new)s while you had the page open. What you typed is "
            "still here: save again to keep it,"
        ) % {"old": _words(column, seen), "new": _words(column, now), **_who(column, since)}
        return format_html(
            '{} <label class="cr-theirs"><input type="checkbox" name="{}-{}" value="1"> {}</label>',
            sentence,
            self.add_prefix(name),
            THEIRS,
            _("or take %(new)s.") % {"new": _words(column, now)},
        )


def _plain(row: Model, column: Field) -> Any:
    value = getattr(row, column.attname)
    return str(value or "") if column.get_internal_type() == "FileField" else value


def _words(column: Field, value: Any) -> str:
    """Return a stored value as the admin shows it."""
    if column.is_relation and value is not None:
        other = cast(Any, column.remote_field).model._default_manager.filter(pk=value).first()
        return f"“{other or value}”"
    return f"“{display_for_field(value, column, '–')}”"


def _who(column: Field, since: Since) -> dict[str, str]:
    record = since.changed_by.get(column.attname)
    if record is None:
        return {"who": _("Somebody"), "when": "–"}
    return {
        "who": str(record.history_user or _("A program")),
        "when": date_format(timezone.localtime(record.history_date), "H:i"),
    }
