"""Places beside each other over years that changed: methods, groups and names."""

import re

import pytest

from cityrank.charts import drawing
from tests.factories import registry, years
from tests.pages.conftest import Reader

PAGE = "/en/compare/"


@pytest.fixture(autouse=True)
def _without_drawings(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a chart looks like is another test's; drawing takes longer than all else here."""
    monkeypatch.setattr(drawing, "on_page", lambda *args, **names: None)


def address(*texts: str) -> str:
    return PAGE + "?" + "&".join(f"place={text}" for text in texts)


def cells(page: str, edition: str) -> list[str]:
    """Return the cells of the row of an edition in the first table, as texts."""
    body = page.split('class="beside')[1].split("<tbody")[1].split("</tbody>")[0]
    row = next(row for row in body.split("<tr")[1:] if f"/editions/{edition}/" in row)
    return [re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", cell)).strip() for cell in row.split("<td")[1:]]


def test_a_change_is_shown_only_where_the_years_compare(read: Reader, db: None) -> None:
    one, two = years.city(1), years.city(2)
    years.published("2018", {one: "80", two: "70"})
    years.published("2019", {one: "85", two: "71"}, method_changed=True)
    page = read(address("339901", "339902"))
    assert "since 2018" not in page
    assert "Does not compare with 2018. The method changed in 2019." in page


def test_places_of_two_groups_are_shown_with_a_warning_that_names_both(read: Reader, db: None) -> None:
    draft = years.draft("2019", {years.city(1): "80"})
    table = years.ranking(draft, {registry.xihu(): "60"}, "districts")
    group = table.peer_group
    group.pk, group.slug, group.title_en, group.level = None, "districts", "Districts", "county"
    group.save()
    table.peer_group = group
    table.save()
    years.publish_unattended(draft, reason="第一版")
    page = read(address("339901", "330106"))
    assert "They are not in one peer group" in page
    assert "is compared in “Prefectures”" in page
    assert "Xihu is compared in “Districts”" in page
    assert "In tables that hold only one of them" in page
    assert "In the same tables" not in page
    assert "80.00" in page
    assert "60.00" in page


def test_a_renamed_county_brings_its_ranks_along(read: Reader, db: None) -> None:
    old, new = registry.renamed_county()
    years.published("2018", {years.city(1): "80", old: "70"})
    years.published("2019", {years.city(1): "80", new: "75"})
    page = read(address("339901", "410308"))
    assert "as 孟津县" in cells(page, "2018")[1]
    assert "+5.00 since 2018" in cells(page, "2019")[1]
