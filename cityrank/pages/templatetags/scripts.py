"""The script element of the public pages, with the addresses of the modules that it may fetch later."""

from functools import cache
from pathlib import Path

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

LOADER = "js/cityrank.js"
# Modules that come from packages.
FROM_PACKAGES = {"htmx": "django_htmx/htmx-2.min.js"}


@register.simple_tag
def loader() -> SafeString:
    """The loader; each file `static/js/<name>.js` stands on it as `data-<name>`, under its hashed address."""
    return _loader() if settings.DEBUG else _loader_once()


def modules() -> dict[str, str]:
    """File of each module by its name."""
    files = sorted((Path(settings.BASE_DIR) / "static/js").glob("*.js"))
    own = {file.stem: f"js/{file.name}" for file in files}
    return {name: file for name, file in (own | FROM_PACKAGES).items() if file != LOADER}


def _loader() -> SafeString:
    named = ((name, static(file)) for name, file in modules().items())
    addresses = format_html_join("", ' data-{}="{}"', named)
    return format_html('<script type="module" src="{}" data-modules{}></script>', static(LOADER), addresses)


_loader_once = cache(_loader)
