"""Tables from files: what admin, API and commands call.

    import_, is_new = open_import("scores", content, "得分.xlsx", by=person, release=draft, into=ranking)
    preview(import_)                       # reads the file; new / changed / same / refused in import_.rows
    for row in import_.rows.page("changed", 2): ...
    apply_import(import_, by=person)       # all of it, or nothing
    undo_import(import_, by=person)        # rows as they were; what was edited since is kept and listed

`open_import` keeps the file and asks the rights; it is quick. `preview` and `apply_import` take seconds for a file of
100,000 rows: run them in a command, a thread or another process. While they run, `import_.refresh_from_db()` shows
`state`, `done` and `total` elsewhere, and `cancel_import` stops them. What a process that was killed leaves behind
can be previewed or imported again; nothing is half-saved.
"""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from cityrank.exchange.applying import apply_import
from cityrank.exchange.models import Import
from cityrank.exchange.opening import may_import, open_import
from cityrank.exchange.planning import Watch, preview
from cityrank.exchange.reading import BadFile
from cityrank.exchange.undoing import Undone, undo_import
from cityrank.publishing.refusals import Refused
from cityrank.publishing.roles import COORDINATE

__all__ = [
    "BadFile",
    "Undone",
    "Watch",
    "apply_import",
    "cancel_import",
    "forget_import",
    "may_import",
    "open_import",
    "preview",
    "undo_import",
]


@transaction.atomic
def cancel_import(import_: Import, by: User | None) -> Import:
    """Give an import up, also while another process reads or writes it; return it.

    Raises `Refused` when it is done already, and for whoever neither handed it in nor coordinates the release.
    """
    if by is not None and import_.by_id != by.pk and not by.has_perm(COORDINATE):
        raise Refused(_("Only %(person)s or whoever coordinates can cancel this.") % {"person": import_.by})
    states = (Import.State.READING, Import.State.PREVIEWED, Import.State.IMPORTING, Import.State.FAILED)
    if not Import.objects.filter(pk=import_.pk, state__in=states).update(state=Import.State.CANCELLED):
        raise Refused(_("This import is over already. What was imported can be undone."))
    return Import.objects.get(pk=import_.pk)


@transaction.atomic
def forget_import(import_: Import) -> None:
    """Remove an import that has written nothing, with its rows and its file: it was only to be looked at.

    Raises `Refused` for one that is done or was undone, because its record is what an undo and the history rest on.
    """
    states = (Import.State.DONE, Import.State.UNDONE)
    mine = Import.objects.select_for_update().exclude(state__in=states).filter(pk=import_.pk).first()
    if mine is None:
        raise Refused(_("This import is over already. What was imported can be undone."))
    mine.rows.all()._raw_delete(mine.rows.db)
    storage, name = mine.file.storage, mine.file.name or ""
    mine.delete()
    transaction.on_commit(lambda: storage.delete(name))
