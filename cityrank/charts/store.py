"""Drawings are made once and kept: by publication, or by the first who asks for one."""

import gzip
import hashlib
import json
import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.cache import cache
from django.db import DatabaseError

from cityrank.charts import engine
from cityrank.charts.chart import Spec
from cityrank.charts.engine import NotDrawn
from cityrank.charts.models import Drawing
from cityrank.charts.svg import cleaned

log = logging.getLogger(__name__)

# How long one waits for another who is drawing the same, in seconds.
PATIENCE, PAUSE = 5.0, 0.1


@dataclass(frozen=True)
class Recipe:
    """What a drawing is made from: a specification in JSON, or an SVG and how many dots a pixel of it has."""

    source: str
    scale: float | None = None

    @classmethod
    def of(cls, spec: Spec) -> "Recipe":
        return cls(json.dumps(spec, ensure_ascii=False, sort_keys=True, separators=(",", ":")))

    @property
    def digest(self) -> str:
        parts = (engine.edition_of_renderer(), str(self.scale), self.source)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def draw(self) -> bytes:
        """Raises `NotDrawn`."""
        if self.scale is not None:
            return engine.png_of(self.source, self.scale)
        return cleaned(engine.svg_of(json.loads(self.source))).encode()


def kept(recipes: Sequence[Recipe]) -> list[bytes]:
    """Return the drawings of these recipes; those that are not there yet are drawn and kept. Raises `NotDrawn`.

    One query where all are there.
    """
    digests = [recipe.digest for recipe in recipes]
    found = _stored(digests)
    missing = {digest: recipe for digest, recipe in zip(digests, recipes, strict=True) if digest not in found}
    if missing:
        found |= _drawn(missing)
    return [found[digest] for digest in digests]


def _stored(digests: Sequence[str]) -> dict[str, bytes]:
    rows = Drawing.objects.filter(pk__in=digests).values_list("pk", "body")
    return {digest: _opened(bytes(body)) for digest, body in rows}


def _drawn(missing: dict[str, Recipe]) -> dict[str, bytes]:
    first = next(iter(missing))
    with _turn(first) as waited:
        found = _stored(list(missing)) if waited else {}
        fresh = {digest: recipe.draw() for digest, recipe in missing.items() if digest not in found}
        _keep(fresh)
    return found | fresh


def _keep(fresh: dict[str, bytes]) -> None:
    """A database that cannot be written to keeps nobody from seeing what was drawn."""
    rows = [Drawing(digest=digest, body=_closed(body)) for digest, body in fresh.items()]
    try:
        Drawing.objects.bulk_create(rows, ignore_conflicts=True)
    except DatabaseError:
        log.exception("%s drawings could not be kept", len(rows))


@contextmanager
def _turn(digest: str) -> Iterator[bool]:
    """Let one draw and the others wait for it; say whether this one had to. Whoever loses patience draws too."""
    key, until, waited = f"drawing:{digest}", time.monotonic() + PATIENCE, False
    while not (mine := cache.add(key, True, engine.SECONDS)) and time.monotonic() < until:
        waited = True
        time.sleep(PAUSE)
    try:
        yield waited
    finally:
        if mine:
            cache.delete(key)


def _closed(body: bytes) -> bytes:
    # Without the time, so that the same drawing is the same bytes.
    return body if body.startswith(b"\x89PNG") else gzip.compress(body, 6, mtime=0)


def _opened(body: bytes) -> bytes:
    return gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body


__all__ = ["NotDrawn", "Recipe", "kept"]
