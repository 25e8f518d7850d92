"""The grid beside the scan as the server answers it: to whom, with what, and to nobody else's questions."""

import json
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from awards.models import Attachment, Release
from cityrank.publishing.models import Entry, EntryRow
from scores.models import Ranking
from tests.factories import accounts, entries, registry, scans
from tests.factories.entries import RIGHT, finished, person, row, typed

pytestmark = pytest.mark.django_db

# What only Ada has typed: it stands in no answer to anybody else.
SECRET = "87.65"
HERS = [("1", "杭州", "90.10"), ("2", "宁波", SECRET), ("3", "温州", "85.30")]


@pytest.fixture
def table(settings: object, tmp_path: Path) -> Ranking:
    settings.MEDIA_ROOT = tmp_path
    made = entries.table(double_entry=True)
    file = ContentFile(scans.picture(), "scan.png")
    made.scan = Attachment.objects.create(release=made.release, title="附表", file=file)
    made.save()
    return made


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(person(name), accounts.BACKEND)
    return client


def address(ranking: Ranking, name: str = "enter") -> str:
    return reverse(f"admin:scores_ranking_{name}", args=[ranking.pk])


def save(client: Client, ranking: Ranking, rows: list, by: str) -> object:
    body = {"person": person(by).pk, "rows": rows}
    return client.post(address(ranking, "autosave"), json.dumps(body), content_type="application/json")


def test_to_look_at_the_grid_begins_no_entry_and_the_first_row_does(table: Ranking) -> None:
    client = signed_in("ada")
    page = client.get(address(table))
    assert page.status_code == 200
    assert table.scan.sha256 in page.content.decode()
    assert not Entry.objects.exists()
    answer = save(client, table, [row(1, RIGHT[0])], "ada")
    assert answer.json()["versions"] == {"1": 1}
    assert answer.json()["overtaken"] == []
    assert Entry.objects.get().person == person("ada")


def test_the_grid_has_the_rules_of_the_table_and_what_was_typed(table: Ranking) -> None:
    typed(table, "ada")
    grid = signed_in("ada").get(address(table)).context["grid"]
    assert (grid["count"], grid["maximum"], grid["decimals"], grid["tieRule"]) == (3, "100.0000", 2, "min")
    assert [(one["printed_name"], one["label"].split(" ")[0]) for one in grid["rows"]] == [
        ("杭州", "杭州市"), ("宁波", "宁波市"), ("温州", "温州市"),
    ]  # fmt: skip


def test_a_row_that_another_window_saved_is_answered_with_what_it_saved(table: Ranking) -> None:
    client = signed_in("ada")
    save(client, table, [row(1, RIGHT[0], version=10)], "ada")
    answer = save(client, table, [row(1, ("1", "杭州", "99"), version=20), row(2, RIGHT[1])], "ada").json()
    assert answer["versions"] == {"2": 2}
    (other,) = answer["overtaken"]
    assert (other["position"], other["version"], other["printed_score"]) == (1, 10, "90.10")


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"null", b"[]", b"5", b'"rows"', b'{"rows": {}}', b'{"rows": [5]}', b'{"rows": [[]]}', b"\xff\xfe",
        b'{"rows": "' + b"x" * 600_000 + b'"}', b"[" * 100_000, b'{"rows": [], "rows": 7}',
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_answered_with_a_sentence(table: Ranking, body: bytes) -> None:
    for name in ("autosave", "match"):
        answer = signed_in("ada").post(address(table, name), body, content_type="application/json")
        assert answer.status_code == 400
        assert len(answer.json()["refused"]) > 5
    assert not Entry.objects.exists()


@pytest.mark.parametrize("wrong", [{"position": "x"}, {"printed_name": 7}, {"status": "?"}, {"subject": [1]}])
def test_a_row_of_another_shape_is_answered_with_a_sentence_and_nothing_is_stored(
    table: Ranking, wrong: dict
) -> None:
    answer = save(signed_in("ada"), table, [row(2, RIGHT[1]), row(1, RIGHT[0]) | wrong], "ada")
    assert answer.status_code == 400
    assert answer.json()["refused"]
    assert not EntryRow.objects.exists()


def test_rows_are_sent_by_post_and_tables_that_are_not_there_are_missing(table: Ranking) -> None:
    client = signed_in("ada")
    assert client.get(address(table, "autosave")).status_code == 405
    for name in ("enter", "compare", "suggest"):
        assert client.get(reverse(f"admin:scores_ranking_{name}", args=[999_999])).status_code == 404


