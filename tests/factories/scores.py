"""Rankings in miniature."""

from decimal import Decimal

from awards.models import Line, Release, Series
from cityrank.registry.models import Subject
from scores.models import Band, GroupAverage, PeerGroup, Ranking, Score
from tests.factories import registry


def peer_group(release: Release, slug: str = "cities") -> PeerGroup:
    values = {"title_zh": "地级市", "title_en": "Prefectures", "subject_kind": "place", "level": "prefecture"}
    return PeerGroup.objects.get_or_create(release=release, slug=slug, defaults=values)[0]


def ranking(of: Series, slug: str = "cities-50", rows: int = 0, **fields: object) -> Ranking:
    """Return a ranking with `rows` rows of falling scores 90.00, 89.00 ... in one band."""
    values = {
        "title_listed": "地市得分排名",
        "title_printed": "地市得分排名",
        "title_en": "Scores of prefectures",
        "position": of.rankings.count() + 1,
        "peer_group": peer_group(of.release),
        "line": Line.objects.get_or_create(slug=slug, defaults={"kind": "ranking", "title_zh": slug})[0],
        "unit": "points",
        "max_score": Decimal(100),
        "decimals": 2,
        "state": "complete",
        "cutoff": 50,
        **fields,
    }
    made = Ranking.objects.create(series=of, slug=slug, **values)
    band = (
        Band.objects.create(
            ranking=made, position=1, label_zh="领先", label_en="Leading", first_rank=1, last_rank=30
        )
        if rows
        else None
    )
    for place in range(1, rows + 1):
        city = registry.place(f"3399{place:02}", f"第{place}市", "prefecture", registry.zhejiang())
        score(made, place, city, Decimal(91 - place), band=band)
    return made


def score(
    of: Ranking, position: int, subject: Subject | None, value: Decimal | None, **fields: object
) -> Score:
    values = {"printed_rank": position, "printed_name": subject.name_zh if subject else "未知", **fields}
    return Score.objects.create(ranking=of, position=position, subject=subject, printed_score=value, **values)


def average(
    release: Release, position: int = 1, about: Ranking | None = None, **fields: object
) -> GroupAverage:
    values = {
        "printed_label": "省会城市",
        "label_en": "Provincial capitals",
        "top_n": 20,
        "printed_value": Decimal("64.34"),
        "printed_previous": Decimal("56.70"),
        "printed_change": Decimal("8.74"),
        **fields,
    }
    return GroupAverage.objects.create(release=release, position=position, ranking=about, **values)


def make_secret(draft: Release, text: str, english: str, figure: str, subject: Subject) -> None:
    """Change every text and figure of the draft's tables and add a row to each."""
    for table in Ranking.objects.filter(release=draft):
        table.title_printed = table.title_listed = table.title_en = f"{text}{english}"
        table.image_caption = f"{text}.jpg"
        table.save()
        table.scores.update(printed_score=Decimal(figure), printed_name=text)
        score(table, table.scores.count() + 1, subject, Decimal(figure))
    for row in GroupAverage.objects.filter(release=draft):
        row.printed_label, row.label_en, row.printed_value = text, english, Decimal(figure)
        row.save()
    PeerGroup.objects.filter(release=draft).update(title_zh=text, title_en=english)
