"""Plain text: two levels of numbers, bands, tables between tabs, blanks and bars, and a file in GB18030."""

from tests.exchange.bulletins.expecting import Award, Expected, Sample, Table

PRAISE = "这里的公交会等人,路灯会省电,{}。"
WARM = PRAISE.format("冬天的暖气不再忽冷忽热")
FAST = PRAISE.format("办一张证只要跑一趟")
GREEN = PRAISE.format("河边的树多了三成")

HUNDRED = (
    "北京 上海 广州 深圳 杭州 南京 苏州 成都 武汉 重庆 天津 宁波 青岛 无锡 长沙 郑州 "
    "佛山 济南 合肥 东莞 西安 福州 厦门 大连 沈阳 昆明 南通 常州 温州 绍兴 嘉兴 泉州 "
    "烟台 金华 台州 珠海 中山 惠州 长春 哈尔滨 石家庄 太原 南昌 贵阳 南宁 兰州 海口 银川 "
    "西宁 拉萨 乌鲁木齐 呼和浩特 徐州 扬州 镇江 泰州 盐城 淮安 连云港 宿迁 湖州 舟山 衢州 丽水 "
    "芜湖 马鞍山 蚌埠 安庆 漳州 莆田 龙岩 三明 赣州 九江 宜春 上饶 潍坊 淄博 威海 济宁 "
    "临沂 泰安 洛阳 南阳 新乡 许昌 宜昌 襄阳 荆州 株洲 湘潭 衡阳 岳阳 桂林 柳州 绵阳 "
    "德阳 宜宾 遵义 包头"
).split()


def two_levels() -> Sample:
    """一、(一)1. with a table of contents, 推荐理由, names with 市 and one to a line, findings under a heading."""
    lines = [
        "2019年度智慧城市评选结果公告",
        "发布时间:2019年11月20日 来源:城市观察",
        "目 录",
        "一、综合类奖项...........1",
        "(一)2019年度智慧城市标杆城市......1",
        "(二)2019年度数字治理领军城市......2",
        "二、专项类奖项...........3",
        "(一)2019年度智慧交通十佳城市......3",
        "一、综合类奖项",
        "(一)2019年度智慧城市标杆城市",
        "杭州市;深圳市;",
        "推荐理由:" + WARM,
        "(二)2019年度数字治理领军城市",
        "上海市,北京市,广州市。",
        "【推荐理由】",
        FAST,
        GREEN,
        "二、专项类奖项",
        "(一)2019年度智慧交通十佳城市",
        *(f"{number}. {name}市" for number, name in enumerate(HUNDRED[5:15], 1)),
        "推荐理由:" + GREEN,
        "三、主要结论",
        "1. 各地都在用同一张地图。地图画得越细,错路走得越少。",
        "2. 参评城市平均得分为71.5分,比上年提高2.3分。",
    ]
    expected = Expected(
        awards=[
            Award(1, "2019年度智慧城市标杆城市", ["杭州市", "深圳市"], WARM, "推荐理由", "2019年度智慧城市标杆城市"),
            Award(
                1, "2019年度数字治理领军城市", ["上海市", "北京市", "广州市"], f"{FAST}\n{GREEN}", "推荐理由",
                "2019年度数字治理领军城市",
            ),
            Award(
                2, "2019年度智慧交通十佳城市", [f"{name}市" for name in HUNDRED[5:15]], GREEN, "推荐理由",
                "2019年度智慧交通十佳城市",
            ),
        ],
        averages=[("参评城市", "71.5", None, "2.3")],
        series=["综合类奖项", "专项类奖项"],
    )  # fmt: skip
    return Sample("two-levels.txt", "\n".join(lines).encode(), expected)


def bands() -> Sample:
    """A hundred in bands by rank, each with its names in a list."""
    parts = {
        "1-30名": HUNDRED[:30],
        "31-75名": HUNDRED[30:75],
        "76-84名": HUNDRED[75:84],
        "其余": HUNDRED[84:],
    }
    lines = ["2022-2023中国智慧城市百强发布", "来源:城市观察", "2022-2023年中国智慧城市100强"]
    for label, names in parts.items():
        lines += [f"{label}:", "、".join(names)]
    rows = [(None, name, "", label) for label, names in parts.items() for name in names]
    table = Table(1, "2022-2023年中国智慧城市100强", "complete", rows)
    return Sample("bands.txt", "\n\n".join(lines).encode(), Expected(tables=[table], label="2022-2023"))


