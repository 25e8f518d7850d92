"""Files that know more than text: web pages, Markdown and Word."""

import io

import docx
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image

from tests.exchange.bulletins.expecting import Award, Expected, Sample, Table
from tests.exchange.bulletins.samples.texts import FAST, GREEN, WARM

SCORES = [("1", "杭州", "90.12"), ("2", "宁波", "88.40"), ("3", "温州", "85.00")]


def web_page() -> Sample:
    """A page of today: what stands around is marked as such, the scores are a table, one table is a picture."""
    rows = "".join(f"<tr><td>{rank}</td><td>{name}</td><td>{score}</td></tr>" for rank, name, score in SCORES)
    page = f"""<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>榜单</title>
<style>p {{ color: red }}</style><script>var hidden = "深圳、上海";</script></head><body>
<header><a href="/">首页</a> <a href="/city">城市</a></header>
<nav><ul><li>新闻</li><li>专题</li></ul></nav>
<main><h1>2019年度浙江智慧城市评估结果</h1>
<p class="meta">发布时间:2019-12-01 来源:之江城市网 作者:周敏</p>
<p>12月1日,之江城市网、浙北数据研究院联合发布《2019年度浙江智慧城市评估报告》。</p>
<h2>第一系列 2019年度浙江智慧城市得分排名</h2>
<table><caption>单位:分</caption><thead><tr><th>名次</th><th>城市</th><th>得分</th></tr></thead>
<tbody>{rows}</tbody></table>
<h2>第二系列 2019年度浙江最佳管理智慧县域</h2>
<p>安吉县、<br>德清县、<br/>桐庐县</p>
<p><b>专家点评:</b>{WARM}</p>
<h2>第三系列 2019年度浙江智慧小镇排名</h2>
<p><img src="/upload/2019/%E5%B0%8F%E9%95%87.png" alt="2019年度浙江智慧小镇排名"></p>
<p>全省城市平均得分为87.84分,比上年的85.00分提高了2.84分。</p>
</main><aside><h3>猜你喜欢</h3><p>十座古城的夜晚</p></aside>
<footer>浙ICP备00000000号</footer></body></html>"""
    expected = Expected(
        awards=[
            Award(2, "2019年度浙江最佳管理智慧县域", ["安吉县", "德清县", "桐庐县"], WARM, "专家点评"),
        ],
        tables=[
            Table(
                1,
                "2019年度浙江智慧城市得分排名",
                "complete",
                [(int(rank), name, score, "") for rank, name, score in SCORES],
                unit="分",
            ),
            Table(3, "2019年度浙江智慧小镇排名", "not_transcribed", caption="2019年度浙江智慧小镇排名"),
        ],
        averages=[("全省城市", "87.84", "85.00", "2.84")],
        series=["", "", ""],
    )
    return Sample("page.html", page.encode(), expected)


def old_page() -> Sample:
    """A page of long ago: GB2312 by its own word, laid out by tables, lines parted by breaks."""
    page = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body>
<table width="900"><tr><td colspan="2">当前位置:首页 &gt; 城市</td></tr><tr><td valign="top">栏目热门</td><td>
<p>2012年智慧城市评选揭晓</p>2012年度最具活力智慧城市<br>大连、青岛、厦门<br>评选理由:{FAST}<br>
2012年度最具远见智慧城市<br>无锡、宁波<br>评选理由:{GREEN}</td></tr>
<tr><td colspan="2">版权所有 城市旧闻</td></tr></table></body></html>"""
    expected = Expected(
        awards=[
            Award(1, "2012年度最具活力智慧城市", ["大连", "青岛", "厦门"], FAST, "评选理由"),
            Award(1, "2012年度最具远见智慧城市", ["无锡", "宁波"], GREEN, "评选理由"),
        ],
        label="2012",
    )
    return Sample("old-page.htm", page.encode("gb2312"), expected)


def markdown() -> Sample:
    """Headings of two levels without numbers, an ordered list of winners, a table and a picture."""
    text = f"""# 2019年度智慧县域评选结果

## 县域奖项

### 2019年度最具韧性智慧县域

1. 昆山市
2. 义乌市
3. 晋江市

**获奖理由:** {WARM}

