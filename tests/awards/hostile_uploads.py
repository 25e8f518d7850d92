"""Uploads that nobody should send, thousands of them, in a program of its own whose memory can be measured.

Run by test_scans.py: `python -m tests.awards.hostile_uploads 2000` prints what came of them as JSON.
"""

import io
import json
import re
import resource
import struct
import sys
import zlib
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.factories import scans

PNG, JPEG = scans.picture(60, 80), scans.picture(60, 80, "JPEG")
PDF = scans.picture(60, 80, "PDF")
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
HTML = b"<!doctype html><script>fetch('//evil')</script>"
NAMES = st.sampled_from(
    ["scan.png", "scan.jpg", "scan.pdf", "通报.PNG", "../../etc/passwd", "a\x00b.png", "scan"]
)
TEXT_NAMES = st.sampled_from(["scan.txt", "通报.md", "rows.csv"])


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, pixels: bytes, *more: bytes) -> bytes:
    """Return a PNG that claims a size and holds these compressed pixels."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def pdf(*objects: bytes) -> bytes:
    """Return a PDF of these objects, numbered from 1; the first is its root."""
    kept, places = io.BytesIO(b"%PDF-1.7\n"), []
    kept.seek(0, io.SEEK_END)
    for number, text in enumerate(objects, 1):
        places.append(kept.tell())
        kept.write(b"%d 0 obj\n%s\nendobj\n" % (number, text))
    start = kept.tell()
    kept.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    kept.writelines(b"%010d 00000 n \n" % place for place in places)
    kept.write(b"trailer\n<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return kept.getvalue()


def one_page(box: bytes, *, root: bytes = b"", count: int = 1, kids: bytes = b"3 0 R") -> bytes:
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R%s>>" % root,
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count),
        b"<</Type/Page/Parent 2 0 R/MediaBox[%s]>>" % box,
    )


# A few kilobytes that would be gigabytes.
BOMB = zlib.compress(bytes(60_000_000), 9)
HOSTILE_PDFS = {
    "program": one_page(b"0 0 600 800", root=b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"),
    "launch": one_page(b"0 0 600 800", root=b"/OpenAction<</S/Launch/F(cmd.exe)>>"),
    "huge page": one_page(b"0 0 200000 200000"),
    "page without a size": one_page(b"0 0 0 0"),
    "no pages": pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"),
    "more pages than it has": one_page(b"0 0 600 800", count=2**31 - 1),
    "pages in a circle": pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 90>>",
        b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 90>>",
    ),
    "a root that is itself": pdf(b"1 0 R"),
    "damaged objects": pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<<<<<<"),
    "nothing in it": b"%PDF-1.7\nstartxref\n0\n%%EOF",
    "moved": PDF.replace(b"/Catalog", b"/Katalog").replace(b"/Pages", b"/Wages"),
}
HOSTILE_IMAGES = {
    "claims a billion pixels": png(60_000, 60_000, zlib.compress(b"")),
    "claims the greatest size": png(2**31 - 1, 2**31 - 1, zlib.compress(b"")),
    "claims no size": png(0, 0, zlib.compress(b"")),
    "a long side": png(13_000, 4, zlib.compress(bytes(13_000 * 3 * 4 + 4))),
    "a bomb behind a great size": png(9_000, 9_000, BOMB),
    "a bomb in a comment": png(9, 9, b"", chunk(b"zTXt", b"Comment\x00\x00" + BOMB)),
    "a bomb in a profile": png(9, 9, b"", chunk(b"iCCP", b"profile\x00\x00" + BOMB)),
    "a picture without pixels": png(60, 60, b""),
    "a hundred passages over a JPEG": JPEG.replace(b"\xff\xda", b"\xff\xda" * 120),
}


def cut(content: bytes) -> st.SearchStrategy[bytes]:
    """Return a file that lost its end, anywhere after its first bytes."""
    # The last line of a PDF may lack its line end; the rest is what the upload stopped in.
    return st.integers(0, len(content) - 6).map(lambda at: content[:at])


def garbled(content: bytes) -> st.SearchStrategy[bytes]:
    """Return a file whose middle is other bytes."""
    head = content[:8]
    return st.binary(max_size=400).map(lambda middle: head + middle)


images = st.one_of(
    cut(PNG),
    cut(JPEG),
    garbled(PNG),
    garbled(JPEG),
    st.binary(max_size=300).map(lambda junk: png(50, 50, junk)),
    st.sampled_from(sorted(HOSTILE_IMAGES.values())),
)
others = st.one_of(
    st.binary(max_size=500).filter(lambda junk: not junk.startswith(b"%PDF-")),
    st.sampled_from(
        [SVG, HTML, b"GIF89a" + PNG, b"MZ\x90\x00", b"PK\x03\x04" + PDF, b"\x00" + PNG, b"RIFF\x00\x00WEBP"]
    ),
    st.binary(max_size=60).map(lambda junk: SVG.replace(b"alert(1)", junk)),
)
pdfs = st.one_of(cut(PDF), garbled(PDF))
texts = st.one_of(
    st.sampled_from([SVG, HTML, b"\xef\xbb\xbf" + SVG, b" \n\t" + HTML, b"\x00\x01", b"MZ\x90\x00\x03"]),
    st.binary(min_size=1, max_size=100).map(lambda junk: b"\x07" + junk),
)
# Each of these needs a program of its own and a fifth of a second; hypothesis chooses them now and then.
uploads = st.one_of(
    *[st.tuples(images, NAMES)] * 3,
    *[st.tuples(others, NAMES)] * 2,
    st.tuples(pdfs, NAMES),
    st.tuples(texts, TEXT_NAMES),
)


def main(count: int) -> None:
    import django

    django.setup()
    from awards.scans import BadScan, clean_scan

    came = {"tried": 0, "refused": 0, "kept": []}

    def try_one(content: bytes, name: str) -> None:
        came["tried"] += 1
        try:
            clean_scan(io.BytesIO(content), name)
        except BadScan as bad:
            came["refused"] += len(str(bad)) > len(name) + 5
        else:
            came["kept"].append(f"{name}: {content[:60]!r}")

    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(uploads)
    def upload(sent: tuple[bytes, str]) -> None:
        try_one(*sent)

    for content in (*HOSTILE_PDFS.values(), *HOSTILE_IMAGES.values()):
        try_one(content, "scan.pdf")
    try_one(PNG + bytes(21 * 1024 * 1024), "large.png")
    upload()
    while came["tried"] < count:  # hypothesis stops where it finds nothing new
        try_one(bytes([came["tried"] % 256, *range(came["tried"] % 200)]), "scan.png")
    came["megabytes"] = _peak()
    came["megabytes_elsewhere"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(json.dumps(came))


def _peak() -> int:
    """Return the most memory that this program has held, in MB.

    On Linux, the figure of getrusage is that of whoever started the program, where that is larger.
    """
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return int(found[1]) // 1024 if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main(int(sys.argv[1]))
