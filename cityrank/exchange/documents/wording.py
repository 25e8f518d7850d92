"""The words of the frame of a document, in both languages.

They are no texts of the interface: the Chinese ones are those by which `cityrank.exchange.bulletin` reads a bulletin
back, and a document is the same file whoever asks for it. Whatever else a document says stands in the database.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from awards.models import Fact, Organiser
from cityrank.registry.numbers import shown
from scores.models import GroupAverage, Ranking, Score

MONTHS = (
    "January February March April May June July August September October November December".split()
)  # fmt: skip
DIGITS = "零一二三四五六七八九"


def numeral(number: int) -> str:
    """Return a number below 100 as Chinese headings count: 一, 十二, 三十; others in digits."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else DIGITS[tens]) + ("十" if tens else "") + (DIGITS[ones] if ones else "")


@dataclass(frozen=True)
class Words:
    """Templates for `str.format`; nothing of a release is ever a template."""

    tag: str
    code: str
    draft: str
    invented: str
    comma: str
    colon: str
    series: str
    after_series: str
    listing: str
    listed_here: str
    no_series: str
    results: str
    results_follow: str
    intro: str
    state: str
    announced: dict[str, str]
    roles: dict[str, str]
    edition: str
    release: str
    release_number: str
    released_on: str
    address: str
    states: dict[str, str]
    caption: str
    mentioned: str
    no_winner: str
    columns: dict[str, str]
    maximum: str
    row_states: dict[str, str]
    note: str
    titles_differ: str
    citation: str
    shared: str
    summary: str
    findings: str
    averages: str
    average: dict[str, str]
    finding: str
    # The same headings in plain text, so that they are not taken for names or titles; empty where that cannot happen.
    plain_series: str
    plain_finding: str
    plain_method: str
    figures: str
    closing: str
    method: str
    contradictions: str
    none_found: str
    sources: str
    about: str
    about_text: str
    about_draft: str

    @property
    def is_english(self) -> bool:
        return self.code == "en"

    def of(self, value: object, name: str) -> str:
        """Return a text of a row in this language, in the other one where it does not exist."""
        zh, en = getattr(value, f"{name}_zh"), getattr(value, f"{name}_en")
        return str((en or zh) if self.is_english else (zh or en)).strip()

    def day(self, date: dt.date) -> str:
        if self.is_english:
            return f"{date.day} {MONTHS[date.month - 1]} {date.year}"
        return f"{date.year}年{date.month}月{date.day}日"

    def number(self, number: int) -> str:
        return str(number) if self.is_english else numeral(number)

    def join(self, texts: Iterable[str]) -> str:
        return self.comma.join(texts)

    def figure(self, fact: Fact) -> str:
        """Return a national figure as printed; in English written out, with what is printed behind it."""
        if not self.is_english:
            return fact.printed
        text = f"{fact.value:,.{fact.decimals}f}" if fact.unit != Fact.Unit.YEAR else fact.shown_value
        text += "%" if fact.unit == Fact.Unit.PERCENT else ""
        before = "more than " if fact.qualifier == Fact.Qualifier.OVER else ""
        return f"{before}{text} ({fact.printed})"

    def average_line(self, row: GroupAverage) -> str:
        """Return the sentence that an average is printed in, with its N where the label does not have it."""
        group = row.printed_label if not self.is_english else (row.label_en or row.printed_label)
        text = self.average["value"].format(group=group, value=row.shown("printed_value"))
        previous, change = row.shown("printed_previous"), row.printed_change
        if change is not None:
            way = "up" if change >= 0 else "down"
            text += self.average["against" if previous else "change"].format(
                previous=previous, way=self.average[way], change=shown(abs(change), row.decimals)
            )
        elif previous:
            text += self.average["previous"].format(previous=previous)
        text += self.average["stop"]
        if row.top_n and str(row.top_n) not in group:
            text += self.average["over"].format(count=row.top_n)
        return text

    def average_notes(self, row: GroupAverage) -> list[str]:
        """Return what an average contradicts: itself, or the table that it is about."""
        notes = []
        if row.contradicts_itself and row.computed_change is not None:
            computed = row.computed_change
            way = self.average["up" if computed >= 0 else "down"]
            values = {"way": way, "computed": shown(abs(computed), row.decimals)}
            notes.append(self.average["contradiction"].format(printed=self._change(row), **values))
        if row.n_differs_from_cutoff and row.ranking:
            notes.append(self.average["cutoff"].format(count=row.top_n, cutoff=row.ranking.cutoff))
        return notes

    def _change(self, row: GroupAverage) -> str:
        change = row.printed_change or Decimal(0)
        return f"{self.average['up' if change >= 0 else 'down']}{shown(abs(change), row.decimals)}"


