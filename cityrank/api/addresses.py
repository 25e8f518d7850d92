"""Addresses that an answer contains: of the object in the API and of its page, always absolute."""

from dataclasses import dataclass, field
from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, reverse
from rest_framework.request import Request

# Pages that also stand below the permanent address of a release.
FROZEN_PAGES = ("series", "award", "ranking", "averages")


def site(request: Request) -> str:
    """Return SITE_URL where it is set, else the scheme and host that were asked."""
    return settings.SITE_URL or f"{request.scheme}://{request.get_host()}"


def absolute(request: Request, path: str) -> str:
    return site(request) + path


# A list of 500 rows holds thousands of addresses, many of them alike; making one costs as much as reading a row.
@lru_cache(maxsize=20_000)
def _path(name: str, args: tuple[object, ...], prefix: str) -> str:
    return reverse(name, args=args)


@dataclass
class Links:
    """Makes the addresses of one answer; `pinned` is the release number the client asked for, if any."""

    request: Request
    pinned: int | None = None
    origin: str = field(init=False)
    prefix: str = field(init=False)

    def __post_init__(self) -> None:
        self.origin, self.prefix = site(self.request), get_script_prefix()

    def api(self, name: str, *args: object) -> str:
        """Return the address of an object; a pinned answer leads on to pinned objects."""
        pin = f"?release={self.pinned}" if self.pinned else ""
        return self.lasting(name, *args) + pin

    def lasting(self, name: str, *args: object) -> str:
        """Return the address of something that no release contains: an edition, a place, an organisation."""
        return self.origin + _path(f"api:{name}", args, self.prefix)

    def rows(self, name: str, **filters: object) -> str:
        """Return the address of a filtered list; a pin needs the filter `edition` beside it."""
        pin = {"release": self.pinned} if self.pinned and "edition" in filters else {}
        query = "&".join(f"{key}={value}" for key, value in (filters | pin).items())
        return f"{self.lasting(name)}?{query}"

    def page(self, name: str, *args: object) -> str:
        """Return the canonical page; of a pinned answer, the page below the release's permanent address."""
        if self.pinned and name in FROZEN_PAGES:
            label, *rest = args
            name, args = f"release-{name}", (label, self.pinned, *rest)
        return self.origin + _path(f"pages:{name}", args, self.prefix)
