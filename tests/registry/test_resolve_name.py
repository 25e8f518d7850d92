"""The command `resolve_name`."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.factories import registry as make

pytestmark = pytest.mark.django_db


def test_the_command_tells_what_it_found(capsys: pytest.CaptureFixture, english: None) -> None:
    make.town()

    call_command("resolve_name", "杭州三墩镇", date="2018-07-30", level=["township"], within="330000")

    assert "found: “三墩镇” is the full name of 浙江省杭州市西湖区三墩镇." in capsys.readouterr().out


def test_the_command_answers_in_json_and_fails_unless_one_was_found(capsys: pytest.CaptureFixture) -> None:
    make.hangzhou()

    with pytest.raises(SystemExit):
        call_command("resolve_name", "杭州县", "--json")

    assert '"outcome": "unknown"' in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments", [["--within", "nowhere"], ["--date", "yesterday"], ["--level", "village"]]
)
def test_the_command_refuses_what_it_does_not_know(arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("resolve_name", "杭州", *arguments)