STATES, UNITS = Ranking.State, Ranking.Unit
PUBLISHER, ASSESSOR = Organiser.Role.PUBLISHER, Organiser.Role.ASSESSOR

ZH = Words(
    tag="zh-Hans",
    code="zh-hans",
    draft="草稿 · 未发布 · 请勿引用",
    invented="虚构数据 · 请勿引用",
    comma="、",
    colon="：",
    series="第{number}系列",
    after_series="　",
    listing="系列目录",
    listed_here="本次评估共{count}大系列，依次为：",
    no_series="本版本尚无系列。",
    results="评估成果",
    results_follow="具体评估成果如下：",
    intro="简介：",
    state="刊出情况：",
    announced={
        "names": "{day}，{names}发布《{title}》。",
        "together": "{day}，{names}联合发布《{title}》。",
        "nobody": "《{title}》于{day}发布。",
    },
    roles={PUBLISHER: "发布单位", ASSESSOR: "评估单位"},
    edition="届次",
    release="版本",
    release_number="第{number}版",
    released_on="第{number}版，{day}发布",
    address="永久地址",
    states={
        STATES.ANNOUNCED: "仅公布名称，通报未刊出内容。",
        STATES.NOT_TRANSCRIBED: "以图片刊出，数值尚未转录。",
        STATES.PARTIAL: "以下为已转录的部分，其余尚未转录。",
        STATES.COMPLETE: "本版本没有这一榜单的行。",
    },
    caption="图片说明",
    mentioned="通报正文提到：{names}。",
    no_winner="本版本没有获奖名单。",
    columns={
        "rank": "名次", "name": "名称", "printed": "", UNITS.POINTS: "得分", UNITS.INDEX: "指数",
        UNITS.PERCENT: "得分率（%）", "": "得分",
    },
    maximum="{label}（满分{maximum}）",
    row_states={
        Score.Status.ESTIMATED: "得分为估计值",
        Score.Status.MISSING: "得分缺",
        Score.Status.NOT_TRANSCRIBED: "得分未转录",
    },
    note="注",
    titles_differ="系列目录作“{listed}”。",
    citation="获奖理由",
    shared="与“{titles}”共用一段点评。",
    summary="（概述）",
    findings="主要发现",
    averages="各组的平均情况",
    average={
        "value": "{group}平均得分率为{value}%",
        "against": "，较上一年度的{previous}%{way}了{change}%",
        "change": "，较上一年度{way}了{change}%",
        "previous": "，上一年度为{previous}%",
        "up": "提高",
        "down": "下降",
        "stop": "。",
        "over": "按前{count}名计算。",
        "contradiction": "通报写{printed}，而两个数值相差为{way}{computed}。",
        "cutoff": "平均取前{count}名，榜单列前{cutoff}名。",
    },
    finding="{number}、{title}",
    plain_series="本系列为“{title}”。",
    plain_finding="{text}：",
    plain_method="【{text}】",
    figures="全国情况",
    closing="以上为《{title}》的全部内容。",
    method="方法说明",
    contradictions="前后不一之处",
    none_found="没有查出前后不一之处。",
    sources="资料来源",
    about="关于本文件",
    about_text=(
        "本文件由CityRank按其数据编排，文中数字和名称都取自数据。名称、奖项标题和数字照录原文；标明“概述”的文字是我们的概述，"
        "不是原文。名单次序是刊印次序，不是名次。本版本不再改动；以后的更正另出新版，见永久地址。"
    ),
    about_draft="这是草稿，尚未发布，名称和数字都可能改动。请勿转发或引用。",
)  # fmt: skip

