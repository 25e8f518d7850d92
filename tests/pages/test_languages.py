"""One page in two languages, each knowing the other."""

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.pages.conftest import Reader

PAGES = [
    "/",
    "/editions/",
    "/editions/2017-2018/awards/award-1/",
    "/places/330106/",
    "/search/?q=hangzhou",
    "/about/",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_names_itself_in_both_languages(read: Reader, release: object, path: str) -> None:
    chinese, english = read(path), read("/en" + path)
    plain = path.split("?")[0]
    for page in (chinese, english):
        assert f'<link rel="alternate" hreflang="zh-Hans" href="http://testserver{plain}">' in page
        assert f'<link rel="alternate" hreflang="en" href="http://testserver/en{plain}">' in page
        assert f'<link rel="alternate" hreflang="x-default" href="http://testserver{plain}">' in page
    assert '<html lang="zh-Hans">' in chinese
    assert '<html lang="en">' in english
    assert f'<link rel="canonical" href="http://testserver/en{plain}">' in english


@pytest.mark.parametrize("path", PAGES)
def test_the_language_switch_keeps_page_and_query(client: Client, release: object, path: str) -> None:
    assert f'href="/en{path}"' in client.get(path).content.decode()
    assert f'href="{path}"' in client.get("/en" + path).content.decode()


def test_the_address_decides_the_language_and_not_the_browser(client: Client, release: object) -> None:
    page = client.get("/", headers={"accept-language": "en"}).content.decode()
    assert '<html lang="zh-Hans">' in page


def test_an_unknown_address_leads_to_the_other_languages_first_page(read: Reader) -> None:
    assert 'href="/en/"' in read("/nowhere/", 404)
    assert '<html lang="en">' in read("/en/nowhere/", 404)


def test_chinese_names_are_marked_in_english_pages(read: Reader, release: object) -> None:
    page = read("/en/editions/2017-2018/awards/award-1/")
    assert '<span class="winner-printed" lang="zh-Hans">第1镇</span>' in page
    assert '<span class="original" lang="zh-Hans">最具影响力智慧城市</span>' in page
    assert "Xihu, Hangzhou, Zhejiang" in page


def test_canonical_addresses_follow_the_setting_of_the_site(
    read: Reader, release: object, settings: LazySettings
) -> None:
    settings.SITE_URL = "https://cityrank.example"
    page = read("/editions/2017-2018/")
    assert '<link rel="canonical" href="https://cityrank.example/editions/2017-2018/">' in page
    assert ">https://cityrank.example/editions/2017-2018/releases/1/</a>" in page
