"""Where two entries differ a third person decides; then the rows are in the ranking, and each says where it is from."""

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from awards.models import Attachment, Release
from cityrank.publishing.checks import findings
from cityrank.publishing.comparing import differences
from cityrank.publishing.entering import finish, open_entry, reopen, save_rows
from cityrank.publishing.models import Contribution, Entry
from cityrank.publishing.refusals import Refused
from cityrank.publishing.settling import resolve
from scores.models import Ranking, Score
from tests.factories import accounts, entries, scans
from tests.factories.entries import RIGHT, finished, person, row

pytestmark = pytest.mark.django_db

OTHER = [("1", "杭州", "90.10"), ("2", "宁波", "88.70"), ("4", "温州", "85.30")]


@pytest.fixture
def table() -> Ranking:
    return entries.table(double_entry=True)


@pytest.fixture
def disputed(table: Ranking) -> Ranking:
    """Two cells differ: the score of row 2 and the rank of row 3."""
    finished(table, "ada")
    finished(table, "ben", OTHER)
    return table


def test_two_entries_that_agree_are_the_ranking_and_verified(table: Ranking) -> None:
    finished(table, "ada")
    assert not table.scores.exists()
    finished(table, "ben", [("１", "杭州", "90.10"), *RIGHT[1:]])
    assert table.scores.count() == 3
    assert {score.verified_by.username for score in table.scores.all()} == {"ben"}
    assert not [one for one in findings(table.release) if one.rule.name.startswith("double-entry")]


def test_nothing_is_in_the_ranking_before_the_last_cell_is_decided(disputed: Ranking) -> None:
    cai = person("cai")
    resolve(disputed, 2, "printed_score", 2, "", cai)
    assert not disputed.scores.exists()
    assert any(one.rule.name == "double-entry-disputed" for one in findings(disputed.release))
    resolve(disputed, 3, "printed_rank", None, " ３ ", cai)
    found = [(one.printed_rank, f"{one.printed_score:.2f}") for one in disputed.scores.order_by("position")]
    assert found == [(1, "90.10"), (2, "88.70"), (3, "85.30")]
    by = [one.verified_by.username for one in disputed.scores.order_by("position")]
    assert by == ["ben", "cai", "cai"]
    authors = Contribution.objects.filter(release=disputed.release).values_list("person__username", flat=True)
    assert set(authors) == {"ada", "ben", "cai"}


def test_a_decision_may_be_taken_otherwise_while_the_release_is_a_draft(disputed: Ranking) -> None:
    for cell, row_number in (("printed_score", 2), ("printed_rank", 3)):
        resolve(disputed, row_number, cell, 1, "", person("cai"))
    resolve(disputed, 2, "printed_score", 2, "", person("cai"))
    assert f"{disputed.scores.get(position=2).printed_score:.2f}" == "88.70"
    Release.objects.filter(pk=disputed.release_id).update(status="in_review")
    with pytest.raises(Refused):
        resolve(disputed, 2, "printed_score", 1, "", person("cai"))


@pytest.mark.parametrize("name", ["ada", "ben"])
def test_who_made_an_entry_does_not_decide(disputed: Ranking, name: str) -> None:
    with pytest.raises(Refused):
        resolve(disputed, 2, "printed_score", 1, "", person(name))


def test_a_role_that_only_reads_does_not_decide(disputed: Ranking) -> None:
    with pytest.raises(Refused):
        resolve(disputed, 2, "printed_score", 1, "", accounts.user("auditor"))


@pytest.mark.parametrize(
    ("position", "cell", "chosen", "value"),
    [
        (1, "printed_score", 1, ""),
        (9, "printed_score", 1, ""),
        (2, "nonsense", 1, ""),
        (2, "printed_score", None, "八十八"),
        (2, "printed_score", None, "88.12345"),
    ],
)
def test_what_cannot_be_decided_is_refused_with_a_sentence(
    disputed: Ranking, position: int, cell: str, chosen: int | None, value: str
) -> None:
    resolve(disputed, 3, "printed_rank", 1, "", person("cai"))
    with pytest.raises(Refused, match=r"."):
        resolve(disputed, position, cell, chosen, value, person("cai"))
    assert disputed.resolutions.count() == 1
    assert not disputed.scores.exists()


def test_decisions_that_make_no_table_together_are_refused_and_the_last_is_not_kept(table: Ranking) -> None:
    finished(table, "ada", [("1", "杭州", "90"), ("2", "宁波", "88")])
    finished(table, "ben", [("1", "杭州", "90"), ("2", "温州", "88")])
    hangzhou = str(entries.cities()["杭州"].pk)
    resolve(table, 2, "printed_name", None, "杭州", person("cai"))
    with pytest.raises(Refused):
        resolve(table, 2, "subject", None, hangzhou, person("cai"))
    resolve(table, 2, "subject", 2, "", person("cai"))
    assert table.scores.get(position=2).printed_name == "杭州"


