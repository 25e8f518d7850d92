from collections.abc import Callable

from awards.models import Release

Rows = Callable[[str], list[dict]]


def test_a_series_lists_its_awards_and_rankings_in_order(release: Release, rows: Rows, ask: Callable) -> None:
    first, last = rows("series/?edition=2017-2018")
    assert [award["slug"] for award in first["awards"]] == ["award-1"]
    assert [ranking["slug"] for ranking in last["rankings"]] == ["cities-50", "picture"]
    assert ask(last["rankings"][0]["url"]).json()["series"] == last["number"] == 8
    assert ask(first["url"]).json() == first
    assert first["page"] == "http://testserver/editions/2017-2018/series/1/"
