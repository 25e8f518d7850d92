"""From a file to a plan of its rows: new, changed, same or refused. Nothing but the import itself is written.

headings.py            where the headings stand, which column each means
survey.py              first look at the file: what it names
references.py subjects.py   what the names mean, all of them together
rules.py lists.py averages.py registry.py   what a row of each kind of table means
values.py positions.py what stands in a cell, who stands where
plan.py                second look at the file: what each row would do
storing.py             the planned rows, stored
"""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cityrank.exchange import recording
from cityrank.exchange.models import Import
from cityrank.exchange.planning.averages import AverageRules
from cityrank.exchange.planning.headings import Headed, headed_tables
from cityrank.exchange.planning.lists import RecipientRules, ScoreRules
from cityrank.exchange.planning.plan import CHANGED, NEW, REFUSED, SAME, Plan
from cityrank.exchange.planning.registry import RegistryRules
from cityrank.exchange.planning.rules import Rules
from cityrank.exchange.planning.storing import Watch, report, store
from cityrank.exchange.reading import BadFile, letters, read_document
from cityrank.publishing.refusals import Refused

__all__ = ["RULES", "Watch", "preview"]

RULES: dict[str, type[Rules]] = {
    "scores": ScoreRules,
    "recipients": RecipientRules,
    "averages": AverageRules,
    "places": RegistryRules,
    "organisations": RegistryRules,
}
State = Import.State


def preview(import_: Import, watch: Watch | None = None) -> Import:
    """Read the file of an import and plan every row; return the import, previewed, with its counts and notices.

    May be called again, also after another process was killed at it: the rows are planned anew. Writes nothing but
    the import and its rows, in short transactions. `watch` is called with the rows done and the rows in all. A file
    that cannot be read makes the import failed, with the sentence in `problem`, and raises `BadFile`; `Refused` when it
    was imported or cancelled already or meanwhile.
    """
    import_ = _begun(import_)
    try:
        content = _content(import_)
        # Taken first: what is edited while this reads counts as edited since.
        import_.history_before = recording.last_record(import_.declared.model)
        rules = RULES[import_.sheet](import_, import_.by)
        document = read_document(content)
        del content
        headed = headed_tables(document, rules.sheet, given=rules.given())
        plan = Plan(rules, headed)
        counts = store(import_, plan, watch)
        if not sum(counts.values()):
            raise BadFile(_("There are headings, but no rows below them."))
    except BadFile as bad:
        Import.objects.filter(pk=import_.pk, attempt=import_.attempt).exclude(state=State.CANCELLED).update(
            state=State.FAILED, problem=str(bad)
        )
        raise
    import_.new, import_.changed, import_.same, import_.refused = (
        counts[kind] for kind in (NEW, CHANGED, SAME, REFUSED)
    )
    import_.notices = [*document.notices, *_notices(headed)]
    return _previewed(import_)


def _content(import_: Import) -> bytes:
    try:
        with import_.file.open() as file:
            return file.read()
    except OSError as error:
        raise BadFile(_("The file is no longer kept. Hand it in again.")) from error


def _begun(import_: Import) -> Import:
    """Take an import over for reading it anew, whoever was at it before. Raises `Refused`."""
    with transaction.atomic():
        open_ = (State.READING, State.PREVIEWED, State.IMPORTING, State.FAILED)
        mine = Import.objects.filter(pk=import_.pk, state__in=open_)
        if not mine.update(state=State.READING, attempt=F("attempt") + 1, done=0, total=0, problem=""):
            raise Refused(_("This import is over; hand the file in again."))
        import_.rows.all()._raw_delete(import_.rows.db)
    return Import.objects.select_related("release__edition", "ranking", "award", "by").get(pk=import_.pk)


def _previewed(import_: Import) -> Import:
    with transaction.atomic():
        done = import_.new + import_.changed + import_.same + import_.refused
        report(import_, done, done)
        import_.state, import_.done, import_.total = State.PREVIEWED, done, done
        import_.save(
            update_fields=[
                "state",
                "done",
                "total",
                "new",
                "changed",
                "same",
                "refused",
                "notices",
                "history_before",
            ]
        )
    return import_


def _notices(headed: list[Headed]) -> list[str]:
    """Return what is to be known of the tables that were read."""
    notices = []
    for one in headed:
        notices += one.notices
        for column, count in sorted(one.table.shortened.items()):
            text = ngettext(
                "Column %(column)s holds %(count)s figure with more decimals than its cell shows; the shown are read.",
                "Column %(column)s holds %(count)s figures with more decimals than the cells show; the shown are read.",
                count,
            )
            notices.append(text % {"column": letters(column), "count": count})
    return notices
