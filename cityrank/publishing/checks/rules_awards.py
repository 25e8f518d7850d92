"""Rules about awards and their recipients."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.models import Award
from cityrank.publishing.checks.comparing import repetitions
from cityrank.publishing.checks.content import Content, RecipientRow
from cityrank.publishing.checks.registry import Found, Severity, rule
from cityrank.registry.numbers import YEAR


def _award(award: Award, message: str, *figures: object) -> Found:
    return Found(f"award:{award.slug}", "awards.award", award.pk, str(award), message, figures)


def _recipient(award: Award, row: RecipientRow, message: str) -> Found:
    key = f"recipient:{award.slug}:{row.position}"
    figures = (row.name, row.subject)
    return Found(key, "awards.recipient", row.pk, str(award), message, figures)


@rule(
    "recipient-count",
    Severity.WARNS,
    gettext_lazy("An award has as many recipients as announced: 25强 has 25."),
)
def recipient_count(content: Content) -> Iterator[Found]:
    for award in content.awards.values():
        count = len(content.recipients.get(award.pk, []))
        if award.expected_count is not None and count != award.expected_count:
            message = _("%(award)s has %(count)s recipients; %(expected)s are expected.")
            values = {"award": award, "count": count, "expected": award.expected_count}
            yield _award(award, message % values, count, award.expected_count)


@rule("award-empty", Severity.WARNS, gettext_lazy("An award has a recipient."))
def award_empty(content: Content) -> Iterator[Found]:
    for award in content.awards.values():
        if not content.recipients.get(award.pk) and not award.expected_count:
            yield _award(award, _("%(award)s has no recipient.") % {"award": award})


@rule("recipient-unresolved", Severity.BLOCKS, gettext_lazy("Every recipient's name leads to a subject."))
def recipient_unresolved(content: Content) -> Iterator[Found]:
    for award in content.awards.values():
        for row in content.recipients.get(award.pk, []):
            if row.subject is None:
                message = _("%(award)s, recipient %(position)s (%(name)s): say which place this is.")
                values = {"award": award, "position": row.position, "name": row.name}
                yield _recipient(award, row, message % values)


@rule("recipient-name-twice", Severity.WARNS, gettext_lazy("A name stands once in the list of an award."))
def recipient_name_twice(content: Content) -> Iterator[Found]:
    for award in content.awards.values():
        rows = content.recipients.get(award.pk, [])
        for row in (rows[index] for index in repetitions(row.name for row in rows)):
            message = _("%(award)s, recipient %(position)s: %(name)s is listed twice.")
            values = {"award": award, "position": row.position, "name": row.name}
            yield _recipient(award, row, message % values)


@rule("award-citation", Severity.WARNS, gettext_lazy("An award says why it was given."))
def award_citation(content: Content) -> Iterator[Found]:
    for award in content.awards.values():
        if award.citation_id is None:
            yield _award(award, _("%(award)s has no citation.") % {"award": award})


@rule("award-source", Severity.WARNS, gettext_lazy("An award says where it was read."))
def award_source(content: Content) -> Iterator[Found]:
    for award in content.awards.values():
        if award.source_id is None:
            yield _award(award, _("%(award)s has no source.") % {"award": award})


@rule("award-year", Severity.WARNS, gettext_lazy("An award names its year, in its title or as its period."))
def award_year(content: Content) -> Iterator[Found]:
    for award in content.awards.values():
        texts = (award.title_printed, award.title_listed, award.period_printed, award.period_listed)
        if not any(YEAR.search(text) for text in texts):
            yield _award(award, _("%(award)s names no year and has no period.") % {"award": award}, *texts)


@rule(
    "award-titles",
    Severity.WARNS,
    gettext_lazy("An award has one title and one period, in the list of series and above its winners."),
)
def award_titles(content: Content) -> Iterator[Found]:
    for award in content.awards.values():
        texts = (award.title_listed, award.title_printed, award.period_listed, award.period_printed)
        for listed, printed in (texts[:2], texts[2:]):
            if listed and printed and listed != printed:
                message = _("%(award)s: listed as “%(listed)s”, printed as “%(printed)s”.")
                values = {"award": award, "listed": listed, "printed": printed}
                yield _award(award, message % values, *texts)
                break
