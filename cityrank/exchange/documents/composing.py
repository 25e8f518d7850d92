"""Compose the bulletin of a release: the blocks in the order in which such bulletins are printed."""

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from awards.models import Award, Citation, Organiser, Release, Section, Series, Source
from cityrank.exchange.documents import tables
from cityrank.exchange.documents.content import Content, content_of, english_name
from cityrank.exchange.documents.structure import (
    Block,
    Document,
    Facts,
    Heading,
    Items,
    Names,
    Note,
    Paragraph,
    Titles,
)
from cityrank.exchange.documents.wording import ASSESSOR, PUBLISHER, WORDS, Words

LANGUAGES = tuple(WORDS)
PUBLIC = (Release.Status.PUBLISHED, Release.Status.SUPERSEDED)


def compose(release: Release, language: str, site: str = "") -> Document:
    """Return the bulletin of a release in "zh" or "en".

    `site` is what the permanent address begins with, without a slash at the end; SITE_URL by default, and without
    either there is no address. What is not public is marked as a draft.
    """
    words = WORDS[language]
    with override(words.code):
        content = content_of(release)
        is_draft = release.public_status not in PUBLIC
        return Document(
            title=words.of(release, "title"),
            original=release.title_zh if words.is_english and release.title_en else "",
            language=words.tag,
            edition=release.edition.label,
            release=release.number,
            date=date_of(release),
            mark=" · ".join(_marks(release, words, is_draft)),
            address="" if is_draft else address_of(release, words.code, site),
            blocks=tuple(_Composer(content, words, is_draft).blocks(site)),
        )


def _marks(release: Release, words: Words, is_draft: bool) -> Iterator[str]:
    if release.edition.invented:
        yield words.invented
    if is_draft:
        yield words.draft


def date_of(release: Release) -> dt.date:
    """Return the day a document is dated with: when the release became public, else when it was begun."""
    return timezone.localdate(release.published_at or release.created_at)


def address_of(release: Release, language_code: str, site: str = "") -> str:
    """Return the permanent address of a release, or nothing where the site has none."""
    with override(language_code):
        path = reverse("pages:release", args=[release.edition.label, release.number])
    return f"{site or settings.SITE_URL}{path}" if site or settings.SITE_URL else ""


