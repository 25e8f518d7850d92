"""The pages on which a file of rows is handed in, looked at, confirmed and undone."""

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from awards.models import Release
from cityrank.exchange import admin_import_actions
from cityrank.exchange.models import Import
from cityrank.publishing.models import Assignment
from scores.models import Ranking, Score
from tests.factories import accounts, awards, registry, scores

pytestmark = pytest.mark.django_db
LIST, ADD = reverse("admin:exchange_import_changelist"), reverse("admin:exchange_import_add")
FILE = "名次,城市,得分\n1,杭州,91.20\n2,宁波,90.00\n3,乌有市,89.00\n"


@pytest.fixture
def table(settings: object, tmp_path: Path) -> Ranking:
    settings.MEDIA_ROOT = tmp_path
    draft = awards.empty_draft()
    for code, name in {"330100": "杭州市", "330200": "宁波市", "330300": "温州市"}.items():
        registry.place(code, name, "prefecture", registry.zhejiang())
    return scores.ranking(awards.series(draft, 8), state="not_transcribed", cutoff=4)


@pytest.fixture
def evaluator(table: Ranking) -> Client:
    person = accounts.user("evaluator")
    accounts.takes_all(table.release)
    return accounts.signed_in(person)


def hand_in(client: Client, table: Ranking, text: str = FILE, name: str = "得分.csv") -> object:
    file = SimpleUploadedFile(name, text.encode())
    return client.post(f"{ADD}?into=ranking-{table.pk}", {"file": file}, follow=True)


def address(name: str, import_: Import | None = None) -> str:
    return reverse(f"admin:exchange_import_{name}", args=[(import_ or Import.objects.latest("pk")).pk])


def kinds(page: object) -> list[tuple[str, str]]:
    return [(entry.row.label, entry.row.kind) for entry in page.context["rows"]]


def test_from_the_file_to_the_rows_and_back(evaluator: Client, table: Ranking) -> None:
    preview = hand_in(evaluator, table)
    assert preview.redirect_chain[-1][0] == address("change")
    assert kinds(preview) == [("杭州", "new"), ("宁波", "new"), ("乌有市", "refused")]
    assert not Score.objects.exists()

    done = evaluator.post(address("confirm"), follow=True)
    assert done.templates[0].name == "admin/cityrank/import_result.html"
    assert list(Score.objects.values_list("subject__slug", flat=True)) == ["330100", "330200"]

    undone = evaluator.post(address("undo"), follow=True)
    assert (Score.objects.count(), undone.context["record"].state) == (0, "undone")


def test_a_refused_row_says_where_and_why(evaluator: Client, table: Ranking) -> None:
    page = hand_in(evaluator, table, "城市,得分\n杭州,很高\n").content.decode()

    with override("zh-hans"):
        assert "很高" in page
    (row,) = Import.objects.get().rows.all()
    assert (row.row, row.problems[0]["column"]) == (2, "B")


def test_a_changed_row_shows_old_and_new_of_each_column(evaluator: Client, table: Ranking) -> None:
    hand_in(evaluator, table)
    evaluator.post(address("confirm"))
    page = hand_in(evaluator, table, FILE.replace("90.00", "90.50"))

    (changed,) = [entry for entry in page.context["rows"] if entry.row.kind == "changed"]
    assert [(cell.old, cell.new) for cell in changed.cells] == [("90.00", "90.50")]
    assert kinds(page)[0] == ("杭州", "same")


def test_the_rows_can_be_narrowed_to_one_kind(evaluator: Client, table: Ranking) -> None:
    hand_in(evaluator, table)
    assert kinds(evaluator.get(address("change"), {"show": "refused"})) == [("乌有市", "refused")]
    assert len(kinds(evaluator.get(address("change"), {"show": "nonsense", "page": "²"}))) == 3


def test_a_long_file_is_shown_page_by_page(evaluator: Client, table: Ranking) -> None:
    rows = "".join(f"{number},乌有{number},{90 - number / 100:.2f}\n" for number in range(1, 121))
    page = hand_in(evaluator, table, f"名次,城市,得分\n{rows}")
    assert (len(page.context["rows"]), page.context["pages"].count) == (50, 3)
    last = evaluator.get(address("change"), {"page": 3, "show": "refused"})
    assert [entry.row.row for entry in last.context["rows"]] == list(range(102, 122))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_answers_in_both_languages(evaluator: Client, table: Ranking, language: str) -> None:
    hand_in(evaluator, table)
    import_ = Import.objects.get()
    with override(language):
        add = reverse("admin:exchange_import_add")
        pages = [reverse("admin:exchange_import_changelist"), add, f"{add}?into=ranking-{table.pk}"]
        pages.append(reverse("admin:awards_release_import", args=[table.release_id]))
        change = address("change", import_)
    assert [evaluator.get(page).status_code for page in pages] == [200] * 4
    for state in Import.State:
        times = {"imported_at": import_.at, "undone_at": import_.at, "problem": "-"}
        Import.objects.update(state=state, **times)
        assert evaluator.get(change).status_code == 200, state


