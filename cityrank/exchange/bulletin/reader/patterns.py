"""The words by which bulletins are read, in one place; each list says what it is for and where it is seen.

A word that another year or another publisher uses is added here, and nowhere else.
"""

import re


def any_of(*words: str) -> str:
    """Join words to one group of a pattern, the longest first."""
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


# ---- The page around a bulletin -------------------------------------------------------------------------------------

# Anywhere in a short line: news sites and the pages of ministries.
FURNITURE = re.compile(
    any_of(
        *"当前位置 所在位置 首页\\s*[>＞»] 网站地图 上一篇 下一篇 上一条 下一条 返回顶部 回到顶部 关闭窗口".split(),
        *"分享到 分享至 打印本页 打印此页 收藏本页 设为首页 加入收藏 无障碍阅读 扫一扫 扫码关注 微信公众号".split(),
        *"相关阅读 相关文章 相关新闻 相关链接 延伸阅读 热门推荐 热门文章 栏目更新 栏目热门 点击排行 阅读排行".split(),
        *"关于我们 联系我们 关注我们 版权所有 版权声明 免责声明 广告服务 广告合作 友情链接 技术支持".split(),
        *"责任编辑 字号[:：] 字体[:：] 点击数 浏览次数 阅读次数 阅读量 我要评论 网友评论".split(),
        *"ICP备 公安网备 公网安备 Copyright © All\\s+Rights\\s+Reserved".split(),
    ),
    re.IGNORECASE,
)
# The whole of a line: entries of a menu, buttons.
MENU_WORDS = frozenset(
    "首页 登录 注册 新闻 新闻资讯 最新要闻 资讯 要闻 公告 通知公告 政策 专题 视频 图片 论坛 评论 搜索 更多 更多>> "
    "收藏 打印 关闭 分享 返回 繁體 繁体 English 简体 大 中 小 来源 赞 点赞 微博 微信 QQ空间".split()
)
LONGEST_FURNITURE = 120

# ---- Where the parts begin ------------------------------------------------------------------------------------------

# A table of contents, or a sentence before it: 本次评估共八大系列,依次为:
LISTING_STARTS = re.compile(r"(?:^|\s)目\s*[录次]\s*$|(?:依次为|分别为|分别是|包括|如下)\s*[:：]\s*$")
SERIES_COUNT = re.compile(
    r"(?:共|分为|设|设置|包括)\s*(?P<count>[0-9０-９一二三四五六七八九十]{1,3})\s*(?:大|个)\s*(?:系列|类|奖项|榜单|部分)"
)
# 具体评估成果如下: ends the list of series.
BODY_STARTS = re.compile(r"^.{0,30}(?:如下|揭晓|公布)\s*[:：]?\s*$")
# 总结归纳出 ... 呈现出以下几个特点: what follows is findings.
FINDINGS_START = re.compile(
    r"(?:以下|如下)(?:几|[0-9一二三四五六七八九十])?(?:个|点|大|方面)*(?:特点|特征|结论|发现|趋势)|"
    r"^\s*(?:[一二三四五六七八九十]+\s*[、.．]\s*)?(?:主要|评估|总体|综合|基本)?(?:结论|发现|特点|特征|分析|总结|评述|述评)(?:与建议|与展望|与分析)?\s*[:：]?\s*$"
)
# 以上为...全部通报。
CLOSES = re.compile(
    r"^(?:以上|上述)(?:就是|为|是|即).{0,80}(?:通报|公告|结果|全文|内容|榜单)|^\s*[（(【]?\s*(?:全文)?完\s*[)）】]?\s*$|^特此(?:通报|公告|公布|通知)"
)

# ---- Headings of a part of an award ---------------------------------------------------------------------------------

