"""What was brought in by files, and what people said about it."""

from cityrank.exchange.models.bulletins import BulletinReading
from cityrank.exchange.models.imports import Import, ImportRow

__all__ = ["BulletinReading", "Import", "ImportRow"]
