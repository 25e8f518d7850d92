"""Open pages show the current release, frozen ones the release of their address."""

import pytest

from awards.models import Release
from cityrank.publishing.workflow import publish_unattended
from tests.pages.conftest import Reader

PARTS = ["", "series/1/", "awards/award-1/", "rankings/cities-50/", "averages/"]


@pytest.mark.parametrize("part", PARTS)
def test_the_current_release_has_a_frozen_page_that_says_so(
    read: Reader, release: Release, part: str
) -> None:
    page = read(f"/en/editions/2017-2018/releases/1/{part}")
    assert "This is release 1, the current one, at its permanent address." in page
    # The same content stands at the open address, which search engines should prefer.
    assert f'<link rel="canonical" href="http://testserver/en/editions/2017-2018/{part}">' in page


@pytest.mark.parametrize("part", PARTS)
def test_a_superseded_release_stays_as_it_was_and_leads_to_the_current_one(
    read: Reader, release: Release, draft: Release, part: str
) -> None:
    publish_unattended(draft, reason="更正")
    old = read(f"/en/editions/2017-2018/releases/1/{part}")
    assert "This is release 1, which a later one has replaced." in old
    assert 'href="/en/editions/2017-2018/"> See release 2, the current one' in old
    assert '<meta name="robots" content="noindex">' in old
    assert "Topsecret" not in old
    assert "Topsecret" in read(f"/en/editions/2017-2018/{part}")


def test_links_of_a_frozen_page_stay_in_its_release(read: Reader, release: Release) -> None:
    page = read("/editions/2017-2018/releases/1/")
    assert 'href="/editions/2017-2018/releases/1/series/1/"' in page
    assert 'href="/editions/2017-2018/releases/1/awards/award-1/"' in page
    assert 'href="/editions/2017-2018/releases/1/averages/"' in page


def test_a_page_names_its_permanent_address(read: Reader, release: Release) -> None:
    page = read("/editions/2017-2018/awards/award-1/")
    assert ">http://testserver/editions/2017-2018/releases/1/awards/award-1/</a>" in page


@pytest.mark.parametrize("part", PARTS)
def test_a_withdrawn_release_is_gone_and_its_reason_stays(
    read: Reader, release: Release, draft: Release, part: str
) -> None:
    publish_unattended(draft, reason="更正")
    Release.objects.filter(pk=release.pk).update(status="withdrawn", withdrawal="名单有误")
    page = read(f"/en/editions/2017-2018/releases/1/{part}", 410)
    assert "Release 1 was withdrawn" in page
    assert "名单有误" in page
    assert "第1镇" not in page


def test_a_draft_has_no_address(read: Reader, draft: Release) -> None:
    for part in PARTS:
        read(f"/editions/2017-2018/releases/2/{part}", 404)
