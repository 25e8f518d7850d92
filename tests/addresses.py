"""Every public address, read from the resolver, so that the tests that try them all cannot forget a new one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

# Not public: the admin, and the form that sets the language of the reader.
PRIVATE = ("admin/", "i18n/", "static/")


@dataclass(frozen=True)
class Address:
    """A route such as `editions/<label>/series/<number>/`, with the names of its parameters."""

    route: str
    parameters: tuple[str, ...]

    def fill(self, values: dict[str, str]) -> str:
        return "/" + re.sub(r"<(\w+)>", lambda found: values[found[1]], self.route)


def public_addresses() -> list[Address]:
    routes = {route for route in _walk(get_resolver().url_patterns, "") if not route.startswith(PRIVATE)}
    return [Address(route, tuple(re.findall(r"<(\w+)>", route))) for route in sorted(routes)]


def _walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
    for pattern in patterns:
        is_prefix = isinstance(pattern.pattern, LocalePrefixPattern)
        route = prefix if is_prefix else prefix + _plain(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        else:
            yield route


def _plain(route: str) -> str:
    """Reduce a path or a regular expression to its text with `<name>` for each parameter."""
    route = re.sub(r"\(\?P<(\w+)>[^()]*(?:\([^()]*\)[^()]*)*\)", r"<\1>", route)
    route = re.sub(r"<[\w-]+:(\w+)>", r"<\1>", route)
    return re.sub(r"\\[AZz]|[\^$?]|\\(?=[./-])", "", route)
