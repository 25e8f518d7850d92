"""Texts in two languages: `title_zh` and `title_en` stored, `title` read in the language of the reader."""

from typing import Any

from django.utils.translation import get_language


class Localised:
    """Attribute that reads `<name>_zh` or `<name>_en` of its object, in the active language.

    English falls back to Chinese where no translation exists, and the other way round: a missing translation
    shows the original instead of an empty heading.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, instance: Any, owner: type) -> Any:
        if instance is None:
            return self
        zh = getattr(instance, f"{self.name}_zh")
        en = getattr(instance, f"{self.name}_en")
        return (en or zh) if is_english() else (zh or en)


def is_english() -> bool:
    return (get_language() or "").startswith("en")


def both(instance: Any, name: str) -> dict[str, str]:
    """Return `{"zh": ..., "en": ...}` for the API; a text that does not exist is an empty string."""
    return {"zh": getattr(instance, f"{name}_zh"), "en": getattr(instance, f"{name}_en")}
