"""What is kept of an upload, and who is shown it."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image, PngImagePlugin

from awards import scan_drawing, scans
from awards.models import Attachment
from awards.scans import BadScan, clean_scan
from tests.awards import hostile_uploads as hostile
from tests.factories import accounts, awards
from tests.factories.scans import picture, size


def kept(content: bytes, name: str = "scan.png") -> scans.CleanScan:
    return clean_scan(io.BytesIO(content), name)


def refused(content: bytes, name: str = "scan.png") -> str:
    with pytest.raises(BadScan) as bad:
        kept(content, name)
    return str(bad.value)


@pytest.mark.long
def test_two_thousand_hostile_uploads_are_refused_with_a_sentence_in_little_memory() -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "tests.awards.hostile_uploads", "2000"],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    came = json.loads(answer.stdout.splitlines()[-1])
    assert came["kept"] == []
    assert came["tried"] >= 2000
    assert came["refused"] == came["tried"]  # each with a sentence
    assert came["megabytes"] < 300
    assert came["megabytes_elsewhere"] < 300


@pytest.mark.parametrize(
    ("content", "name"),
    [
        *[(content, "scan.pdf") for content in hostile.HOSTILE_PDFS.values()],
        *[(content, "scan.png") for content in hostile.HOSTILE_IMAGES.values()],
        (hostile.SVG, "scan.svg"),
        (hostile.SVG, "scan.png"),
        (hostile.HTML, "page.txt"),
        (hostile.PNG[:-9], "scan.png"),
        (hostile.PDF[:-90], "scan.pdf"),
    ],
    ids=[
        *hostile.HOSTILE_PDFS,
        *hostile.HOSTILE_IMAGES,
        "a drawing with a program",
        "a drawing called a picture",
        "a page called a text",
        "a picture cut short",
        "a PDF cut short",
    ],
)
def test_what_is_refused_is_said_at_the_field_and_leaves_neither_row_nor_file(
    content: bytes, name: str, db: None, settings: object, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    upload = Attachment(release=awards.empty_draft(), title="附表", file=SimpleUploadedFile(name, content))
    with pytest.raises(ValidationError) as invalid:
        upload.full_clean()
    assert name in str(invalid.value.message_dict["file"])
    with pytest.raises(BadScan):  # nor past the form
        upload.save()
    assert not Attachment.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_the_form_of_an_upload_says_what_is_wrong(
    evaluator: Client, settings: object, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    draft = awards.empty_draft()
    accounts.takes_all(draft)
    awards.award(awards.series(draft))
    accounts.takes_all(draft)
    address = f"{reverse('admin:awards_attachment_add')}?release={draft.pk}"
    data = {"title": "附表", "file": SimpleUploadedFile("得分.png", hostile.SVG, content_type="image/png")}
    response = evaluator.post(address, data)
    assert response.status_code == 200
    assert "得分.png" in response.content.decode()
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("form", "content", "media_type"),
    [
        ("PNG", hostile.PNG, "image/png"),
        ("JPEG", hostile.JPEG, "image/jpeg"),
        ("PDF", hostile.PDF, "application/pdf"),
    ],
    ids=["png", "jpeg", "pdf"],
)
def test_a_file_is_what_its_content_says_whatever_its_name(
    form: str, content: bytes, media_type: str
) -> None:
    scan = kept(content, "report.exe")
    assert (scan.media_type, scan.page_count) == (media_type, 1)
    if form != "PDF":
        assert size(scan.content) == size(content)


def test_nothing_that_was_hidden_in_a_picture_is_kept() -> None:
    page = Image.new("RGB", (120, 80), "white")
    exif = page.getexif()
    exif[0x010F], exif[0x0112] = "Secret Camera", 6
    exif.get_ifd(0x8825)[2] = (30.0, 15.0, 0.0)  # where it was taken
    file = io.BytesIO()
    page.save(file, "JPEG", exif=exif, comment=b"secret comment", icc_profile=b"secret profile" * 20)
    scan = kept(file.getvalue())
    with Image.open(io.BytesIO(scan.content)) as image:
        assert image.size == (80, 120)  # turned as it is to be seen
        assert not image.getexif()
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"secret" not in scan.content.lower()

    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "secret author")
    notes.add_itxt("Comment", "secret comment")
    file = io.BytesIO()
    page.save(file, "PNG", pnginfo=notes, exif=exif, dpi=(300, 300))
    file.write(b"PK\x03\x04 secret archive")
    scan = kept(file.getvalue())
    with Image.open(io.BytesIO(scan.content)) as image:
        assert image.info == {}
    assert b"secret" not in scan.content.lower()


def test_nothing_of_a_pdf_is_kept_but_pictures_of_its_pages() -> None:
    pages = [Image.open(io.BytesIO(picture(200, 300))).convert("RGB") for _page in range(3)]
    file = io.BytesIO()
    pages[0].save(
        file, "PDF", save_all=True, append_images=pages[1:], title="secret title", author="secret author"
    )
    scan = kept(file.getvalue() + b"\n% secret remark\n%%EOF")
    document = pypdfium2.PdfDocument(scan.content)
    assert len(document) == scan.page_count == 3
    assert document.get_metadata_dict(skip_empty=True).keys() <= {"CreationDate", "ModDate"}
    assert b"secret" not in scan.content.lower()
    document.close()


def test_a_large_picture_is_opened_elsewhere_and_comes_back_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(content: bytes, form: str) -> bytes:
        raise AssertionError("opened in the server's own memory")

    monkeypatch.setattr(scans, "picture_anew", nowhere)
    assert size(kept(picture(2400, 3000)).content) == (2400, 3000)
    assert scan_drawing.MOST_PIXELS > scans.PIXELS_HERE


def test_transparent_and_deep_pictures_are_seen_as_on_a_white_page() -> None:
    clear, deep = Image.new("RGBA", (9, 9), (0, 0, 0, 0)), Image.new("I;16", (9, 9), 65535)
    for page in (clear, deep):
        file = io.BytesIO()
        page.save(file, "PNG")
        with Image.open(io.BytesIO(kept(file.getvalue()).content)) as image:
            assert image.convert("L").getpixel((4, 4)) == 255


def test_a_reader_that_breaks_down_is_an_answer_and_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*args: object, **kwargs: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess([], -9, b"", b"")

    monkeypatch.setattr(scans.subprocess, "run", killed)
    assert "scan.pdf" in refused(hostile.PDF, "scan.pdf")

    def late(*args: object, **kwargs: object) -> None:
        raise subprocess.TimeoutExpired("scan_worker", 60)

    monkeypatch.setattr(scans.subprocess, "run", late)
    assert "scan.pdf" in refused(hostile.PDF, "scan.pdf")


# --- Who is shown it --------------------------------------------------------------------------------------------


@pytest.fixture
def attachment(db: None, settings: object, tmp_path: Path) -> Attachment:
    settings.MEDIA_ROOT = tmp_path
    upload = SimpleUploadedFile('x"; filename="evil.html', hostile.PDF)
    return Attachment.objects.create(release=awards.empty_draft(), title="附表", file=upload)


def addresses(sha256: str) -> list[str]:
    return [
        reverse("admin:awards_attachment_download", args=[sha256]),
        reverse("admin:awards_attachment_page", args=[sha256, 1]),
    ]


@pytest.mark.parametrize("role", ["evaluator", "reviewer", "publisher", "auditor"])
def test_a_file_is_shown_to_the_office_as_what_it_is_and_nothing_else(
    client: Client, attachment: Attachment, role: str
) -> None:
    client.force_login(accounts.user(role))
    file, page = (client.get(address) for address in addresses(attachment.sha256))
    assert file.headers["Content-Type"] == "application/pdf"
    assert page.headers["Content-Type"] == "image/jpeg"
    assert file.headers["Content-Disposition"].startswith('attachment; filename="')
    assert "evil" not in file.headers["Content-Disposition"]
    for answer in (file, page):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "private" in answer.headers["Cache-Control"]
    assert file.getvalue()  # read to its end, as a browser does
    again = client.get(addresses(attachment.sha256)[1], headers={"If-None-Match": page.headers["ETag"]})
    assert again.status_code == 304
    assert client.get(reverse("admin:awards_attachment_page", args=[attachment.sha256, 2])).status_code == 404


def test_for_anybody_else_a_file_is_as_one_that_is_not_there(client: Client, attachment: Attachment) -> None:
    there, nowhere = addresses(attachment.sha256), addresses("0" * 64)
    for real, wrong in zip(there, nowhere, strict=True):
        answers = [client.get(address) for address in (real, wrong)]
        assert {answer.status_code for answer in answers} == {302}
        assert [answer.headers["Location"].split("?")[0] for answer in answers] == [
            reverse("admin:login")
        ] * 2
    stranger = accounts.user("evaluator", "stranger")
    stranger.groups.clear()
    client.force_login(stranger)
    assert [client.get(address).status_code for address in (*there, *nowhere)] == [404] * 4
    assert client.get(f"/media/{attachment.file.name}").status_code == 404


def test_a_text_has_no_pages_and_a_lost_file_is_not_there(evaluator: Client, attachment: Attachment) -> None:
    text = Attachment.objects.create(
        release=attachment.release, title="通报", file=SimpleUploadedFile("a.txt", "通报".encode())
    )
    assert evaluator.get(addresses(text.sha256)[1]).status_code == 404
    attachment.file.storage.delete(attachment.file.name)
    assert [evaluator.get(address).status_code for address in addresses(attachment.sha256)] == [404, 404]
