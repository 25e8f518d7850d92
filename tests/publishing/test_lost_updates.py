"""Two evaluators with the same table open."""

import re
from decimal import Decimal

import pytest
from django.test import Client

from awards.models import Award
from scores.models import Ranking, Score
from tests.awards.admin_pages import address, form_data
from tests.factories import accounts, awards, registry, scores


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(accounts.user("evaluator", name))
    return client


@pytest.fixture
def li(db: None) -> Client:
    return signed_in("li")


@pytest.fixture
def wang(db: None) -> Client:
    return signed_in("wang")


@pytest.fixture
def table(li: Client, wang: Client) -> Ranking:
    """A table of three rows that is assigned to both."""
    return both_have(scores.ranking(awards.series(awards.empty_draft(), 8), rows=3))


def both_have(table: Ranking) -> Ranking:
    for name in ("li", "wang"):
        accounts.takes_all(table.release, name)
    return table


def page_of(row: Ranking | Award | Score) -> str:
    return address(type(row), "change", row.pk)


def opened(client: Client, row: Ranking | Award | Score) -> dict:
    """Return the form of a row as a browser would send it back unchanged."""
    return form_data(client.get(page_of(row)))


def printed(table: Ranking) -> list[str]:
    return [f"{score.printed_score:.1f}" for score in table.scores.order_by("position")]


def test_what_two_people_changed_in_different_rows_is_both_kept(
    li: Client, wang: Client, table: Ranking
) -> None:
    of_li, of_wang = opened(li, table), opened(wang, table)
    assert li.post(page_of(table), of_li | {"scores-0-printed_score": "90.5"}).status_code == 302
    answer = wang.post(page_of(table), of_wang | {"scores-2-printed_score": "88.5"}, follow=True)
    assert printed(table) == ["90.5", "89.0", "88.5"]
    told = [str(message) for message in answer.context["messages"]]
    assert any("li" in text and "90.5" in text for text in told)


def test_what_two_people_changed_in_different_columns_of_a_row_is_both_kept(
    li: Client, wang: Client, table: Ranking
) -> None:
    of_li, of_wang = opened(li, table), opened(wang, table)
    li.post(page_of(table), of_li | {"scores-0-printed_score": "90.5"})
    wang.post(page_of(table), of_wang | {"scores-0-printed_name": "新名"})
    row = table.scores.get(position=1)
    assert (row.printed_score, row.printed_name) == (Decimal("90.5"), "新名")


def test_the_second_save_of_the_same_cell_is_told_who_changed_it_from_what_to_what(
    li: Client, wang: Client, table: Ranking
) -> None:
    of_li, of_wang = opened(li, table), opened(wang, table)
    li.post(page_of(table), of_li | {"scores-0-printed_score": "90.5"})
    answer = wang.post(
        page_of(table), of_wang | {"scores-0-printed_score": "99.9", "scores-1-printed_name": "也改了"}
    )
    assert answer.status_code == 200
    form = answer.context["inline_admin_formsets"][0].formset.forms[0]
    sentence = str(form.errors["printed_score"])
    assert "li" in sentence
    assert "90" in sentence
    assert "90.5" in sentence
    assert form["printed_score"].value() == "99.9"
    assert answer.context["inline_admin_formsets"][0].formset.forms[1]["printed_name"].value() == "也改了"
    assert printed(table) == ["90.5", "89.0", "88.0"]

    again = form_data(answer)
    assert wang.post(page_of(table), again).status_code == 302
    assert printed(table)[0] == "99.9"
    assert table.scores.get(position=2).printed_name == "也改了"


def test_whoever_is_told_may_take_the_value_of_the_other(li: Client, wang: Client, table: Ranking) -> None:
    of_li, of_wang = opened(li, table), opened(wang, table)
    li.post(page_of(table), of_li | {"scores-0-printed_score": "90.5"})
    answer = wang.post(page_of(table), of_wang | {"scores-0-printed_score": "99.9"})
    ticked = re.search(r'type="checkbox" name="(scores-0-printed_score-theirs)"', answer.content.decode())
    assert wang.post(page_of(table), of_wang | {
        "scores-0-printed_score": "99.9", "scores-1-printed_score": "88.8", ticked[1]: "1",
    }).status_code == 302  # fmt: skip
    assert printed(table) == ["90.5", "88.8", "88.0"]


