"""An edition file that cannot be loaded says what is wrong, and nothing of it is kept."""

from pathlib import Path

import pytest

from awards.models import Edition
from cityrank.exchange.edition_file import BadEditionFile, load_edition
from cityrank.registry.models import Organisation

pytestmark = pytest.mark.django_db


def test_a_place_that_the_registry_does_not_know_stops_the_load() -> None:
    with pytest.raises(
        BadEditionFile, match=r"2017-2018\.toml: not in the registry: .*110000.* Load the gazetteer"
    ):
        load_edition()
    assert not Edition.objects.exists()
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[edition]\nlabel 2019", "line 2"),
        ("\xff", "utf-8"),
        ("[edition]\nlabel = '2019'\nperiod_start = 2019\nperiod_end = 2019\n", "'release'"),
        ("[edition]\nlabel = '2019'\n[release]\ntitle_zh = 'x'\n", "period_start"),
        ("[edition]\nlabel = '2019'\nyears = 2\n[release]\ntitle_zh = 'x'\n", "years"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_what_is_wrong(
    tmp_path: Path, text: str, complaint: str
) -> None:
    file = tmp_path / "bad.toml"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(BadEditionFile, match=r"bad\.toml") as caught:
        load_edition(file)
    assert complaint in str(caught.value)
    assert not Edition.objects.exists()


MINIMAL = """
organisations = []
organisers = []
sources = []
citations = []
peer_groups = []
lines = []
series = []
facts = []
[edition]
label = "2019"
period_start = 2019
period_end = 2019
[release]
title_zh = "评估"
[[sections]]
slug = "one"
kind = "finding"
number = 1
title_zh = "发现"
body_zh = "概述"
[[averages]]
printed_label = "省会城市"
value = "%s"
"""


def test_a_small_file_is_enough(tmp_path: Path) -> None:
    file = tmp_path / "good.toml"
    file.write_text(MINIMAL % "73.54")
    release, loaded = load_edition(file)
    assert (str(release.edition), release.status, loaded) == ("2019", "published", True)
    assert release.group_averages.get().shown("printed_value") == "73.54"


def test_a_figure_that_is_no_number_is_shown(tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(MINIMAL % "73,54")
    with pytest.raises(BadEditionFile, match=r"bad\.toml: '73,54' is not a number"):
        load_edition(file)
    assert not Edition.objects.exists()


ACKNOWLEDGED = """
[[acknowledgements]]
rule = "average-source"
row = "average:%s"
reason = "%s"
"""


def test_a_warning_of_the_file_is_acknowledged(tmp_path: Path) -> None:
    file = tmp_path / "good.toml"
    file.write_text(MINIMAL % "73.54" + ACKNOWLEDGED % (1, "出处不明。"))
    release, _loaded = load_edition(file)
    assert release.acknowledgements.get().reason == "出处不明。"


@pytest.mark.parametrize(
    ("row", "reason", "complaint"), [(2, "出处不明。", "no such warning"), (1, " ", "Say why")]
)
def test_a_reason_that_is_empty_or_for_what_no_rule_finds_stops_the_load(
    tmp_path: Path, row: int, reason: str, complaint: str
) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(MINIMAL % "73.54" + ACKNOWLEDGED % (row, reason))
    pattern = rf"bad\.toml: acknowledgement 1 \(average-source, average:{row}\): .*{complaint}"
    with pytest.raises(BadEditionFile, match=pattern):
        load_edition(file)
    assert not Edition.objects.exists()
