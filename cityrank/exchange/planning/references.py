"""Which row of the release is meant by an identifier or a title in a cell."""

from collections import defaultdict
from typing import Any, cast

from django.db.models import Model
from django.utils.translation import gettext as _

from awards.models import Release, ReleaseContent
from cityrank.exchange.columns import Column
from cityrank.exchange.deriving import natural
from cityrank.exchange.planning.values import BadCell
from cityrank.exchange.reading import plain
from scores.models import Band

_TITLES = ("title_printed", "title_listed", "title_zh", "title_en", "label_zh", "label_en")


class References:
    """The rows of one release that cells may name, read once for each model."""

    def __init__(self, release: Release | None) -> None:
        self.release = release
        self._named: dict[type[Model], dict[Any, set[int]]] = {}

    def find(self, column: Column, text: str, ranking_id: int | None = None) -> int:
        """Return the key of the row that a cell names; bands are those of a ranking. Raises `BadCell`."""
        assert column.to is not None
        named = self._names(column.to)
        key = plain(text)
        found = named.get((ranking_id, key) if column.to is Band else key, set())
        values = {"text": text[:60], "what": column.to._meta.verbose_name, "count": len(found)}
        if not found:
            raise BadCell(
                _("No %(what)s of this release is called “%(text)s”. Write its identifier or its title.")
                % values
            )
        if len(found) > 1:
            raise BadCell(
                _("%(count)s rows (%(what)s) are called “%(text)s”. Write the identifier.") % values
            )
        return next(iter(found))

    def _names(self, model: type[Model]) -> dict[Any, set[int]]:
        if model not in self._named:
            self._named[model] = self._read(cast(type[ReleaseContent], model))
        return self._named[model]

    def _read(self, model: type[ReleaseContent]) -> dict[Any, set[int]]:
        fields = {field.name for field in model._meta.concrete_fields}
        titles = [name for name in _TITLES if name in fields]
        identifier = natural(model)
        columns = ["pk", *titles, *(["ranking_id"] if model is Band else [])]
        identifiers: dict[Any, set[int]] = {}
        named: dict[Any, set[int]] = defaultdict(set)
        for row in model.objects.of_release(self.release).values(*columns, identifier):
            for title in titles:
                if row[title]:
                    key = plain(row[title])
                    named[(row["ranking_id"], key) if model is Band else key].add(row["pk"])
            if identifier != "pk":
                identifiers[plain(str(row[identifier]))] = {row["pk"]}
        # An identifier is meant as one, even where something else has it as its title.
        return {**named, **identifiers}