### 2019年度最佳数据共享县域

江阴市、慈溪市

## 县域榜单

### 2019年度智慧县域百强得分

| 名次 | 县域 | 所属省份 | 综合得分 |
|------|------|------|------|
| 1 | 昆山市 | 江苏 | 91.3 |
| 2 | 江阴市 | 江苏 | 90.7 |

### 2019年度智慧县域潜力排名

![县域潜力排名](qianli.png)
"""
    rows = [(1, "昆山市", "91.3", ""), (2, "江阴市", "90.7", "")]
    expected = Expected(
        awards=[
            Award(1, "2019年度最具韧性智慧县域", ["昆山市", "义乌市", "晋江市"], WARM, "获奖理由"),
            Award(1, "2019年度最佳数据共享县域", ["江阴市", "慈溪市"]),
        ],
        tables=[
            Table(2, "2019年度智慧县域百强得分", "partial", rows),
            Table(2, "2019年度智慧县域潜力排名", "not_transcribed", caption="县域潜力排名"),
        ],
        series=["县域奖项", "县域榜单"],
        notices={"citation-missing", "columns", "count"},
    )
    return Sample("counties.md", text.encode(), expected)


def word() -> Sample:
    """A Word document: numbers that Word writes, a table with merged bands, a picture, a running footer."""
    document = docx.Document()
    numbered = _numbering(document)
    document.add_heading("2019年度智慧园区评估结果通报", 0)
    _numbered(document, "综合奖项", numbered, 0)
    _numbered(document, "2019年度最佳运营智慧园区", numbered, 1)
    document.add_paragraph("北京未来科技城、中新天津生态城")
    document.add_paragraph("获奖评语:" + GREEN)
    _numbered(document, "2019年度优秀服务智慧园区", numbered, 1)
    document.add_paragraph("苏州工业园区、张江科学城")
    document.add_paragraph("获奖评语:" + FAST)
    _numbered(document, "园区榜单", numbered, 0)
    _numbered(document, "2019年度智慧园区得分排名", numbered, 1)
    _table(document)
    _numbered(document, "2019年度智慧园区潜力排名", numbered, 1)
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(picture, "PNG")
    picture.seek(0)
    document.add_picture(picture)
    document.element.body.xpath(".//wp:docPr")[0].set("descr", "潜力排名")
    document.element.body.xpath(".//pic:cNvPr")[0].set("descr", "智慧园区潜力排名")
    document.sections[0].footer.paragraphs[0].text = "内部资料 第1页"
    file = io.BytesIO()
    document.save(file)
    rows = [
        (1, "苏州工业园区", "93.5", "第一梯队"),
        (2, "张江科学城", "92.0", "第一梯队"),
        (3, "北京未来科技城", "85.5", "第二梯队"),
    ]
    expected = Expected(
        awards=[
            Award(1, "2019年度最佳运营智慧园区", ["北京未来科技城", "中新天津生态城"], GREEN, "获奖评语"),
            Award(1, "2019年度优秀服务智慧园区", ["苏州工业园区", "张江科学城"], FAST, "获奖评语"),
        ],
        tables=[
            Table(2, "2019年度智慧园区得分排名", "complete", rows),
            Table(2, "2019年度智慧园区潜力排名", "not_transcribed", caption="智慧园区潜力排名"),
        ],
        series=["综合奖项", "园区榜单"],
    )
    return Sample("parks.docx", file.getvalue(), expected)


def _table(document: WordDocument) -> None:
    table = document.add_table(rows=4, cols=4)
    texts = [
        ("梯队", "名次", "园区名称", "得分"),
        ("第一梯队", "1", "苏州工业园区", "93.5"),
        ("", "2", "张江科学城", "92.0"),
        ("第二梯队", "3", "北京未来科技城", "85.5"),
    ]
    for row, cells in zip(table.rows, texts, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))


def _numbering(document: WordDocument) -> str:
    """Add a list of two levels, 一、 and (一), and return its identifier."""
    root = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        for depth, pattern in enumerate(("%1、", "（%2）"))
    )
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>')
    root.insert(0, abstract)
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    return "77"


def _numbered(document: WordDocument, text: str, list_id: str, depth: int) -> None:
    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>')
    )
