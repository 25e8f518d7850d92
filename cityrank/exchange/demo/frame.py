"""What an invented edition consists of: series, awards, rankings and who is compared with whom.

The titles are those of no real edition; `{year}` stands for the year of the edition.
"""

from dataclasses import dataclass, field

MARK_ZH, MARK_EN = "（虚构示例）", " (invented example)"
TITLE_ZH = "{year}年智慧城市评估结果通报" + MARK_ZH
TITLE_EN = "Bulletin of the {year} evaluation of smart cities" + MARK_EN

SERIES = [
    ("综合影响力与创新力", "Influence and innovation"),
    ("投资价值与发展潜力", "Investment value and potential"),
    ("旅游特色与魅力宜居", "Tourism and quality of life"),
    ("转型升级与信息惠民", "Transformation and services for the public"),
    ("智慧城镇与智慧小镇", "Smart districts and smart towns"),
    ("应用与服务商", "Apps and their providers"),
    ("省级地区数字经济指数", "Digital economy of the province-level regions"),
    ("城市与区县得分", "Scores of cities, districts and counties"),
]


@dataclass(frozen=True)
class Prize:
    """An award: in which series, how many receive it, who may, and what the invented citation praises."""

    slug: str
    series: int
    count: int
    pool: str
    title_zh: str
    title_en: str
    topic_zh: str
    topic_en: str
    citation: str = ""
    since: int = 0


PRIZES = [
    Prize("most-influential", 1, 2, "cities", "最具影响力智慧城市", "Most influential smart cities",
          "城市数据平台", "a shared city data platform"),
    Prize("most-innovative", 1, 2, "cities", "最具创新力智慧城市", "Most innovative smart cities",
          "智能交通试验", "trials of intelligent transport"),
    Prize("investment-value", 2, 2, "cities", "最具投资价值智慧城市", "Smart cities of the greatest investment value",
          "数字园区招商", "its digital business parks"),
    Prize("development-potential", 2, 4, "cities", "最具发展潜力智慧城市", "Smart cities of the greatest potential",
          "新型基础设施建设", "new infrastructure"),
    Prize("tourism", 3, 6, "cities", "最具旅游特色智慧城市", "Smart cities of distinctive tourism",
          "一部手机游全城的服务", "one guide for the whole city on a phone"),
    Prize("liveable", 3, 4, "cities", "最具魅力宜居智慧城市", "Most liveable smart cities",
          "社区养老与环境监测", "care for the elderly and clean air"),
    Prize("transformation", 4, 15, "cities", "转型升级优秀智慧城市", "Outstanding smart cities in transformation",
          "制造业数字化改造", "digital renewal of its factories"),
    Prize("public-services", 4, 17, "cities", "信息惠民优秀智慧城市", "Outstanding smart cities in public services",
          "政务服务一网通办", "all public services at one address"),
    Prize("green", 4, 3, "cities", "绿色低碳优秀智慧城市", "Outstanding smart cities in climate protection",
          "建筑能耗管理", "the management of energy in buildings", since=2022),
    Prize("smart-towns-25", 5, 25, "districts", "智慧城镇25强", "Top 25 smart districts",
          "基层治理平台", "its platform for neighbourhoods", citation="management"),
    Prize("smart-small-towns-50", 5, 50, "towns", "智慧小镇50强", "Top 50 smart towns",
          "基层治理平台", "its platform for neighbourhoods", citation="management"),
]  # fmt: skip


@dataclass(frozen=True)
class Group:
    slug: str
    title_zh: str
    title_en: str
    definition_zh: str
    definition_en: str
    subject_kind: str = "place"
    level: str = ""
    tiers: list[str] = field(default_factory=list)
    without_tiers: list[str] = field(default_factory=list)
    below_tiers: list[str] = field(default_factory=list)


