"""What stands in a cell of a file, in both directions."""

import re

# A spreadsheet takes a cell that begins so for a formula, and runs it. Marks of our own are quoted once more, so that
# what comes back is what went out.
_RUNS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_QUOTED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def neutralised(text: str) -> str:
    """Return a text as it can stand in a CSV or XLSX cell without being run as a formula."""
    return f"'{text}" if _RUNS.match(text) else text


def restored(text: str) -> str:
    """Undo `neutralised`."""
    return text[1:] if _QUOTED.match(text) else text
