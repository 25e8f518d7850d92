"""The profile of a place, organisation or app: its record on one printed page, in one language.

It is made of plain values, so that the same record gives the same bytes and the file can be kept. What does not fit on
one page is left out and said to be; all of it stands at the address that the page names.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from awards.models import Release
from cityrank.exchange.documents import fonts
from cityrank.exchange.documents.keeping import kept
from cityrank.exchange.documents.pdf import pages_of, printable, typeset
from cityrank.exchange.writing import disposition
from cityrank.pages.scope import site_of
from cityrank.registry.models import Place, Subject
from cityrank.registry.numbers import rounded, shown
from cityrank.registry.texts import is_english
from cityrank.results.place_standings import Course, Standing
from cityrank.results.place_story import group_of, in_one, story_of, years
from cityrank.results.records import Record, Won
from scores.models import Score

# How many tables, awards, reasons of awards and releases are tried to fit on the page, one after the other.
SIZES = (
    (8, 14, 14, 6), (8, 14, 6, 6), (8, 14, 3, 6), (8, 14, 1, 6), (8, 14, 0, 6), (7, 10, 0, 5), (6, 8, 0, 5),
    (5, 6, 0, 4), (4, 4, 0, 3), (3, 3, 0, 2), (2, 2, 0, 1), (1, 1, 0, 1),
)  # fmt: skip
TEMPLATE = "profile.typ"


@dataclass(frozen=True)
class Strip:
    """Where things stand between worst (0) and best (1): the score, and lower quartile, median and upper quartile."""

    own: float
    quartiles: tuple[float, float, float]


@dataclass(frozen=True)
class Printed:
    """What the profile says of one ranking: figures of its newest edition, ranks of all editions in one line."""

    title: str
    group: str
    rank: str
    change: str
    score: str
    median: str
    best: str
    percentile: str
    years: str
    # Who stands next to it, in the order of the table.
    beside: str
    strip: Strip | None


@dataclass(frozen=True)
class Profile:
    language: str
    title: str
    other_name: str
    kind: str
    path: str
    story: str
    courses: tuple[Printed, ...]
    # Edition, title, under which former name, and why; the last two may be empty.
    awards: tuple[tuple[str, str, str, str], ...]
    below: str
    # Edition, release with its day, and permanent address.
    releases: tuple[tuple[str, str, str], ...]
    remarks: tuple[str, ...]
    address: str
    date: dt.date
    invented: bool


def profile_of(record: Record, subject: Subject, *, site: str, below: int = 0) -> Profile:
    """Return what the profile says in the active language; `site` is what addresses begin with, `below` the number of
    awards that went to places inside it.

    `subject` is the row of its own model (Place, Organisation, App) with what its path needs.
    """
    sources = record.sources
    days = [timezone.localdate(one.published_at) for one in sources if one.published_at]
    return Profile(
        language="en" if is_english() else "zh-Hans",
        title=subject.name,
        other_name=subject.name_zh if is_english() else subject.english_name,
        kind=str(subject.get_level_display() if isinstance(subject, Place) else subject.get_kind_display()),
        path=_path(subject),
        story=in_one(story_of(record)),
        courses=tuple(_course(course) for course in record.courses),
        awards=tuple(_award(won) for won in record.awards),
        below=_below(below),
        releases=tuple(_release(one, site) for one in sources),
        remarks=tuple(_remarks(record)),
        address=site + reverse(f"pages:{subject.kind}", args=[subject.slug]),
        date=max(days, default=dt.date(2000, 1, 1)),
        invented=any(one.edition.invented for one in sources),
    )


def profile_pdf(profile: Profile) -> bytes:
    """Return one page A4; what had to be left out is said on it."""
    for sizes in SIZES:
        data = _data(_shortened(profile, *sizes))
        if pages_of(TEMPLATE, data) == 1:
            return typeset(TEMPLATE, data, profile.date)
    return typeset(TEMPLATE, data, profile.date)


def send_profile(request: HttpRequest, record: Record, subject: Subject, below: int = 0) -> HttpResponse:
    """Answer with the profile as PDF, set once and kept. Raises `Http404` where there is nothing to print."""
    if not record and not below:
        raise Http404
    profile = profile_of(record, subject, site=site_of(request), below=below)
    response = HttpResponse(kept(profile, "pdf", lambda: profile_pdf(profile)), "application/pdf")
    name = f"{subject.slug}-{profile.language.split('-')[0]}"
    response["Content-Disposition"] = disposition(f"{subject.name} · CityRank.pdf", f"{name}.pdf")
    response["X-Robots-Tag"] = "noindex"
    return response


def _path(subject: Subject) -> str:
    if not isinstance(subject, Place):
        return ""
    above = subject.ancestors()
    if is_english():
        return ", ".join(place.name for place in reversed(above))
    return "".join(place.name_zh for place in above)


def _course(course: Course) -> Printed:
    newest = course.newest
    summary, decimals = newest.summary, newest.decimals
    return Printed(
        title=f"{years(newest.release.edition)} · {newest.ranking.title}",
        group=group_of(newest.ranking),
        rank=_rank(newest),
        change=_signed(newest.rise, 0) if newest.rise is not None else "–",
        score=_figure(newest.score, decimals) or str(newest.row.get_status_display()),
        median=_figure(summary.median if summary else None, decimals) or "–",
        best=_figure(summary.best if summary else None, decimals) or "–",
        percentile=_percentile(newest.percentile),
        years=_years(course),
        beside=_beside(newest),
        strip=_strip(newest),
    )


def _rank(standing: Standing) -> str:
    if standing.rank is None:
        return "–"
    cut = "*" if not standing.shows_everybody else ""
    return f"{standing.rank} / {standing.of}{cut}"


def _years(course: Course) -> str:
    """Return the ranks of earlier editions, oldest first; a stroke stands where two years do not compare."""
    if len(course.steps) < 2:
        return ""
    parts: list[str] = []
    for step in reversed(course.steps):
        standing = step.standings[0] if step.standings else None
        rank = "–" if standing is None or standing.rank is None else str(standing.rank)
        refused = standing and standing.before and not standing.before.comparability.comparable
        parts.append(f"{'‖ ' if refused and parts else ''}{years(step.ranking.release.edition)}: {rank}")
    return "   ".join(parts)


def _beside(standing: Standing) -> str:
    """Return the rows before and after it with their ranks and scores in one line."""
    if standing.row.subject is None or not (standing.above or standing.below):
        return ""
    rows = [
        *((one.rank, one.row) for one in standing.above),
        (standing.rank, standing.row),
        *((one.rank, one.row) for one in standing.below),
    ]
    return " · ".join(
        "\u00a0".join(filter(None, (str(rank), _called(row), _figure(row.printed_score, standing.decimals))))
        for rank, row in rows
    )


def _called(row: Score) -> str:
    """Return how a row is called: in Chinese as it was printed."""
    if row.subject is None or not is_english():
        return row.printed_name
    is_place = row.subject.kind == Subject.Kind.PLACE
    return row.subject.place.name if is_place else row.subject.name


def _strip(standing: Standing) -> Strip | None:
    summary, score = standing.summary, standing.score
    if summary is None or score is None or summary.best == summary.worst:
        return None
    width = summary.best - summary.worst

    def place(value: Decimal) -> float:
        return round(float((value - summary.worst) / width), 4)

    quartiles = (place(summary.lower_quartile), place(summary.median), place(summary.upper_quartile))
    return Strip(place(score), quartiles)


def _award(won: Won) -> tuple[str, str, str, str]:
    former = _("as %(name)s") % {"name": won.former.place.name} if won.former else ""
    why = won.award.citation.text if won.award.citation else ""
    return years(won.release.edition), won.award.title, former, why


def _below(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "%(count)s award went to a place within it.", "%(count)s awards went to places within it.", count
    ) % {"count": count}


def _release(release: Release, site: str) -> tuple[str, str, str]:
    when = (
        date_format(timezone.localtime(release.published_at), "DATE_FORMAT") if release.published_at else ""
    )
    number = _("Release %(number)s") % {"number": release.number}
    address = site + reverse("pages:release", args=[release.edition.label, release.number])
    return years(release.edition), f"{number} · {when}" if when else number, address


def _remarks(record: Record) -> list[str]:
    standings = [course.newest for course in record.courses]
    found = []
    if any(not one.shows_everybody for one in standings):
        found.append(
            _(
                "* Only a part of the table is printed: the percentile in the whole group is not known, and the median "
                "is that of the printed rows."
            )
        )
    if any("‖" in _years(course) for course in record.courses):
        found.append(_("‖ The years on both sides are not comparable."))
    if record.corrections:
        found.append(_("Some of these figures were corrected; the address below tells which."))
    return found


def _figure(value: Decimal | None, decimals: int | None) -> str:
    if value is None:
        return ""
    return f"{value.normalize():f}" if decimals is None else shown(value, decimals)


def _percentile(value: Decimal | None) -> str:
    return "–" if value is None else f"{min(rounded(value, 1), Decimal('99.9')):f}"


def _signed(value: int, decimals: int) -> str:
    return f"+{value}" if value > 0 else f"\u2212{-value}" if value < 0 else "="


def _shortened(profile: Profile, courses: int, awards: int, reasons: int, releases: int) -> Profile:
    """Return a profile with so much of everything at most, and with a remark on the rows that are left out.

    That reasons of awards are left out is not said: the page of each award has them.
    """
    told_awards = tuple(
        (*row[:3], row[3] if place < reasons else "") for place, row in enumerate(profile.awards)
    )
    left = []
    for rows, most, said in (
        (profile.courses, courses, _("%(count)s more tables")),
        (profile.awards, awards, _("%(count)s more awards")),
        (profile.releases, releases, _("%(count)s more releases")),
    ):
        if len(rows) > most:
            left.append(said % {"count": len(rows) - most})
    if not left:
        return replace(profile, awards=told_awards)
    told = _("Left out for want of room: %(what)s.") % {"what": _(", ").join(left)}
    return replace(
        profile,
        courses=profile.courses[:courses],
        awards=told_awards[:awards],
        releases=profile.releases[:releases],
        remarks=(*profile.remarks, told),
    )


def _data(profile: Profile) -> dict[str, object]:
    values = {
        **_words(),
        "font": fonts.FAMILY,
        "language": profile.language,
        "title": profile.title,
        "other": profile.other_name if profile.other_name != profile.title else "",
        "kind": profile.kind,
        "path": profile.path,
        "story": profile.story,
        "courses": [
            {**vars(one), "strip": None if one.strip is None else vars(one.strip)} for one in profile.courses
        ],
        "awards": profile.awards,
        "below": profile.below,
        "releases": profile.releases,
        "remarks": profile.remarks,
        "address": profile.address,
        "date": {"year": profile.date.year, "month": profile.date.month, "day": profile.date.day},
        "mark": _("Invented data: made up to try the system out") if profile.invented else "",
    }
    return _shown(values)


def _words() -> dict[str, object]:
    return {
        "words": {
            "head": _("Profile"),
            "site": _("Smart-city evaluation"),
            "tables": _("Ranks and scores"),
            "columns": [
                _("Ranking"), _("Rank"), pgettext("ranks", "Change"), _("Score"), _("Median"), _("Best"),
                _("Percentile"),
            ],
            "strip": _("From the worst to the best of the table; box: middle half, line: median, dot: this place"),
            "beside": _("Next to it: "),
            "awards": _("Awards"),
            "none": _("No award in the published editions."),
            "releases": _("Source"),
            "more": _("Everything, with sources and corrections:"),
        }
    }  # fmt: skip


def _shown(values: dict[str, object]) -> dict[str, object]:
    """Write out by its code what the font lacks, and say so."""
    texts: Sequence[str] = _texts(values)
    lacking = fonts.missing("".join(texts))
    values["missing"] = (
        _("The font of this document lacks these characters, which are printed by their codes: %(missing)s.")
        % {"missing": ", ".join(map(fonts.code_point, lacking))}
        if lacking
        else ""
    )
    made: dict[str, object] = printable(values) if lacking else values
    return made


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for one in value.values() for text in _texts(one)]
    return [text for one in value for text in _texts(one)] if isinstance(value, list | tuple) else []
