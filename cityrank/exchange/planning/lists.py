"""Scores of rankings and recipients of awards: rows about subjects, in the order of a list."""

from array import array
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, ClassVar

from django.contrib.auth.models import User
from django.db.models import Model
from django.utils.translation import gettext as _

from awards.models import Award
from cityrank.exchange import sets
from cityrank.exchange.columns import Column
from cityrank.exchange.models import Import
from cityrank.exchange.planning.rules import Identity, Problem, Rules, Values
from cityrank.exchange.planning.subjects import Answer, Question, answers
from cityrank.exchange.planning.survey import Named, Survey
from cityrank.exchange.planning.values import BadCell, decimals_of
from cityrank.publishing.assigning import Rights, not_yours
from scores.models import Ranking, Score

Owner = Ranking | Award
# Keys in one statement; SQLite's oldest limit is 999.
_FETCHED = 900


class ListRules(Rules):
    """What scores and recipients have in common: a list that they are part of, a subject, a place."""

    IDENTIFIER, NAME = "subject", "printed_name"
    ALSO_READ: ClassVar[tuple[str, ...]] = ("verified_by_id", "verified_at")
    OWNER: ClassVar[type[Model]]

    def __init__(self, import_: Import, by: User | None) -> None:
        super().__init__(import_, by)
        self.owner_column = f"{self.INTO}_id"

    def identities(self, survey: Survey) -> list[Identity]:
        owners = self._owners(survey)
        found = []
        for named in survey.named:
            owner = owners[self._into(named)]
            found.append(Identity(owner, 0 if isinstance(owner, str) else owner.pk))
        for identity, named in zip(found, survey.named, strict=True):
            if isinstance(identity.owner, str):
                self.complain(identity, self.INTO, identity.owner)
                identity.owner = None
            elif not named.text:
                self.complain(identity, self.NAME, _("The name is missing."))
        self._refuse_others(found)
        self._resolve(found, survey)
        return found

    def _into(self, named: Named) -> tuple[str, bool]:
        return named.into, named.by_sheet

    def _owners(self, survey: Survey) -> dict[tuple[str, bool], Owner | str]:
        """Return the list that each text names, or why it names none."""
        column = self.sheet.by_name[self.INTO]
        keys: dict[tuple[str, bool], int | str] = {}
        for into, by_sheet in {self._into(named) for named in survey.named}:
            if by_sheet and self.import_.into:
                keys[into, by_sheet] = self.import_.into.pk
                continue
            try:
                keys[into, by_sheet] = self.references.find(column, into)
            except BadCell as bad:
                text = _("It is not said which table this row belongs to. Fill in the column “%(column)s”.")
                keys[into, by_sheet] = text % {"column": column.label} if by_sheet else str(bad)
        pks = [key for key in keys.values() if isinstance(key, int)]
        owners = self.OWNER._default_manager.filter(pk__in=pks).select_related(*self._along())
        by_pk: dict[int, Any] = {owner.pk: owner for owner in owners}
        return {text: key if isinstance(key, str) else by_pk[key] for text, key in keys.items()}

    def _along(self) -> list[str]:
        return ["release__edition"]

    def _refuse_others(self, identities: list[Identity]) -> None:
        """Rows of lists that are somebody else's to enter are refused, the others are not."""
        assert self.import_.release is not None
        if self.by is None:
            return
        rights = Rights(self.by, self.import_.release)
        refused: dict[int, str] = {}
        for identity in identities:
            owner, key = identity.owner, identity.owner_id
            if owner is not None and key not in refused:
                refused[key] = "" if rights.may_edit(owner) else f"{owner}: {not_yours(owner)}"
            if owner is not None and refused[key]:
                self.complain(identity, self.INTO, refused[key])

    def _known(self, owner: int) -> dict[Any, tuple[int, int]]:
        """Return the key and the position of the rows of a list, by subject or, where it is open, by name."""
        known: dict[Any, tuple[int, int]] = {}
        open_: dict[str, list[tuple[int, int]]] = defaultdict(list)
        positions = self.positions[owner] = array("L")
        rows = self.model._default_manager.filter(**{self.owner_column: owner}).order_by()
        for pk, position, subject, name in rows.values_list("pk", "position", "subject_id", "printed_name"):
            positions.append(position)
            if subject:
                known[subject] = (pk, position)
            else:
                open_[name].append((pk, position))
        return known | {name: alike[0] for name, alike in open_.items() if len(alike) == 1}

    def fetch(self, identities: Iterable[Identity]) -> None:
        wanted = {one.target: one for one in identities if one.target}
        for keys in sets.pieces(wanted, _FETCHED):
            for row in self.model._default_manager.filter(pk__in=keys).values_list(*self.columns):
                wanted[row[0]].old = row

    def release(self, identities: Iterable[Identity]) -> None:
        for identity in identities:
            identity.old = None

    def _resolve(self, identities: list[Identity], survey: Survey) -> None:
        of = {one.owner_id: one.owner for one in identities if one.owner}
        groups = {owner: getattr(one, "peer_group", None) for owner, one in of.items()}
        keys = {owner: group.pk if group else None for owner, group in groups.items()}
        named = survey.named
        parts: dict[int, array] = defaultdict(lambda: array("L"))
        for index, identity in enumerate(identities):
            if identity.owner and named[index].text:
                parts[identity.owner_id].append(index)
        asked = {
            Question(named[i].text, named[i].is_name, keys[owner])
            for owner, part in parts.items()
            for i in part
        }
        found = answers(asked, self.import_.release, [group for group in groups.values() if group])
        # One list after the other: all rows of all lists together may be many.
        for owner in of:
            known = self._known(owner)
            for index in parts[owner]:
                question = Question(named[index].text, named[index].is_name, keys[owner])
                self._identify(identities[index], question, found[question], known)

    def _identify(self, identity: Identity, question: Question, answer: Answer, known: dict) -> None:
        by_name = known.get(question.text) if question.named else None
        if isinstance(answer, int):
            identity.subject_id = identity.key = answer
            # A name that was left open in the draft is known now.
            stored = known.get(answer) or by_name
        elif by_name is not None:
            # It is open in the draft too: the row stays what it is.
            identity.key, stored = question.text, by_name
        else:
            self.complain(identity, self.NAME if question.named else self.IDENTIFIER, answer)
            return
        if stored:
            identity.target, identity.place = stored

    def complete(self, values: Values, identity: Identity, problems: list[Problem]) -> None:
        values[self.owner_column] = identity.owner_id
        values["subject_id"] = identity.subject_id
        if identity.old is None and "source_id" not in values:
            values["source_id"] = identity.owner.source_id

    def unverified(self, values: Values, old: tuple) -> None:
        """Undo what was verified where something printed is another now."""
        changed = any(name in values and old[self.at[name]] != values[name] for name in self.model.PRINTED)  # type: ignore[attr-defined]
        if changed and old[self.at["verified_at"]]:
            values["verified_by_id"] = values["verified_at"] = None


