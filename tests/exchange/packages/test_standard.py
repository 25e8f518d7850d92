"""A package is what the Data Package standard says it is, and says of itself what people need."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import transaction
from frictionless import Package, system
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from awards.models import Award, Line, Release, Source
from cityrank.exchange.packages import write_package
from cityrank.exchange.packages.contents import SHEETS
from cityrank.publishing.clone import CLONED
from cityrank.publishing.refusals import Refused
from cityrank.registry.models import App, Organisation
from scores.models import Ranking, Score
from tests.exchange.packages.comparing import NOT_EXPORTED_TABLES
from tests.exchange.strategies import Maker
from tests.factories import awards, registry, scores

pytestmark = pytest.mark.django_db


def written(release: Release, **how: Any) -> ZipFile:
    file = io.BytesIO()
    write_package(release, file, **how)
    return ZipFile(file)


def description(archive: ZipFile) -> dict[str, Any]:
    return json.loads(archive.read("datapackage.json"))


def text(archive: ZipFile, name: str) -> str:
    return archive.read(name).decode()


def faults(release: Release, folder: Path, **how: Any) -> list[str]:
    path = folder / "package.zip"
    with path.open("wb") as file:
        write_package(release, file, **how)
    with system.use_context(trusted=True):
        report = Package(str(path)).validate()
    return [error.message for task in report.tasks for error in task.errors] + [
        error.message for error in report.errors
    ]


def test_it_passes_the_command_of_frictionless_too(release: Release, tmp_path: Path) -> None:
    path = tmp_path / "package.zip"
    with path.open("wb") as file:
        write_package(release, file)
    command = [str(Path(sys.executable).with_name("frictionless")), "validate", str(path)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.long
def test_any_release_passes_frictionless(tmp_path: Path) -> None:
    @settings(
        max_examples=8,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=set(Phase) - {Phase.shrink, Phase.explain},
    )
    @given(st.data())
    def passes(data: st.DataObject) -> None:
        with transaction.atomic():
            assert faults(Maker(data.draw).release(), tmp_path, office=True) == []
            transaction.set_rollback(True)

    passes()


def test_every_content_table_has_a_file() -> None:
    exported = {sheet.model for sheet in SHEETS.values()}
    assert {model for model, _key in CLONED} - NOT_EXPORTED_TABLES <= exported


def test_it_says_what_it_is_in_both_languages(release: Release) -> None:
    archive = written(release)
    told = description(archive)
    assert (told["profile"], told["version"]) == ("tabular-data-package", "1")
    assert (told["title"], told["title_en"]) == (release.title_zh, release.title_en)
    assert told["licenses"][0]["name"] == "CC-BY-4.0"
    assert told["sources"] == [{"title": "评估结果通报", "title_en": "Bulletin of results"}]
    assert told["contributors"] == [{"title": "研究院", "role": "publisher"}]
    readme = text(archive, "README.md")
    assert f"# {release.title_zh}" in readme
    assert f"# {release.title_en}" in readme
    assert "creativecommons.org" in text(archive, "LICENSE.txt")
    assert "@misc{cityrank-2017-2018-1" in text(archive, "CITATION.txt")


def test_the_permanent_address_is_told_where_the_site_has_one(release: Release, settings: Any) -> None:
    settings.SITE_URL = "https://cityrank.example"
    archive = written(release)
    address = "https://cityrank.example/editions/2017-2018/releases/1/"
    assert description(archive)["homepage"] == address
    assert address in text(archive, "CITATION.txt")


def test_columns_have_types_units_choices_and_references(release: Release) -> None:
    tables = {one["name"]: one["schema"] for one in description(written(release))["resources"]}
    averages = {field["name"]: field for field in tables["averages"]["fields"]}
    assert (averages["printed_value"]["type"], averages["printed_value"]["unit"]) == ("number", "percent")
    statuses = next(field for field in tables["scores"]["fields"] if field["name"] == "status")
    assert statuses["constraints"]["enum"] == list(Score.Status.values)
    assert tables["scores"]["primaryKey"] == ["ranking", "position"]
    targets = {(key["fields"], key["reference"]["resource"]) for key in tables["scores"]["foreignKeys"]}
    assert targets == {("ranking", "rankings"), ("subject", "subjects"), ("source", "sources")}


def test_a_draft_is_for_the_office_and_says_that_it_is_one(draft: Release) -> None:
    with pytest.raises(Refused, match="2017-2018"):
        write_package(draft, io.BytesIO())
    archive = written(draft, office=True)
    told = description(archive)
    assert told["version"] == "2-draft"
    assert told["cityrank"] == {
        "format": 1,
        "edition": "2017-2018",
        "release": 2,
        "draft": True,
        "invented": False,
        "office": True,
    }
    assert told["title_en"].startswith("[Draft, not published]")
    assert "Draft, not published." in text(archive, "README.md")
    assert "do not cite" in text(archive, "CITATION.txt")


def test_what_stays_in_the_office_is_not_in_a_file_for_the_public(db: None) -> None:
    release = awards.empty_draft(due_on="2018-07-01")
    Source.objects.create(
        release=release, key="bulletin", title_zh="通报", transcriber="王五", checker="赵六"
    )
    into = Line.objects.create(slug="to-be-merged", kind="award", title_zh="拟合并")
    award = awards.award(awards.series(release), winners=[("西湖", registry.xihu())])
    Line.objects.filter(pk=award.line_id).update(merged_into=into)
    registry.xihu().__class__.objects.filter(slug="330106").update(note="内部备注")
    release = awards.publish_unattended(release)

    public, office = written(release), written(release, office=True)
    for secret in ("王五", "赵六", "to-be-merged", "拟合并", "内部备注", "due_on"):
        assert all(secret not in text(public, name) for name in public.namelist()), secret
        assert any(secret in text(office, name) for name in office.namelist()), secret


def test_an_operator_whom_no_release_names_is_not_told(db: None) -> None:
    hidden = Organisation.objects.create(slug="hidden-company", name_zh="秘密公司")
    app = App.objects.create(slug="app", name_zh="应用", operator=hidden)
    release = awards.empty_draft()
    table = scores.ranking(awards.series(release), state=Ranking.State.PARTIAL, peer_group=None)
    scores.score(table, 1, app, None, status="missing")
    release = awards.publish_unattended(release)
    assert text(written(release), "data/apps.csv") == "slug,operator\r\napp,\r\n"
    assert "app,hidden-company" in text(written(release, office=True), "data/apps.csv")


def test_verbatim_citations_are_said_not_to_be_licensed(release: Release) -> None:
    assert "original wording" not in text(written(release), "LICENSE.txt")
    draft = awards.start_draft(release.edition)
    draft.citations.update(kind="verbatim")
    assert "original wording" in text(written(draft, office=True), "LICENSE.txt")


def test_the_number_of_queries_does_not_grow_with_the_rows(
    django_assert_max_num_queries: Any, db: None
) -> None:
    release = awards.published_edition(rows=9)
    with django_assert_max_num_queries(45):
        written(release)
    assert Award.objects.of_release(release).count() == 9