def tiers() -> Sample:
    """Tiers with their ranks behind them, and ranked lines without scores under each."""
    lines = [
        "2019年全球智慧城市20强榜单",
        "第一梯队(1-3名)",
        "1 新加坡",
        "2 London",
        "3 New York",
        "第二梯队(4-6名)",
        "4 首尔(韩国)",
        "5 圣保罗",
        "6 Ho Chi Minh City",
    ]
    first, second = "第一梯队(1-3名)", "第二梯队(4-6名)"
    rows = [
        (1, "新加坡", "", first),
        (2, "London", "", first),
        (3, "New York", "", first),
        (4, "首尔(韩国)", "", second),
        (5, "圣保罗", "", second),
        (6, "Ho Chi Minh City", "", second),
    ]
    table = Table(1, "2019年全球智慧城市20强榜单", "partial", rows)
    return Sample("tiers.txt", "\n".join(lines).encode(), Expected(tables=[table], notices={"count"}))


def tables() -> Sample:
    """Score tables between tabs, blanks and bars; side by side, with a header that comes again, and out of 100."""
    lines = [
        "2019年度城市数字化评估得分公布",
        "2019-10-08 09:00",
        "1、副省级城市得分排名",
        "名次\t城市\t得分(分)",
        "1\t深圳\t88.10",
        "2\t杭州\t87.95",
        "2\t广州\t87.95",
        "2、地市得分排名(前4强)",
        "排名 城市 得分 排名 城市 得分",
        "1 苏州 80.5 3 佛山 77.25",
        "2 无锡 79.0 4 东莞 76",
        "3、世界城市得分排名",
        "|名次|城市|得分率(%)|",
        "|----|----|----|",
        "|1|London|91.2|",
        "|2|New York|90.85|",
        "|名次|城市|得分率(%)|",
        "|3|多伦多|88.0|",
        "4、没有表头的得分排名",
        "1、贵阳 70.1",
        "2、昆明 69.9",
    ]
    plain = [(1, "深圳", "88.10", ""), (2, "杭州", "87.95", ""), (2, "广州", "87.95", "")]
    paired = [
        (1, "苏州", "80.5", ""),
        (2, "无锡", "79.0", ""),
        (3, "佛山", "77.25", ""),
        (4, "东莞", "76", ""),
    ]
    world = [(1, "London", "91.2", ""), (2, "New York", "90.85", ""), (3, "多伦多", "88.0", "")]
    expected = Expected(
        tables=[
            Table(1, "副省级城市得分排名", "complete", plain, unit="分"),
            Table(1, "地市得分排名(前4强)", "complete", paired),
            Table(1, "世界城市得分排名", "complete", world, unit="%"),
            Table(1, "没有表头的得分排名", "complete", [(1, "贵阳", "70.1", ""), (2, "昆明", "69.9", "")]),
        ],
    )
    return Sample("tables.txt", "\n".join(lines).encode(), expected)


def old_encoding() -> Sample:
    """GB18030 with the line ends of Windows: full-width figures, commas and colons, 第一系列 and a list over lines."""
    lines = [
        "２０１９年度智慧城市评选结果通报",
        "时间：２０１９年１２月３日　来源：城市观察",
        "第一系列：２０１９年度最具温度智慧城市",
        "２０１９年度最具温度智慧城市",
        "哈尔滨，长春，",
        "沈阳，呼和浩特",
        "获奖点评：" + WARM,
        "第二系列：２０１９年度最佳服务智慧城区５强",
        "２０１９年度最佳服务智慧城区５强",
        "成都市锦江区，武汉市江岸区，西安市雁塔",
        "区，上海市徐汇区（含漕河泾、龙华），长沙市岳麓区",
        "获奖点评：",
        FAST,
    ]
    towns = ["成都市锦江区", "武汉市江岸区", "西安市雁塔区", "上海市徐汇区（含漕河泾、龙华）", "长沙市岳麓区"]
    expected = Expected(
        awards=[
            Award(
                1, "２０１９年度最具温度智慧城市", ["哈尔滨", "长春", "沈阳", "呼和浩特"], WARM, "获奖点评"
            ),
            Award(2, "２０１９年度最佳服务智慧城区５强", towns, FAST, "获奖点评"),
        ],
        series=["", ""],
        notices={"name-broken"},
    )
    return Sample("old.txt", "\r\n".join(lines).encode("gb18030"), expected)


def no_series() -> Sample:
    """No series, no numbers, names behind the title's colon or under it; one award without a citation."""
    lines = [
        "最会过日子的城市评出来了",
        "2019年10月1日",
        "2019年度最具烟火气城市:成都、长沙、广州",
        "入选理由:" + WARM,
        "2019年度最佳步行城市",
        "厦门 大连 珠海",
        "2019年度最佳夜游城市",
        "获奖城市:重庆、西安等",
        "入选理由:" + FAST,
    ]
    expected = Expected(
        awards=[
            Award(1, "2019年度最具烟火气城市", ["成都", "长沙", "广州"], WARM, "入选理由"),
            Award(1, "2019年度最佳步行城市", ["厦门", "大连", "珠海"]),
            Award(1, "2019年度最佳夜游城市", ["重庆", "西安"], FAST, "入选理由"),
        ],
        notices={"citation-missing", "name-others"},
    )
    return Sample("no-series.txt", "\n".join(lines).encode(), expected)
