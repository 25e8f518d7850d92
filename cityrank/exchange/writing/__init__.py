"""Write rows as CSV and XLSX, from the declared columns, however many rows there are."""

from cityrank.exchange.writing.csv_files import csv_pieces
from cityrank.exchange.writing.rows import NAMES, Counted, Invented, Progress, Rows, nobody_listens
from cityrank.exchange.writing.tables import MEDIA_TYPES, Table, disposition, pieces_of, write_table
from cityrank.exchange.writing.xlsx_files import write_workbook

__all__ = [
    "MEDIA_TYPES", "NAMES", "Counted", "Invented", "Progress", "Rows", "Table", "csv_pieces", "disposition",
    "nobody_listens", "pieces_of", "write_table", "write_workbook",
]  # fmt: skip
