"""Elements and answers become a draft release, in one transaction."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards import models as awards
from awards.models import Attachment, Citation, Edition, Line, Organiser, Release, Section, Source
from awards.scans import TEXT_ENDINGS, BadScan
from cityrank.exchange.bulletin.elements import Reading, SectionRead
from cityrank.exchange.bulletin.matching import Matched, match
from cityrank.exchange.bulletin.names import ORGANISATION, Creation, Name
from cityrank.exchange.bulletin.parts import AwardMatch, RankingMatch, free, new_slug
from cityrank.exchange.bulletin.tables import write_ranking
from cityrank.exchange.bulletin.writing import Writer
from cityrank.publishing.refusals import Refused
from cityrank.publishing.workflow import log_start, start_draft
from cityrank.registry.models import Alias, App, Organisation, Subject
from scores.models import GroupAverage, Ranking

SOURCE = "bulletin"


@transaction.atomic
def draft_bulletin(
    reading: Reading, answers: Mapping[str, str], by: User | None = None, content: bytes = b""
) -> Release:
    """Return a draft release that holds what the bulletin prints; `content` is the file, kept with the draft if text.

    The draft begins a new edition or, where that was answered, corrects the one that is there. Raises `Refused` while
    a question is open, when nothing of a bulletin was found, or when something cannot be stored; then nothing is
    written.
    """
    matched = match(reading, answers)
    refuse_open(matched)
    reason = _("Read from %(file)s") % {"file": reading.document.name}
    draft = _draft(matched, by, reason)
    drafting = _Drafting(matched, Writer(draft, by, reason))
    try:
        drafting.write(content)
    except BaseException:
        drafting.remove_file()  # which the transaction does not take back
        raise
    return draft


def refuse_open(matched: Matched) -> None:
    """Raises `Refused` where a reading cannot become a draft yet, or was cancelled."""
    if matched.edition.cancelled:
        raise Refused(
            _("The answers say to cancel, because edition %(edition)s is there already.")
            % {"edition": matched.edition.label}
        )
    if questions := matched.open_questions:
        text = ngettext("%(count)s question is open: %(first)s", "%(count)s questions are open, first: %(first)s",
                        len(questions))  # fmt: skip
        raise Refused(text % {"count": len(questions), "first": questions[0].text})
    if not matched.awards and not matched.rankings:
        raise Refused(_("No award and no ranking was found in the text. Is this a bulletin?"))


def _draft(matched: Matched, by: User | None, reason: str) -> Release:
    """Return the draft to write into, with its heading."""
    head, label = matched.reading.head, matched.edition.label
    heading: dict[str, Any] = {}
    if title := head.title or head.page_title:
        heading["title_zh"] = title
    if head.announced_on:
        heading["announced_on"] = dt.date.fromisoformat(head.announced_on)
    if matched.edition.exists:
        draft = start_draft(Edition.objects.get(label=label), by)
    else:
        years = matched.edition.years
        edition = Edition(label=label, period_start=years[0], period_end=years[-1])
        if sentence := edition.why_it_does_not_belong_here():
            raise Refused(sentence)
        edition._history_user = by  # type: ignore[attr-defined]  # simple-history reads it
        edition.save()
        draft = log_start(Release(edition=edition, **{"title_zh": label} | heading), by, reason)
    if any(getattr(draft, name) != value for name, value in heading.items()):
        for name, value in heading.items():
            setattr(draft, name, value)
        Writer(draft, by, reason).save(draft)
    return draft


class _Drafting:
    """Writes the parts of a bulletin in the order in which rows refer to each other."""

    def __init__(self, matched: Matched, writer: Writer) -> None:
        self.matched, self.writer, self.reading = matched, writer, matched.reading
        self.created: dict[Creation, Subject] = {}
        self.subjects: dict[str, Subject] = {}
        self.attachment: Attachment | None = None

    def write(self, content: bytes) -> None:
        self._subjects()
        self.source = self._source(content)
        self._organisers()
        self._series()
        self._citations()
        self._awards()
        self._rankings()
        self.writer.drop_others(Citation)
        self.writer.drop_others(awards.Series)
        self._averages()
        self._sections()

    def remove_file(self) -> None:
        if self.attachment is not None and self.attachment.file.name:
            self.attachment.file.storage.delete(self.attachment.file.name)

    # --- the registry -------------------------------------------------------------------------------------------------

    def _subjects(self) -> None:
        """Create the organisations and apps that the answers ask for, and read all subjects at once."""
        names = [name for name in self._all_names() if not name.dropped]
        wanted = {name.subject for name in names if name.subject}
        self.subjects = {row.slug: row for row in Subject.objects.filter(slug__in=wanted)}
        for name in names:
            if name.creation and name.creation not in self.created:
                self.created[name.creation] = self._create(name.creation)

    def _all_names(self) -> list[Name]:
        return [*(organiser.name for organiser in self.matched.organisers), *self.matched.names]

    def _create(self, creation: Creation) -> Subject:
        model = Organisation if creation.kind == ORGANISATION else App
        slug = creation.slug or free(new_slug(creation.name), _is_subject)
        subject = model(slug=slug, name_zh=creation.name, name_en=creation.name_en)
        self.writer.save(subject)
        for text in creation.aliases:
            kind = Alias.Kind.SHORT if len(text) < len(creation.name) else Alias.Kind.VARIANT
            self.writer.save(Alias(subject=subject, text=text, kind=kind))
        return subject

    def subject_of(self, name: Name) -> Subject | None:
        return self.created[name.creation] if name.creation else self.subjects.get(name.subject)

    # --- beside the lists ---------------------------------------------------------------------------------------------

    def _source(self, content: bytes) -> Source:
        head = self.reading.head
        printed: dict[str, Any] = {
            "title_zh": head.page_title or head.title or self.reading.document.name,
            "publisher_zh": head.publisher,
            "author": head.author,
            "url": head.url,
            "published_on": dt.date.fromisoformat(head.published_on) if head.published_on else None,
            "attachment": self._attachment(content),
        }
        found = {name: value for name, value in printed.items() if value}
        return self.writer.put(Source, {"key": SOURCE}, found)

    def _attachment(self, content: bytes) -> Attachment | None:
        """Keep a file that is text with the draft; what else there is stays with the record of the import."""
        name = Path(self.reading.document.name).name
        if not content or self.reading.document.kind not in ("text", "markdown"):
            return None
        if not name.lower().endswith(TEXT_ENDINGS):
            name = f"{name}.txt"
        attachment = Attachment(release=self.writer.draft, title=name[:200], file=ContentFile(content, name))
        try:
            attachment.take_clean()
        except BadScan:
            return None
        self.attachment = self.writer.save(attachment)
        return self.attachment

    def _organisers(self) -> None:
        rows: list[dict[str, Any]] = []
        for organiser in self.matched.organisers:
            subject = None if organiser.name.dropped else self.subject_of(organiser.name)
            if subject is None:
                continue
            organisation = Organisation.objects.get(pk=subject.pk)
            row = {"organisation": organisation, "role": organiser.read.role}
            if row not in rows:
                rows.append(row)
        if rows or self.matched.organisers:
            self.writer.put_list(Organiser, {"release": self.writer.draft}, rows, {})

    def _series(self) -> None:
        """Write the series; one that the bulletin does not name is called by its awards and tables."""
        titles = {read.number: read.title for read in self.reading.series}
        parts: dict[int, list[str]] = {}
        for part in (*self.matched.awards, *self.matched.rankings):
            parts.setdefault(part.read.series, []).append(part.title)
        self.series: dict[int, awards.Series] = {}
        for number in sorted(titles.keys() | parts.keys()):
            title = titles.get(number) or "、".join(parts.get(number, [])) or str(number)
            printed = {"title_zh": title[:300]} if titles.get(number) else {}
            self.series[number] = self.writer.put(
                awards.Series, {"number": number}, printed, {"title_zh": title[:300]}
            )

    def _sections(self) -> None:
        numbers: set[tuple[str, int]] = set()
        for read in self.reading.sections:
            number = read.number
            while (read.kind, number) in numbers:
                number += 1
            numbers.add((read.kind, number))
            old = Section.objects.of_release(self.writer.draft).filter(kind=read.kind, number=number).first()
            # What people have written of it in their own words stays.
            if old is None or not old.is_summary:
                self._section(read, number)

    def _section(self, read: SectionRead, number: int) -> None:
        series = self.series.get(read.series) if read.series is not None else None
        title = read.title or (series.title_zh if series else read.body[:60])
        printed = {"title_zh": title, "body_zh": read.body, "is_summary": False, "series": series}
        otherwise = {"slug": f"{read.kind}-{number}", "source": self.source}
        self.writer.put(Section, {"kind": read.kind, "number": number}, printed, otherwise)

    # --- awards, tables, averages -------------------------------------------------------------------------------------

    def _citations(self) -> None:
        self.citations: dict[str, Citation] = {}
        keys: set[str] = set()
        for read in self.reading.citations:
            mine = [award for award in self.matched.awards if award.citation == read.key]
            if not mine:
                continue
            key = _citation_key(mine, keys)
            keys.add(key)
            old = Citation.objects.of_release(self.writer.draft).filter(key=key).first()
            printed = {"kind": Citation.Kind.VERBATIM, "heading": read.heading, "text_zh": read.text}
            if old is not None and old.text_zh != read.text:
                printed["text_en"] = ""  # it said the old text in English
            self.citations[read.key] = self.writer.put(
                Citation, {"key": key}, printed, {"source": self.source}
            )

    def _line(self, part: AwardMatch | RankingMatch, kind: str) -> Line:
        known = part.line
        slug = known.slug if known else free(new_slug(part.title), _is_line)
        row = Line.objects.filter(slug=slug).first()
        if row is None:
            title = known.title_zh if known else part.title
            row = Line(
                slug=slug, kind=kind, title_zh=title[:200], title_en=part.line.title_en if part.line else ""
            )
            self.writer.save(row)
        return row

    def _awards(self) -> None:
        matched = self.matched.awards
        self.writer.step_aside(awards.Award, _order(matched))
        for award, (_slug, number, position) in zip(matched, _order(matched), strict=True):
            read = award.read
            row = self.writer.put(
                awards.Award,
                {"slug": award.slug},
                {
                    "series": self.series[number],
                    "position": position,
                    # Where there is no list of series, the title above the winners is the only one.
                    "title_listed": read.title_listed or award.title,
                    "title_printed": read.title_printed or award.title,
                    "period_listed": read.period_listed or read.period_printed,
                    "period_printed": read.period_printed or read.period_listed,
                    "expected_count": award.expected,
                    "citation": self.citations.get(award.citation),
                },
                {"line": self._line(award, "award"), "title_en": award.title_en, "source": self.source},
            )
            names = [name for name in award.names if not name.dropped]
            rows = [{"printed_name": name.printed, "subject": self.subject_of(name)} for name in names]
            self.writer.put_list(awards.Recipient, {"award": row}, rows, {"source": self.source})
        self.writer.drop_others(awards.Award)

    def _rankings(self) -> None:
        matched = self.matched.rankings
        self.writer.step_aside(Ranking, _order(matched))
        self.rankings: dict[str, Ranking] = {}
        for ranking, (slug, number, position) in zip(matched, _order(matched), strict=True):
            place = {"series": self.series[number], "position": position}
            self.rankings[slug] = write_ranking(
                self.writer, ranking, place, self._line(ranking, "ranking"), self.source, self.subject_of
            )
        self.writer.drop_others(Ranking)

    def _averages(self) -> None:
        rows = [
            {
                "ranking": self.rankings.get(average.ranking),
                "printed_label": average.read.printed_label,
                "top_n": average.read.top_n,
                "printed_value": average.read.value,
                "printed_previous": average.read.previous,
                "printed_change": average.read.change,
                "decimals": average.read.decimals,
            }
            for average in self.matched.averages
        ]
        self.writer.put_list(GroupAverage, {"release": self.writer.draft}, rows, {"source": self.source})


def _order(parts: list[AwardMatch] | list[RankingMatch]) -> list[tuple[str, int, int]]:
    """Return slug, series and position in it of each part."""
    counts: dict[int, int] = {}
    found = []
    for part in parts:
        counts[part.read.series] = counts.get(part.read.series, 0) + 1
        found.append((part.slug, part.read.series, counts[part.read.series]))
    return found


def _citation_key(mine: list[AwardMatch], used: set[str]) -> str:
    """Return the key that the citation of these awards had before, else that of the first award."""
    former = {award.line.citation for award in mine if award.line} - {""}
    return free(former.pop() if len(former) == 1 else mine[0].slug, used.__contains__)


def _is_subject(slug: str) -> bool:
    return Subject.objects.filter(slug=slug).exists()


def _is_line(slug: str) -> bool:
    return Line.objects.filter(slug=slug).exists()
