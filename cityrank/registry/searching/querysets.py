"""Reading the keys: ranges of the index, and how close what was found is to what was typed."""

from collections.abc import Iterable

from django.db.models import Case, IntegerField, Min, Q, QuerySet, Value, When

from cityrank.registry.searching.keys import CODE, Sort, slip_keys
from cityrank.registry.searching.spelling import asked

# Greater than every character that a key can have.
_BEYOND = "\U0010ffff"
# How close a key is, by its sort: when it is what was typed, when its stem is, and when it merely begins so.
_WHOLE = {
    0: (Sort.NAME, Sort.ENGLISH),
    1: (Sort.ALIAS, Sort.SOUND),
    3: (Sort.INITIALS, Sort.WORD),
}
_STEM = {1: (Sort.NAME, Sort.SOUND), 3: (Sort.INITIALS,)}
_BEGUN = {
    0: (Sort.CODE,),
    2: (Sort.NAME, Sort.ALIAS),
    3: (Sort.SOUND, Sort.ENGLISH),
    4: (Sort.INITIALS, Sort.WORD),
    5: (Sort.PART,),
}
_ELSEWHERE = 6


class SearchKeyQuerySet(QuerySet):
    def beginning(self, keys: Iterable[str]) -> "SearchKeyQuerySet":
        """Return the keys that begin with one of these, and the codes that are one."""
        ranges = Q()
        for key in keys:
            ranges |= Q(key__gte=key, key__lt=key + _BEYOND) | Q(key=CODE + key)
        return self.filter(ranges) if ranges else self.none()

    def matching(self, text: str) -> "SearchKeyQuerySet":
        """Return the keys that a query may mean."""
        return self.beginning(asked(text))

    def of_slips(self, texts: Iterable[str]) -> "SearchKeyQuerySet":
        """Return the keys in common with misspelt words; `is_one_slip` says which are one letter away."""
        return self.filter(key__in=slip_keys(texts))

    def closest(self, text: str) -> QuerySet:
        """Return a row for each subject that a query may mean; see `closest_to`."""
        return self.closest_to(asked(text))

    def closest_to(self, keys: list[str]) -> QuerySet:
        """Return a row for each subject: `subject`, `weight`, `listed`, and `closeness`, 0 being the name itself."""
        found = self.beginning(keys).order_by().values("subject", "weight", "listed")
        return found.annotate(closeness=Min(closeness(keys)))


def closeness(keys: list[str]) -> Case:
    """Return how close a key found is to what was typed, 0 being the name itself and 1 its stem."""
    cases = [
        When(key__in=keys, sort__in=sorts, then=Value(distance)) for distance, sorts in sorted(_WHOLE.items())
    ]
    for distance, sorts in _STEM.items():
        for key in keys:
            whose = {} if len(keys) == 1 else {"key__gte": key, "key__lt": key + _BEYOND}
            cases.append(When(core=len(key), sort__in=sorts, **whose, then=Value(distance)))
    cases += [When(sort__in=sorts, then=Value(distance)) for distance, sorts in _BEGUN.items()]
    return Case(*cases, default=Value(_ELSEWHERE), output_field=IntegerField())
