from collections.abc import Callable

from awards.models import Release
from cityrank.publishing.workflow import publish_unattended
from tests.factories import awards

Rows = Callable[[str], list[dict]]


def test_an_edition_says_who_is_behind_it_and_what_it_found(release: Release, ask: Callable) -> None:
    edition = ask("editions/2017-2018/").json()
    assert edition["organisers"][0]["slug"] == "institute"
    assert edition["sections"][0]["title"] == {"zh": "发现", "en": "Finding"}
    assert (edition["facts"][0]["value"], edition["facts"][0]["printed"]) == ("95", "95%")
    assert (edition["announced_on"], edition["release"]) == ("2018-07-30", 1)
    assert edition["page"] == "http://testserver/editions/2017-2018/"


def test_editions_are_found_by_a_year(release: Release, rows: Rows) -> None:
    awards.publish_unattended(awards.empty_draft("2019"))
    assert [row["edition"] for row in rows("editions/")] == ["2019", "2017-2018"]
    assert [row["edition"] for row in rows("editions/?year=2018")] == ["2017-2018"]


def test_an_edition_is_that_of_its_current_release(draft: Release, ask: Callable) -> None:
    publish_unattended(draft, reason="更正")
    assert ask("editions/2017-2018/").json()["release"] == 2
