"""Pictures of tables, such as a bulletin prints them."""

import io

from PIL import Image, ImageDraw


def picture(width: int = 400, height: int = 600, form: str = "PNG", **saved: object) -> bytes:
    """Return a white page with a frame and lines where rows would be."""
    page = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(page)
    for line in range(20, height, max(height // 12, 1)):
        pen.line((10, line, width - 10, line), fill="black")
    kept = io.BytesIO()
    page.save(kept, form, **saved)
    return kept.getvalue()


def size(content: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(content)) as image:
        return image.size
