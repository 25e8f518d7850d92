"""Set up the next edition: the frame of the last one with titles and periods moved on, and no results."""

from collections.abc import Container, Iterable
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from awards.models import Award, Edition, Organiser, Release, Series
from awards.models.editions import LABEL_RULE
from cityrank.publishing.workflow import Refused, log_start
from cityrank.registry.numbers import YEAR
from scores.models import Band, PeerGroup, Ranking


def shifted(text: str, years: int, among: Container[int] = range(9999)) -> str:
    """Return a text with the years in it moved on: 2017-2018年度 becomes 2018-2019年度 for one year.

    Years that are not `among` these stay as they are.
    """
    return YEAR.sub(lambda found: _moved(found[0], years, among), text)


def _moved(year: str, years: int, among: Container[int]) -> str:
    return f"{int(year) + years:04}" if int(year) in among else year


def suggested_label(label: str) -> str:
    return shifted(label, 1)


@transaction.atomic
def start_next_edition(former: Release, label: str, by: User | None = None) -> Release:
    """Return the draft of a new edition `label` with the structure of `former`: series, awards, rankings, peer groups,
    cut-offs, bands and organisers, each on its line, with the years in titles and periods shifted. A year far from
    those of the edition says something else, such as since when a city has been a pilot, and stays.

    Winners, scores, averages, citations, texts, sources and scans stay behind. Raises `Refused` for a label that is
    no year or pair of years, or is taken.
    """
    label = label.strip()
    years = _years(label)
    if Edition.objects.filter(label=label).exists():
        raise Refused(_("There is an edition %(edition)s already.") % {"edition": label})
    by_years = years[-1] - former.edition.period_end
    # What follows an invented edition is invented too.
    invented = former.edition.invented
    edition = Edition(label=label, period_start=years[0], period_end=years[-1], invented=invented)
    _found(edition, by)
    frame = _Frame(former, by_years, by)
    draft = Release(edition=edition, **frame.shifted(former, ("title_zh", "title_en")))
    log_start(
        draft,
        by,
        _("Structure of %(edition)s, release %(number)s")
        % {"edition": former.edition.label, "number": former.number},
    )
    frame.take(draft)
    return draft


def _years(label: str) -> list[int]:
    try:
        LABEL_RULE(label)
    except ValidationError as error:
        raise Refused(error.messages[0]) from error
    years = [int(year) for year in label.split("-")]
    if years != sorted(years):
        raise Refused(_("%(label)s ends before it begins.") % {"label": label})
    return years


def _found(edition: Edition, by: User | None) -> None:
    try:
        with transaction.atomic():
            _save(edition, by)
    except IntegrityError as error:  # somebody else has set it up at the same moment
        raise Refused(_("There is an edition %(edition)s already.") % {"edition": edition.label}) from error


def _save(row: Any, by: User | None) -> None:
    row._history_user = by  # simple-history reads it
    row.save()


class _Frame:
    """Copies the frame of one release into a new draft, row by row: they are dozens, and each gets a history."""

    def __init__(self, former: Release, years: int, by: User | None) -> None:
        self.former, self.years, self.by = former, years, by
        edition = former.edition
        # An award may be called after the year before its edition or after the one that follows.
        self.own_years = range(edition.period_start - 1, edition.period_end + 2)

    def take(self, draft: Release) -> None:
        self.draft, former = draft, self.former
        for organiser in Organiser.objects.of_release(former):
            self._copy(organiser, release=draft)
        groups = {row.pk: self._group(row) for row in PeerGroup.objects.of_release(former)}
        series = {row.pk: self._series(row) for row in Series.objects.of_release(former)}
        for award in Award.objects.of_release(former):
            self._titled(award, series, ("title_listed", "title_printed", "title_en"), citation=None)
        for ranking in Ranking.objects.of_release(former):
            self._ranking(ranking, series, groups)

    def _group(self, row: PeerGroup) -> Model:
        return self._copy(row, release=self.draft, **self.shifted(row, ("title_zh", "title_en")))

    def _series(self, row: Series) -> Model:
        titles = self.shifted(row, ("title_zh", "title_en"))
        return self._copy(row, release=self.draft, intro_zh="", intro_en="", **titles)

    def _ranking(self, row: Ranking, series: dict, groups: dict) -> None:
        copy = self._titled(
            row,
            series,
            ("title_listed", "title_printed", "title_en"),
            peer_group=groups.get(row.peer_group_id),
            state=Ranking.State.ANNOUNCED,
            scan=None,
            scan_page=None,
            image_caption="",
            note_zh="",
            note_en="",
            method_changed=False,
            method_note_zh="",
            method_note_en="",
        )
        for band in Band.objects.filter(ranking=row):
            self._copy(band, ranking=copy)

    def _titled(self, row: Any, series: dict, titles: Iterable[str], **changes: Any) -> Model:
        periods = ("period_listed", "period_printed") if isinstance(row, Award) else ()
        texts = self.shifted(row, (*titles, *periods))
        return self._copy(row, series=series[row.series_id], source=None, **texts, **changes)

    def shifted(self, row: Any, names: Iterable[str]) -> dict[str, str]:
        return {name: shifted(getattr(row, name), self.years, self.own_years) for name in names}

    def _copy(self, row: Any, **changes: Any) -> Model:
        fields = {
            field.attname: getattr(row, field.attname)
            for field in row._meta.concrete_fields
            if not field.primary_key and field.name not in changes
        }
        copy = type(row)(**fields, **changes)
        _save(copy, self.by)
        return copy
