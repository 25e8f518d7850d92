"""Make a picture anew from what a stranger sent: nothing but pixels goes from the one file into the other.

Knows neither Django nor a model, so that `awards.scan_worker` starts quickly and has little in its memory.
"""

import io
import warnings

import pypdfium2
from PIL import Image, ImageOps

MOST_PIXELS = 25_000_000
LONGEST_SIDE = 12_000
MOST_PAGES = 50
# Of a page of a PDF in points (1/72 inch): a little more than A0.
LONGEST_PAGE = 3500
# What is kept of one file, in bytes.
MOST_KEPT = 40 * 1024 * 1024
JPEG_QUALITY = 90


class Unfit(Exception):
    """Nothing is kept of a file: the reason in one word, and figures for the sentence that is made of it."""

    def __init__(self, reason: str, *figures: int) -> None:
        super().__init__(reason, *figures)
        self.reason, self.figures = reason, figures


def size_of(content: bytes, form: str) -> tuple[int, int]:
    """Return width and height as a picture claims them; nothing is decompressed. Raises `Unfit`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=[form]) as image:
                size, frames = image.size, getattr(image, "n_frames", 1)
    except Exception as error:  # a decoder may fail in any way on what is no picture
        raise Unfit("damaged") from error
    if size[0] * size[1] > MOST_PIXELS or max(size) > LONGEST_SIDE:
        raise Unfit("pixels", *size)
    if frames != 1:
        raise Unfit("moving")
    return size


def picture_anew(content: bytes, form: str) -> bytes:
    """Return a PNG or JPEG with the pixels of another, turned as it says it is to be seen. Raises `Unfit`."""
    size_of(content, form)
    try:
        with Image.open(io.BytesIO(content), formats=[form]) as image:
            image.load()
            plain = _opaque(image)
            ImageOps.exif_transpose(plain, in_place=True)
    except Exception as error:  # a decoder may fail in any way on what is no picture
        raise Unfit("damaged") from error
    plain.info.clear()  # position, camera, colour profile, comments: without it nothing but the pixels is written
    kept = io.BytesIO()
    plain.save(kept, form, **({"quality": JPEG_QUALITY} if form == "JPEG" else {}))
    return _bounded(kept)


def _opaque(image: Image.Image) -> Image.Image:
    """Return the picture in grey or colour; what was transparent is white, as on the page it was seen on."""
    orientation = image.getexif().get(0x0112)
    if image.has_transparency_data:
        layer = image if image.mode == "RGBA" else image.convert("RGBA")
        plain = Image.new("RGB", image.size, "white")
        plain.paste(layer, mask=layer.getchannel("A"))
    else:
        wanted = "L" if image.mode in ("1", "L") or image.mode.startswith("I;16") else "RGB"
        # Sixteen bits are made eight by what they stand for; a plain conversion would make nearly all of it white.
        deep = image.point(lambda value: value / 256) if image.mode.startswith("I;16") else image
        plain = deep if deep.mode == wanted else deep.convert(wanted)
    if orientation:
        plain.getexif()[0x0112] = orientation
    return plain


def pages_anew(content: bytes) -> tuple[bytes, int]:
    """Return a PDF that holds nothing but pictures of the pages of another, and their number. Raises `Unfit`."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise Unfit("unreadable") from error
    try:
        count = len(document)
        if not 1 <= count <= MOST_PAGES:
            raise Unfit("pages", count)
        if any(
            not 1 <= side <= LONGEST_PAGE for page in range(count) for side in document.get_page_size(page)
        ):
            raise Unfit("paper")
        kept, is_blank = io.BytesIO(), True
        for index in range(count):
            picture = draw(document, index)
            is_blank = is_blank and picture.getcolors(1) is not None
            picture.save(kept, "PDF", resolution=200, append=index > 0)
            _bounded(kept)
        if is_blank:  # what the reader of PDF cannot draw it leaves out in silence
            raise Unfit("blank")
    except pypdfium2.PdfiumError as error:
        raise Unfit("page") from error
    finally:
        document.close()
    return _bounded(kept), count


def _bounded(kept: io.BytesIO) -> bytes:
    content = kept.getvalue()
    if len(content) > MOST_KEPT:
        raise Unfit("kept")
    return content


def draw(document: pypdfium2.PdfDocument, index: int) -> Image.Image:
    """Return a page as a picture of about 200 dots an inch, fewer where it would have too many pixels."""
    page = document[index]
    width, height = page.get_size()
    scale = min(200 / 72, (MOST_PIXELS / 4 / max(width * height, 1)) ** 0.5)
    picture: Image.Image = page.render(scale=scale, may_draw_forms=False).to_pil()
    page.close()
    return picture.convert("RGB")
