"""What one request may read: the current release of an edition, or one frozen release.

Views of an edition's content are decorated with `reads_release`; they get a `Scope` instead of label and number and
cannot see anything else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from awards.models import Edition, Release
from cityrank.pages.addresses import Named, release_page
from cityrank.publishing.gate import Gate, Withdrawn, frozen_gate, open_gate


@dataclass(frozen=True)
class Scope:
    gate: Gate
    release: Release
    is_frozen: bool
    # Number of the edition's current release; None where the edition has none any more.
    current: int | None

    @property
    def edition(self) -> Edition:
        return self.release.edition

    @property
    def is_superseded(self) -> bool:
        return not self.release.is_current

    def page(self, name: str, *args: object) -> Named:
        """Return URL name and arguments of another page, open or frozen like this one."""
        return release_page(name, self.edition.label, self.release.number if self.is_frozen else None, *args)

    def open_page(self, name: str, *args: object) -> Named:
        return release_page(name, self.edition.label, None, *args)

    def frozen_page(self, name: str, *args: object) -> Named:
        return release_page(name, self.edition.label, self.release.number, *args)


def open_scope(label: str) -> Scope:
    """Raises `Release.DoesNotExist` where the edition has no current release."""
    gate = open_gate()
    release = gate.releases.select_related("edition").get(edition__label=label)
    return Scope(Gate(gate.releases.filter(pk=release.pk)), release, is_frozen=False, current=release.number)


def frozen_scope(label: str, number: int) -> Scope:
    """Raises `Release.DoesNotExist` for what was never public, `Withdrawn` for what is not public any more."""
    gate = frozen_gate(label, number)
    release = gate.releases.select_related("edition").get()
    current = open_gate().releases.filter(edition=release.edition).values_list("number", flat=True).first()
    return Scope(gate, release, is_frozen=True, current=current)


View = Callable[..., HttpResponse]


def reads_release(view: View) -> View:
    """Call `view(request, scope, ...)` for an address with a label and perhaps the number of a release."""

    @wraps(view)
    def wrapped(request: HttpRequest, label: str, number: int | None = None, **rest: Any) -> HttpResponse:
        try:
            scope = open_scope(label) if number is None else frozen_scope(label, number)
        except Release.DoesNotExist:
            raise Http404 from None
        except Withdrawn as withdrawn:
            current = open_gate().releases.filter(edition=withdrawn.release.edition).first()
            context = {"release": withdrawn.release, "current": current}
            return render(request, "pages/withdrawn.html", context, status=410)
        return view(request, scope, **rest)

    return wrapped
