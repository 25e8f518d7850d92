"""Elements of SVG as text. No style and no script in them: the policy of the site would keep both from working."""

import re
from xml.sax.saxutils import escape, quoteattr

# What XML 1.0 has no way to write.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    """Return a text without what cannot stand in XML, on one line."""
    return " ".join(_FORBIDDEN.sub(" ", text).split())


def element(name: str, *inner: str, **attributes: object) -> str:
    """Return an element; `inner` is markup, attributes are escaped. `_` in a name stands for a hyphen."""
    values = "".join(
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(plain(str(value)))}"
        for key, value in attributes.items()
    )
    return f"<{name}{values}>{''.join(inner)}</{name}>" if inner else f"<{name}{values}/>"


def text(content: str, **attributes: object) -> str:
    return element("text", escape(plain(content)) or " ", **attributes)


def words(name: str, content: str, **attributes: object) -> str:
    """Return an element that holds a text, such as `title` or `desc`."""
    return element(name, escape(plain(content)) or " ", **attributes)


def mark(x: float, y: float, size: float, seal: str, lines: str) -> str:
    """Return the mark of the site, `size` pixels wide."""
    path = "M7 25V17h4v8M14 25V11h4v14M21 25V7h4v18M5 25h22"
    return element(
        "g",
        element("rect", width=32, height=32, rx=5, fill=seal),
        element(
            "path",
            d=path,
            fill="none",
            stroke=lines,
            stroke_width=2,
            stroke_linejoin="round",
            stroke_linecap="round",
        ),
        transform=f"translate({x:g} {y:g}) scale({size / 32:g})",
    )