def test_what_one_person_typed_is_not_kept_as_the_next_ones_at_the_same_computer(table: Ranking) -> None:
    answer = save(signed_in("ben"), table, [row(1, RIGHT[0])], "ada")
    assert answer.status_code == 409
    assert "ben" in answer.json()["refused"]
    assert not Entry.objects.exists()


def test_a_release_that_is_no_draft_any_more_is_answered_with_a_sentence(table: Ranking) -> None:
    client = signed_in("ada")
    save(client, table, [row(1, RIGHT[0])], "ada")
    Release.objects.filter(pk=table.release_id).update(status="in_review")
    answer = save(client, table, [row(1, RIGHT[1], version=9, base=1)], "ada")
    assert answer.status_code == 409
    page = client.get(address(table))
    assert page.status_code == 200
    assert not page.context["is_open"]
    assert page.context["grid"]["rows"][0]["printed_name"] == "杭州"
    assert client.post(address(table), {"action": "finish"}).status_code == 200


# --- Roles ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["reviewer", "publisher", "auditor"])
def test_a_role_that_enters_no_rows_is_led_back_with_a_sentence(table: Ranking, role: str) -> None:
    accounts.user(role)
    client = signed_in(role)
    page = client.get(address(table), follow=True)
    assert page.redirect_chain[-1][0] == reverse("admin:scores_ranking_change", args=[table.pk])
    assert [str(message) for message in page.context["messages"]]
    assert save(client, table, [row(1, RIGHT[0])], role).status_code == 409
    assert client.get(address(table, "compare")).status_code == 200
    assert not Entry.objects.exists()


def test_who_is_not_signed_in_is_asked_to_and_who_may_not_see_rankings_is_refused(table: Ranking) -> None:
    accounts.user("evaluator", "stranger").groups.clear()
    for name in ("enter", "autosave", "suggest", "match", "compare", "start_over"):
        assert Client().get(address(table, name)).status_code == 302
        assert signed_in("stranger").get(address(table, name)).status_code in (403, 405)
    assert save(signed_in("stranger"), table, [row(1, RIGHT[0])], "stranger").status_code == 403


# --- Neither sees the other's -----------------------------------------------------------------------------------


def answers_to(name: str, table: Ranking) -> dict[str, str]:
    """Return everything that somebody may ask about a table, in both languages, with what they are told."""
    client = signed_in(name)
    client.raise_request_exception = False
    own = [
        address(table),
        address(table, "compare"),
        address(table, "suggest") + f"?q={SECRET}",
        reverse("admin:scores_ranking_change", args=[table.pk]),
        reverse("admin:scores_ranking_history", args=[table.pk]),
        reverse("admin:scores_ranking_changelist"),
        reverse("admin:scores_score_changelist") + f"?q={SECRET}",
        reverse("admin:awards_release_change", args=[table.release_id]),
        reverse("admin:awards_release_checks", args=[table.release_id]),
        reverse("admin:awards_release_work", args=[table.release_id]),
        reverse("admin:awards_release_log", args=[table.release_id]),
        reverse("admin:index"),
        f"/editions/2017-2018/rankings/{table.slug}/",
        f"/api/v1/editions/2017-2018/rankings/{table.slug}/",
    ]
    paths = own + [f"/en{path}" for path in own if not path.startswith("/api")]
    answers = {path: client.get(path, follow=True) for path in paths}
    assert {answer.status_code for answer in answers.values()} <= {200, 403, 404}
    told = {path: answer.content.decode() for path, answer in answers.items()}
    told["finish"] = client.post(address(table), {"action": "finish"}, follow=True).content.decode()
    told["reopen"] = client.post(address(table), {"action": "reopen"}, follow=True).content.decode()
    decide = {"position": 2, "cell": "printed_score", "chosen": 1}
    told["decide"] = client.post(address(table, "compare"), decide, follow=True).content.decode()
    return told


@pytest.mark.parametrize("is_finished", [False, True], ids=["while she types", "when she is finished"])
@pytest.mark.parametrize("name", ["ben", "cai", "auditor", "publisher", "reviewer"])
def test_nobody_is_told_what_ada_typed_before_both_are_finished(
    table: Ranking, name: str, is_finished: bool
) -> None:
    if name not in ("ben", "cai"):
        accounts.user(name)
    (finished if is_finished else typed)(table, "ada", HERS)
    for path, text in answers_to(name, table).items():
        assert SECRET not in text.replace(f"q={SECRET}", "").replace(f'value="{SECRET}"', ""), path


def test_a_late_second_is_not_told_either_by_a_save_over_the_same_rows(table: Ranking) -> None:
    typed(table, "ada", HERS)
    client = signed_in("ben")
    answer = save(client, table, [row(2, ("2", "宁波", "1"), version=2, base=2)], "ben")
    assert answer.json()["overtaken"] == []
    assert SECRET not in answer.content.decode()


