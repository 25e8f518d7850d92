"""Takes the pictures of the handbook: the same page in both languages, cropped, with few colours and so small."""

import io
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageChops
from playwright.sync_api import Page

PICTURES = Path(__file__).resolve().parents[3] / "docs" / "handbook" / "images"
# What stands before a path, by the language that it then shows.
LANGUAGES = {"zh": "", "en": "/en"}
WIDTH, HEIGHT = 1280, 900
MARGIN = 16
TALLEST = 1100

Prepare = Callable[[Page], None]


class Camera:
    """Knows where the site is and where pictures are kept."""

    def __init__(self, site: str, folder: Path = PICTURES) -> None:
        self.site, self.folder = site, folder

    def take(
        self, page: Page, path: str, name: str, prepare: Prepare | None = None, *, until: str = ""
    ) -> None:
        """Open a page in both languages, prepare it, and keep a picture of each down to the element `until`."""
        for language in LANGUAGES:
            self.open(page, path, language)
            if prepare:
                prepare(page)
            self.shoot(page, name, language, until)

    def open(self, page: Page, path: str, language: str) -> None:
        page.goto(f"{self.site}{LANGUAGES[language]}{path}")
        page.wait_for_load_state("networkidle")

    def shoot(self, page: Page, name: str, language: str, until: str = "") -> None:
        frame = _frame(page, until)
        # A window as tall as the picture: what sticks to the lower edge of a window then stands where it belongs.
        page.set_viewport_size({"width": WIDTH, "height": round(frame["y"] + frame["height"])})
        picture = page.screenshot(full_page=True, animations="disabled", clip=frame)
        page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        path = self.folder / language / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_small(picture))


def _frame(page: Page, until: str) -> dict[str, float]:
    """Return the part of the page that is worth showing, in pixels: without the navigation, down to `until`."""
    left = page.evaluate("document.querySelector('#main')?.getBoundingClientRect().left ?? 0")
    bottom = page.evaluate("document.documentElement.scrollHeight")
    if until:
        box = page.locator(until).last.bounding_box()
        bottom = box["y"] + page.evaluate("scrollY") + box["height"] + MARGIN
    return {"x": left, "y": 0, "width": WIDTH - left, "height": min(bottom, TALLEST)}


def _small(picture: bytes) -> bytes:
    """Return a PNG without the empty space below, of at most 256 colours, which is a third of the size."""
    kept = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as opened:
        image = opened.convert("RGB")
    ground = Image.new("RGB", image.size, image.getpixel((image.width - 1, image.height - 1)))
    drawn = ImageChops.difference(image, ground).getbbox()
    if drawn:
        image = image.crop((0, 0, image.width, min(image.height, drawn[3] + MARGIN)))
    image.quantize(256, dither=Image.Dither.NONE).save(kept, "PNG", optimize=True)
    return kept.getvalue()
