"""The sentences that the scripts of the grid and of the scan say, in the present language."""

from django.utils.translation import gettext as _


def texts() -> dict[str, str]:
    return _saving() | _rules() | _typing()


def _saving() -> dict[str, str]:
    return {
        "saved": _("Saved at {time}"),
        "saving": _("Saving…"),
        "offline": _("Not saved yet: no connection. What you type is kept on this computer and sent later."),
        "signedOut": _("Not saved yet: your session has ended. What you type is kept on this computer."),
        "signIn": _("Sign in in another tab, then come back here."),
        "refused": _("Not saved: {reason} What you typed is kept on this computer."),
        "noStorage": _("This browser keeps nothing itself: leave this page open until everything is saved."),
        "undecided": _("Not saved: row {row} was changed in another window. Choose below it what holds."),
        "other": _("Another window saved here: {values}"),
        "keepMine": _("Keep mine"),
        "takeOther": _("Take that"),
        "locked": _(
            "What you had typed could not be saved any more and is shown here, on this computer only."
        ),
        "copy": _("Copy what is not saved"),
        "copied": _("Copied; paste it into a spreadsheet."),
    }


def _rules() -> dict[str, str]:
    return {
        "aboveMaximum": _("above the maximum of {maximum}"),
        "belowZero": _("below zero"),
        "noNumber": _("not a number"),
        "rankNumber": _("the rank is not a whole number from 1"),
        "decimals": _("more decimals than the table has"),
        "order": _("a higher score than the row before, but no better rank"),
        "rankOrder": _("the rank does not follow from the row before"),
        "tied": _("the same rank as the row before with another score"),
        "noScore": _("the score is missing; choose the status “missing” if it cannot be read"),
        "noSubject": _("choose the subject"),
        "twice": _("the same subject stands in row {row}"),
    }


def _typing() -> dict[str, str]:
    return {
        "nothing": _("Nothing found in the peer group."),
        "nothingAtAll": _("Nothing found."),
        "searchAll": _("Search everything, not only the peer group"),
        "found": _("{count} suggestions; arrow keys choose, Enter takes one"),
        "restored": _("What you had typed before was still on this computer and is here again."),
        "pasted": _("{count} rows pasted."),
        "row": _("row {row}"),
        "rank": _("rank"),
        "name": _("name as printed"),
        "subject": _("subject"),
        "score": _("score"),
        "status": _("status"),
    }


def scan_texts() -> dict[str, str]:
    return {
        "mark": _(
            "Move the line onto row {row} of the scan with the mouse or the arrow keys; click or press Enter."
        ),
        "marked": _("Row {row} is marked. Mark the other end of the table too."),
        "both": _("The row that you are in is highlighted on the scan."),
        "cancelled": _("Nothing was marked."),
        "page": _("Page {page} of {count}"),
    }
