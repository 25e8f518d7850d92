"""Addresses that an answer contains: of the object in the API and of its page, always absolute."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from rest_framework.request import Request

# Pages that also stand below the permanent address of a release.
FROZEN_PAGES = ("series", "award", "ranking", "averages")


def absolute(request: Request, path: str) -> str:
    """Return the address on SITE_URL where it is set, else on the host that was asked."""
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else request.build_absolute_uri(path)


@dataclass(frozen=True)
class Links:
    """Makes the addresses of one answer; `pinned` is the release number the client asked for, if any."""

    request: Request
    pinned: int | None = None

    def api(self, name: str, *args: object) -> str:
        """Return the address of an object; a pinned answer leads on to pinned objects."""
        return absolute(self.request, self._pin(reverse(f"api:{name}", args=args)))

    def lasting(self, name: str, *args: object) -> str:
        """Return the address of something that no release contains: an edition, a place, an organisation."""
        return absolute(self.request, reverse(f"api:{name}", args=args))

    def rows(self, name: str, **filters: object) -> str:
        """Return the address of a filtered list; a pin needs the filter `edition` beside it."""
        pin = {"release": self.pinned} if self.pinned and "edition" in filters else {}
        query = "&".join(f"{key}={value}" for key, value in (filters | pin).items())
        return absolute(self.request, f"{reverse(f'api:{name}')}?{query}")

    def page(self, name: str, *args: object) -> str:
        """Return the canonical page; of a pinned answer, the page below the release's permanent address."""
        if self.pinned and name in FROZEN_PAGES:
            label, *rest = args
            name, args = f"release-{name}", (label, self.pinned, *rest)
        return absolute(self.request, reverse(f"pages:{name}", args=args))

    def _pin(self, path: str) -> str:
        return f"{path}?release={self.pinned}" if self.pinned else path
