"""The documents among the formats of an export: by command, to the office, to the public."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, override_settings

from awards.models import Release
from cityrank.exchange.formats import FORMATS, Options
from cityrank.publishing.refusals import Refused
from cityrank.publishing.workflow import start_draft
from tests.exchange.documents.pdfs import pages_of
from tests.factories import accounts
from tests.factories.corrections import correct

DOCUMENTS = ("text", "docx", "pdf", "certificates")
BEGINS = {"text": "2017-2018评估结果".encode(), "docx": b"PK", "pdf": b"%PDF", "certificates": b"%PDF"}


def exported(release: Release, name: str, **options: object) -> bytes:
    file = io.BytesIO()
    FORMATS[name].write(release, file, Options(**options))
    return file.getvalue()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_command_writes_each_of_them(release: Release, name: str, tmp_path: Path) -> None:
    target, output = tmp_path / "file", io.StringIO()
    call_command(
        "export_edition",
        "2017-2018",
        format=name,
        output=target,
        language="zh-hans",
        as_json=True,
        stdout=output,
    )
    assert target.read_bytes().startswith(BEGINS[name])
    assert json.loads(output.getvalue())["rows"]


def test_the_language_is_chosen(release: Release, tmp_path: Path) -> None:
    call_command(
        "export_edition",
        "2017-2018",
        format="text",
        output=tmp_path / "file",
        language="en",
        stdout=io.StringIO(),
    )
    assert (tmp_path / "file").read_text().startswith("Results of 2017-2018")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_draft_is_for_the_office_alone(release: Release, name: str) -> None:
    draft = start_draft(release.edition)
    with pytest.raises(Refused):
        exported(draft, name)
    assert exported(draft, name, office=True)


def test_the_command_says_why_there_are_no_certificates(release: Release, tmp_path: Path) -> None:
    correct(release)
    with pytest.raises(CommandError) as refused:
        call_command(
            "export_edition", "2017-2018", release=1, format="certificates", output=tmp_path / "file"
        )
    assert refused.value.returncode == 2
    assert not (tmp_path / "file").exists()


@pytest.mark.parametrize("name", ["docx", "pdf", "certificates"])
def test_a_correction_is_never_answered_with_what_was_kept(release: Release, name: str) -> None:
    before = exported(release, name, site="https://example.org")
    assert exported(release, name, site="https://example.org") == before
    assert exported(correct(release), name, site="https://example.org") != before


def test_a_new_name_in_the_registry_is_printed_at_once(release: Release) -> None:
    before = "".join(pages_of(exported(release, "pdf", language="en")))
    town = release.awards.get().recipients.get().subject.place
    town.name_en = "Firsttown"
    town.save()
    after = "".join(pages_of(exported(release, "pdf", language="en")))
    assert ("Firsttown" in before, "Firsttown" in after) == (False, True)


def test_the_office_finds_them_on_the_page_of_the_release(client: Client, release: Release) -> None:
    client.force_login(accounts.user("publisher"))
    draft = start_draft(release.edition)
    page = client.get(f"/admin/awards/release/{draft.pk}/download/").content.decode()
    for name in DOCUMENTS:
        address = f"/admin/awards/release/{draft.pk}/download/{name}/"
        assert address in page
        assert b"".join(client.get(address).streaming_content).startswith((BEGINS[name], "草稿".encode()))


@override_settings(SITE_URL="")
def test_an_export_without_an_address_of_the_site_names_none(release: Release) -> None:
    assert b"http" not in exported(release, "text")
