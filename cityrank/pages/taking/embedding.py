"""The code that shows a table or chart of this site on the page of somebody else."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.utils.html import escape

from cityrank.pages.taking.badges import HEIGHT as BADGE_HEIGHT
from cityrank.pages.taking.badges import WIDTH as BADGE_WIDTH

THEMES: Final = ("light", "dark", "auto")
# What an iframe is high without the script that fits it.
HEIGHT = 480


def _code(template: str, *values: object) -> str:
    """Return markup to be copied: its values are escaped, and where it is shown it is a text like any other."""
    return template.format(*map(escape, values))


@dataclass(frozen=True)
class Embed:
    """A table or chart at an address: `site` is what it begins with, `title` what a screen reader calls the frame."""

    site: str
    path: str
    title: str
    theme: str = "auto"

    @property
    def address(self) -> str:
        query = f"?{urlencode({'theme': self.theme})}" if self.theme != "auto" else ""
        return f"{self.site}{self.path}{query}"

    def iframe(self) -> str:
        """The frame alone: its height is fixed."""
        return _code(
            '<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy" style="border:0"></iframe>',
            self.address,
            self.title,
            HEIGHT,
        )

    def script(self) -> str:
        """One line that makes the frame and keeps it as high as its content."""
        return _code(
            '<script async src="{}/embed.js" data-cityrank="{}" data-title="{}"></script>',
            self.site,
            self.address.removeprefix(self.site),
            self.title,
        )


@dataclass(frozen=True)
class BadgeCode:
    """A badge for the page of a winner: where the drawing is, where it leads, and what it says in words."""

    theme: str
    path: str
    image: str
    certificate: str
    alt: str

    def html(self) -> str:
        """The code to copy: a picture that leads to the page of the certificate."""
        return _code(
            '<a href="{}"><img src="{}" width="{}" height="{}" alt="{}"></a>',
            self.certificate,
            self.image,
            BADGE_WIDTH,
            BADGE_HEIGHT,
            self.alt,
        )
