"""The kinds of tables that CityRank reads and writes as files."""

from cityrank.exchange.columns import Sheet
from cityrank.exchange.sheets.registry import ORGANISATIONS, PLACES
from cityrank.exchange.sheets.results import AVERAGES, RECIPIENTS, SCORES

# What people import from spreadsheets.
IMPORTED: dict[str, Sheet] = {
    sheet.name: sheet for sheet in (SCORES, RECIPIENTS, AVERAGES, PLACES, ORGANISATIONS)
}

__all__ = ["AVERAGES", "IMPORTED", "ORGANISATIONS", "PLACES", "RECIPIENTS", "SCORES"]