def test_a_page_of_the_preview_asks_as_often_for_three_rows_as_for_one(
    evaluator: Client, table: Ranking
) -> None:
    head, one, two = (
        "名次,城市,得分,状态\n",
        "1,杭州,91.20,final\n",
        "2,宁波,90.00,final\n3,温州,89.00,final\n",
    )
    asked = []
    for text in (head + one, head + one + two):
        hand_in(evaluator, table, text)
        evaluator.get(address("change"))
        with CaptureQueriesContext(connection) as queries:
            page = evaluator.get(address("change"))
        assert len(page.context["rows"]) == text.count("\n") - 1
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_refused_rows_come_as_a_workbook_that_can_be_mended_and_handed_in(
    evaluator: Client, table: Ranking
) -> None:
    hand_in(evaluator, table)
    answer = evaluator.get(address("refused"))

    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.getvalue())).get_sheet_by_index(0).to_python()

    assert rows[0][2:] == ["名次", "城市", "得分"]
    assert (rows[1][0], rows[1][2:]) == ("4", ["3", "乌有市", "89.00"])
    assert "乌有市" in rows[1][1]


def test_the_same_file_leads_to_what_was_imported_and_changes_nothing(
    evaluator: Client, table: Ranking
) -> None:
    hand_in(evaluator, table)
    evaluator.post(address("confirm"))
    again = hand_in(evaluator, table, name="anders.csv")

    assert again.redirect_chain[-1][0] == address("change")
    assert (Import.objects.count(), Import.objects.get().state) == (1, "done")


def test_cells_can_be_pasted(evaluator: Client, table: Ranking) -> None:
    text = FILE.replace(",", "\t")
    page = evaluator.post(f"{ADD}?into=ranking-{table.pk}", {"text": text}, follow=True)
    assert kinds(page)[0] == ("杭州", "new")


@pytest.mark.parametrize("sent", [{}, {"text": "  "}, {"text": "a\tb\n1\t2"}, {"text": "得分\n"}])
def test_what_cannot_be_read_is_refused_on_the_form(evaluator: Client, table: Ranking, sent: dict) -> None:
    page = evaluator.post(f"{ADD}?into=ranking-{table.pk}", sent)
    assert (page.status_code, bool(page.context["form"].errors)) == (200, True)
    assert not Score.objects.exists()


def test_giving_up_writes_nothing(evaluator: Client, table: Ranking) -> None:
    hand_in(evaluator, table)
    page = evaluator.post(address("cancel"), follow=True)
    assert (page.status_code, Import.objects.get().state) == (200, "cancelled")
    evaluator.post(address("confirm"))
    assert not Score.objects.exists()


def test_stopping_while_another_process_writes_is_answered_with_a_sentence(
    evaluator: Client, table: Ranking, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*args: object) -> None:
        raise OperationalError("database is locked")

    hand_in(evaluator, table)
    monkeypatch.setattr(admin_import_actions, "cancel_import", locked)
    page = evaluator.post(address("cancel"), follow=True)
    assert (page.status_code, len(page.context["messages"])) == (200, 1)


def test_what_was_edited_since_stays_and_is_named_before_and_after_an_undo(
    evaluator: Client, table: Ranking
) -> None:
    hand_in(evaluator, table)
    evaluator.post(address("confirm"))
    score = Score.objects.get(subject__slug="330100")
    score.printed_rank = 7
    score.save()
    assert evaluator.get(address("change")).context["kept"] == ["杭州"]

    page = evaluator.post(address("undo"), follow=True)
    assert page.context["kept"] == ["杭州"]
    assert list(Score.objects.values_list("printed_rank", flat=True)) == [7]


def test_rows_that_changed_since_the_preview_are_looked_at_again(evaluator: Client, table: Ranking) -> None:
    hand_in(evaluator, table)
    evaluator.post(address("confirm"))
    hand_in(evaluator, table, FILE.replace("90.00", "90.50"))
    Score.objects.get(subject__slug="330200").delete()
    evaluator.post(address("confirm"))
    assert Import.objects.latest("pk").state == "previewed"

    page = evaluator.post(address("read_again"), follow=True)
    assert [kind for _label, kind in kinds(page)] == ["same", "new", "refused"]