class RecipientRules(ListRules):
    INTO, OWNER = "award", Award


class ScoreRules(ListRules):
    INTO, OWNER = "ranking", Ranking
    ALSO_READ = (*ListRules.ALSO_READ, "decimals")

    def _along(self) -> list[str]:
        return ["release__edition", "peer_group__release__edition"]

    def in_percent(self, identity: Identity) -> bool:
        return identity.owner is not None and identity.owner.unit == Ranking.Unit.PERCENT

    def refer(self, column: Column, text: str, identity: Identity) -> Any:
        return self.references.find(column, text, identity.owner.pk if identity.owner else None)

    def complete(self, values: Values, identity: Identity, problems: list[Problem]) -> None:
        super().complete(values, identity, problems)
        if "printed_score" in values:
            values["decimals"] = self._decimals(values["printed_score"], identity)
        self._complete_status(values, identity.old, problems)

    def _decimals(self, score: Decimal | None, identity: Identity) -> int | None:
        """Return the decimals of a figure where the table does not say them already."""
        if score is None:
            return None
        typed, of_table, old = decimals_of(score), identity.owner.decimals, identity.old
        if old is not None and old[self.at["printed_score"]] == score:
            own = old[self.at["decimals"]]
            known = own if own is not None else of_table
            # In files a figure has at least the decimals that it needs, whatever is known of how it was printed.
            if typed == max(_needed(score), known or 0):
                return own
        return None if typed == (of_table if of_table is not None else _needed(score)) else typed

    def decimals_shown(self, identity: Identity) -> int | None:
        own = super().decimals_shown(identity)
        return own if own is not None else identity.owner.decimals

    def _complete_status(self, values: Values, old: tuple | None, problems: list[Problem]) -> None:
        """Fill in how the figure came about, where the file does not say it and the row that is there fits no more."""
        stored = old[self.at["status"]] if old else ""
        score = values.get("printed_score", old[self.at["printed_score"]] if old else None)
        has_value = score is not None
        given = values.get("status")
        if not given:
            fits = stored and (stored in _WITH_VALUE) == has_value
            values["status"] = (
                stored if fits else (Score.Status.FINAL if has_value else Score.Status.MISSING).value
            )
        elif has_value and given not in _WITH_VALUE:
            problems.append(("status", _("A row with this status has no score.")))
        elif not has_value and given in _WITH_VALUE:
            text = _("The score is missing; choose the status “missing” if it cannot be read.")
            problems.append(("printed_score", text))


_WITH_VALUE = (Score.Status.FINAL, Score.Status.ESTIMATED)


def _needed(value: Decimal) -> int:
    """Return the decimals of a figure without the zeros at its end."""
    return decimals_of(value.normalize())