class _Composer:
    def __init__(self, content: Content, words: Words, is_draft: bool) -> None:
        self.content, self.words, self.is_draft = content, words, is_draft
        self.release = content.release

    def blocks(self, site: str) -> Iterator[Block]:
        yield from self._head()
        yield from self._listing()
        yield from self._results()
        yield from self._findings()
        yield from self._papers()
        yield from self._about(site)

    # ---- Head

    def _head(self) -> Iterator[Block]:
        words, release = self.words, self.release
        names = {role: self._organisers(role) for role in (PUBLISHER, ASSESSOR)}
        if release.announced_on:
            form = "nobody" if not names[PUBLISHER] else "together" if len(names[PUBLISHER]) > 1 else "names"
            yield Paragraph(
                words.announced[form].format(
                    day=words.day(release.announced_on),
                    names=words.join(names[PUBLISHER]),
                    title=words.of(release, "title"),
                )
            )
        pairs = [(words.roles[role], words.join(found)) for role, found in names.items() if found]
        number = words.release_number.format(number=release.number)
        yield Facts((*pairs, (words.edition, release.edition.label), (words.release, number)))
        for paragraph in _paragraphs(words.of(release, "summary")):
            yield Paragraph(paragraph)

    def _organisers(self, role: Organiser.Role) -> list[str]:
        rows = [row.organisation for row in self.content.organisers if row.role == role]
        return [english_name(row) if self.words.is_english else row.name_zh for row in rows]

    # ---- The list of series

    def _listing(self) -> Iterator[Block]:
        words, series = self.words, self.content.series
        yield Heading(words.listing)
        if not series:
            yield Paragraph(words.no_series)
            return
        yield Paragraph(words.listed_here.format(count=words.number(len(series))))
        for one in series:
            titles = [award.title_listed for award in one.awards.all()]
            titles += [ranking.title_listed for ranking in one.rankings.all() if ranking.title_listed]
            number, title, plain = self._named(one)
            yield Titles(number, title, tuple(titles), plain)

    def _named(self, series: Series) -> tuple[str, str, tuple[str, ...]]:
        """Return number and title of a series, and the lines of both in plain text."""
        words = self.words
        number, title = words.series.format(number=words.number(series.number)), words.of(series, "title")
        plain = words.plain_series.format(title=title)
        return number, title, (number, plain) if plain else ()

    # ---- The series with what was printed

    def _results(self) -> Iterator[Block]:
        words = self.words
        if not self.content.series:
            return
        yield Heading(words.results)
        yield Paragraph(words.results_follow)
        for series in self.content.series:
            number, title, plain = self._named(series)
            yield Heading(f"{number}{words.after_series}{title}", plain=plain)
            for paragraph in _paragraphs(words.of(series, "intro")):
                yield Paragraph(paragraph, plain=words.intro)
            for award in series.awards.all():
                yield from self._award(award)
            for ranking in series.rankings.all():
                yield from tables.ranking_blocks(ranking, words)

    def _award(self, award: Award) -> Iterator[Block]:
        words = self.words
        title = (award.title_en or award.title_printed) if words.is_english else award.title_printed
        yield Heading(title, 2)
        if words.is_english and award.title_en:
            yield Paragraph(award.title_printed)
        if award.titles_differ and award.title_listed:
            yield Note(words.titles_differ.format(listed=award.title_listed), words.note)
        citation = award.citation
        sharing = [other for other in self.content.awards if citation and other.citation_id == citation.pk]
        if len(sharing) > 1:
            others = [self._title(other) for other in sharing if other.pk != award.pk]
            yield Note(words.shared.format(titles=words.join(others)), words.note)
        names = tuple(self._name(row) for row in award.recipients.all())
        yield Names(names, words.comma) if names else Paragraph(words.no_winner)
        # As in print, a citation of several awards stands below the last of them.
        if citation and sharing[-1].pk == award.pk:
            yield from self._citation(citation)

    def _title(self, award: Award) -> str:
        return (award.title_en or award.title_printed) if self.words.is_english else award.title_printed

    def _name(self, row: object) -> tuple[str, str]:
        printed, subject = row.printed_name, row.subject  # type: ignore[attr-defined]
        english = english_name(subject) if self.words.is_english else ""
        return (english, printed) if english else (printed, "")

    def _citation(self, citation: Citation) -> Iterator[Block]:
        words = self.words
        heading = words.citation if words.is_english else citation.heading or words.citation
        first, *more = _paragraphs(words.of(citation, "text")) or [""]
        tag = words.summary if citation.kind == Citation.Kind.SUMMARY else ""
        yield Paragraph(first, f"{heading}{words.colon}", "" if more else tag)
        for place, text in enumerate(more, 1):
            yield Paragraph(text, tag=tag if place == len(more) else "")

    # ---- Findings

    def _findings(self) -> Iterator[Block]:
        words, content = self.words, self.content
        if content.averages or content.findings:
            yield Heading(words.findings)
        if content.averages:
            yield Heading(words.averages, 2)
        for average in content.averages:
            yield Paragraph(words.average_line(average))
            for note in words.average_notes(average):
                yield Note(note, words.note)
        for section in content.findings:
            number = words.number(section.number)
            title = words.finding.format(number=number, title=words.of(section, "title"))
            yield Heading(title, 2, _plain(words.plain_finding, title))
            yield from self._body(section)
        if content.facts:
            yield Heading(words.figures)
            yield Facts(tuple((words.figure(fact), words.of(fact, "label")) for fact in content.facts))
        if content.series:
            yield Paragraph(words.closing.format(title=words.of(self.release, "title")))

    def _body(self, section: Section) -> Iterator[Block]:
        paragraphs = _paragraphs(self.words.of(section, "body"))
        for place, text in enumerate(paragraphs, 1):
            is_last = place == len(paragraphs)
            yield Paragraph(text, tag=self.words.summary if section.is_summary and is_last else "")

    # ---- What CityRank says about it

    def _papers(self) -> Iterator[Block]:
        words, content = self.words, self.content
        if content.methods:
            yield Heading(words.method)
        for section in content.methods:
            title = words.of(section, "title")
            yield Heading(title, 2, _plain(words.plain_method, title))
            yield from self._body(section)
        yield Heading(words.contradictions)
        found = tuple(_ended(message, words) for message in content.contradictions)
        yield Items(found) if found else Paragraph(words.none_found)
        if content.sources:
            yield Heading(words.sources)
            yield Items(tuple(self._source(source) for source in content.sources))

    def _source(self, source: Source) -> str:
        words = self.words
        title = words.of(source, "title")
        parts = [words.of(source, "publisher"), source.author]
        parts.append(words.day(source.published_on) if source.published_on else "")
        parts.append(source.url)
        named = [f"“{title}”" if words.is_english else f"《{title}》", *(part for part in parts if part)]
        note = words.of(source, "note")
        line = _ended((", " if words.is_english else "，").join(named), words)
        return f"{line}{' ' if words.is_english and note else ''}{note}"

    def _about(self, site: str) -> Iterator[Block]:
        words, release = self.words, self.release
        yield Heading(words.about)
        yield Paragraph(words.about_draft if self.is_draft else words.about_text)
        number = words.release_number.format(number=release.number)
        if release.published_at and not self.is_draft:
            day = words.day(date_of(release))
            number = words.released_on.format(number=release.number, day=day)
        pairs = [(words.release, number)]
        if not self.is_draft and (address := address_of(release, words.code, site)):
            pairs.append((words.address, address))
        yield Facts(tuple(pairs))


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _plain(template: str, text: str) -> tuple[str, ...]:
    return (template.format(text=text),) if template else ()


def _ended(text: str, words: Words) -> str:
    """Return a sentence with its full stop."""
    return (
        text
        if text.endswith((".", "。", "！", "!", "？", "?"))
        else text + ("." if words.is_english else "。")
    )
