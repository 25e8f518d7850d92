"""The difference of two releases, whatever was done to the draft in between."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from awards.models import Award, Recipient, Release
from cityrank.publishing.errata import Change, difference
from cityrank.publishing.workflow import start_draft
from scores.models import Ranking, Score
from tests.factories import awards, registry, scores

pytestmark = pytest.mark.django_db

ROWS = 4
NAMES = st.text(alphabet="甲乙丙丁戊abc ", min_size=1, max_size=6).map(str.strip).filter(bool)
FIGURES = st.decimals(min_value=0, max_value=100, places=2, allow_nan=False, allow_infinity=False)
ORDERS = st.permutations(range(ROWS))
EDITS = st.fixed_dictionaries(
    {
        "names": st.dictionaries(st.integers(0, ROWS - 1), NAMES, max_size=ROWS),
        "figures": st.dictionaries(st.integers(0, ROWS - 1), FIGURES, max_size=ROWS),
        "order": ORDERS,
        "title": st.none() | NAMES,
        "removed": st.sets(st.integers(0, ROWS - 1), max_size=2),
        "added": st.integers(0, 2),
    }
)


@pytest.fixture
def pair() -> tuple[Release, Release]:
    """A published release with one award and one table of four rows, and a draft cloned from it."""
    release = awards.empty_draft()
    winners = [(f"第{n}镇", registry.town(f"33010610{n}", f"第{n}镇")) for n in range(1, ROWS + 1)]
    awards.award(awards.series(release, 1), "award-1", winners)
    scores.ranking(awards.series(release, 8), "cities-50", rows=ROWS, cutoff=ROWS)
    for number in (1, 2):
        registry.place(f"3398{number:02}", f"新{number}市", "prefecture", registry.zhejiang())
    published = awards.publish_unattended(release)
    return published, start_draft(published.edition)


def in_savepoint(check: Callable[[dict], None]) -> None:
    """Try the check on many drawn edits, each undone afterwards."""

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(EDITS)
    def tried(edits: dict) -> None:
        with transaction.atomic():
            check(edits)
            transaction.set_rollback(True)

    tried()


def table_of(draft: Release) -> Ranking:
    return Ranking.objects.get(release=draft)


def apply(draft: Release, edits: dict) -> None:
    table = table_of(draft)
    rows = list(table.scores.order_by("position"))
    for row, position in zip(rows, edits["order"], strict=True):
        row.position = 101 + position
    for index, name in edits["names"].items():
        rows[index].printed_name = name
    for index, figure in edits["figures"].items():
        rows[index].printed_score = figure
    for row in rows:
        row.save()
    for index in edits["removed"]:
        rows[index].delete()
    for number in range(edits["added"]):
        city = registry.place(f"3398{number + 1:02}", f"新{number + 1}市", "prefecture", registry.zhejiang())
        scores.score(table, 201 + number, city, Decimal("50.00"))
    if edits["title"]:
        Award.objects.filter(release=draft).update(title_printed=edits["title"])


def test_a_clone_differs_in_nothing(pair: tuple[Release, Release]) -> None:
    assert difference(*pair) == []


def test_a_release_does_not_differ_from_itself(pair: tuple[Release, Release]) -> None:
    def check(edits: dict) -> None:
        apply(pair[1], edits)
        assert difference(pair[1], pair[1]) == []

    in_savepoint(check)


def test_turned_round_old_and_new_change_places(pair: tuple[Release, Release]) -> None:
    kinds = {"added": "removed", "removed": "added", "changed": "changed"}

    def essence(changes: list[Change]) -> set[tuple]:
        # Positions are told of as few rows as possible, and which of two that changed places moved is a choice.
        return {
            (one.kind, one.of, one.subject_slug, one.field, one.old, one.new)
            for one in changes
            if one.field != "position"
        }

    def check(edits: dict) -> None:
        former, draft = pair
        apply(draft, edits)
        forth, back = difference(former, draft), difference(draft, former)
        turned = [replace(one, kind=kinds[one.kind], old=one.new, new=one.old) for one in back]
        assert essence(forth) == essence(turned)

        def moved(changes: list[Change]) -> int:
            return sum(one.field == "position" for one in changes)

        assert moved(forth) == moved(back)

    in_savepoint(check)


def test_the_old_values_with_the_difference_applied_are_the_new_ones(pair: tuple[Release, Release]) -> None:
    def values(release: Release) -> dict[str, dict[str, str]]:
        rows = Score.objects.filter(ranking__release=release).select_related("subject", "ranking")
        return {
            row.subject.slug: {"printed_name": row.printed_name, "printed_score": row.shown_score}
            for row in rows
        }

    def check(edits: dict) -> None:
        former, draft = pair
        apply(draft, edits)
        told, new = values(former), values(draft)
        for one in difference(former, draft):
            if one.of != "score":
                continue
            if one.kind == "removed":
                del told[one.subject_slug]
            elif one.kind == "added":
                told[one.subject_slug] = new[one.subject_slug]
            elif one.field in ("printed_name", "printed_score"):
                assert told[one.subject_slug][one.field] == one.old
                told[one.subject_slug][one.field] = one.new
        assert told == new

    in_savepoint(check)


def test_a_row_that_only_moved_changes_nothing_but_its_position(pair: tuple[Release, Release]) -> None:
    former, draft = pair
    first, *others = table_of(draft).scores.order_by("position")
    for row, position in zip([*others, first], range(101, 101 + ROWS), strict=True):
        row.position = position
        row.save()
    changes = difference(former, draft)
    assert [(one.kind, one.field, one.row_zh) for one in changes] == [("changed", "position", "第1市")]


def test_a_renamed_row_is_one_change_that_bears_its_new_name(pair: tuple[Release, Release]) -> None:
    former, draft = pair
    Score.objects.filter(ranking__release=draft, position=2).update(printed_name="第2市（更正）")
    (change,) = difference(former, draft)
    assert (change.kind, change.field, change.old, change.new) == (
        "changed",
        "printed_name",
        "第2市",
        "第2市（更正）",
    )
    assert (change.row_zh, change.part) == ("第2市（更正）", "cities-50")


def test_an_award_with_another_identifier_is_the_same_award_by_its_line(
    pair: tuple[Release, Release],
) -> None:
    former, draft = pair
    Award.objects.filter(release=draft).update(slug="award-one")
    assert difference(former, draft) == []
    Recipient.objects.filter(award__release=draft, position=1).update(printed_name="第一镇")
    (change,) = difference(former, draft)
    assert (change.kind, change.part, change.old, change.new) == ("changed", "award-one", "第1镇", "第一镇")


def test_a_winner_who_turned_out_to_be_another_place_is_one_change(pair: tuple[Release, Release]) -> None:
    former, draft = pair
    other = registry.town("330106199", "另一镇")
    Recipient.objects.filter(award__release=draft, position=1).update(subject=other)
    (change,) = difference(former, draft)
    assert (change.kind, change.field, change.subject_slug) == ("changed", "subject", other.slug)
    assert "330106101" in change.old
