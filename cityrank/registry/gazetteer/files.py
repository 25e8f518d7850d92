"""The gazetteer files: their columns, and reading them with complaints that name file, row and column."""

from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
LEVELS = ("country", "province", "prefecture", "county", "township", "zone")
COLUMNS = {
    "gazetteer.csv": ("id", "code", "level", "name_zh", "name_en", "pinyin", "parent", "valid_from", "valid_to"),
    "successions.csv": ("predecessor", "successor", "date", "kind"),
    "tiers.csv": ("place", "tier", "from_year", "to_year", "note"),
    "aliases.csv": ("place", "text", "kind", "note"),
    "zones.csv": ("id", "name_zh", "name_en", "level", "parent", "pinyin", "aliases", "valid_from", "valid_to", "note"),
    "pinyin_overrides.csv": ("text", "pinyin", "note"),
}
