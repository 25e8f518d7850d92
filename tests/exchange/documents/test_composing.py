"""The composed bulletin: it says what the database says, all of it, and no figure that is not there."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from awards.models import Award, Citation, Fact, Organiser, Recipient, Release, Section, Series, Source
from cityrank.exchange.documents.composing import compose
from cityrank.exchange.documents.structure import Names, Note, Table
from cityrank.exchange.documents.text import as_text
from cityrank.publishing.workflow import start_draft
from scores.models import Band, GroupAverage, Ranking, Score
from tests.factories import awards, registry, scores

STORED = (
    Series, Award, Citation, Recipient, Ranking, Band, Score, GroupAverage, Section, Fact, Source, Organiser,
)  # fmt: skip
FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")


def figures_in(value: object) -> set[str]:
    return {found.replace(",", "") for found in FIGURE.findall(str(value))}


def figures_of(release: Release) -> set[str]:
    """Return every figure that is stored with a release, and those that are counted or subtracted from them."""
    found: set[str] = figures_in(release.edition.label)
    own = [release, *(row for model in STORED for row in model.objects.of_release(release))]
    for row in own:
        for field in row._meta.concrete_fields:
            value = getattr(row, field.attname)
            if field.is_relation or field.primary_key or value is None:
                continue
            if isinstance(value, dt.datetime):
                value = timezone.localdate(value)
            if isinstance(value, dt.date):
                found |= {str(part) for part in (value.year, value.month, value.day)}
            elif isinstance(value, Decimal):
                found |= {f"{abs(value):.{places}f}" for places in range(5)}
            else:
                found |= figures_in(value)
    for row in GroupAverage.objects.of_release(release):
        found |= figures_in(row.shown("computed_change"))
    counts = [award.recipients.count() for award in Award.objects.of_release(release)]
    names = [figures_in(row.subject.name_en) for row in Recipient.objects.of_release(release) if row.subject]
    return (
        found
        | {str(count) for count in [*counts, Series.objects.of_release(release).count()]}
        | set().union(*names)
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_figure_of_the_bulletin_is_the_database_s(bundled: Release, language: str) -> None:
    text = as_text(compose(bundled, language))
    assert len(figures_in(text)) > 60
    assert figures_in(text) - figures_of(bundled) == set()


def test_the_bulletin_names_every_winner_in_order(bundled: Release) -> None:
    lists = [block.names for block in compose(bundled, "zh").blocks if isinstance(block, Names)]
    printed = [
        list(award.recipients.order_by("position").values_list("printed_name", flat=True))
        for award in Award.objects.of_release(bundled).order_by("series__number", "position")
    ]
    assert [[name for name, _printed in names] for names in lists] == printed
    assert sum(map(len, printed)) == 127


def test_the_bulletin_says_what_was_not_printed(bundled: Release) -> None:
    text = as_text(compose(bundled, "zh"))
    assert text.count("刊出情况：以图片刊出，数值尚未转录。\n") == 8
    assert text.count("仅公布名称，通报未刊出内容。") == 1
    english = as_text(compose(bundled, "en"))
    assert english.count("Published as an image; its values have not been transcribed.\n") == 8
    assert english.count("Announced; nothing of it was printed.") == 1


def test_a_contradiction_stands_beside_the_figures_that_it_is_about(bundled: Release) -> None:
    text = as_text(compose(bundled, "zh"))
    assert (
        "省会城市平均得分率为64.34%，较上一年度的56.70%提高了8.74%。\n\n注：通报写提高8.74，而两个数值相差为提高7.64。"
        in text
    )
    assert "注：平均取前20名，榜单列前30名。" in text
    assert "注：系列目录作“2018年度中国最具投资价值智慧城市”。" in text
    english = as_text(compose(bundled, "en"))
    assert (
        "Provincial capitals: 64.34%, against 56.70% the year before; stated change +8.74 percentage points."
        in english
    )
    assert "The change is stated as +8.74; the difference of the two values is +7.64." in english


def test_a_shared_citation_stands_once_below_the_last_of_its_awards(bundled: Release) -> None:
    text = as_text(compose(bundled, "zh"))
    citation = Award.objects.of_release(bundled).get(slug="smart-towns-25").citation
    assert text.count(citation.text_zh) == 1
    assert text.index("广西桂林市恭城瑶族自治县莲花镇") < text.index(citation.text_zh)
    assert text.count("共用一段点评。\n") == 2


def test_whose_words_they_are_is_said(bundled: Release) -> None:
    citation = Award.objects.of_release(bundled).get(slug="tourism").citation
    assert f"获奖点评：{citation.text_zh}（概述）" in as_text(compose(bundled, "zh"))


def test_the_original_wording_is_not_called_a_summary(db: None) -> None:
    draft = awards.empty_draft()
    why = awards.citation(draft, text="原文。")
    Citation.objects.filter(pk=why.pk).update(kind="verbatim")
    awards.award(awards.series(draft), "a", [("杭州", registry.hangzhou())], citation=why)
    assert "获奖理由：原文。\n" in as_text(compose(draft, "zh"))


def test_a_table_has_its_rows_as_printed(release: Release) -> None:
    for language, name in (("zh", "第1市"), ("en", None)):
        (table,) = [block for block in compose(release, language).blocks if isinstance(block, Table)]
        row = table.rows[0]
        assert (row[0], row[-1]) == ("1", "90.00")
        assert name is None or row[1] == name
        assert list(table.bands) == [0]
    assert table.columns == ("Rank", "Name", "As printed", "Score (of 100)")


def test_a_row_without_rank_or_score_says_so(db: None) -> None:
    draft = awards.empty_draft()
    table = scores.ranking(awards.series(draft), "cities", state="partial")
    scores.score(table, 1, registry.hangzhou(), None, status="missing", printed_rank=None)
    document = compose(draft, "zh")
    (shown,) = [block for block in document.blocks if isinstance(block, Table)]
    assert shown.rows == (("", "杭州市", ""),)
    assert "杭州市：得分缺。" in [block.text for block in document.blocks if isinstance(block, Note)]
    assert "以下为已转录的部分，其余尚未转录。" in as_text(document)


def test_a_draft_says_what_it_is(release: Release) -> None:
    document = compose(start_draft(release.edition), "en", "https://example.org")
    text = as_text(document)
    assert text.startswith("DRAFT")
    assert text.rstrip().endswith("do not cite")
    assert document.address == ""
    assert compose(release, "en").mark == ""


def test_the_permanent_address_is_that_of_the_release(release: Release) -> None:
    address = "https://example.org/en/editions/2017-2018/releases/1/"
    document = compose(release, "en", "https://example.org")
    assert document.address == address
    assert address in as_text(document)
    assert compose(release, "zh").address == ""


def test_an_empty_draft_is_a_document_too(db: None) -> None:
    draft = awards.empty_draft(announced_on=None)
    for language in ("zh", "en"):
        assert as_text(compose(draft, language))


def test_a_fall_is_told_as_one(db: None) -> None:
    draft = awards.empty_draft()
    scores.average(
        draft,
        printed_value=Decimal("60.00"),
        printed_previous=Decimal("61.20"),
        printed_change=Decimal("-1.20"),
    )
    assert "平均得分率为60.00%，较上一年度的61.20%下降了1.20%。" in as_text(compose(draft, "zh"))
    assert "stated change −1.20 percentage points" in as_text(compose(draft, "en"))


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_large_edition_costs_as_many_queries_as_a_small_one(language: str) -> None:
    costs = []
    for label, rows in (("2017-2018", 1), ("2018-2019", 4)):
        release = Release.objects.select_related("edition").get(
            pk=awards.published_edition(label, rows=rows).pk
        )
        with CaptureQueriesContext(connection) as queries:
            compose(release, language)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_a_template_in_a_name_stays_text(db: None) -> None:
    draft = awards.empty_draft(title_zh="{release} #emph[x] %(number)s", title_en="")
    awards.award(awards.series(draft), "a", [("{0}#panic()", registry.hangzhou())])
    text = as_text(compose(draft, "zh"))
    assert "{release} #emph[x] %(number)s" in text
    assert "{0}#panic()" in text
