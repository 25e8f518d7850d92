"""Drawing in earnest: what the library makes of every kind of chart."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.utils.translation import override
from PIL import Image

from cityrank.charts import engine, svg, worker
from cityrank.charts.colours import LIGHT
from cityrank.charts.engine import NotDrawn
from tests.charts import figures

# One process draws all of them and says what the library warns of.
DRAW = """
import json, sys, vl_convert
for name, spec in json.load(sys.stdin).items():
    print(json.dumps([name, vl_convert.vegalite_to_svg(spec, vl_version=sys.argv[1], show_warnings=True)]))
"""


@pytest.fixture(scope="module")
def drawn() -> tuple[dict[str, str], str]:
    """Every kind in both widths, cleaned, by name; and the warnings."""
    with override("en"):
        charts = figures.one_of_each()
    specs = {f"{kind} {width}": spec for kind, chart in charts.items()
             for width, spec in (("wide", chart.spec), ("narrow", chart.narrow))}  # fmt: skip
    command = [sys.executable, "-c", DRAW, worker.VEGA_LITE]
    done = subprocess.run(command, input=json.dumps(specs), capture_output=True, text=True, check=True)
    return {name: svg.cleaned(text) for name, text in map(json.loads, done.stdout.splitlines())}, done.stderr


def test_every_specification_is_drawn_without_a_warning(drawn: tuple[dict[str, str], str]) -> None:
    drawings, warnings = drawn
    assert len(drawings) == 16
    assert warnings == ""


def test_a_drawing_has_no_style_no_script_and_no_colour_without_a_name(
    drawn: tuple[dict[str, str], str],
) -> None:
    for name, text in drawn[0].items():
        ElementTree.fromstring(text)
        assert not re.search(r"style=|<style|<script|href|url\(| on\w+=", text), name
        assert svg.unknown_colours(text) == set(), name


def test_the_labels_of_the_marks_are_those_that_the_chart_says(drawn: tuple[dict[str, str], str]) -> None:
    with override("en"):
        charts = figures.one_of_each()
    for name, text in drawn[0].items():
        chart = charts[name.split()[0]]
        assert chart.spec
        labels = [
            mark.get("aria-label") for mark in ElementTree.fromstring(text).iter() if mark.get("aria-label")
        ]
        expected = {row["says"] for row in chart.spec["data"]["values"] if _has_a_mark(row)}
        assert set(labels) == expected, name


def _has_a_mark(row: dict) -> bool:
    """A missing value has a row and no mark."""
    return all(row.get(name, 0) is not None for name in ("score", "value", "share")) or "class" in row


def test_drawings_keep_to_their_width(drawn: tuple[dict[str, str], str]) -> None:
    for name, text in drawn[0].items():
        width = float(re.search(r'width="([\d.]+)"', text)[1])
        assert abs(width - (760 if name.endswith("wide") else 350)) <= 3, (name, width)


@pytest.mark.usefixtures("real_drawings")
def test_the_program_draws_pictures_says_what_fails_and_begins_anew_when_it_has_ended() -> None:
    program = engine._Program()
    with pytest.raises(NotDrawn, match=r"."):
        program.ask({"spec": {"mark": "no such mark", "data": {"values": []}}})
    picture = program.ask(
        {"svg": '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>', "scale": 2}
    )
    assert picture["png"].startswith("iVBORw0KGgo")
    program.process.kill()
    program.process.wait()
    again = program.ask({"svg": '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>', "scale": 2})
    assert again == picture
    program.process.stdin.close()
    assert program.process.wait(timeout=20) == 0


def test_a_program_that_does_not_answer_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    silent = tmp_path / "silent.py"
    silent.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(engine, "SECONDS", 0.2)
    monkeypatch.setattr(worker, "__file__", str(silent))
    program = engine._Program()
    with pytest.raises(NotDrawn, match="does not answer"):
        program.ask({"spec": {}})
    assert program.process.wait(timeout=5) != 0


def test_a_picture_of_few_colours_gets_smaller_and_keeps_its_colours() -> None:
    image = Image.new("RGBA", (400, 300), LIGHT["paper"])
    image.paste(LIGHT["1"], (10, 10, 200, 200))
    before = io.BytesIO()
    image.save(before, "PNG", compress_level=0)
    after = worker.smaller(before.getvalue())
    assert len(after) < len(before.getvalue()) / 8
    assert Image.open(io.BytesIO(after)).convert("RGBA").tobytes() == image.tobytes()


def test_a_picture_that_can_be_seen_through_stays_so() -> None:
    before = io.BytesIO()
    Image.new("RGBA", (4, 4), (200, 10, 10, 100)).save(before, "PNG")
    assert Image.open(io.BytesIO(worker.smaller(before.getvalue()))).getpixel((1, 1)) == (200, 10, 10, 100)
