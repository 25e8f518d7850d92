"""The same page opened by many people, sent by all of them at the same moment, as their browsers do it."""

import json
import re
from functools import partial
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from awards.models import Release
from cityrank.publishing.models import EntryRow, Move
from cityrank.publishing.workflow import approve_release, submit_release
from scores.models import Ranking, Score
from tests.awards.admin_pages import address, form_data
from tests.factories import accounts, awards, entries, scores
from tests.threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]

# SQLite lets one write after the other: fewer people show the same there.
MANY = 50 if connection.vendor == "postgresql" else 12


def signed_in(role: str, name: str) -> Client:
    return accounts.signed_in(accounts.user(role, name))


def test_of_eight_publishers_who_press_publish_one_publishes_and_seven_are_told() -> None:
    draft = awards.secret_draft(awards.published_edition())
    awards.acknowledge_all(draft)
    approve_release(submit_release(draft))
    people = [signed_in("publisher", f"publisher{number}") for number in range(8)]
    with override("en"):
        button = reverse("admin:awards_release_step", args=[draft.pk, "publish"])
    assert {client.get(button).status_code for client in people} == {200}

    answers = at_once(*[partial(client.post, button, {"reason": "更正"}) for client in people])

    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [302]
    winner = [answer.status_code for answer in answers].index(302)
    told = [answer.content.decode() for answer in answers if answer.status_code == 200]
    assert all("Release 2 of 2017-2018 is published: “publish” is not possible now." in page for page in told)
    assert Release.objects.get(pk=draft.pk).published_by.username == f"publisher{winner}"
    assert Release.objects.filter(status="published").count() == 1
    assert Move.objects.filter(release=draft, action="publish").count() == 1


def opened_row(people: int) -> tuple[Score, list[Client]]:
    clients = [signed_in("evaluator", f"evaluator{number}") for number in range(people)]
    table = scores.ranking(awards.series(awards.empty_draft(), 8), rows=3)
    for number in range(people):
        accounts.takes_all(table.release, f"evaluator{number}")
    return table.scores.get(position=1), clients


def test_of_many_who_save_one_row_one_wins_and_the_others_keep_what_they_typed() -> None:
    row, clients = opened_row(4)
    page = address(Score, "change", row.pk)
    forms = [form_data(client.get(page)) for client in clients]
    texts = [f"名{number:03}" for number in range(MANY)]

    def save(number: int) -> tuple[int, str]:
        client = Client()
        client.cookies = clients[number % 4].cookies
        answer = client.post(page, forms[number % 4] | {"printed_name": texts[number]})
        return answer.status_code, answer.content.decode()

    answers = at_once(*[partial(save, number) for number in range(MANY)])

    assert sorted(status for status, _page in answers) == [200] * (MANY - 1) + [302]
    won = texts[[status for status, _page in answers].index(302)]
    row.refresh_from_db()
    assert row.printed_name == won
    for text, (status, told) in zip(texts, answers, strict=True):
        assert status == 302 or (text in told and won in told)
    written = row.history.filter(history_user__isnull=False).values_list("printed_name", flat=True)
    assert list(written) == [won]


def test_whoever_is_told_and_sends_again_gets_through_and_every_version_is_kept() -> None:
    row, clients = opened_row(6)
    page = address(Score, "change", row.pk)
    forms = [form_data(client.get(page)) for client in clients]

    def save(number: int) -> int:
        """Send the form until it is taken; each time over what the server said that it has seen."""
        form, mine = forms[number], f"名{number}"
        for attempt in range(1, 20):
            answer = clients[number].post(page, form | {"printed_name": mine})
            if answer.status_code == 302:
                return attempt
            assert answer.status_code == 200
            assert f'value="{mine}"' in answer.content.decode()
            form = form | {"_seen": seen(answer.content.decode())}
        return 0

    attempts = at_once(*[partial(save, number) for number in range(6)])

    assert all(attempts)
    assert 1 in attempts
    written = list(row.history.filter(history_user__isnull=False).order_by("pk"))
    assert sorted(one.printed_name for one in written) == [f"名{number}" for number in range(6)]
    row.refresh_from_db()
    assert row.printed_name == written[-1].printed_name


def test_of_many_windows_that_save_one_cell_of_a_scan_one_wins_and_the_others_are_told() -> None:
    table = entries.table()
    entry = entries.typed(table, "ada")
    ada = accounts.signed_in(accounts.get("ada"))
    where = reverse("admin:scores_ranking_autosave", args=[table.pk])

    answers = at_once(*[partial(send, ada, where, typed(table, number, base=1)) for number in range(MANY)])

    stored = entry.rows.get(position=1)
    assert [answer["versions"] for answer in answers if answer["versions"]] == [{"1": stored.version}]
    told = [answer["overtaken"][0] for answer in answers if not answer["versions"]]
    assert len(told) == MANY - 1
    assert {(one["version"], one["printed_score"]) for one in told} == {
        (stored.version, stored.printed_score)
    }
    assert EntryRow.objects.filter(entry=entry).count() == 3

    # Whoever types again over what they were told is stored: a version follows a version.
    again = send(ada, where, typed(table, 900, base=stored.version))
    assert again["versions"] == {"1": 1900}


def test_rows_that_many_windows_save_side_by_side_are_all_kept() -> None:
    table = entries.table(expected_count=MANY)
    ada = accounts.signed_in(accounts.get("ada"))
    where = reverse("admin:scores_ranking_autosave", args=[table.pk])
    rows = [entries.row(number, (str(number), "杭州", f"{number}.50")) for number in range(1, MANY + 1)]

    answers = at_once(*[partial(send, ada, where, row | {"person": 0}) for row in rows])

    assert all(not answer["overtaken"] for answer in answers)
    kept = EntryRow.objects.filter(entry__ranking=table).order_by("position")
    assert [row.printed_score for row in kept] == [f"{number}.50" for number in range(1, MANY + 1)]
    assert table.entries.count() == 1


def seen(page: str) -> str:
    """Return what a page says about the state of the row that it shows."""
    field = re.search(r'<input[^>]*name="_seen"[^>]*>', page)
    assert field
    value = re.search(r'value="([^"]*)"', field[0])
    assert value
    return unescape(value[1])


def typed(table: Ranking, number: int, base: int) -> dict[str, object]:
    """Return the first row as one of many windows has it, each with another score."""
    return entries.row(1, ("1", "杭州", f"{number % 100}.25"), version=1000 + number, base=base)


def send(client: Client, where: str, row: dict[str, object]) -> dict:
    window = Client()
    window.cookies = client.cookies
    body = {"person": accounts.get("ada").pk, "rows": [row]}
    answer = window.post(where, json.dumps(body), content_type="application/json")
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()
