"""What holds for every page: one script of ours at most, nothing inline, one small style sheet, errors for people."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage, storages
from django.test import Client, RequestFactory, override_settings

from cityrank.pages.assets import composed
from cityrank.pages.templatetags import scripts
from cityrank.pages.views import errors
from tests.pages.conftest import Reader

PAGES = [
    "/", "/editions/", "/editions/2017-2018/", "/editions/2017-2018/series/1/", "/editions/2017-2018/series/8/",
    "/editions/2017-2018/awards/award-1/", "/editions/2017-2018/rankings/cities-50/", "/editions/2017-2018/averages/",
    "/editions/2017-2018/releases/1/", "/editions/2017-2018/errata/", "/editions/2017-2018/releases/1/errata/",
    "/places/330106/", "/organisations/institute/", "/search/?q=hangzhou", "/about/",
    "/editions/2017-2018/method/", "/editions/2017-2018/winners-by-province/", "/most-awarded/", "/compare/",
    "/certificates/", "/editions/2017-2018/rankings/cities-50/movers/",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_a_page_keeps_the_strict_policy(client: Client, release: object, path: str) -> None:
    response = client.get(path)
    page = response.content.decode()
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", page)
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", page, re.DOTALL)
    # A block of data is not run.
    run = [script for script in scripts if 'type="application/ld+json"' not in script[0]]
    assert [re.findall(r'\ssrc="([^"]+)"', attributes) for attributes, _ in run] == [
        ["/static/js/cityrank.js"]
    ]
    assert not any(body.strip() for _, body in run)
    assert page.count('rel="stylesheet"') == 1


@pytest.mark.parametrize("module", ["cityrank", "copy"])
def test_a_script_is_small_and_needs_nothing_that_the_policy_forbids(module: str) -> None:
    text = (settings.BASE_DIR / f"static/js/{module}.js").read_text(encoding="utf-8")
    assert len(text.encode()) < 3_000
    assert not re.search(r"\beval\b|new Function|innerHTML|https?://|\.style\b", text)


def test_the_loader_knows_the_address_of_every_module(client: Client, release: object) -> None:
    page = client.get("/").content.decode()
    for file in (settings.BASE_DIR / "static/js").glob("*.js"):
        assert f'"/static/js/{file.name}"' in page
    assert 'data-htmx="/static/django_htmx/htmx-2.min.js"' in page


def test_addresses_of_scripts_carry_the_hashes_of_a_manifest(tmp_path: Path) -> None:
    manifest = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=settings.STORAGES | {"staticfiles": manifest}):
        names = [scripts.LOADER, *scripts.modules().values()]
        found = {name: Path(finders.find(name)) for name in names}
        sources = {
            name: (FileSystemStorage(str(file).removesuffix(name)), name) for name, file in found.items()
        }
        assert all(done is True for *_, done in storages["staticfiles"].post_process(sources))
        element = scripts._loader()
    addresses = re.findall('"/static/([^"]+)"', element)
    assert len(addresses) == len(names)
    assert all(re.search(r"\.[0-9a-f]{12}\.js$", address) for address in addresses)
    assert all((tmp_path / address).is_file() for address in addresses)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_heading_one_main_part_and_no_address_used_twice(
    client: Client, release: object, path: str
) -> None:
    page = client.get(path).content.decode()
    assert len(re.findall("<h1", page)) == 1
    assert len(re.findall("<main", page)) == 1
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert page.count("<table") == page.count("<caption")


@pytest.mark.parametrize("path", PAGES)
def test_no_template_leaves_an_empty_value_behind(read: Reader, release: object, path: str) -> None:
    text = re.sub("<[^>]*>", " ", read(path))
    assert not re.search(r"\bNone\b|\bNaN\b|\{\{|\{%|%\(", text)


def test_pages_work_before_anything_was_published(read: Reader, db: None) -> None:
    assert "No edition has been published yet." in read("/en/")
    assert "No edition has been published yet." in read("/en/editions/")


def test_the_style_sheet_stays_small_and_asks_nobody_else() -> None:
    text = composed()
    assert len(gzip.compress(text.encode())) < 14_000
    assert "url(" not in text
    assert "@import" not in text
    # A block left open would swallow all that follows, and no browser says so.
    assert text.count("{") == text.count("}")


@pytest.mark.parametrize(
    ("path", "words"), [("/", "zh-Hans"), ("/en/places/1/", "Something broke on our side")]
)
def test_the_page_for_errors_needs_neither_database_nor_middleware(path: str, words: str) -> None:
    # Without the fixture `db`, any query would be an error.
    response = errors.server_error(RequestFactory().get(path))
    assert response.status_code == 500
    assert words in response.content.decode()


def test_the_page_for_errors_is_there_even_when_its_template_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> None:
        raise RuntimeError(name)

    monkeypatch.setattr(errors, "get_template", broken)
    response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "500" in response.content.decode()


def test_a_page_that_broke_answers_500(
    client: Client, release: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise RuntimeError

    monkeypatch.setattr("cityrank.pages.views.home.open_gate", broken)
    client.raise_request_exception = False
    assert client.get("/").status_code == 500
