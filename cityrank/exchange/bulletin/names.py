"""Printed names meet the registry: places, organisations and apps, each found, asked about, or to be created."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from cityrank.exchange.bulletin.elements import Span, Sure
from cityrank.exchange.bulletin.lines import Group, bundled_organisations
from cityrank.exchange.bulletin.questions import (
    CREATE,
    DROP,
    OPEN,
    About,
    Also,
    Asked,
    Choice,
    Question,
    key_of,
)
from cityrank.registry.models import PlaceTier, Subject
from cityrank.registry.names import suffix_of
from cityrank.registry.resolver import Candidate, How, Resolution, resolve_many

PLACE, ORGANISATION, APP = Subject.Kind.PLACE.value, Subject.Kind.ORGANISATION.value, Subject.Kind.APP.value
# How a name may be read and still be as good as spelled out.
_PLAIN = {How.EXACT, How.ENGLISH, How.ALIAS, How.SUFFIX_DROPPED, How.THROUGH_PARENTS, How.BRACKETS}
# A city that holds one of these outweighs a district elsewhere that bears its name.
_WEIGHTY = ("municipality", "separately_planned", "sub_provincial", "provincial_capital")
_CITIES, _COUNTIES = ("province", "prefecture", "county"), ("county", "township", "zone")
_TOWNS = ("township", "zone")


@dataclass(frozen=True)
class Creation:
    """A subject to be entered in the registry with the draft; `slug` is "" where it is made from the name."""

    kind: str
    name: str
    slug: str = ""
    name_en: str = ""
    aliases: tuple[str, ...] = ()


@dataclass
class Name:
    """A printed name and what became of it.

    `subject` is the identifier of what it means, "" while that is open; `question` the key of the question about it,
    "" where there was none. A name that is `dropped` is left out: it is printed twice, or no name.
    """

    printed: str
    span: Span
    key: str
    kind: str = PLACE
    levels: tuple[str, ...] | None = None
    subject: str = ""
    label: str = ""
    reason: str = ""
    sure: Sure = Sure.CERTAIN
    question: str = ""
    creation: Creation | None = None
    dropped: bool = False
    # Of the resolver, kept for the question.
    candidates: tuple[Candidate, ...] = field(default=(), repr=False)

    @property
    def identity(self) -> str:
        """By what two names are seen to mean the same: the subject, else the wording."""
        created = self.creation and (self.creation.slug or self.creation.name)
        return self.subject or f"={created or self.printed}"


def levels_of_award(title: str) -> tuple[str, ...]:
    """Return the levels of the places that an award of this title goes to."""
    if "小镇" in title or "特色镇" in title or "乡镇" in title:
        return _TOWNS
    if "城镇" in title or "区县" in title or "县" in title:
        return _COUNTIES
    return _CITIES


def levels_of_table(title: str, group: Group | None) -> tuple[str, ...] | None:
    """Return the levels of the places in a table, from its peer group or its title; None where neither tells."""
    if group is not None and group.level:
        return (group.level,)
    for words, levels in (
        (("区县", "县市"), ("county",)),
        (("小镇", "乡镇"), _TOWNS),
        (("各省", "省级", "省份"), ("province",)),
        (("城市", "地市", "直辖市"), _CITIES),
    ):
        if any(word in title for word in words):
            return levels
    return None


def resolve_names(names: Iterable[Name], on: dt.date | None, asked: Asked) -> None:
    """Find the subject of each name or ask; names are read from the registry in a few queries."""
    requests: dict[tuple, list[Name]] = defaultdict(list)
    for name in names:
        requests[name.kind, name.levels].append(name)
    for (kind, levels), same in requests.items():
        found = resolve_many([name.printed for name in same], on=on, levels=levels, kind=kind)
        tiers = _tiers(found, on) if kind == PLACE else {}
        for name, resolution in zip(same, found, strict=True):
            name.candidates = resolution.candidates
            if _take(name, resolution, tiers):
                asked.settled.add(name.key)
            else:
                _ask(name, resolution, asked)


def _tiers(found: list[Resolution], on: dt.date | None) -> dict[int, set[str]]:
    """Return the weighty tiers of the candidates of ambiguous names, by key of the place."""
    keys = {one.pk for resolution in found if not resolution.is_found for one in resolution.candidates}
    tiers: dict[int, set[str]] = defaultdict(set)
    rows = PlaceTier.objects.filter(place__in=keys, tier__in=_WEIGHTY) if keys else ()
    year = on.year if on else None
    for row in rows:
        begun = year is None or row.from_year is None or row.from_year <= year
        if begun and (year is None or row.to_year is None or row.to_year >= year):
            tiers[row.place_id].add(row.tier)
    return tiers


def _take(name: Name, resolution: Resolution, tiers: dict[int, set[str]]) -> bool:
    """Take the one candidate that is meant, if there is one."""
    if resolution.is_found:
        chosen = resolution.candidates[0]
        name.reason = str(resolution.reason)
        name.sure = Sure.CERTAIN if set(chosen.how) <= _PLAIN else Sure.LIKELY
    else:
        equal = resolution.candidates[: resolution.equal]
        city = _the_city(name, equal, tiers) if len(equal) > 1 else None
        if city is None:
            return False
        chosen, name.sure = city, Sure.LIKELY
        others = "、".join(one.path_zh for one in equal if one is not chosen)
        name.reason = _("The award goes to cities; not meant: %(others)s.") % {"others": others}
    name.subject, name.label = chosen.slug, chosen.path_zh if name.kind == PLACE else chosen.name_zh
    return True


def _the_city(name: Name, equal: tuple[Candidate, ...], tiers: dict[int, set[str]]) -> Candidate | None:
    """Return the city among districts and counties of its name: they lie inside it, or it is of another weight."""
    cities = [one for one in equal if one.level in ("province", "prefecture")]
    if name.levels != _CITIES or len(cities) != 1:
        return None
    city = cities[0]
    rest = [one for one in equal if one is not city]
    inside = all(one.path_zh.startswith(city.path_zh) for one in rest)
    below = all(one.level == "county" and suffix_of(one.name_zh) != "市" for one in rest)
    return city if below and (inside or tiers.get(city.pk)) else None


def _ask(name: Name, resolution: Resolution, asked: Asked) -> None:
    choices = [Choice(one.slug, one.path_zh or one.name_zh, str(one.why)) for one in resolution.candidates]
    default = None
    if name.kind == PLACE:
        choices.append(
            Choice(OPEN, _("Leave it open"), _("The draft keeps the printed name; it is resolved later."))
        )
        choices.append(Choice(DROP, _("No name: leave it out")))
        default = OPEN if not resolution.candidates else None
    else:
        bundled = _bundled(name.printed) if name.kind == ORGANISATION else None
        if bundled and bundled.slug not in [choice.value for choice in choices]:
            choices.append(Choice(bundled.slug, bundled.name, _("It is entered in the registry as this.")))
            default = bundled.slug
        choices.append(
            Choice(CREATE, _("Create “%(name)s”") % {"name": name.printed}, _("Under the printed name."))
        )
        choices.append(
            Choice(OPEN, _("Leave it out"), _("In a table the printed name stays, without a subject."))
        )
        default = default or (CREATE if not resolution.candidates else None)
    question = Question(
        key=name.key,
        about=About(name.kind),
        text=str(resolution.reason),
        excerpt=name.printed,
        line=name.span.line,
        choices=tuple(choices),
        default=default,
        also=Also.SUBJECT,
    )  # fmt: skip
    name.question, name.sure, name.reason = question.key, Sure.DOUBTFUL, str(resolution.reason)
    _follow(name, asked.ask(question), asked)


def _follow(name: Name, answer: str | None, asked: Asked) -> None:
    """Do with a name what was answered."""
    if answer is None or answer == OPEN:
        return
    if answer == DROP:
        name.dropped = True
    elif answer == CREATE:
        name.creation = Creation(name.kind, name.printed)
        name.label = name.printed
    elif answer in asked.subjects:
        subject = asked.subjects[answer]
        name.subject = answer
        paths = {one.slug: one.path_zh for one in name.candidates}
        name.label = paths.get(answer) or subject.name_zh
    elif bundled := _bundled(name.printed):
        name.creation, name.label = bundled, bundled.name


def _bundled(printed: str) -> Creation | None:
    """Return the organisation of the bundled edition file that bears this name."""
    for entry in bundled_organisations():
        if printed in (entry["name_zh"], *entry["aliases"]):
            return Creation(
                ORGANISATION, entry["name_zh"], entry["id"], entry["name_en"], tuple(entry["aliases"])
            )
    return None


def ask_about_repeated(names: list[Name], handle: str, title: str, asked: Asked) -> None:
    """Ask about names of one list that mean what an earlier one meant: nobody receives an award twice."""
    seen: dict[str, Name] = {}
    for position, name in enumerate(names, 1):
        if name.dropped:
            continue
        first = seen.setdefault(name.identity, name)
        if first is name:
            continue
        question = Question(
            key=key_of("twice", handle, position, name.printed),
            about=About.TWICE,
            text=_("In “%(title)s”, %(first)s and %(second)s mean the same. Is it printed twice?")
            % {"title": title, "first": first.printed, "second": name.printed},
            excerpt=name.printed,
            line=name.span.line,
            choices=(
                Choice(DROP, _("Printed twice: take it once")),
                Choice(OPEN, _("Something else is meant: keep the name and leave it open")),
            ),
        )
        answer = asked.ask(question)
        name.dropped = answer == DROP
        if answer != DROP:
            name.subject, name.creation, name.label = "", None, ""
            name.question = name.question or question.key
            name.sure, name.reason = Sure.DOUBTFUL, question.text