def test_nothing_happens_by_following_a_link_or_without_the_token(evaluator: Client, table: Ranking) -> None:
    hand_in(evaluator, table)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(accounts.get("evaluator"))
    for name in ("confirm", "read_again", "cancel", "undo"):
        assert evaluator.get(address(name)).status_code == 405
        assert strict.post(address(name)).status_code == 403
    assert Import.objects.get().state == "previewed"


# --- who may ----------------------------------------------------------------------------------------------------------


def test_the_kept_file_comes_as_an_attachment_that_no_browser_shows(
    evaluator: Client, table: Ranking
) -> None:
    hand_in(evaluator, table, FILE, "<b>得分.html")
    answer = evaluator.get(address("file"))

    assert b"".join(answer).decode() == FILE
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/octet-stream"


def test_a_kept_file_that_is_gone_is_said_to_be(evaluator: Client, table: Ranking) -> None:
    hand_in(evaluator, table)
    import_ = Import.objects.get()
    import_.file.storage.delete(import_.file.name)
    for name in ("file", "refused"):
        assert evaluator.get(address(name)).status_code == 302
    assert evaluator.post(address("read_again")).status_code == 302


@pytest.mark.parametrize("role", ["auditor", "reviewer", "publisher"])
def test_whoever_reads_the_draft_reads_its_imports_and_enters_nothing(
    evaluator: Client, table: Ranking, role: str
) -> None:
    hand_in(evaluator, table)
    reader = accounts.signed_in(accounts.user(role))

    for name in ("change", "file", "refused", "progress"):
        assert reader.get(address(name)).status_code == 200, name
    assert "得分.csv" in reader.get(LIST).content.decode()
    reader.post(address("confirm"))
    assert (Import.objects.get().state, Score.objects.exists()) == ("previewed", False)
    assert reader.get(f"{ADD}?into=ranking-{table.pk}").status_code == 403
    assert 'name="text"' not in reader.get(address("change")).content.decode()


def test_an_evaluator_sees_only_imports_into_what_is_assigned(evaluator: Client, table: Ranking) -> None:
    hand_in(evaluator, table)
    other = accounts.signed_in(accounts.user("evaluator", "wang"))
    for name in ("change", "file", "refused", "progress"):
        assert other.get(address(name)).status_code == 404, name
    for name in ("confirm", "undo", "cancel"):
        assert other.post(address(name)).status_code == 404
    assert "得分.csv" not in other.get(LIST).content.decode()
    assert other.get(f"{ADD}?into=ranking-{table.pk}").status_code == 403

    wang = accounts.get("wang")
    Assignment.objects.create(
        release=table.release, person=wang, assigned_by=wang, part="ranking", ranking=table
    )
    assert other.get(address("file")).status_code == 200


def test_people_without_any_right_find_nothing(evaluator: Client, table: Ranking) -> None:
    hand_in(evaluator, table)
    nobody = accounts.user("auditor", "nobody")
    nobody.groups.clear()
    client = accounts.signed_in(nobody)
    assert [client.get(page).status_code for page in (LIST, ADD, address("change"), address("file"))] == [
        403
    ] * 4


def test_only_what_somebody_may_write_is_offered(evaluator: Client, table: Ranking) -> None:
    other = awards.award(awards.series(table.release, 1))
    offered = [url for _title, links in evaluator.get(ADD).context["groups"] for _name, url in links]
    assert f"{ADD}?into=ranking-{table.pk}" in offered
    assert f"{ADD}?into=award-{other.pk}" not in offered
    assert f"{ADD}?into=places" in offered


def test_a_release_that_is_no_draft_takes_nothing(evaluator: Client, table: Ranking) -> None:
    hand_in(evaluator, table)
    Release.objects.update(status="in_review")
    evaluator.post(address("confirm"))
    page = evaluator.get(address("change"))

    assert (Score.objects.exists(), page.context["acts"]) == (False, False)
    assert evaluator.get(f"{ADD}?into=ranking-{table.pk}").status_code == 403


@pytest.mark.parametrize("name", ["blank.xlsx", "filled.csv"])
def test_templates_are_sent_and_nonsense_is_not_found(evaluator: Client, table: Ranking, name: str) -> None:
    def template(*parts: str) -> str:
        return reverse("admin:exchange_import_template", args=parts)

    key = f"ranking-{table.pk}"
    assert evaluator.get(template(key, "en", name)).status_code == 200
    for parts in ((key, "fr", name), (key, "en", "blank.exe"), ("ranking-0", "en", name), ("x", "en", name)):
        assert evaluator.get(template(*parts)).status_code == 404
