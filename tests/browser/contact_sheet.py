"""The contact sheet of docs/: every kind of page, small, beside each other. Run by `make contact-sheet`.

One sheet in Chinese and light, one in English and dark; of each page what a desk and a telephone show of it first.
"""

import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Browser

from tests.browser.pages import DEMO, GONE
from tests.browser.sites import Site

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "contact-sheet"
SHEETS = {"chinese-light": ("", "light"), "english-dark": ("/en", "dark")}
# Width of the window, and of its picture; both are as tall as this times the picture's width.
DESK, PHONE = (1280, 440), (390, 150)
HEIGHT = 560
COLUMNS, GAP, LABEL = 4, 18, 26
QUALITY = 52


def test_take_the_contact_sheet(browser: Browser, demo_site: Site) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, (language, scheme) in SHEETS.items():
        cells = []
        for page_name, path in (DEMO | GONE).items():
            address = f"{demo_site.url}{language}{path}"
            shots = [_shot(browser, address, scheme, *size) for size in (DESK, PHONE)]
            cells.append((page_name, shots))
        file = FOLDER / f"{name}.webp"
        _sheet(cells).save(file, "WEBP", quality=QUALITY, method=6)
        assert file.stat().st_size < 750_000


def _shot(browser: Browser, address: str, scheme: str, width: int, shown: int) -> Image.Image:
    """Return the top of a page, as wide as `shown` and as tall as every cell."""
    tall = HEIGHT * width // shown
    with browser.new_context(viewport={"width": width, "height": tall}, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(address, wait_until="networkidle")
        picture = page.screenshot(animations="disabled")
    with Image.open(io.BytesIO(picture)) as opened:
        return opened.convert("RGB").resize((shown, HEIGHT), Image.Resampling.LANCZOS)


def _sheet(cells: list[tuple[str, list[Image.Image]]]) -> Image.Image:
    wide = DESK[1] + PHONE[1] + GAP // 2
    rows = -(-len(cells) // COLUMNS)
    size = (COLUMNS * (wide + GAP) + GAP, rows * (HEIGHT + LABEL + GAP) + GAP)
    sheet = Image.new("RGB", size, "#8a8d94")
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(size=16)
    for number, (name, (desk, phone)) in enumerate(cells):
        left = GAP + (number % COLUMNS) * (wide + GAP)
        top = GAP + (number // COLUMNS) * (HEIGHT + LABEL + GAP)
        pen.text((left, top), name, fill="white", font=font)
        sheet.paste(desk, (left, top + LABEL))
        sheet.paste(phone, (left + DESK[1] + GAP // 2, top + LABEL))
    return sheet
