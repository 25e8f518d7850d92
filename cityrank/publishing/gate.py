"""The one gate between what is stored and what the public reads.

Pages and API never start from `Model.objects`: they ask the gate for rows, and the gate starts from published
releases. `open_gate()` shows the current release of every edition; `frozen_gate(label, number)` shows exactly one
release, current or superseded, for its permanent address.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, Model, OuterRef, Prefetch, Q, QuerySet

from awards import instant
from awards.models import Edition, Line, Organiser, Recipient, Release
from awards.querysets import ReleaseQuerySet
from cityrank.publishing.models import Erratum, Move
from cityrank.registry.models import Place, SearchKey, Subject
from scores.models import Score


class Withdrawn(Exception):
    """The release was public once and is not any more; `release.withdrawal` says why."""

    def __init__(self, release: Release) -> None:
        super().__init__(f"Release {release.number} of {release.edition.label} was withdrawn.")
        self.release = release


@dataclass(frozen=True)
class Gate:
    """What may be read through one set of releases."""

    releases: ReleaseQuerySet

    def rows(self, model: type[Model]) -> QuerySet:
        """Return the rows of a content model (Award, Recipient, Score ...) that belong to these releases."""
        return model._default_manager.in_releases(self.releases)  # type: ignore[attr-defined]

    def editions(self) -> QuerySet[Edition]:
        return Edition.objects.filter(Exists(self.releases.filter(edition=OuterRef("pk"))))

    def lines(self) -> QuerySet[Line]:
        """Return the lines that have an award or a ranking in these releases."""
        return Line.objects.filter(
            Q(awards__release__in=self.releases) | Q(rankings__release__in=self.releases)
        ).distinct()


def open_gate() -> Gate:
    """Return the gate to the current release of every edition."""
    return Gate(_at_one_instant("current"))


def citable_gate() -> Gate:
    """Return the gate to every release that stays readable at its permanent address."""
    return Gate(_at_one_instant("citable"))


def frozen_gate(label: str, number: int) -> Gate:
    """Return the gate to one citable release.

    Raises `Release.DoesNotExist` for what was never public and `Withdrawn` for what is not public any more.
    """
    release = Release.objects.public_once().select_related("edition").get(edition__label=label, number=number)
    if release.status == Release.Status.WITHDRAWN:
        raise Withdrawn(release)
    return Gate(_at_one_instant("citable").filter(pk=release.pk))


def preview_gate(label: str, number: int) -> Gate:
    """Return the gate to one release in preparation, for people who may read drafts; the caller asks who they are.

    Raises `Release.DoesNotExist` for any other release, also for a scheduled one whose hour has come.
    """
    release = Release.objects.in_preparation().get(edition__label=label, number=number)
    if not release.is_in_preparation:
        raise Release.DoesNotExist
    return Gate(Release.objects.filter(pk=release.pk))


def _at_one_instant(which: str) -> ReleaseQuerySet:
    """Return the current or the citable releases, within a request the same ones from its first query to its last.

    Each query sees what is stored when it runs: without this a page that is read while somebody publishes could show
    a part of the old release and a part of the new one.
    """
    reading = instant.present()
    if reading is None:
        found: ReleaseQuerySet = getattr(Release.objects, which)()
        return found
    if "citable" not in reading.found:
        citable = list(Release.objects.citable().values_list("pk", "replaced_at"))
        reading.found["citable"] = [key for key, _end in citable]
        reading.found["current"] = [key for key, end in citable if end is None or end > reading.at]
    return Release.objects.filter(pk__in=reading.found[which])


def public_releases() -> ReleaseQuerySet:
    """Return every release that is or was public, with edition; of the log it has what says that it was withdrawn."""
    withdrawals = Move.objects.filter(action="withdraw").order_by("pk")
    known = Release.objects.public_once().select_related("edition")
    return known.prefetch_related(Prefetch("moves", withdrawals))


def public_errata() -> QuerySet[Erratum]:
    """Return every difference between two readable releases; what a withdrawn one said is told on neither side."""
    citable = _at_one_instant("citable")
    return Erratum.objects.in_releases(citable).filter(former__in=citable)


def withdrawn_edition(label: str) -> Release | None:
    """Return the last release of an edition that was public and has none any more, because it was withdrawn.

    Withdrawing a correction does not bring back the release before it, which stays superseded at its frozen address.
    """
    if open_gate().releases.filter(edition__label=label).exists():
        return None
    last = Release.objects.public_once().filter(edition__label=label).select_related("edition")
    found = last.order_by("-published_at", "-number").first()
    return found if found is not None and found.status == Release.Status.WITHDRAWN else None


def public_subjects(queryset: QuerySet | None = None) -> QuerySet:
    """Return the subjects the public may know of: all of the gazetteer, and whoever a citable release names.

    A zone, an organisation or an app that an evaluator has entered for a draft stays hidden until that draft is
    published: its mere existence would tell who is about to be ranked.
    """
    if queryset is None:
        queryset = Subject.objects.all()
    citable = _at_one_instant("citable")
    named = (
        Exists(Recipient.objects.in_releases(citable).filter(subject=OuterRef("pk")))
        | Exists(Score.objects.in_releases(citable).filter(subject=OuterRef("pk")))
        | Exists(Organiser.objects.in_releases(citable).filter(organisation=OuterRef("pk")))
    )
    return queryset.filter(_in_gazetteer(queryset.model) | named)


def _in_gazetteer(model: type[Model]) -> Q:
    """A column or a join, not a subquery: it is asked for each of 46,000 places when a list is counted."""
    if issubclass(model, Place):
        return Q(from_gazetteer=True)
    return Q(place__from_gazetteer=True) if model is Subject else Q()


def public_places() -> QuerySet[Place]:
    return public_subjects(Place.objects.all())


def public_among(subjects: Collection[int]) -> set[int]:
    """Return those of these keys that are of subjects the public may know of."""
    if not subjects:
        return set()
    return set(public_subjects(Subject.objects.filter(pk__in=subjects)).values_list("pk", flat=True))


def public_closest(text: str) -> list[tuple[int, int, int]]:
    """Return key, closeness and weight of each public subject that a text may mean; see `SearchKeyQuerySet.closest`.

    What search stores of the gazetteer answers for thousands of places at once; the few others are asked for by name.
    """
    columns = ("subject", "closeness", "weight", "listed")
    rows = list(SearchKey.objects.closest(text).values_list(*columns))
    public = public_among([subject for subject, _closeness, _weight, listed in rows if not listed])
    return [
        (subject, closeness, weight)
        for subject, closeness, weight, listed in rows
        if listed or subject in public
    ]
