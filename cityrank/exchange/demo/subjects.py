"""Who takes part: places of the gazetteer, and companies and apps that do not exist."""

from typing import NamedTuple

from awards.models import Release
from cityrank.registry.models import App, Organisation, Place, Subject
from cityrank.registry.querysets import SubjectQuerySet
from scores.models import PeerGroup
from scores.peers import members

# Words that names of companies are made of, in Chinese and as they are romanised.
FIRST = [
    ("云帆", "Yunfan"),
    ("青禾", "Qinghe"),
    ("星桥", "Xingqiao"),
    ("远山", "Yuanshan"),
    ("明渠", "Mingqu"),
    ("白鹭", "Bailu"),
]
SECOND = [("科技", "Technology"), ("出行", "Mobility"), ("生活", "Living"), ("数据", "Data")]


class Taker(NamedTuple):
    """Whoever takes part, as little of it as the tables need."""

    pk: int
    slug: str
    name: str
    # What the place belongs to, by which two of one name are told apart.
    above: str | None


def organiser() -> Organisation:
    names = {"name_zh": "示例评估中心", "name_en": "Sample Evaluation Centre"}
    return Organisation.objects.get_or_create(slug="demo-centre", defaults=names)[0]


def found_companies() -> list[Organisation]:
    """Enter the invented companies, and an app of each of the first of them."""
    made = []
    for number, (first, second) in enumerate(((one, two) for two in SECOND for one in FIRST), 1):
        names = {"name_zh": f"示例{first[0]}{second[0]}", "name_en": f"Sample {first[1]} {second[1]}"}
        company, _made = Organisation.objects.get_or_create(slug=f"demo-company-{number:02}", defaults=names)
        made.append(company)
    for number, company in enumerate(made[:12], 1):
        values = {
            "name_zh": f"{company.name_zh}应用",
            "name_en": f"{company.name_en} App",
            "operator": company,
        }
        App.objects.get_or_create(slug=f"demo-app-{number:02}", defaults=values)
    return made


def takers(subjects: SubjectQuerySet) -> list[Taker]:
    names = ("pk", "slug", "name_zh", "place__parent__name_zh")
    return [Taker._make(row) for row in subjects.order_by("slug").values_list(*names)]


def members_of(group: PeerGroup) -> list[Taker]:
    subjects = members(group)
    if group.subject_kind != Subject.Kind.PLACE:
        subjects = subjects.filter(slug__startswith="demo-").exclude(slug="demo-centre")
    if group.slug == "places":
        subjects = subjects.filter(place__level__in=[Place.Level.PREFECTURE, Place.Level.COUNTY])
    return takers(subjects)


def pool(name: str, draft: Release) -> list[Taker]:
    """Return who may win: cities, districts, or towns and zones, which are those of one province to stay few."""

    def at(level: str) -> SubjectQuerySet:
        return members(PeerGroup(release=draft, subject_kind=Subject.Kind.PLACE, level=level))

    if name == "cities":
        return takers(at(Place.Level.PREFECTURE))
    if name == "districts":
        return takers(at(Place.Level.COUNTY))
    return takers(at(Place.Level.TOWNSHIP).filter(slug__startswith="33")) + takers(at(Place.Level.ZONE))