EN = Words(
    tag="en",
    code="en",
    draft="DRAFT · not published · do not cite",
    invented="INVENTED DATA · do not cite",
    comma=", ",
    colon=": ",
    series="Series {number}",
    after_series=": ",
    listing="The series",
    listed_here="The evaluation has {count} series. Titles as in the list at the head of the bulletin:",
    no_series="This release has no series yet.",
    results="Results",
    results_follow="Names stand in the order of the bulletin, which is not a rank; printed names follow in brackets.",
    intro="",
    state="",
    announced={
        "names": "Announced on {day} by {names}.",
        "together": "Announced on {day} by {names}.",
        "nobody": "Announced on {day}.",
    },
    roles={PUBLISHER: "Published by", ASSESSOR: "Assessed by"},
    edition="Edition",
    release="Release",
    release_number="{number}",
    released_on="{number}, published on {day}",
    address="Permanent address",
    states={
        STATES.ANNOUNCED: "Announced; nothing of it was printed.",
        STATES.NOT_TRANSCRIBED: "Published as an image; its values have not been transcribed.",
        STATES.PARTIAL: "What has been transcribed so far; the rest is still to be read from the image.",
        STATES.COMPLETE: "This release has no rows of this table.",
    },
    caption="Caption of the image",
    mentioned="The text of the bulletin names {names}.",
    no_winner="This release has no recipients of this award.",
    columns={
        "rank": "Rank", "name": "Name", "printed": "As printed", UNITS.POINTS: "Score", UNITS.INDEX: "Index",
        UNITS.PERCENT: "Score rate (%)", "": "Score",
    },
    maximum="{label} (of {maximum})",
    row_states={
        Score.Status.ESTIMATED: "the score is an estimate",
        Score.Status.MISSING: "no score is printed",
        Score.Status.NOT_TRANSCRIBED: "the score has not been transcribed",
    },
    note="Note",
    titles_differ="The list of series says “{listed}”.",
    citation="Reasons",
    shared="One statement of reasons covers this award and {titles}.",
    summary=" (summary)",
    findings="Findings",
    averages="Average score rates",
    average={
        "value": "{group}: {value}%",
        "against": ", against {previous}% the year before; stated change {way}{change} percentage points",
        "change": "; stated change on the year before {way}{change} percentage points",
        "previous": ", against {previous}% the year before",
        "up": "+",
        "down": "−",
        "stop": ".",
        "over": " Taken over the first {count}.",
        "contradiction": "The change is stated as {printed}; the difference of the two values is {way}{computed}.",
        "cutoff": "The average is taken over the first {count}, while the table shows the first {cutoff}.",
    },
    finding="{number}. {title}",
    plain_series="",
    plain_finding="",
    plain_method="",
    figures="National figures",
    closing="Here ends the content of the bulletin.",
    method="Notes on method",
    contradictions="Where the bulletin contradicts itself",
    none_found="No contradiction was found.",
    sources="Sources",
    about="About this document",
    about_text=(
        "CityRank composed this document from its data: every figure and every name in it is the database's. Figures "
        "are as printed; English titles are translations. What is marked as a summary is in our own words. This "
        "release will not be changed: a correction is a new release, which the permanent address leads to."
    ),
    about_draft="This is a draft, not published: names and figures may change. Do not pass it on or cite it.",
)  # fmt: skip

WORDS = {"zh": ZH, "en": EN}
