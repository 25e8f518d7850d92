"""`manage.py check_edition`: what it prints, and what it tells a script by its exit code."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from awards.models import Recipient, Release
from cityrank.publishing.acknowledging import acknowledge
from cityrank.publishing.checks import RULES
from cityrank.publishing.workflow import (
    approve_release,
    discard_release,
    publish_unattended,
    start_draft,
    submit_release,
    withdraw_release,
)
from scores.models import GroupAverage
from tests.factories import accounts, awards
from tests.publishing.checks.sound import average, sound_draft

ROOT = Path(__file__).resolve().parents[3]


def check(*arguments: str) -> tuple[int, str]:
    """Return the exit code and what stands on the terminal."""
    out = StringIO()
    try:
        call_command("check_edition", *arguments, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    except CommandError as error:
        return error.returncode, str(error)
    return 0, out.getvalue()


def as_data(*arguments: str) -> dict[str, Any]:
    return json.loads(check(*arguments, "--json")[1])


def contradicting_draft() -> Release:
    """Return a draft with one contradiction: 89.50 against 80.00 is printed as 11.90."""
    draft = sound_draft()
    average(printed_change="11.90")(draft)
    return draft


def with_an_unresolved_name(draft: Release) -> None:
    Recipient.objects.of_release(draft).filter(position=2).update(subject=None)


pytestmark = pytest.mark.django_db


def test_an_edition_in_which_nothing_is_found_is_clear() -> None:
    sound_draft()
    code, said = check("2017-2018", "--language", "en")
    assert code == 0
    assert "2017-2018 · 1 · draft" in said
    assert f"{len(RULES)} rules were held against the release." in said
    assert said.count("(0)") == 3


def test_an_open_warning_is_shown_with_its_rule_part_row_and_sentence() -> None:
    contradicting_draft()
    code, said = check("2017-2018", "--language", "en")
    assert code == 1
    warned = said.split("Warns")[1].split("Acknowledged")[0]
    for part in ("(1)", "average-change", "average:1", "Provincial capitals", "the difference is 9.50."):
        assert part in warned


def test_what_blocks_stands_before_the_warnings() -> None:
    with_an_unresolved_name(contradicting_draft())
    code, said = check("2017-2018")
    assert code == 1
    assert said.index("recipient-unresolved") < said.index("average-change")
    assert as_data("2017-2018")["counts"] == {"blocks": 1, "open": 1, "acknowledged": 0}


def test_an_acknowledged_warning_is_shown_with_its_reason_and_leaves_the_edition_clear() -> None:
    draft = contradicting_draft()
    acknowledge(draft, "average-change", "average:1", "通报原文如此。\nAs printed.")
    code, said = check("2017-2018", "--language", "en")
    assert code == 0
    assert "average-change" in said.split("Acknowledged")[1]
    assert "> 通报原文如此。" in said
    assert "> As printed." in said


def test_an_acknowledgement_of_other_figures_counts_no_more_and_is_named() -> None:
    draft = contradicting_draft()
    acknowledge(draft, "average-change", "average:1", "通报原文如此。")
    average(printed_change="12.90")(draft)
    code, said = check("2017-2018", "--language", "en")
    assert code == 1
    assert "acknowledged with other figures" in said
    [finding] = as_data("2017-2018")["findings"]
    assert (finding["state"], finding["outdated"], finding["acknowledgement"]) == ("open", True, None)


def test_a_finding_as_data_leads_to_its_row_and_to_whoever_acknowledged_it() -> None:
    draft = contradicting_draft()
    acknowledge(draft, "average-change", "average:1", "通报原文如此。", by=accounts.user("evaluator"))
    data = as_data("2017-2018")
    [finding] = data["findings"]
    assert (data["edition"], data["release"], data["status"], data["clear"]) == (
        "2017-2018",
        1,
        "draft",
        True,
    )
    assert data["rules"] == list(RULES)
    assert GroupAverage.objects.get(pk=finding["pk"]).release == draft
    assert {key: finding[key] for key in ("state", "rule", "severity", "row", "model", "figures")} == {
        "state": "acknowledged",
        "rule": "average-change",
        "severity": "warns",
        "row": "average:1",
        "model": "scores.groupaverage",
        "figures": ["89.5", "80", "11.9"],
    }
    assert finding["acknowledgement"]["by"] == "evaluator"
    assert finding["acknowledgement"]["reason"] == "通报原文如此。"


def test_sentences_are_told_in_the_language_that_was_asked_for() -> None:
    contradicting_draft()
    chinese, english = (
        as_data("2017-2018", "--language", code)["findings"][0]["message"] for code in ("zh-hans", "en")
    )
    assert chinese.startswith("省会城市")
    assert english.startswith("Provincial capitals")


# --- Which release ----------------------------------------------------------------------------------------------


def test_the_release_in_preparation_goes_before_the_public_one(release: Release) -> None:
    assert as_data("2017-2018")["release"] == 1
    draft = start_draft(release.edition)
    assert as_data("2017-2018")["release"] == 2
    assert as_data("2017-2018", "--release", "1")["status"] == "published"
    submit_release(draft)
    assert as_data("2017-2018")["status"] == "in_review"
    approve_release(draft)
    assert (as_data("2017-2018")["release"], as_data("2017-2018")["status"]) == (2, "approved")


def test_a_discarded_release_is_checked_by_its_number_only(release: Release) -> None:
    discard_release(start_draft(release.edition), reason="重来")
    assert as_data("2017-2018")["release"] == 1
    assert as_data("2017-2018", "--release", "2")["status"] == "discarded"


def test_of_another_edition_nothing_is_said(release: Release) -> None:
    awards.empty_draft("2018-2019", announced_on=None)
    assert [finding["rule"] for finding in as_data("2018-2019")["findings"]] == ["release-date"]


def test_checking_changes_nothing() -> None:
    draft = contradicting_draft()
    before = Release.objects.filter(pk=draft.pk).values().get(), draft.moves.count()
    check("2017-2018")
    assert (Release.objects.filter(pk=draft.pk).values().get(), draft.moves.count()) == before


# --- When there is no answer ------------------------------------------------------------------------------------


def test_an_unknown_edition_is_said_with_those_that_are_there(release: Release) -> None:
    code, said = check("2099")
    assert code == 2
    assert "2099" in said
    assert "2017-2018" in said


def test_an_unknown_release_is_said(release: Release) -> None:
    for number in ("2", "0", "-1", "9" * 30):
        code, said = check("2017-2018", "--release", number)
        assert (code, number in said) == (2, True)


def test_an_edition_of_which_nothing_is_public_or_prepared_asks_for_a_number() -> None:
    withdraw_release(publish_unattended(sound_draft()), reason="有误")
    code, said = check("2017-2018")
    assert code == 2
    assert "--release" in said
    assert check("2017-2018", "--release", "1")[0] == 0


def in_a_shell(directory: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py as a person does, on a database without tables."""
    environment = os.environ | {"DEBUG": "true", "DATABASE_URL": f"sqlite:///{directory / 'none.sqlite3'}"}
    environment |= {"DJANGO_SETTINGS_MODULE": "cityrank.settings"}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("arguments", [(), ("2017-2018", "--release", "first"), ("2017-2018",)])
def test_without_a_label_a_number_or_a_database_it_ends_with_two_and_a_sentence(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    answer = in_a_shell(tmp_path, "check_edition", *arguments)
    assert answer.returncode == 2
    assert answer.stderr.strip()
    assert "Traceback" not in answer.stderr


def test_its_help_says_what_the_exit_codes_mean(tmp_path: Path) -> None:
    answer = in_a_shell(tmp_path, "check_edition", "--help")
    assert answer.returncode == 0
    assert "  0  nothing blocks, and every warning is acknowledged\n" in answer.stdout
    assert "\n  1  " in answer.stdout
    assert "\n  2  " in answer.stdout
