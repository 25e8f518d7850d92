import pytest
from django.utils.translation import override

from awards.models import Line
from cityrank.registry.texts import both


@pytest.mark.parametrize(
    ("language", "zh", "en", "shown"),
    [
        ("zh-hans", "影响力", "Influence", "影响力"),
        ("en", "影响力", "Influence", "Influence"),
        ("en-gb", "影响力", "Influence", "Influence"),
        ("en", "影响力", "", "影响力"),
        ("zh-hans", "", "Influence", "Influence"),
    ],
)
def test_a_text_is_read_in_the_language_of_the_reader_or_in_the_one_there_is(
    language: str, zh: str, en: str, shown: str
) -> None:
    with override(language):
        assert Line(title_zh=zh, title_en=en).title == shown


def test_both_languages_go_out_together() -> None:
    assert both(Line(title_zh="影响力", title_en=""), "title") == {"zh": "影响力", "en": ""}
