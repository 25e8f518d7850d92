"""Whether what is shown was made up to try the site out."""

from awards import instant
from awards.models import Edition


def holds_invented() -> bool:
    """Return whether the editions of this database are invented; within one request they are looked at once.

    The database holds invented editions or real ones, never both, so one answer is true of every page.
    """
    reading = instant.present()
    if reading is None:
        return Edition.objects.filter(invented=True).exists()
    if "invented" not in reading.found:
        reading.found["invented"] = Edition.objects.filter(invented=True).exists()
    return bool(reading.found["invented"])