_WHO = "获奖 推荐 入选 上榜 当选 评选 授奖 颁奖 评审 评委 评委会 专家 专家组 评估组".split()
_WHAT = "理由 点评 评语 评价 推荐语 意见 颁奖词".split()
CITATION = any_of(
    *(who + what for who in [*_WHO, ""] for what in _WHAT),
    *"颁奖词 颁奖辞 获奖词 获奖说明 入选说明 推荐说明 获奖感言 推荐词 授奖词 致敬词".split(),
)
CITATION_HEADING = re.compile(
    rf"^\s*(?P<open>[【\[〔（(]?)\s*(?P<heading>{CITATION})\s*(?P<shut>[】\]〕）)]?)\s*(?P<colon>[:：]?)\s*"
)
# 获奖城市:, 入选名单: and the like stand before the names and are no name.
WINNERS_LABEL = re.compile(
    r"^\s*[【\[]?\s*(?:获奖|入选|上榜|当选|获选|获评|入围)?(?:城市|城镇|小镇|区县|县市|地区|名单|单位|企业|对象|城市名单|单位名单|企业名单)"
    r"(?:\s*[（(][^:：)）]{0,16}[)）])?\s*[】\]]?\s*[:：]\s*"
)

# ---- Titles ---------------------------------------------------------------------------------------------------------

AWARD_WORDS = re.compile(
    any_of(*"最具 最佳 优秀 十佳 十大 百佳 杰出 卓越 领军 标杆 示范 突出贡献 奖".split())
)
RANKING_WORDS = re.compile(any_of(*"排名 排行 榜 得分 指数 APP 百强 分值 评分 梯队".split()), re.IGNORECASE)
# What a title ends with, before a count or a bracket.
TITLE_ENDS = re.compile(
    any_of(
        *"城市 城镇 小镇 乡镇 区县 县市 县区 县域 城区 园区 新区 地区 省份 企业 服务商 单位 机构 案例 项目".split(),
        *"奖 奖项 综合奖 单项奖 类 系列 百强 十强 十佳 百佳".split(),
        *"排名 排行 排行榜 排名表 榜 榜单 名单 一览表 得分 得分表 得分情况 指数 结果 APP".split(),
    )
    + r"$",
    re.IGNORECASE,
)
# The words that nearly all titles have, so that they do not make two titles alike.
COMMON_WORDS = re.compile(
    any_of("中国", "我国", "全国", "新型", "智慧", "城市", "最具", "最佳", "优秀", "年度")
)
LONGEST_TITLE = 60
# Titles of the whole, not of an award in it.
WHOLE_WORDS = re.compile(
    any_of(
        "通报",
        "公告",
        "公布",
        "发布",
        "揭晓",
        "出炉",
        "评估结果",
        "评选结果",
        "评价结果",
        "报告",
        "公示",
        "新鲜出炉",
    )
    + r"[!！。]?$"
)

# What prose has and no name.
PROSE = re.compile(
    any_of(
        "的",
        "了",
        "我们",
        "可以",
        "已经",
        "成为",
        "通过",
        "进行",
        "不仅",
        "以下",
        "如下",
        "平均",
        "提高",
        "下降",
        "上述",
        "以上",
        "其中",
    )
)

# ---- Sentences ------------------------------------------------------------------------------------------------------

SENTENCE_MARKS = re.compile("[。！？!?；]")
SENTENCE_END = re.compile(r"[。！？!?；;…”’』」》)）】]\s*$")
# 评估组采用...指数..., 依据...加权: how a series was measured.
METHOD = re.compile(
    any_of("采用", "依据", "根据", "按照", "参考", "参照", "基于", "运用")
    + r".{0,200}"
    + any_of("指数", "指标", "加权", "权重", "算法", "模型", "数据", "评价体系", "测算"),
    re.DOTALL,
)
# A paragraph under winners that begins so is no citation.
METHOD_START = re.compile(r"^\s*(?:(?:评估|课题|专家)组)?(?:采用|依据|参照)")
# The ending of a picture's file name, and a name that says what the picture shows.
PICTURE_ENDING = re.compile(r"\.(?:jpe?g|png|gif|bmp|webp|tiff?)\s*$", re.IGNORECASE)
NAMED_PICTURE = re.compile("[\u3400-\u9fff]{3}")
# A line under a picture: 图1 ...
FIGURE = re.compile(r"^\s*[图表]\s*[0-9一二三四五六七八九十]")
