"""What a file of rows can be read into: one table, several tables of a draft at once, or the registry."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from awards.models import Award, Release
from cityrank.exchange.columns import Column, Sheet
from cityrank.exchange.models import Import
from cityrank.exchange.sheets import AVERAGES, IMPORTED, ORGANISATIONS, PLACES, RECIPIENTS, SCORES
from cityrank.publishing.assigning import Rights
from cityrank.registry.numbers import key_in
from scores.models import Ranking

_OF_RELEASE = (SCORES, RECIPIENTS, AVERAGES)
_OF_REGISTRY = (PLACES, ORGANISATIONS)


@dataclass(frozen=True)
class Target:
    """A kind of rows, the draft that they belong to (None: the registry), and the one table, if it is one."""

    sheet: Sheet
    release: Release | None = None
    into: Ranking | Award | None = None

    @property
    def key(self) -> str:
        """What names it in an address: ranking-7, award-5, scores-3 (of release 3), places."""
        if self.into is not None:
            return f"{self.into._meta.model_name}-{self.into.pk}"
        return f"{self.sheet.name}-{self.release.pk}" if self.release else self.sheet.name

    @property
    def title(self) -> str:
        if self.into is not None:
            return str(self.into)
        if self.sheet is SCORES:
            return _("Scores of several rankings")
        if self.sheet is RECIPIENTS:
            return _("Recipients of several awards")
        title = str(self.sheet.title)
        return title[:1].upper() + title[1:]

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns that a file for it has: those that are read, without the one that says which table it is."""
        left_out = self.sheet.into if self.into is not None else ""
        return tuple(one for one in self.sheet.columns if one.sets and one.name != left_out)


def target_of(import_: Import) -> Target:
    return Target(import_.declared, import_.release, import_.into)


def named_target(key: str) -> Target | None:
    """Return the target that an address names, whoever asks; None where there is none."""
    name, _dash, number = key.partition("-")
    if not number:
        return Target(IMPORTED[name]) if name in {sheet.name for sheet in _OF_REGISTRY} else None
    pk = key_in(number)
    if not pk:
        return None
    if name in ("ranking", "award"):
        model: type[Ranking | Award] = Ranking if name == "ranking" else Award
        into = model._default_manager.select_related("release__edition").filter(pk=pk).first()
        return Target(SCORES if name == "ranking" else RECIPIENTS, into.release, into) if into else None
    release = Release.objects.select_related("edition").filter(pk=pk).first()
    if release is None or name not in {sheet.name for sheet in _OF_RELEASE}:
        return None
    return Target(IMPORTED[name], release)


def targets_in(release: Release, person: User) -> list[Target]:
    """Return what somebody may read files into in a release: nothing unless it is a draft."""
    if not release.is_editable:
        return []
    rights = Rights(person, release)
    whole = [Target(sheet, release) for sheet in _OF_RELEASE if rights.may_add(sheet.model)]
    found = [*_tables(release, rights), *whole]
    return [target for target in found if may_write(target.sheet, person)]


def _tables(release: Release, rights: Rights) -> Iterator[Target]:
    for model, sheet in ((Award, RECIPIENTS), (Ranking, SCORES)):
        rows = model._default_manager.of_release(release).order_by("series__number", "position")
        for into in rows:
            if rights.may_edit(into):
                yield Target(sheet, release, into)


def targets_of_registry(person: User) -> list[Target]:
    return [Target(sheet) for sheet in _OF_REGISTRY if may_write(sheet, person)]


def may_write(sheet: Sheet, person: User) -> bool:
    """Return whether somebody's role adds and changes such rows."""
    app, model = sheet.model._meta.app_label, sheet.model._meta.model_name
    return all(person.has_perm(f"{app}.{action}_{model}") for action in ("add", "change"))
