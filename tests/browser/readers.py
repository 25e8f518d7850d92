"""Who reads the public site: in which language, on which screen, with or without scripts."""

import time
from dataclasses import dataclass, field
from urllib.parse import urljoin

from playwright.sync_api import ConsoleMessage, Page, Response

# Every pair of values occurs: each language with and without scripts, on the telephone and at the desk.
KINDS = {
    "chinese-desk": ("", 1280, True),
    "english-phone": ("/en", 390, True),
    "chinese-phone-without-scripts": ("", 390, False),
    "english-desk-without-scripts": ("/en", 1280, False),
}


@dataclass
class Reader:
    """A person at a page of the site; what the console complains of is kept."""

    page: Page
    site: str
    language: str
    has_scripts: bool
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))

    def _heard(self, message: ConsoleMessage) -> None:
        self.complaints.append(f"{self.page.url}: {message.text}")

    def address(self, path: str) -> str:
        return f"{self.site}{self.language}{path}"

    def open(self, path: str) -> Page:
        response = self.page.goto(self.address(path))
        assert response is not None
        assert response.status == 200, f"{path}: {response.status}"
        self.sees_no_wider_page()
        return self.page

    def is_at(self, path: str) -> bool:
        return self.page.url.split("?")[0].split("#")[0] == self.address(path)

    def fetch(self, href: str) -> Response:
        """Ask for an address as the page would, without leaving it."""
        return self.page.request.get(urljoin(self.page.url, href))  # type: ignore[return-value]

    def waits_for_scripts_of_a_table(self) -> None:
        """Wait until htmx is there. Asked again and again: the page's policy lets nobody wait by an expression."""
        until = time.monotonic() + 20
        while self.has_scripts and not self.page.evaluate("Boolean(window.htmx)"):
            assert time.monotonic() < until, "htmx did not come"
            time.sleep(0.05)

    def sees_no_wider_page(self) -> None:
        width = (
            self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            if self.has_scripts
            else 0
        )
        assert width <= 0, f"{self.page.url} is {width} px wider than the screen"