HIGH = ["municipality", "separately_planned", "sub_provincial"]
GROUPS = {
    group.slug: group
    for group in [
        Group("apps", "常用应用", "Common apps", "虚构的应用。", "Invented apps.", subject_kind="app"),
        Group("providers", "服务商", "Providers", "虚构的企业。", "Invented companies.", subject_kind="organisation"),
        Group("province-level-regions", "省级地区", "Province-level regions",
              "全部34个省级地区。", "All 34 province-level regions.", level="province"),
        Group("municipalities-and-sub-provincial-cities", "直辖市、计划单列市及副省级城市",
              "Municipalities, separately planned and sub-provincial cities",
              "直辖市、计划单列市和副省级城市，共19个。", "The 19 cities of these three tiers.", tiers=HIGH),
        Group("provincial-capitals", "省会城市", "Provincial capitals",
              "不属于副省级的省会城市。", "Provincial capitals that are not sub-provincial cities.",
              level="prefecture", tiers=["provincial_capital"], without_tiers=["sub_provincial"]),
        Group("prefecture-level-cities", "地市", "Prefecture-level cities",
              "其余地级单位；只列前50名。", "The other units of prefecture level, of which the first 50 are listed.",
              level="prefecture", without_tiers=["sub_provincial", "separately_planned", "provincial_capital"]),
        Group("municipal-districts", "直辖市所属区县", "Districts and counties of the municipalities",
              "四个直辖市下辖的区和县；只列前20名。", "Those of the four municipalities; the first 20 are listed.",
              level="county", below_tiers=["municipality"]),
        Group("sub-provincial-districts", "计划单列市及副省级城市所属区县",
              "Districts and counties of separately planned and sub-provincial cities",
              "这些城市下辖的区、县和县级市；只列前30名。", "Those of these cities, of which the first 30 are listed.",
              level="county", below_tiers=["separately_planned", "sub_provincial"]),
        Group("counties", "区县", "Districts and counties",
              "全国区县；只列前30名。", "All districts and counties; the first 30 are listed.", level="county"),
    ]
}  # fmt: skip
# In this year the capitals are all capitals, and are no longer the group that they were.
CAPITALS_REDEFINED = 2023


@dataclass(frozen=True)
class Ladder:
    """A ranking. `middle` is its usual score; `bands` is how its rows are banded."""

    slug: str
    series: int
    group: str
    title_zh: str
    title_en: str
    middle: float
    cutoff: int | None = None
    unit: str = "points"
    maximum: int | None = 100
    decimals: int = 2
    tie_rule: str = "min"
    bands: str = ""
    averaged: bool = True


LADDERS = [
    Ladder("common-apps", 6, "apps", "居民常用应用排名", "Apps that residents use", 60,
           10, "index", None, 1, averaged=False),
    Ladder("service-providers", 6, "providers", "生活服务商排名", "Providers of services in daily life", 55,
           20, "index", None, 1, "dense", averaged=False),
    Ladder("provinces-digital-economy", 7, "province-level-regions", "省级地区数字经济指数排名",
           "Digital economy index of the province-level regions", 58, None, "index", None, 1, averaged=False),
    Ladder("municipalities-and-sub-provincial", 8, "municipalities-and-sub-provincial-cities",
           "直辖市、计划单列市及副省级城市得分排名",
           "Scores of municipalities, separately planned and sub-provincial cities", 70, bands="score"),
    Ladder("provincial-capitals", 8, "provincial-capitals", "省会城市得分排名", "Scores of provincial capitals", 62),
    Ladder("prefectures-50", 8, "prefecture-level-cities", "地市得分排名", "Scores of prefecture-level cities",
           57, 50, bands="rank"),
    Ladder("municipal-districts-20", 8, "municipal-districts", "直辖市所属区县得分排名",
           "Scores of districts and counties of the municipalities", 61, 20),
    Ladder("sub-provincial-districts-30", 8, "sub-provincial-districts", "计划单列市及副省级城市所属区县得分排名",
           "Scores of districts and counties of separately planned and sub-provincial cities", 58, 30),
    Ladder("counties-30", 8, "counties", "区县得分排名", "Scores of districts and counties", 50, 30),
]  # fmt: skip
LONG_GROUP = Group("places", "城市与区县", "Cities, districts and counties",
                   "全国的地级单位和区县。", "All units of prefecture and of county level.")  # fmt: skip
LONG = Ladder("all-places", 8, "places", "城市与区县全部得分排名", "Scores of all cities, districts and counties", 50,
              bands="rank", averaged=False)  # fmt: skip