def test_the_heading_of_a_row_is_merged_as_its_table_is(li: Client, wang: Client) -> None:
    place = registry.hangzhou()
    award = awards.award(awards.series(awards.empty_draft()), winners=[("杭州", place)])
    for name in ("li", "wang"):
        accounts.takes_all(award.release, name)
    of_li, of_wang = opened(li, award), opened(wang, award)
    li.post(page_of(award), of_li | {"title_en": "By Li"})
    answer = wang.post(page_of(award), of_wang | {"title_en": "By Wang"})
    assert "By Li" in str(answer.context["adminform"].form.errors["title_en"])
    assert wang.post(page_of(award), of_wang | {"title_printed": "王改"}).status_code == 302
    award.refresh_from_db()
    assert (award.title_en, award.title_printed) == ("By Li", "王改")


def test_a_row_that_somebody_deleted_meanwhile_is_asked_about_and_can_be_added_anew(
    li: Client, wang: Client, table: Ranking
) -> None:
    of_li, of_wang = opened(li, table), opened(wang, table)
    li.post(page_of(table), of_li | {"scores-1-DELETE": "on"})
    answer = wang.post(page_of(table), of_wang | {"scores-1-printed_score": "77.7"})
    assert answer.status_code == 200
    formset = answer.context["inline_admin_formsets"][0].formset
    assert "li" in str(formset.forms[2].non_field_errors())
    assert formset.forms[2]["printed_score"].value() == "77.7"
    assert wang.post(page_of(table), form_data(answer)).status_code == 302
    assert sorted(printed(table)) == ["77.7", "88.0", "90.0"]


def test_a_deleted_row_that_was_only_looked_at_stays_deleted(
    li: Client, wang: Client, table: Ranking
) -> None:
    of_li, of_wang = opened(li, table), opened(wang, table)
    li.post(page_of(table), of_li | {"scores-1-DELETE": "on"})
    assert wang.post(page_of(table), of_wang | {"scores-2-printed_score": "77.7"}).status_code == 302
    assert printed(table) == ["90.0", "77.7"]


def test_a_row_that_was_changed_meanwhile_is_not_deleted_unseen(
    li: Client, wang: Client, table: Ranking
) -> None:
    of_li, of_wang = opened(li, table), opened(wang, table)
    li.post(page_of(table), of_li | {"scores-1-printed_score": "77.7"})
    answer = wang.post(page_of(table), of_wang | {"scores-1-DELETE": "on"})
    assert answer.status_code == 200
    assert table.scores.count() == 3
    again = form_data(answer) | {"scores-1-DELETE": "on"}
    assert wang.post(page_of(table), again).status_code == 302
    assert table.scores.count() == 2


def test_a_row_that_somebody_added_meanwhile_is_met_at_the_field(
    li: Client, wang: Client, table: Ranking
) -> None:
    of_li, of_wang = opened(li, table), opened(wang, table)
    city = registry.place("339950", "第五十市", "prefecture", registry.zhejiang())
    new = {"scores-TOTAL_FORMS": 4, "scores-3-printed_name": "新", "scores-3-subject": city.pk,
           "scores-3-printed_score": "70", "scores-3-status": "final", "scores-3-position": "4"}  # fmt: skip
    assert li.post(page_of(table), of_li | new).status_code == 302
    answer = wang.post(page_of(table), of_wang | new)
    assert answer.status_code == 200
    errors = answer.context["inline_admin_formsets"][0].formset.forms[3].errors
    assert {"position", "subject"} & set(errors)
    assert table.scores.count() == 4


def test_what_was_typed_into_a_row_that_is_gone_is_given_back(
    li: Client, wang: Client, table: Ranking
) -> None:
    row = table.scores.get(position=2)
    of_wang = opened(wang, row)
    li.post(page_of(table), opened(li, table) | {"scores-1-DELETE": "on"})
    answer = wang.post(page_of(row), of_wang | {"printed_name": "写了很久"})
    assert answer.status_code == 409
    assert "写了很久" in answer.content.decode()
    assert "li" in answer.context["sentence"]


def test_a_save_that_changes_nothing_leaves_no_trace(li: Client, table: Ranking) -> None:
    row = table.scores.get(position=1)
    before = Score.history.count(), Ranking.history.count()
    for opened_row in (table, row):
        assert li.post(page_of(opened_row), opened(li, opened_row)).status_code == 302
    assert li.post(page_of(row), opened(li, row) | {"printed_score": "90.00"}).status_code == 302
    assert (Score.history.count(), Ranking.history.count()) == before


def test_the_history_keeps_the_reason_of_a_change_in_the_form_and_in_its_table(
    li: Client, table: Ranking
) -> None:
    sent = opened(li, table) | {"scores-0-printed_score": "90.5", "title_en": "Scores", "_why": "按原件更正"}
    li.post(page_of(table), sent)
    assert table.history.latest().history_change_reason == "按原件更正"
    record = table.scores.get(position=1).history.latest()
    assert (record.history_change_reason, record.history_user.username) == ("按原件更正", "li")
