"""Releases, and answers that are pinned to one of them."""

from collections.abc import Callable

import pytest

from awards.models import Release
from cityrank.publishing.workflow import publish_unattended, start_draft, withdraw_release
from tests.factories import awards

CONTENT = [
    "series/?edition=2017-2018",
    "awards/?edition=2017-2018",
    "recipients/?edition=2017-2018",
    "citations/?edition=2017-2018",
    "rankings/?edition=2017-2018",
    "scores/?edition=2017-2018",
    "group-averages/?edition=2017-2018",
    "awards/2017-2018/award-1/?",
    "recipients/2017-2018/award-1/1/?",
    "rankings/2017-2018/cities-50/?",
    "scores/2017-2018/cities-50/1/?",
]


@pytest.mark.parametrize("address", CONTENT)
def test_a_pinned_answer_is_the_same_after_later_releases(
    draft: Release, ask: Callable, address: str
) -> None:
    pinned = f"{address}&release=1"
    before = ask(pinned)
    open_before = ask(address).content
    publish_unattended(draft, reason="更正")
    publish_unattended(start_draft(draft.edition), reason="再更正")
    assert before.status_code == 200
    assert ask(pinned).content == before.content
    assert ask(address).content != open_before


@pytest.mark.parametrize("address", CONTENT)
def test_a_pinned_answer_leads_to_pinned_addresses(release: Release, ask: Callable, address: str) -> None:
    answer = ask(f"{address}&release=1").json()
    row = answer["results"][0] if "results" in answer else answer
    assert row["url"].endswith("?release=1")
    assert row["page"].startswith("http://testserver/editions/2017-2018/releases/1/")
    assert ask(row["url"]).json() == row


def test_lists_below_a_pinned_object_are_pinned_too(release: Release, ask: Callable) -> None:
    award = ask("awards/2017-2018/award-1/?release=1").json()
    assert ask(award["recipients_url"]).json()["filters"] == {
        "edition": "2017-2018",
        "award": "award-1",
        "release": "1",
    }


def test_a_replaced_release_is_listed_with_the_reason_of_the_next(draft: Release, rows: Callable) -> None:
    assert [row["release"] for row in rows("releases/")] == [1]
    publish_unattended(draft, reason="更正")
    listed = [(row["release"], row["status"], row["reason"]) for row in rows("releases/?edition=2017-2018")]
    assert listed == [(2, "published", "更正"), (1, "superseded", "第一版")]


@pytest.mark.parametrize(
    "address", ["releases/2017-2018/1/", *(f"{address}&release=1" for address in CONTENT)]
)
def test_a_withdrawn_release_is_gone_and_says_why(draft: Release, refused: Callable, address: str) -> None:
    publish_unattended(draft, reason="更正")
    Release.objects.filter(number=1).update(status="withdrawn", withdrawal="名单有误")
    assert "名单有误" in refused(address, 410)["detail"]


@pytest.mark.parametrize("address", ["editions/2017-2018/", *CONTENT])
def test_an_edition_whose_last_release_was_withdrawn_says_why_at_its_open_addresses(
    draft: Release, refused: Callable, rows: Callable, address: str
) -> None:
    published = publish_unattended(draft, reason="更正")
    withdraw_release(published, reason="名单有误")
    assert rows("editions/") == []
    detail = refused(address, 410)["detail"]
    assert detail == "Release 2 of 2017-2018 was withdrawn. Reason: 名单有误"


def test_a_release_that_was_replaced_before_stays_readable_when_the_correction_is_withdrawn(
    draft: Release, ask: Callable
) -> None:
    before = ask("awards/2017-2018/award-1/?release=1").content
    withdraw_release(publish_unattended(draft, reason="更正"), reason="名单有误")
    assert ask("awards/2017-2018/award-1/?release=1").content == before


def test_an_edition_that_never_was_public_is_unknown(refused: Callable, rows: Callable, db: None) -> None:
    awards.empty_draft()
    assert rows("editions/") == []
    assert refused("awards/?edition=2017-2018")["errors"][0]["allowed"] == []
    refused("awards/2017-2018/award-1/", 404)


def test_a_pinned_answer_does_not_depend_on_the_withdrawal_of_a_later_release(
    draft: Release, ask: Callable, refused: Callable
) -> None:
    withdraw_release(publish_unattended(draft, reason="更正"), reason="名单有误")
    assert ask("recipients/?edition=2017-2018&release=1&series=8").json()["count"] == 0
    refused("awards/2017-2018/nothing/?release=1", 404)


def test_an_unknown_thing_of_an_edition_that_is_public_is_still_not_found(
    release: Release, refused: Callable
) -> None:
    refused("awards/2017-2018/nothing/", 404)
    assert refused("awards/?edition=2017-2018&award=nothing")["errors"][0]["code"] == "unknown_value"


@pytest.mark.parametrize("number", [2, 9, 32767])
def test_a_draft_is_answered_like_a_release_that_never_was(
    draft: Release, refused: Callable, number: int
) -> None:
    assert refused(f"awards/?edition=2017-2018&release={number}", 404)["detail"] == (
        f"There is no public release {number} of 2017-2018."
    )


def test_a_pin_in_a_list_needs_its_edition(release: Release, refused: Callable) -> None:
    (error,) = refused("awards/?release=1")["errors"]
    assert (error["parameter"], error["code"]) == ("release", "needs_edition")