# --- The third --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_third_decides_a_cell_and_sees_the_ranking_settled(table: Ranking, language: str) -> None:
    finished(table, "ada", HERS)
    finished(table, "ben")
    with override(language):
        client, compare = signed_in("cai"), address(table, "compare")
    page = client.get(compare)
    assert page.context["open_count"] == 1
    assert SECRET in page.content.decode()
    wrong = client.post(compare, {"position": 2, "cell": "printed_score", "value": "八十八"})
    assert "八十八" in wrong.content.decode()  # said, and still in the field
    assert wrong.status_code == 200
    for position in ("", "x", "999999999999", "0"):
        assert client.post(compare, {"position": position, "cell": "status"}).status_code == 200
    assert client.post(compare, {"position": 2, "cell": "printed_score", "chosen": 1}).status_code == 302
    assert f"{table.scores.get(position=2).printed_score:.2f}" == SECRET
    score = signed_in("cai").get(reverse("admin:scores_score_change", args=[table.scores.get(position=2).pk]))
    for text in ("附表", "ada", "ben", "cai", SECRET, "88.20"):
        assert text in score.content.decode()


def test_a_figure_changed_by_hand_afterwards_says_so(table: Ranking) -> None:
    finished(table, "ada")
    finished(table, "ben")
    score = table.scores.get(position=2)
    change = reverse("admin:scores_score_change", args=[score.pk])
    assert "cr-changed" not in signed_in("ada").get(change).content.decode()
    score.printed_score = 1
    score.save()
    assert "cr-changed" in signed_in("ada").get(change).content.decode()


def test_a_table_is_not_made_single_while_it_is_entered_twice(table: Ranking) -> None:
    typed(table, "ada")
    accounts.user("publisher")
    client = signed_in("publisher")
    change = reverse("admin:scores_ranking_change", args=[table.pk])
    form = client.get(change).context["adminform"].form
    assert "double_entry" in form.fields
    form_data = {
        name: value for name, value in form.initial.items() if value is not None and name in form.fields
    }
    form_data.pop("double_entry")
    for prefix in ("scores", "bands"):
        form_data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    answer = client.post(change, form_data)
    assert answer.status_code == 200
    assert "double_entry" in answer.context["adminform"].form.errors
    table.refresh_from_db()
    assert table.double_entry


def test_a_publisher_sets_the_entries_aside_with_a_reason(table: Ranking) -> None:
    typed(table, "ada")
    accounts.user("publisher")
    address_of = address(table, "start_over")
    signed_in("ben").post(address_of, {"reason": "我想重来"})
    signed_in("publisher").post(address_of, {"reason": ""})
    assert Entry.objects.count() == 1
    signed_in("publisher").post(address_of, {"reason": "看错了页"})
    assert not Entry.objects.exists()


# --- Suggestions ------------------------------------------------------------------------------------------------


def suggested(client: Client, table: Ranking, text: str, more: str = "") -> list[str]:
    answer = client.get(f"{address(table, 'suggest')}?q={text}{more}")
    return [one["label"].split(" ")[0] for one in answer.json()["results"]]


def test_places_of_the_peer_group_are_suggested_and_others_only_when_asked(table: Ranking) -> None:
    registry.xihu()
    registry.taizhou()
    client = signed_in("ada")
    assert suggested(client, table, "taizhou") == ["台州市"]
    assert suggested(client, table, "台") == ["台州市"]
    assert suggested(client, table, "西湖") == []
    assert suggested(client, table, "西湖", "&all=1") == ["西湖区"]
    assert suggested(client, table, "") == suggested(client, table, "%00") == []


def test_pasted_names_are_matched_where_one_member_alone_is_called_so(table: Ranking) -> None:
    registry.xihu()  # and with it a second 杭州市
    body = {"names": ["杭州", "宁波市", "温州", "西湖区", "无此地", ""]}
    answer = signed_in("ada").post(address(table, "match"), json.dumps(body), content_type="application/json")
    assert sorted(answer.json()["found"]) == ["宁波市", "温州"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_ask_the_database_the_same_whatever_the_number_of_rows(table: Ranking, rows: int) -> None:
    finished(table, "ada", HERS[:rows])
    finished(table, "ben", [(rank, name, "1.00") for rank, name, _score in HERS[:rows]])
    client = signed_in("ada")
    client.get(address(table))
    counts = {}
    for name in ("enter", "compare"):
        with CaptureQueriesContext(connection) as queries:
            client.get(address(table, name))
        counts[name] = len(queries)
    assert counts == {"enter": 15, "compare": 12}
