"""Rows of several editions in one file: each says which release of which edition it stands in."""

from dataclasses import replace

from awards.models import ReleaseContent
from cityrank.exchange.columns import Sheet
from cityrank.exchange.sheets.release import EDITION, RELEASE


def across_editions(sheet: Sheet) -> Sheet:
    """Return the sheet with the edition and the number of the release in front; one of the registry as it is."""
    if not issubclass(sheet.model, ReleaseContent):
        return sheet
    path = sheet.model.RELEASE_PATH
    where = (replace(EDITION, path=f"{path}__edition__label"), replace(RELEASE, path=f"{path}__number"))
    return replace(sheet, columns=(*where, *sheet.columns))
