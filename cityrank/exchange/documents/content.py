"""What of a release goes into its bulletin. The number of queries does not depend on how much that is."""

from dataclasses import dataclass

from django.db.models import Prefetch

from awards.models import Award, Fact, Organiser, Recipient, Release, Section, Series, Source
from cityrank.publishing.checks import RULES
from cityrank.publishing.checks.content import Content as Checked
from cityrank.registry.models import Subject
from scores.models import GroupAverage, Ranking, Score

# The rules about what is printed. Not about what is missing, and not about other editions: those may be corrected,
# and then this document would be another one.
ABOUT_PRINT = (
    "award-titles", "recipient-count", "recipient-name-twice", "table-titles", "table-cutoff", "score-name-twice",
    "rank-computed", "rank-gap", "score-order", "band-rule", "average-change", "average-value", "average-cutoff",
    "average-group",
)  # fmt: skip


@dataclass(frozen=True)
class Content:
    release: Release
    organisers: list[Organiser]
    series: list[Series]
    averages: list[GroupAverage]
    findings: list[Section]
    methods: list[Section]
    facts: list[Fact]
    sources: list[Source]
    # Sentences in the active language.
    contradictions: list[str]

    @property
    def awards(self) -> list[Award]:
        return [award for series in self.series for award in series.awards.all()]

    @property
    def rankings(self) -> list[Ranking]:
        return [ranking for series in self.series for ranking in series.rankings.all()]


def content_of(release: Release) -> Content:
    """Read a release that the caller may show; its series come with awards, recipients, rankings and rows."""
    sections = list(Section.objects.of_release(release).order_by("kind", "number"))
    return Content(
        release=release,
        organisers=list(
            Organiser.objects.of_release(release)
            .select_related("organisation")
            .order_by("position", "role", "pk")
        ),
        series=_series(release),
        averages=list(
            GroupAverage.objects.of_release(release).select_related("ranking").order_by("position")
        ),
        findings=[one for one in sections if one.kind == Section.Kind.FINDING],
        methods=[one for one in sections if one.kind == Section.Kind.METHOD],
        facts=list(Fact.objects.of_release(release).order_by("position")),
        sources=list(Source.objects.of_release(release).order_by("key")),
        contradictions=contradictions_of(release),
    )


def _series(release: Release) -> list[Series]:
    recipients = Recipient.objects.select_related("subject__place").order_by("position")
    scores = Score.objects.select_related("subject__place", "band").order_by("position")
    awards = Award.objects.select_related("citation").order_by("position")
    rankings = Ranking.objects.order_by("position").prefetch_related(Prefetch("scores", scores))
    return list(
        Series.objects.of_release(release)
        .order_by("number")
        .prefetch_related(
            Prefetch("awards", awards.prefetch_related(Prefetch("recipients", recipients))),
            Prefetch("rankings", rankings),
        )
    )


def contradictions_of(release: Release) -> list[str]:
    """Return what the checks find in print that does not agree with itself, as sentences in the active language."""
    checked = Checked(release)
    return [found.message for name in ABOUT_PRINT for found in RULES[name].find(checked)]


def english_name(subject: Subject | None) -> str:
    """Return the established or romanised name, and nothing for a name that nobody has resolved yet."""
    if subject is None:
        return ""
    concrete = subject.place if subject.kind == Subject.Kind.PLACE else subject
    return str(concrete.english_name)
