"""A previewed import becomes rows of the database: all of them in one transaction, or none.

statements.py   SQL that writes what was planned, inside the database
content.py      scores, recipients, averages: history, ranks and states of tables
registry.py     places and organisations, saved one by one
"""

from collections.abc import Callable

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Release
from cityrank.exchange import recording
from cityrank.exchange.applying import content, registry
from cityrank.exchange.models import Import
from cityrank.exchange.opening import may_import
from cityrank.publishing.assigning import Rights, not_yours
from cityrank.publishing.refusals import Refused
from cityrank.registry.models import Subject

State = Import.State
Watch = Callable[[int, int], None]


def apply_import(import_: Import, by: User | None, watch: Watch | None = None) -> Import:
    """Write the new and changed rows of a previewed import in one transaction; return the import, done.

    Refused rows are left out. Raises `Refused`, and writes nothing, outside a draft, without the rights, when a row was
    edited since the preview (the message names some; call `preview` again), and when it is cancelled meanwhile.
    """
    open_ = Import.objects.filter(pk=import_.pk, state__in=(State.PREVIEWED, State.IMPORTING))
    # Said before the transaction, so that others see it. Whoever was killed at it has left this state behind.
    if not open_.update(state=State.IMPORTING):
        raise Refused(_("Only what has been previewed can be imported, and only once."))
    try:
        with transaction.atomic():
            return _applied(import_, by, watch)
    except IntegrityError as error:
        _back(import_)
        text = _("The rows of the database have changed since the preview. Look at the preview again.")
        raise Refused(text) from error
    except Refused:
        _back(import_)
        raise


def _back(import_: Import) -> None:
    Import.objects.filter(pk=import_.pk, state=State.IMPORTING).update(state=State.PREVIEWED)


def _applied(import_: Import, by: User | None, watch: Watch | None) -> Import:
    import_ = _locked(import_)
    may_import(import_.declared, by, import_.release, import_.into)
    total, at = import_.new + import_.changed, timezone.now()

    def step(done: int) -> None:
        if watch is not None:
            watch(done, total)
        if not Import.objects.filter(pk=import_.pk, state=State.IMPORTING).exists():
            raise Refused(_("This import was cancelled, or has been imported meanwhile."))

    step(0)
    if issubclass(import_.declared.model, Subject):
        registry.write(import_, by, at, step)
    else:
        _refuse_others(import_, by)
        content.write(import_, by, at, step)
    after = recording.last_record(import_.declared.model)
    # Cancelled or finished by another process meanwhile: then nothing of this stays.
    mine = Import.objects.filter(pk=import_.pk, state=State.IMPORTING)
    if not mine.update(
        state=State.DONE, imported_at=at, history_after=after, table_states=import_.table_states
    ):
        raise Refused(_("This import was cancelled, or has been imported meanwhile."))
    return Import.objects.get(pk=import_.pk)


def _locked(import_: Import) -> Import:
    if import_.release_id:
        Release.objects.select_for_update(of=("self",)).get(pk=import_.release_id)
    return Import.objects.select_related("release__edition", "ranking", "award", "by").get(pk=import_.pk)


def _refuse_others(import_: Import, by: User | None) -> None:
    """Raises `Refused` where a list is no longer this person's to enter, or was planned for somebody else."""
    assert import_.release is not None
    if by is None or not import_.declared.into:
        return
    rights = Rights(by, import_.release)
    for owner in content.owners(import_):
        if not rights.may_edit(owner):
            raise Refused(f"{owner}: {not_yours(owner)}")
