"""Editions in miniature."""

import datetime as dt
from collections.abc import Sequence

from awards.models import (
    Award,
    Citation,
    Edition,
    Fact,
    Line,
    Organiser,
    Recipient,
    Release,
    Section,
    Series,
    Source,
)
from cityrank.publishing.acknowledging import acknowledge
from cityrank.publishing.checks import findings
from cityrank.publishing.models import Acknowledgement
from cityrank.publishing.workflow import publish_unattended, start_draft
from cityrank.registry.models import Subject
from tests.factories import registry, scores

BULLETIN = {
    "title_zh": "评估结果通报",
    "title_en": "Bulletin of results",
    "published_on": dt.date(2018, 7, 31),
}


def edition(label: str = "2017-2018") -> Edition:
    years = [int(year) for year in label.split("-")]
    return Edition.objects.get_or_create(
        label=label, defaults={"period_start": years[0], "period_end": years[-1]}
    )[0]


def empty_draft(label: str = "2017-2018", **fields: object) -> Release:
    values = {
        "title_zh": f"{label}评估结果",
        "title_en": f"Results of {label}",
        "announced_on": dt.date(2018, 7, 30),
        **fields,
    }
    return Release.objects.create(edition=edition(label), **values)


def series(release: Release, number: int = 1, **fields: object) -> Series:
    found = Series.objects.filter(release=release, number=number).first()
    values = {"title_zh": f"第{number}系列", "title_en": f"Series {number}", **fields}
    return found or Series.objects.create(release=release, number=number, **values)


def line(slug: str, kind: str = "award") -> Line:
    return Line.objects.get_or_create(slug=slug, defaults={"kind": kind, "title_zh": slug, "title_en": slug})[
        0
    ]


def citation(release: Release, key: str = "why", text: str = "理由概述。") -> Citation:
    return Citation.objects.create(
        release=release, key=key, kind="summary", text_zh=text, text_en="Why, in our words."
    )


def award(
    of: Series, slug: str = "most-influential", winners: Sequence[tuple[str, Subject]] = (), **fields: object
) -> Award:
    values = {
        "title_listed": "最具影响力智慧城市",
        "title_printed": "最具影响力智慧城市",
        "title_en": "Most influential smart cities",
        "position": of.awards.count() + 1,
        "line": line(slug),
        "expected_count": len(winners) or None,
        **fields,
    }
    made = Award.objects.create(series=of, slug=slug, **values)
    for place, (printed, subject) in enumerate(winners, 1):
        Recipient.objects.create(award=made, position=place, printed_name=printed, subject=subject)
    return made


def published_edition(label: str = "2017-2018", rows: int = 1) -> Release:
    """Return a published release with something of everything; `rows` says how many winners, scores and the like."""
    release = empty_draft(label)
    source = Source.objects.create(release=release, key="bulletin", **BULLETIN)
    Organiser.objects.create(
        release=release,
        position=1,
        role="publisher",
        organisation=registry.organisation("institute", "研究院"),
    )
    first, second = series(release, 1), series(release, 8)
    why = citation(release)
    winners = [(f"第{n}镇", registry.town(f"330106{100 + n}", f"第{n}镇")) for n in range(1, rows + 1)]
    for number in range(1, rows + 1):
        award(first, f"award-{number}", winners, citation=why, source=source)
    table = scores.ranking(second, "cities-50", rows=rows, source=source)
    scores.ranking(second, "picture", state="not_transcribed", image_caption="得分.jpg", expected_count=50)
    for number in range(1, rows + 1):
        scores.average(release, number, table)
        section = Section.objects.create(
            release=release,
            kind="finding",
            number=number,
            slug=f"finding-{number}",
            title_zh="发现",
            title_en="Finding",
            body_zh="概述。",
            body_en="Summary.",
            source=source,
        )
        Fact.objects.create(
            release=release,
            position=number,
            slug=f"fact-{number}",
            value=95,
            unit="percent",
            printed="95%",
            label_zh="比例",
            label_en="Share",
            section=section,
            source=source,
        )
    Acknowledgement.objects.create(
        release=release, rule="average-change", row="average:1", reason="通报原文如此。"
    )
    return publish_unattended(release, reason="第一版")


def acknowledge_all(draft: Release, by: object | None = None) -> None:
    """Let every warning about a draft stand, so that it can be moved on."""
    for finding in findings(draft):
        if not finding.blocks and finding.is_open:
            acknowledge(draft, finding.rule.name, finding.found.row, "通报原文如此。", by)


SECRET = "绝密"  # stands in every text of the secret draft
SECRET_EN = "Topsecret"
SECRET_FIGURE = "77.77"


def secret_draft(release: Release) -> Release:
    """Return a draft cloned from `release`, in which every text and figure is another one and new rows were added."""
    draft = start_draft(release.edition)
    draft.title_zh, draft.title_en, draft.summary_zh = f"{SECRET}标题", f"{SECRET_EN} title", SECRET
    draft.save()
    hidden_zone = registry.zone("juemi-xiaozhen", f"{SECRET}小镇", public=False)
    hidden_company = registry.organisation("topsecret", f"{SECRET}公司", name_en=f"{SECRET_EN} Inc")
    for row in Series.objects.filter(release=draft):
        row.title_zh, row.title_en = f"{SECRET}系列", SECRET_EN
        row.save()
    for row in Award.objects.filter(release=draft):
        row.title_printed = row.title_listed = row.title_en = f"{SECRET}奖"
        row.expected_count = row.recipients.count() + 1
        row.save()
        Recipient.objects.create(
            award=row, position=row.recipients.count() + 1, printed_name=SECRET, subject=hidden_zone
        )
    award(
        series(draft, 3),
        "topsecret-award",
        [(SECRET, hidden_company)],
        title_printed=f"{SECRET}奖",
        title_en=SECRET_EN,
    )
    for row in Citation.objects.filter(release=draft):
        row.text_zh, row.text_en = SECRET, SECRET_EN
        row.save()
    for row in [*Section.objects.filter(release=draft), *Fact.objects.filter(release=draft)]:
        row.slug = f"topsecret-{row.slug}"
        row.save()
    Organiser.objects.create(release=draft, position=9, role="assessor", organisation=hidden_company)
    scores.make_secret(draft, SECRET, SECRET_EN, SECRET_FIGURE, hidden_zone)
    return draft
