"""A small bulletin as it is handed in: two awards to places that the tests know, one organiser, one picture."""

from tests.factories import registry

BULLETIN = """\
2019年度中国新型智慧城市评估结果通报

发布时间:2019-07-31 来源:某报

7月30日,某某研究院发布《2019年度中国新型智慧城市评估结果通报》。

本次评估共三大系列,依次为:

第一系列 2019年度中国最具影响力智慧城市

第二系列 2019年度中国最佳管理实践智慧小镇50强

第三系列 2019年度区县得分排名

具体评估成果如下:

第一系列 2019年度中国最具影响力智慧城市

杭州、吉林

获奖理由:两市各有所长,评估组推荐两市当选。

第二系列 2019年度中国最佳管理实践智慧小镇50强

云栖小镇

获奖理由:小镇以会聚人。

第三系列 2019年度区县得分排名

1、区县得分排名(前30强):

区县得分排名(前30强).jpg
"""
ANSWERS = {
    "organisation:某某研究院": "create",
    "count:smart-small-towns-50": "keep",
    "place:most-influential:2:吉林": "220200",
}


def places() -> None:
    """Enter what the bulletin names: 吉林 may be the province or the city in it."""
    registry.hangzhou()
    registry.zone()
    registry.place("220200", "吉林市", "prefecture", registry.place("220000", "吉林省", "province"))
