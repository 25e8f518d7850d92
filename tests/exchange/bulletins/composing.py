"""A bulletin of the layout of 2017-2018, composed from the facts of the bundled edition in made-up words."""

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from cityrank.exchange.bulletin.reader.numerals import chinese
from cityrank.exchange.edition_file import BUNDLED

ORDINALS = "一二三四五六七八"
TITLE = "2017-2018中国新型智慧城市建设与发展综合影响力评估结果通报"
OVER_SCORES = "2017-2018年中国新型智慧城市建设与发展综合影响力评估排名及得分"
METHOD = "评估组采用{name}指数,以抽样用户的使用情况加权测算,再按指数高低排定先后,结果如下:"
FINDINGS = (
    (
        "县城里的窗口少排队,手机上的事项多办成。",
        "过去一年里,不少县城把办事大厅搬到了线上。居民在家里就能查到进度。",
    ),
    ("各组得分都比上一年高。", "{averages}"),
    ("小镇的网络还要再补一补。", "走访的小镇里,有的山头仍然没有信号。来年的评估会再去看一遍。"),
)


@dataclass(frozen=True)
class Composed:
    text: str
    data: dict[str, Any]

    @property
    def awards(self) -> list[dict[str, Any]]:
        return [award for series in self.data["series"] for award in series.get("awards", [])]

    @property
    def rankings(self) -> list[dict[str, Any]]:
        return [ranking for series in self.data["series"] for ranking in series.get("rankings", [])]


@cache
def compose() -> Composed:
    data = tomllib.loads(BUNDLED.read_text(encoding="utf-8"))
    blocks = [*_head(), *_listing(data), "各系列的结果如下:", *_body(data), *_findings(data), *_tail()]
    return Composed("\n\n".join(blocks), data)


def citation_of(award: dict[str, Any], awards: list[dict[str, Any]]) -> str:
    """Return the made-up citation of an award; awards with one citation share one that names them all."""
    sharing = [other for other in awards if other["citation"] == award["citation"]]
    titles = "和".join(other["title_printed"] for other in sharing)
    first = sharing[0]["recipients"][0]["printed"]
    return (
        f"评委看过{first}等地的材料,也去过现场。那里的路灯会报修,公交会报站,老人看病不用再排长队;"
        f"这些小事做得久了,就成了样子。综合各项材料,推荐上述各地当选{titles}!"
    )


def _head() -> list[str]:
    return [
        "当前位置:首页 > 城市 > 正文",
        "一年一度的城市榜单出炉,谁家的路灯最聪明?",
        "时间:2018-07-31 10:56:56  来源:雷锋网  作者:王刚\n"
        "        本网讯,7月30日上午,中国信息化研究与促进网、国衡智慧城市科技研究院联合发布"
        f"《{TITLE}》,几座老面孔仍在榜上。\n"
        "        同时公布的“2017-2018年度中国智慧城市居民优秀互联网生活服务商101强”里,"
        "腾讯、阿里巴巴、百度位居前三名,其余的位次有升有降。",
        "这一期的榜单共八大系列,依次为:",
    ]


def _listing(data: dict[str, Any]) -> list[str]:
    lines = []
    for series in data["series"]:
        entries = [*series.get("awards", []), *series.get("rankings", [])]
        titles = [entry["title_listed"] for entry in entries if entry["title_listed"]] or [OVER_SCORES]
        lines += [f"第{ORDINALS[series['number'] - 1]}系列 {titles[0]}", *titles[1:]]
    return lines


def _body(data: dict[str, Any]) -> list[str]:
    lines: list[str] = []
    for series in data["series"]:
        if "awards" in series:
            lines += _award_series(series, data)
        elif len(series["rankings"]) > 2:
            lines += _score_series(series)
        else:
            lines += _index_series(series)
    return lines


def _award_series(series: dict[str, Any], data: dict[str, Any]) -> list[str]:
    awards = series["awards"]
    everywhere = [award for each in data["series"] for award in each.get("awards", [])]
    lines = [
        f"第{ORDINALS[series['number'] - 1]}系列 {awards[0]['title_printed']}",
        awards[1]["title_printed"],
    ]
    headings = {citation["key"]: citation["heading"] for citation in data["citations"]}
    for place, award in enumerate(awards):
        names = [recipient["printed"] for recipient in award["recipients"]]
        half = 8 if 12 < len(names) < 20 else len(names)
        lines += [award["title_printed"], "、".join(names[:half])]
        lines += ["、".join(names[half:])] if names[half:] else []
        if place + 1 == len(awards) or awards[place + 1]["citation"] != award["citation"]:
            lines.append(f"{headings[award['citation']]}:{citation_of(award, everywhere)}")
    return lines


def _index_series(series: dict[str, Any]) -> list[str]:
    titles = [ranking["title_printed"] for ranking in series["rankings"]]
    pictured = series["rankings"][-1]
    caption = pictured["image_caption"]
    heading = caption.removesuffix(".jpg")
    lines = [
        f"第{ORDINALS[series['number'] - 1]}系列  {titles[0]}",
        *titles[1:],
        METHOD.format(name="网络生活"),
    ]
    return [*lines, *([heading] if heading != pictured["title_printed"] else []), caption]


def _score_series(series: dict[str, Any]) -> list[str]:
    lines = [f"第{ORDINALS[series['number'] - 1]}系列  {OVER_SCORES}", OVER_SCORES]
    for number, ranking in enumerate(series["rankings"], 1):
        lines += [f"{number}、{ranking['title_printed']}:", ranking["image_caption"]]
    return lines


def _findings(data: dict[str, Any]) -> list[str]:
    lines = ["看过全部数据,国衡智慧、国新智库评估组以为,今年有以下几个特点:"]
    averages = ";".join(_average(entry) for entry in data["averages"])
    for number, (heading, body) in enumerate(FINDINGS, 1):
        lines += [f"{chinese(number)}、{heading}", body.format(averages=f"就平均数看,{averages}。")]
    return lines


def _average(entry: dict[str, Any]) -> str:
    return (
        f"{entry['printed_label']}平均得分率为{entry['value']}%,"
        f"较上一年度的{entry['previous']}%提高了{entry['change']}%"
    )


def _tail() -> list[str]:
    return [
        "以上就是本期榜单全文。细则可向主办方索取。",
        "相关阅读\n热门推荐",
        "关于我们 | 联系我们 | 版权声明 | 网站地图",
    ]
