"""A reading meets the database: its awards and tables their lines, its names the registry.

What is sure becomes a proposal and is shown in the report. What is not becomes a question; the same call with answers
gives what follows from them, and the questions that they lead to. Nothing is written here.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from awards.models import Edition
from cityrank.exchange.bulletin.elements import AverageRead, OrganiserRead, Reading
from cityrank.exchange.bulletin.lines import Lines
from cityrank.exchange.bulletin.names import (
    APP,
    ORGANISATION,
    PLACE,
    Name,
    ask_about_repeated,
    levels_of_award,
    levels_of_table,
    resolve_names,
)
from cityrank.exchange.bulletin.parts import AwardMatch, Parts, RankingMatch
from cityrank.exchange.bulletin.questions import (
    CANCEL,
    CORRECT,
    DROP,
    NONE,
    About,
    Also,
    Asked,
    Choice,
    Question,
    is_label,
    key_of,
)


@dataclass
class EditionMatch:
    """The edition that the bulletin is of; `label` is "" while that is open."""

    label: str
    exists: bool
    cancelled: bool = False

    @property
    def years(self) -> list[int]:
        return [int(year) for year in self.label.split("-")] if self.label else []


@dataclass
class OrganiserMatch:
    read: OrganiserRead
    name: Name


@dataclass
class AverageMatch:
    """An average; `ranking` is the identifier of the table that it speaks of, "" where it speaks of none."""

    read: AverageRead
    ranking: str


@dataclass
class Matched:
    reading: Reading
    asked: Asked
    edition: EditionMatch
    awards: list[AwardMatch]
    rankings: list[RankingMatch]
    organisers: list[OrganiserMatch] = field(default_factory=list)
    averages: list[AverageMatch] = field(default_factory=list)

    @property
    def questions(self) -> list[Question]:
        order = list(About)
        found = self.asked.questions.values()
        return sorted(found, key=lambda question: (order.index(question.about), question.line))

    @property
    def open_questions(self) -> list[Question]:
        return [question for question in self.questions if self.asked.is_open(question)]

    @property
    def names(self) -> list[Name]:
        return [name for part in (*self.awards, *self.rankings) for name in part.names]


def match(reading: Reading, answers: Mapping[str, str] | None = None) -> Matched:
    """Return what each element of a reading is in the database, with the questions that remain or were answered."""
    asked = Asked(answers or {})
    edition = _edition(reading, asked)
    parts = Parts(reading, Lines(), asked)
    awards = [award for read in reading.awards if (award := parts.award(read))]
    rankings = [ranking for read in reading.rankings if (ranking := parts.ranking(read))]
    parts.stray_citations(awards)
    matched = Matched(reading, asked, edition, awards, rankings)
    _names(matched, asked)
    _averages(matched, asked)
    return matched


def date_of(reading: Reading, edition: EditionMatch) -> dt.date | None:
    """Return the day at which names are read: that of the announcement, else the end of the edition's years."""
    for text in (reading.head.announced_on, reading.head.published_on):
        if text:
            return dt.date.fromisoformat(text)
    return dt.date(edition.years[-1], 12, 31) if edition.years else None


# --- the edition ------------------------------------------------------------------------------------------------------


def _edition(reading: Reading, asked: Asked) -> EditionMatch:
    label = reading.head.label if is_label(reading.head.label) else ""
    if not label:
        label = asked.ask(_which_edition(reading)) or ""
    edition = Edition.objects.filter(label=label).first() if label else None
    if edition is None:
        asked.settled.add(key_of("edition", label))
        return EditionMatch(label, False)
    answer = asked.ask(_existing(edition))
    return EditionMatch(label, True, cancelled=answer == CANCEL)


def _which_edition(reading: Reading) -> Question:
    periods = [period for award in reading.awards for period in (award.period_printed, award.period_listed)]
    labels = [text for period in periods if is_label(text := period.removesuffix("度").removesuffix("年"))]
    return Question(
        key="edition",
        about=About.EDITION,
        text=_("The text does not say of which years the edition is. Write its label."),
        excerpt=reading.head.title or reading.head.page_title,
        line=1,
        choices=tuple(
            Choice(label, label, _("As in the titles of awards.")) for label in dict.fromkeys(labels)
        ),
        also=Also.LABEL,
    )


def _existing(edition: Edition) -> Question:
    cancel = Choice(CANCEL, _("Cancel"), _("Nothing is written."))
    preparing = edition.releases.in_preparation().first()
    correct = Choice(
        CORRECT,
        _("Correct it: a new draft"),
        _(
            "The draft begins with what the edition holds now. What the bulletin prints is put in; the rest stays."
        ),
    )
    text = _("There is an edition %(edition)s already. What shall become of this bulletin?")
    if preparing:
        text = _("Release %(number)s of %(edition)s is in preparation already. Finish or discard it first.")
    number = preparing.number if preparing else ""
    return Question(
        key=key_of("edition", edition.label),
        about=About.EDITION,
        text=text % {"edition": edition.label, "number": number},
        excerpt="",
        line=1,
        choices=(cancel,) if preparing else (correct, cancel),
    )


# --- names ------------------------------------------------------------------------------------------------------------


def _names(matched: Matched, asked: Asked) -> None:
    for award in matched.awards:
        levels = levels_of_award(award.title)
        award.names = [
            Name(
                winner.printed,
                winner.span,
                key_of("place", award.handle, position, winner.printed),
                PLACE,
                levels,
            )
            for position, winner in enumerate(award.read.winners, 1)
        ]
    for ranking in matched.rankings:
        ranking.names = _rows(ranking)
    for read in matched.reading.organisers:
        name = Name(read.printed, read.span, key_of("organisation", read.printed), ORGANISATION)
        matched.organisers.append(OrganiserMatch(read, name))
    names = [*(organiser.name for organiser in matched.organisers), *matched.names]
    resolve_names(names, date_of(matched.reading, matched.edition), asked)
    for part in (*matched.awards, *matched.rankings):
        ask_about_repeated(part.names, part.handle, part.title, asked)


def _rows(ranking: RankingMatch) -> list[Name]:
    kind = ranking.group.kind if ranking.group else PLACE
    levels = levels_of_table(ranking.title, ranking.group) if kind == PLACE else None
    found = []
    for position, row in enumerate(ranking.read.rows, 1):
        # A company or an app is one and the same in all tables, and asked about once.
        own = (
            (kind, row.printed)
            if kind in (ORGANISATION, APP)
            else ("place", ranking.handle, position, row.printed)
        )
        found.append(Name(row.printed, row.span, key_of(*own), kind, levels))
    return found


# --- averages ---------------------------------------------------------------------------------------------------------


def _averages(matched: Matched, asked: Asked) -> None:
    slugs = {ranking.read.key: ranking.slug for ranking in matched.rankings}
    choices = tuple(Choice(ranking.slug, ranking.title) for ranking in matched.rankings)
    for number, read in enumerate(matched.reading.averages, 1):
        slug = slugs.get(read.ranking, "")
        if not slug and choices:
            question = Question(
                key=key_of("average", number, read.printed_label),
                about=About.AVERAGE,
                text=_("Of which table is this the average?"),
                excerpt=matched.reading.text_of(read.span),
                line=read.span.line,
                choices=(
                    *choices,
                    Choice(NONE, _("Of none of them")),
                    Choice(DROP, _("Leave the average out")),
                ),
            )
            slug = asked.ask(question) or ""
        if slug != DROP:
            matched.averages.append(AverageMatch(read, "" if slug == NONE else slug))
