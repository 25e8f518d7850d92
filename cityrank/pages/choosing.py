"""Which places a reader means: identifiers or names that were typed, each answered by a place or by what is unclear."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cityrank.pages import finding
from cityrank.pages.selectors import ABOVE
from cityrank.publishing.gate import open_gate, public_places
from cityrank.registry.models import Place, Subject
from cityrank.results.comparing import MOST

# Places of one name that are offered; whoever means another types the province before it.
OFFERED = 12
# Texts of one request that are looked at.
READ = 8


@dataclass(frozen=True)
class Unclear:
    """A text that names several places, or none."""

    text: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Choice:
    places: tuple[Place, ...]
    unclear: tuple[Unclear, ...]
    # Sentences about what was left out.
    remarks: tuple[str, ...]


def choose(texts: Iterable[str]) -> Choice:
    """Return the places that identifiers or names mean, at most `MOST`, each once and in the given order."""
    asked = [text for text in map(finding.cleaned, texts) if text][:READ]
    known = {place.slug: place for place in public_places().filter(slug__in=asked).select_related(ABOVE)}
    places: list[Place] = []
    unclear: list[Unclear] = []
    remarks: list[str] = []
    for text in asked:
        found, is_name = ([known[text]], True) if text in known else _named(text)
        if len(found) != 1 or not is_name:
            unclear.append(Unclear(text, tuple(found)))
        elif found[0] in places:
            remarks.append(_("%(place)s was named twice and stands here once.") % {"place": found[0].name})
        elif len(places) < MOST:
            places.append(found[0])
        else:
            text = _("%(place)s is left out: five places at most can stand beside each other.")
            remarks.append(text % {"place": found[0].name})
    return Choice(tuple(places), tuple(unclear), tuple(remarks))


def _named(text: str) -> tuple[list[Place], bool]:
    """Return the one place of this name, or those that it may mean; and whether it is a name of theirs at all.

    A name that was misspelt is answered by what is near to it, and by a question.
    """
    if finding.is_too_short(text):
        return [], False
    answer = finding.find(open_gate(), text)
    keys = [hit.subject for hit in answer.hits if hit.is_place] or answer.near
    found = finding.in_order(keys[:OFFERED])
    places = [subject.place for subject in found if subject.kind == Subject.Kind.PLACE]
    exact = [place for place in places if _is_called(place, text) and place.is_current]
    return exact or places, bool(answer.hits)


def _is_called(place: Place, text: str) -> bool:
    name = text.lower()
    return name in {
        place.name_zh,
        place.stem,
        place.pinyin_key,
        place.name_en.lower(),
        place.english_name.lower(),
    }
