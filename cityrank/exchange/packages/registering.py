"""Find the subjects and lines of a package in the registry, and enter those that are not there.

The registry belongs to whoever runs it: what is there already keeps what people have made of it.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from awards.models import Line
from cityrank.exchange.columns import Sheet
from cityrank.exchange.packages.building import Known, broken, faults_of, path_of
from cityrank.exchange.packages.contents import KEYS_AT_ONCE
from cityrank.exchange.packages.faults import MOST_FAULTS, BadPackage, Fault
from cityrank.exchange.packages.opening import Package, Row
from cityrank.exchange.sheets import release as frame
from cityrank.exchange.sheets import subjects
from cityrank.registry.models import Alias, App, Organisation, Place, PlaceTier, Subject

OWN_SHEETS: dict[str, tuple[Sheet, type[Subject]]] = {
    Subject.Kind.PLACE: (subjects.PLACES_IN_FULL, Place),
    Subject.Kind.ORGANISATION: (subjects.ORGANISATIONS_IN_FULL, Organisation),
    Subject.Kind.APP: (subjects.APPS, App),
}
# What a subject points at: a place at the one above it, an app at the organisation that runs it.
ABOVE = {"parent": "parent_id", "operator": "operator_id"}


class Registrar:
    def __init__(self, package: Package, by: User | None) -> None:
        self.package, self.by = package, by
        self.keys: dict[str, int] = {}
        # Rows of the package by identifier: the number of the row in its file, and its values.
        self.wanted: dict[str, tuple[int, Row]] = {}
        self.own: dict[str, tuple[int, Row]] = {}

    def register(self) -> Known:
        """Return the keys of all subjects and lines of the package. Raises `BadPackage`."""
        self.wanted = {row["slug"]: (number, row) for number, row in self.package.rows(subjects.SUBJECTS)}
        self.keys = self._existing()
        new = [slug for slug in self.wanted if slug not in self.keys]
        for kind, (sheet, _model) in OWN_SHEETS.items():
            for number, row in self.package.rows(sheet):
                self._refuse_stranger(sheet, number, row["slug"], kind)
                self.own[row["slug"]] = (number, row)
        for slug in new:
            self._enter(slug)
        self._names_and_tiers(set(new))
        of_kind: Known = {
            model: {slug: key for slug, key in self.keys.items() if self.wanted[slug][1]["kind"] == kind}
            for kind, (_sheet, model) in OWN_SHEETS.items()
        }
        return {Subject: self.keys, **of_kind, Line: self._lines()}

    # --- subjects that are there already ------------------------------------------------------------------------

    def _existing(self) -> dict[str, int]:
        found: dict[str, int] = {}
        faults: list[Fault] = []
        for row in self._stored(self.wanted):
            number, wanted = self.wanted[row.slug]
            names = {row.name_zh, *(alias.text for alias in row.aliases.all())}
            if row.kind != wanted["kind"] or wanted["name_zh"] not in names:
                faults.append(_another(number, row, wanted))
            found[row.slug] = row.pk
        if faults:
            raise BadPackage(*faults[:MOST_FAULTS])
        return found

    def _stored(self, slugs: Iterable[str]) -> Iterable[Subject]:
        slugs = list(slugs)
        for first in range(0, len(slugs), KEYS_AT_ONCE):
            piece = slugs[first : first + KEYS_AT_ONCE]
            yield from Subject.objects.filter(slug__in=piece).prefetch_related("aliases").order_by("slug")

    # --- subjects that are new ----------------------------------------------------------------------------------

    def _enter(self, slug: str, below: tuple[str, ...] = ()) -> None:
        """Enter a subject after those that it points at; `below` are the ones that wait for it."""
        if slug in self.keys:
            return
        number, row = self.wanted[slug]
        if slug not in self.own:
            sheet = OWN_SHEETS[row["kind"]][0]
            raise BadPackage(Fault(_("“%(slug)s” has no row here. Add it.") % {"slug": slug}, path_of(sheet)))
        own_number, own = self.own[slug]
        sheet, model = OWN_SHEETS[row["kind"]]
        values = {name: value for name, value in own.items() if name not in ABOVE}
        for name, attname in ABOVE.items():
            if above := own.get(name):
                self._climb(sheet, own_number, name, above, (*below, slug))
                values[attname] = self.keys[above]
        self.keys[slug] = self._save(number, own_number, sheet, model(**(row | values)))

    def _climb(self, sheet: Sheet, number: int, column: str, above: str, below: tuple[str, ...]) -> None:
        if above in below:
            sentence = _("“%(slug)s” would stand above itself. Mend it.") % {"slug": above}
            raise BadPackage(Fault(sentence, path_of(sheet), number, column))
        if above not in self.wanted:
            sentence = _(
                "“%(value)s” is in no row of the table that the column refers to. Mend it or add the row."
            )
            raise BadPackage(Fault(sentence % {"value": above[:80]}, path_of(sheet), number, column))
        wanted = Subject.Kind.ORGANISATION if column == "operator" else Subject.Kind.PLACE
        if self.wanted[above][1]["kind"] != wanted:
            raise BadPackage(
                Fault(_("This is a subject of another kind. Mend it."), path_of(sheet), number, column)
            )
        self._enter(above, below)

    def _save(self, number: int, own_number: int, sheet: Sheet, one: Any) -> int:
        if isinstance(one, Place) and one.from_gazetteer:
            # As the loader of the gazetteer does: a place with a history is one that people look after.
            one.skip_history_when_saving = True  # type: ignore[attr-defined]
        one._history_user = self.by
        one.fill_keys()
        faults = faults_of(subjects.SUBJECTS, number, Subject(**_of_a_subject(one)))
        if faults := faults or faults_of(sheet, own_number, one):
            raise BadPackage(*faults)
        try:
            with transaction.atomic():
                one.save()
        except IntegrityError as error:
            raise BadPackage(broken(sheet, own_number, one, error)) from error
        return int(one.pk)

    def _names_and_tiers(self, new: set[str]) -> None:
        """Enter other names and tiers of new subjects; those of others are what people have made of them."""
        for sheet, owner in ((subjects.ALIASES, "subject"), (subjects.TIERS, "place")):
            model: Any = Alias if sheet is subjects.ALIASES else PlaceTier
            for number, row in self.package.rows(sheet):
                self._refuse_unknown(sheet, number, owner, row[owner])
                if row[owner] in new:
                    values = {name: value for name, value in row.items() if name != owner}
                    self._attach(sheet, number, model(**values, **{f"{owner}_id": self.keys[row[owner]]}))

    def _refuse_unknown(self, sheet: Sheet, number: int, column: str, slug: str) -> None:
        known = self.wanted.get(slug)
        if known is None or (column == "place" and known[1]["kind"] != Subject.Kind.PLACE):
            sentence = _("“%(slug)s” is not in subjects.csv as a subject that can have this. Mend it.")
            raise BadPackage(Fault(sentence % {"slug": slug[:80]}, path_of(sheet), number, column))

    def _attach(self, sheet: Sheet, number: int, one: Any) -> None:
        if faults := faults_of(sheet, number, one):
            raise BadPackage(*faults)
        one.skip_history_when_saving = True  # they come with a subject, which has the entry in its history
        try:
            with transaction.atomic():
                one.save()
        except IntegrityError as error:
            raise BadPackage(broken(sheet, number, one, error)) from error

    def _refuse_stranger(self, sheet: Sheet, number: int, slug: str, kind: str) -> None:
        known = self.wanted.get(slug)
        if known is None or known[1]["kind"] != kind:
            sentence = _(
                "subjects.csv has no subject of this kind with this identifier. Mend one of the two."
            )
            raise BadPackage(Fault(sentence, path_of(sheet), number, "slug"))

    # --- lines --------------------------------------------------------------------------------------------------

    def _lines(self) -> dict[Any, int]:
        rows = list(self.package.rows(frame.LINES))
        lines: dict[str, Line] = {one.slug: one for one in Line.objects.all()}
        new = []
        for number, row in rows:
            known = lines.get(row["slug"])
            if known is not None and known.kind != row["kind"]:
                sentence = _("There is a line of another kind with this identifier. Rename one of the two.")
                raise BadPackage(Fault(sentence, path_of(frame.LINES), number, "slug"))
            if known is None:
                lines[row["slug"]] = self._line(number, row)
                new.append((number, row))
        for number, row in new:
            if row.get("merged_into"):
                self._merge(number, lines, row)
        return {slug: one.pk for slug, one in lines.items()}

    def _line(self, number: int, row: Row) -> Line:
        line = Line(**{name: value for name, value in row.items() if name != "merged_into"})
        if faults := faults_of(frame.LINES, number, line):
            raise BadPackage(*faults)
        line._history_user = self.by  # type: ignore[attr-defined]  # simple-history reads it
        line.save()
        return line

    def _merge(self, number: int, lines: dict[str, Line], row: Row) -> None:
        into = lines.get(row["merged_into"])
        if into is None:
            sentence = _(
                "“%(value)s” is in no row of the table that the column refers to. Mend it or add the row."
            )
            fault = Fault(
                sentence % {"value": row["merged_into"]}, path_of(frame.LINES), number, "merged_into"
            )
            raise BadPackage(fault)
        lines[row["slug"]].merged_into = into
        lines[row["slug"]].save()


def _another(number: int, row: Subject, wanted: Row) -> Fault:
    sentence = _(
        "In the registry here “%(slug)s” is %(here)s, in the package %(there)s. If they are the same, enter the "
        "name as another name of it first."
    )
    values = {"slug": row.slug, "here": row.name_zh, "there": wanted["name_zh"]}
    return Fault(sentence % values, path_of(subjects.SUBJECTS), number, "name_zh")


def _of_a_subject(one: Model) -> Row:
    return {field.attname: getattr(one, field.attname) for field in Subject._meta.concrete_fields}
