"""Which release a list shows: the one asked for, else the newest draft, else the newest release."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from awards.models import Release, Series
from cityrank.registry.numbers import key_in

ALL = "all"
# Parameters of an "add" address that say where the new row belongs, and the models that they name.
PARENTS = {"series": "awards.Series", "award": "awards.Award", "ranking": "scores.Ranking"}


def all_releases(request: HttpRequest) -> list[Release]:
    """Return every release, the newest edition first, read once for a request."""
    if not hasattr(request, "cityrank_releases"):
        rows = Release.objects.select_related("edition").order_by(
            "-edition__period_end", "-edition__period_start", "-number"
        )
        request.cityrank_releases = list(rows)  # type: ignore[attr-defined]
    return request.cityrank_releases  # type: ignore[attr-defined]


def default_release(request: HttpRequest) -> Release | None:
    releases = all_releases(request)
    drafts = [release for release in releases if release.is_editable]
    return next(iter(drafts or releases), None)


def selected_release(request: HttpRequest) -> Release | None:
    """Return the release that a list is filtered by, None for all of them."""
    asked = request.GET.get("release") or _preserved(request).get("release", [""])[0]
    if asked == ALL:
        return None
    return _by_key(request, asked) if asked else default_release(request)


def release_in_address(request: HttpRequest, model: type[Model]) -> Release | None:
    """Return the release that the address of an "add" page names, itself or by a row of it."""
    for name, label in PARENTS.items():
        key = key_in(request.GET.get(name, ""))
        if key and any(field.name == name for field in model._meta.concrete_fields):
            parent: Any = (
                apps.get_model(label)
                ._default_manager.select_related("release__edition")
                .filter(pk=key)
                .first()
            )
            return parent.release if parent else None
    return _by_key(request, request.GET.get("release", ""))


def _by_key(request: HttpRequest, key: str) -> Release | None:
    return next((release for release in all_releases(request) if str(release.pk) == key), None)


def _preserved(request: HttpRequest) -> dict[str, list[str]]:
    """Return the filters of the list that a form was opened from."""
    return parse_qs(request.GET.get("_changelist_filters", ""))


class ReleaseFilter(admin.SimpleListFilter):
    title = _("release")
    parameter_name = "release"

    def __init__(self, request: HttpRequest, params: dict, model: type[Model], model_admin: Any) -> None:
        self.request = request
        super().__init__(request, params, model, model_admin)

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(release.pk), str(release)) for release in all_releases(request)]

    def value(self) -> str | None:
        if super().value():
            return super().value()
        release = default_release(self.request)
        return str(release.pk) if release else None

    def choices(self, changelist: ChangeList) -> Iterator[dict]:
        for value, title in [*self.lookup_choices, (ALL, _("All"))]:
            query = changelist.get_query_string({self.parameter_name: value}, ["series", "p"])
            yield {"selected": self.value() == value, "query_string": query, "display": title}

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == ALL:
            return queryset
        release = selected_release(request)
        return queryset.of_release(release) if release else queryset.none()  # type: ignore[attr-defined]


class SeriesFilter(admin.SimpleListFilter):
    """The series of the release that the list shows."""

    title = _("series")
    parameter_name = "series"
    path = "series"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        release = selected_release(request)
        if release is None:
            return []
        return [(str(row.pk), str(row)) for row in Series.objects.of_release(release)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        key = key_in(self.value() or "")
        return queryset.filter(**{self.path: key}) if key else queryset


class AwardSeriesFilter(SeriesFilter):
    path = "award__series"


class RankingSeriesFilter(SeriesFilter):
    path = "ranking__series"