def test_a_row_that_only_one_has_is_taken_or_left_out_with_one_decision(table: Ranking) -> None:
    finished(table, "ada")
    finished(table, "ben", [RIGHT[0], RIGHT[2]])
    with pytest.raises(Refused):
        resolve(table, 2, "printed_name", None, "宁波", person("cai"))
    resolve(table, 2, "printed_name", 2, "", person("cai"))
    assert [one.printed_name for one in table.scores.order_by("position")] == ["杭州", "温州"]
    resolve(table, 2, "printed_name", 1, "", person("cai"))
    assert [one.printed_name for one in table.scores.order_by("position")] == ["杭州", "宁波", "温州"]
    origin = table.scores.get(position=2).provenance["printed_score"]
    assert [one["by"] for one in origin["entered"]] == ["ada"]
    assert origin["verified"]["by"] == "cai"


def test_every_cell_says_where_it_was_read_who_entered_it_and_who_verified_it(
    disputed: Ranking, settings: object, tmp_path: object
) -> None:
    settings.MEDIA_ROOT = tmp_path
    file = ContentFile(scans.picture(), "scan.png")
    disputed.scan = Attachment.objects.create(release=disputed.release, title="附表二", file=file)
    disputed.scan_page = 1
    disputed.save()
    resolve(disputed, 2, "printed_score", 2, "", person("cai"))
    resolve(disputed, 3, "printed_rank", 1, "", person("cai"))
    score = disputed.scores.get(position=2)
    origin = score.provenance["printed_score"]
    assert (origin["file"], origin["page"], origin["row"], origin["value"]) == ("附表二", 1, 2, "88.70")
    assert origin["sha256"] == disputed.scan.sha256
    assert [(one["by"], one["typed"]) for one in origin["entered"]] == [("ada", "88.20"), ("ben", "88.70")]
    assert origin["verified"]["by"] == "cai"
    assert score.provenance["printed_rank"]["verified"]["by"] == "ben"
    assert set(score.provenance) == {"printed_name", "printed_rank", "printed_score"}


class Keying(RuleBasedStateMachine):
    """Two people type, finish and go on in any order, and a third decides; what comes of it is what was agreed."""

    def __init__(self) -> None:
        super().__init__()
        self.work = transaction.atomic()
        self.work.__enter__()
        self.table = entries.table(double_entry=True)
        self.version = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.work.__exit__(None, None, None)

    people = st.sampled_from(["ada", "ben"])

    def entry(self, name: str) -> Entry:
        return open_entry(self.table, person(name))

    @rule(name=people, position=st.integers(1, 3), score=st.sampled_from(["90.10", "90.1", "88", "x", ""]))
    def type(self, name: str, position: int, score: str) -> None:
        entry, self.version = self.entry(name), self.version + 1
        rank, city, _score = RIGHT[position - 1]
        values = row(position, (rank, city, score), version=self.version)
        stored = entry.rows.filter(position=position).first()
        try:
            save_rows(entry, [values | {"base": stored.version if stored else 0}], person(name))
        except Refused:
            assert entry.state == Entry.State.FINISHED

    @rule(name=people)
    def finish(self, name: str) -> None:
        entry = self.entry(name)
        is_whole = entry.rows.exists() and all(
            one.printed_score in ("90.10", "90.1", "88") for one in entry.rows.all()
        )
        try:
            finish(entry, person(name))
            assert is_whole or entry.state == Entry.State.FINISHED
        except Refused:
            assert not is_whole

    @rule(name=people)
    def go_on(self, name: str) -> None:
        entry, both = self.entry(name), Entry.objects.filter(state="finished").count() == 2
        try:
            reopen(entry, person(name))
            assert not both
        except Refused:
            assert both

    @precondition(lambda self: any(one.is_open for one in differences(self.table)))
    @rule(chosen=st.integers(1, 2))
    def decide(self, chosen: int) -> None:
        one = next(one for one in differences(self.table) if one.is_open)
        resolve(self.table, one.position, one.cell, chosen, "", person("cai"))

    @invariant()
    def the_ranking_holds_what_was_agreed_and_nothing_else(self) -> None:
        finished_ones = list(Entry.objects.filter(state="finished"))
        is_settled = len(finished_ones) == 2 and not any(one.is_open for one in differences(self.table))
        scores = list(Score.objects.filter(ranking=self.table))
        assert bool(scores) <= is_settled
        for score in scores:
            rows = [entry.rows.filter(printed_name=score.printed_name).first() for entry in finished_ones]
            assert score.shown_score in [one.printed_score for one in rows if one]
            assert score.verified_by_id is not None


@pytest.mark.long
def test_in_any_order_the_ranking_holds_what_two_people_agreed_on() -> None:
    few = settings(
        max_examples=15, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Keying, settings=few)
