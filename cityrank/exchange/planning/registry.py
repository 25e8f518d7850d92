"""Places and organisations: rows of the registry, told apart by their identifiers."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cityrank.exchange.columns import Column, Kind
from cityrank.exchange.planning.rules import Identity, Problem, Rules, Values
from cityrank.exchange.planning.subjects import Answer, Question, answers
from cityrank.exchange.planning.survey import Survey
from cityrank.exchange.planning.values import BadCell
from cityrank.registry.models import Place, Subject
from cityrank.registry.resolving.known import chunks

_LEVELS = list(Place.Level)


class RegistryRules(Rules):
    IDENTIFIER, NAME = "slug", "name_zh"

    def survey(self) -> Survey:
        # What places belong to is asked for all of them together, as tables are.
        return Survey("parent" if "parent" in self.sheet.by_name else "", self.IDENTIFIER, "")

    def given(self) -> set[str]:
        return set()

    def identities(self, survey: Survey) -> list[Identity]:
        slugs = {named.text for named in survey.named if named.text}
        stored, others = {}, set()
        for chunk in chunks(sorted(slugs)):
            for row in self.model._default_manager.filter(slug__in=chunk).values_list(*self.columns):
                stored[row[self.at["slug"]]] = row
            others |= set(Subject.objects.filter(slug__in=chunk).values_list("slug", flat=True))
        self._read_parents(survey, slugs)
        identities = []
        for named in survey.named:
            identity = Identity(key=named.text or None, old=stored.get(named.text))
            if not named.text:
                self.complain(identity, self.IDENTIFIER, _("The identifier is missing."))
            elif named.text in others and identity.old is None:
                text = _("This identifier belongs to a subject of another kind. Choose another one.")
                self.complain(identity, self.IDENTIFIER, text)
            identities.append(identity)
        return identities

    def _read_parents(self, survey: Survey, slugs: set[str]) -> None:
        texts = {named.into for named in survey.named if named.into and not named.by_sheet}
        # A place of the same file may be the one above; it has no key yet.
        self.within = slugs
        found = answers({Question(text, named=False) for text in texts - slugs}, None)
        self.parents: dict[str, Answer] = {question.text: answer for question, answer in found.items()}
        self.above: dict[int, str] = {}
        self.levels: dict[str, str] = {}
        for chunk in chunks(sorted({answer for answer in found.values() if isinstance(answer, int)})):
            for pk, slug, level in Place.objects.filter(pk__in=chunk).values_list("pk", "slug", "level"):
                self.above[pk], self.levels[slug] = slug, level

    def attname(self, column: Column) -> str:
        # A place above that the same file brings along has no key yet.
        return column.path if column.kind is Kind.SUBJECT else super().attname(column)

    def refer(self, column: Column, text: str, identity: Identity) -> str:
        if text in self.within:
            return text
        answer = self.parents[text]
        if isinstance(answer, str):
            raise BadCell(answer)
        if answer not in self.above:
            raise BadCell(_("“%(text)s” is no place.") % {"text": text[:40]})
        return self.above[answer]

    def complete(self, values: Values, identity: Identity, problems: list[Problem]) -> None:
        if not values.get("pinyin"):
            values.pop("pinyin", None)  # made from the name, or what somebody entered before
        if self.model is not Place:
            return
        old = identity.old
        now = {name: old[index] for name, index in self.at.items()} | values if old else values
        problems.extend(self._above(now))
        if now.get("valid_from") and now.get("valid_to") and now["valid_to"] < now["valid_from"]:
            problems.append(("valid_to", _("It ends before it begins.")))

    def _above(self, now: Values) -> Iterator[Problem]:
        level, parent = now.get("level"), now.get("parent__slug")
        if (level == Place.Level.COUNTRY) == bool(parent):
            yield "parent", _("A country belongs to nothing; every other place belongs to one above it.")
        elif parent in self.levels and level in _LEVELS:
            above = Place.Level(self.levels[parent])
            if _LEVELS.index(Place.Level(level)) <= _LEVELS.index(above):
                yield "parent", _("A place belongs to one of a higher level.")
