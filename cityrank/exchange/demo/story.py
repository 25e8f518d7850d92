"""What happens to the invented editions, year by year, by the moves that real ones make."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from awards.models import Award, Edition, Line, Release, Series, Source
from cityrank.exchange.demo import tables, texts, winners
from cityrank.exchange.demo.frame import (
    CAPITALS_REDEFINED,
    GROUPS,
    LADDERS,
    LONG,
    LONG_GROUP,
    PRIZES,
    SERIES,
    TITLE_ZH,
    Group,
    Ladder,
    Prize,
)
from cityrank.exchange.demo.people import People, people
from cityrank.exchange.demo.subjects import found_companies
from cityrank.publishing.acknowledging import acknowledge
from cityrank.publishing.authors import note_author
from cityrank.publishing.checks import findings
from cityrank.publishing.next_edition import start_next_edition
from cityrank.publishing.refusals import Refused
from cityrank.publishing.workflow import (
    approve_release,
    log_start,
    publish_release,
    start_draft,
    submit_release,
    withdraw_release,
)
from scores.models import GroupAverage, PeerGroup, Ranking, Score

# From this year on the award for transformation goes on under another name.
RENAMED_AWARD = 2023
WITHDRAWN, CORRECTED = 2020, 2021


@dataclass(frozen=True)
class Scale:
    """Which years are published, which one is still a draft, and how many rows a list may have."""

    years: tuple[int, ...]
    draft: int | None = None
    most: int | None = None
    # Rows of one very long table; none without.
    long: int = 0


FULL = Scale((2019, 2020, 2021, 2022, 2023), draft=2024)
SMALL = Scale((2020, 2021), most=6)
Say = Callable[[str], object]


@transaction.atomic
def load_demo(scale: Scale = FULL, say: Say = lambda sentence: None) -> list[Release]:
    """Make the invented editions; return their releases. Raises `Refused` where real editions are."""
    if sentence := Edition(invented=True).why_it_does_not_belong_here():
        raise Refused(sentence)
    if Edition.objects.exists():
        return []
    found_companies()
    story = _Story(people(), scale, say)
    for year in scale.years:
        story.tell(year)
    if scale.draft:
        story.fill(story.begin(scale.draft))
    return list(Release.objects.order_by("edition__period_end", "number"))


class _Story:
    def __init__(self, who: People, scale: Scale, say: Say) -> None:
        self.who, self.scale, self.say = who, scale, say
        self.last: Release | None = None
        self.ladders = [*LADDERS, *([LONG] if scale.long else [])]
        self.groups = {**GROUPS, **({LONG_GROUP.slug: LONG_GROUP} if scale.long else {})}
        self.lines = self._lines()

    def tell(self, year: int) -> None:
        release = self.publish(self.fill(self.begin(year)))
        if year == WITHDRAWN:
            release = self._withdrawn_and_mended(release)
        if year == CORRECTED:
            release = self._corrected(release)
        self.last = release

    def begin(self, year: int) -> Release:
        """Return the draft of a year's edition, with its frame and without results."""
        self.say(f"{year} ...")
        if self.last is not None:
            draft = start_next_edition(self.last, str(year), self.who.publisher)
            winners.add_new_awards(draft, self.lines)
            self._redefine(draft)
            return draft
        edition = Edition.objects.create(label=str(year), period_start=year, period_end=year, invented=True)
        draft = Release(edition=edition, title_zh=TITLE_ZH.format(year=year))
        log_start(draft, self.who.publisher, "虚构数据")
        texts.write_organisers(draft)
        self._frame(draft)
        return draft

    def fill(self, draft: Release) -> Release:
        """Enter the results of a year, as one evaluator would."""
        source = texts.write_heading(draft)
        texts.write_sections(draft, source)
        texts.write_facts(draft, source)
        winners.fill(draft, source, self.scale.most)
        for ranking in Ranking.objects.of_release(draft).select_related("peer_group", "release__edition"):
            most = self.scale.long if ranking.slug == LONG.slug else self.scale.most
            tables.fill(ranking, source, most)
        tables.write_averages(draft, source, self.last)
        note_author(draft.pk, self.who.evaluator)
        return draft

    def publish(self, draft: Release, reason: str = "") -> Release:
        for finding in findings(draft):
            if finding.is_open and not finding.blocks:
                acknowledge(
                    draft, finding.rule.name, finding.found.row, "虚构数据有意如此。", self.who.evaluator
                )
        submitted = submit_release(draft, self.who.evaluator)
        return publish_release(approve_release(submitted, self.who.reviewer), self.who.publisher, reason)

    def _withdrawn_and_mended(self, release: Release) -> Release:
        withdraw_release(release, self.who.publisher, "（虚构）一张榜单的一行抄错，撤回后重新发布。")
        draft = start_draft(release.edition, self.who.publisher)
        self._raise_score(draft, "prefectures-50", 5)
        return self.publish(draft, "（虚构）更正抄错的一行后重新发布。")

    def _corrected(self, release: Release) -> Release:
        draft = start_draft(release.edition, self.who.publisher)
        self._raise_score(draft, "municipalities-and-sub-provincial", 5)
        award = Award.objects.get(release=draft, slug="tourism")
        last = award.recipients.order_by("-position").first()
        if last is not None:
            award.expected_count = last.position - 1
            last.delete()
            award.save()
        return self.publish(draft, "（虚构）一个城市的得分抄错；一个奖项多列了一个城市。")

    def _raise_score(self, draft: Release, slug: str, position: int) -> None:
        """Give a row the score of the one above it, and print the averages that follow."""
        rows = Score.objects.filter(ranking__release=draft, ranking__slug=slug)
        row, above = rows.get(position=position), rows.get(position=position - 1)
        row.printed_score, row.printed_rank, row.band = above.printed_score, above.printed_rank, above.band
        row.save()
        GroupAverage.objects.of_release(draft).delete()
        tables.write_averages(draft, Source.objects.get(release=draft, key="bulletin"), self.last)
        note_author(draft.pk, self.who.evaluator)

    # --- The frame -----------------------------------------------------------------------------------------------

    def _lines(self) -> dict[str, Line]:
        named: list[tuple[Prize | Ladder, str]] = [(prize, Line.Kind.AWARD) for prize in PRIZES]
        named += [(ladder, Line.Kind.RANKING) for ladder in self.ladders]
        return {
            one.slug: Line.objects.create(
                slug=one.slug, kind=kind, title_zh=one.title_zh, title_en=one.title_en
            )
            for one, kind in named
        }

    def _frame(self, draft: Release) -> None:
        groups = {slug: self._group(draft, group) for slug, group in self.groups.items()}
        for number, (title_zh, title_en) in enumerate(SERIES, 1):
            series = Series.objects.create(release=draft, number=number, title_zh=title_zh, title_en=title_en)
            for prize in winners.prizes_of(draft.edition.period_end):
                if prize.series == number:
                    winners.write_award(series, prize, self.lines[prize.slug])
            for ladder in self.ladders:
                if ladder.series == number:
                    self._ranking(series, ladder, groups[ladder.group])

    def _group(self, draft: Release, group: Group) -> PeerGroup:
        return PeerGroup.objects.create(release=draft, **vars(group))

    def _ranking(self, series: Series, ladder: Ladder, group: PeerGroup) -> None:
        ranking = Ranking.objects.create(
            series=series,
            position=series.rankings.count() + 1,
            slug=ladder.slug,
            line=self.lines[ladder.slug],
            title_printed=ladder.title_zh,
            title_en=ladder.title_en,
            peer_group=group,
            unit=ladder.unit,
            max_score=ladder.maximum,
            decimals=ladder.decimals,
            tie_rule=ladder.tie_rule,
        )
        tables.write_bands(ranking, ladder)

    def _redefine(self, draft: Release) -> None:
        """Let a group be another one than before, and an award go on under another name."""
        year = draft.edition.period_end
        if year == CAPITALS_REDEFINED:
            group = PeerGroup.objects.get(release=draft, slug="provincial-capitals")
            group.without_tiers = []
            group.definition_zh = "全部省会城市，自本年度起包括副省级城市。"
            group.definition_en = "All provincial capitals; from this year on with sub-provincial cities."
            group.save()
        if year == RENAMED_AWARD:
            self._rename(Award.objects.get(release=draft, slug="transformation"))

    def _rename(self, award: Award) -> None:
        titles = {
            "title_zh": "数字化转型优秀智慧城市",
            "title_en": "Outstanding smart cities in digital transformation",
        }
        line = Line.objects.create(slug="digital-transformation", kind=Line.Kind.AWARD, **titles)
        assert award.line is not None
        award.line.merged_into = line
        award.line.save()
        award.line, award.title_listed, award.title_printed = line, titles["title_zh"], titles["title_zh"]
        award.title_en = titles["title_en"]
        award.save()
