"""What corrections changed of the results of one subject."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from awards.models import Award, Release
from cityrank.publishing.gate import public_errata
from cityrank.publishing.models import Erratum
from cityrank.registry.models import Subject
from scores.models import Ranking

ROWS = ("recipient", "score")


class Marks:
    """Errata by the row that they are about: label of the edition, award or ranking, kind of row and subject."""

    def __init__(self, errata: Iterable[Erratum]) -> None:
        self._found: dict[tuple[str, str, str, str], list[Erratum]] = defaultdict(list)
        for one in errata:
            key = (one.release.edition.label, one.part, one.of, one.subject_slug)
            self._found[key].append(one)

    def of(self, part: Award | Ranking, kind: str, subject: Subject | None) -> tuple[Erratum, ...]:
        """Return what was changed of the row of a subject in an award ("recipient") or a ranking ("score")."""
        slug = subject.slug if subject else ""
        return tuple(self._found.get((part.release.edition.label, part.slug, kind, slug), ()))


def errata_about(subjects: Iterable[Subject], releases: Iterable[Release]) -> list[Erratum]:
    """Return what made `releases` out of those before them, as far as it concerns the subjects; newest first."""
    numbers = {one.edition_id: one.number for one in releases}
    slugs = [one.slug for one in subjects]
    about = Q(subject_slug__in=slugs)
    for slug in slugs:  # a row that was given to somebody else
        about |= Q(field="subject", old__endswith=f" ({slug})")
    rows = public_errata().filter(about, of__in=ROWS, release__edition__in=list(numbers))
    rows = rows.exclude(field="computed_rank")  # follows from the printed figures, which are told
    rows = rows.select_related("release__edition", "former").order_by(
        "-release__edition__period_end", "-release__number", "position"
    )
    return [row for row in rows if row.release.number <= numbers[row.release.edition_id]]
