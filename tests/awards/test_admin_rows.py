"""The recipients of an award, edited as a table on its page."""

import pytest
from django.test import Client

from awards.models import Award, Recipient
from tests.awards.admin_pages import saved


def order(award: Award) -> list[str]:
    return list(award.recipients.order_by("position").values_list("printed_name", flat=True))


def test_two_recipients_change_places_in_one_save(evaluator: Client, table: Award) -> None:
    response = saved(evaluator, table, **{"recipients-0-position": 2, "recipients-1-position": 1})
    assert response.status_code == 302
    assert order(table) == ["第2镇", "第1镇", "第3镇"]
    first = Recipient.objects.get(printed_name="第1镇")
    assert first.subject is not None
    assert list(first.history.values_list("position", flat=True)) == [2, 1]


def test_two_recipients_change_subjects_in_one_save(evaluator: Client, table: Award) -> None:
    one, two, _three = table.recipients.order_by("position")
    changes = {"recipients-0-subject": two.subject_id, "recipients-1-subject": one.subject_id}
    assert saved(evaluator, table, **changes).status_code == 302
    assert Recipient.objects.get(pk=one.pk).subject_id == two.subject_id


def test_a_row_takes_the_place_of_one_that_is_deleted(evaluator: Client, table: Award) -> None:
    changes = {"recipients-0-position": 3, "recipients-2-DELETE": "on"}
    assert saved(evaluator, table, **changes).status_code == 302
    assert order(table) == ["第2镇", "第1镇"]


def test_a_new_row_without_a_position_goes_to_the_end(evaluator: Client, table: Award) -> None:
    changes = {
        "recipients-TOTAL_FORMS": 4,
        "recipients-3-printed_name": "新镇",
        "recipients-3-position": "",
        "recipients-3-subject": "",
        "recipients-3-award": table.pk,
        "recipients-3-id": "",
    }
    assert saved(evaluator, table, **changes).status_code == 302
    assert order(table)[-1] == "新镇"


@pytest.mark.parametrize("field", ["position", "subject"])
def test_a_value_used_twice_is_said_at_the_field(evaluator: Client, table: Award, field: str) -> None:
    first = table.recipients.order_by("position").first()
    value = first.position if field == "position" else first.subject_id
    response = saved(evaluator, table, **{f"recipients-1-{field}": value})
    assert response.status_code == 200
    assert field in response.context["inline_admin_formsets"][0].formset.forms[1].errors
    assert order(table) == ["第1镇", "第2镇", "第3镇"]
