"""Settings read from the environment: each either has a value that makes sense, or stops the start with a sentence."""

import re

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

# A site by scheme, host and perhaps port; the host may begin with `*.` for everything below it.
_ORIGIN = re.compile(
    r"https?://(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:[1-9][0-9]{0,4})?"
)


def boolean(name: str, default: bool) -> bool:
    """Read a yes/no setting; anything but the accepted words is an error, never a silent False."""
    raw = env.str(name, default=str(default)).strip().lower()
    if raw in ("1", "true", "yes", "on"):
        return True
    if raw in ("0", "false", "no", "off"):
        return False
    raise ImproperlyConfigured(f"{name} is {raw!r}; write one of: true, false.")


def whole_number(name: str, default: int) -> int:
    raw = env.str(name, default=str(default)).strip()
    if not re.fullmatch(r"\d{1,9}", raw):
        raise ImproperlyConfigured(f"{name} is {raw!r}; write a whole number.")
    return int(raw)


def origins(name: str) -> list[str]:
    """Read a list of sites, separated by commas; `*` alone means every site.

    They go into a header word for word, so nothing but an origin is let through: no path, no quote, no blank.
    """
    found = [text.strip() for text in env.str(name, default="").split(",") if text.strip()]
    if found == ["*"]:
        return found
    for text in found:
        if text == "*":
            raise ImproperlyConfigured(f"{name} has * beside others; write * alone, or the sites without it.")
        if not _ORIGIN.fullmatch(text):
            raise ImproperlyConfigured(
                f"{name} has {text!r}; write sites with their scheme and without a path, as https://news.example."
            )
    return found
