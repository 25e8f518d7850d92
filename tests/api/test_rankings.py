from collections.abc import Callable

from awards.models import Release

Rows = Callable[[str], list[dict]]


def test_a_table_that_is_only_a_picture_says_so(release: Release, rows: Rows) -> None:
    (row,) = rows("rankings/?status=not_transcribed")
    assert (row["slug"], row["image_caption"], row["expected_count"]) == ("picture", "得分.jpg", 50)
    assert row["bands"] == []


def test_a_ranking_tells_its_rules_and_bands(release: Release, rows: Rows, ask: Callable) -> None:
    (row,) = rows("rankings/?ranking=cities-50")
    assert (row["max_score"], row["decimals"], row["cutoff"], row["tie_rule"]) == ("100", 2, 50, "min")
    assert row["bands"][0]["label"] == {"zh": "领先", "en": "Leading"}
    assert row["peer_group"]["title"] == {"zh": "地级市", "en": "Prefectures"}
    assert ask(row["scores_url"]).json()["count"] == 1
    assert ask(row["url"]).json() == row


def test_rankings_are_found_by_who_stands_in_them(release: Release, rows: Rows) -> None:
    assert [row["slug"] for row in rows("rankings/?subject=339901")] == ["cities-50"]
    assert rows("rankings/?subject=330106") == []
