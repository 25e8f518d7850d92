"""What a package says to people: README, licence, citation, each in Chinese and in English."""

from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import override

from awards.models import Citation, Organiser, Release, Section
from cityrank.exchange.packages.describing import EN, ZH, Data, address_of, is_public, organisers_of

BETWEEN = "\n---\n\n"


def readme(release: Release, resources: list[Data], office: bool, counts: dict[str, int]) -> str:
    def listed(language: str) -> Iterator[Data]:
        for one in resources:
            title = one["title_en"] if language == EN else one["title"]
            yield {"path": one["path"], "title": title, "rows": counts[one["name"]]}

    return BETWEEN.join(
        _render("package_readme.txt", language, release, resources=list(listed(language)), office=office)
        for language in (ZH, EN)
    )


def licence(release: Release) -> str:
    verbatim = (
        Citation.objects.of_release(release).filter(kind=Citation.Kind.VERBATIM).exists()
        or Section.objects.of_release(release).filter(is_summary=False).exists()
    )
    return BETWEEN.join(
        _render("package_licence.txt", language, release, verbatim=verbatim) for language in (ZH, EN)
    )


def citation(release: Release) -> str:
    """Return how to cite the release: a line in either language, and BibTeX."""
    names_zh, names_en = _publishers(release)
    address, label, number = address_of(release), release.edition.label, release.number
    draft = (
        ("（草稿，未发布，请勿引用）", " (draft, not published: do not cite)")
        if not is_public(release)
        else ("", "")
    )
    if release.edition.invented:
        draft = (f"{draft[0]}（虚构数据，请勿引用）", f"{draft[1]} (invented data: do not cite)")
    day = _day(release)
    chinese = (
        f"{names_zh}：《{release.title_zh}》（{label}，第{number}版）{draft[0]}，CityRank，{day}。{address}"
    )
    title = release.title_en or release.title_zh
    english = f"{names_en}: {title} ({label}, release {number}){draft[1]}. CityRank, {day}. {address}"
    entry = {
        "title": f"{title} ({label}, release {number}){draft[1]}",
        "author": " and ".join(
            f"{{{_tex(row.organisation.english_name)}}}" for row in _published_by(release)
        ),
        "year": day[:4],
        "publisher": "CityRank",
        "version": str(number),
        "url": address,
    }
    bibtex = "".join(
        f"  {name} = {{{value if name == 'author' else _tex(value)}}},\n"
        for name, value in entry.items()
        if value
    )
    return f"{chinese.strip()}\n\n{english.strip()}\n\n@misc{{cityrank-{label}-{number},\n{bibtex}}}\n"


def _render(template: str, language: str, release: Release, **more: Any) -> str:
    with override(language):
        context = {
            "title": release.title,
            "summary": release.summary,
            "label": release.edition.label,
            "number": release.number,
            "draft": not is_public(release),
            "invented": release.edition.invented,
            "address": address_of(release),
        }
        return render_to_string(f"exchange/{template}", context | more)


def _published_by(release: Release) -> list[Organiser]:
    return [row for row in organisers_of(release) if row.role == Organiser.Role.PUBLISHER]


def _publishers(release: Release) -> tuple[str, str]:
    found = [row.organisation for row in _published_by(release)]
    if not found:
        return "CityRank", "CityRank"
    return "、".join(one.name_zh for one in found), "; ".join(one.english_name for one in found)


def _day(release: Release) -> str:
    """Return when this release became public, else the day of the results, else the last year it speaks of."""
    if is_public(release) and release.published_at:
        return release.published_at.date().isoformat()
    return release.announced_on.isoformat() if release.announced_on else str(release.edition.period_end)


def _tex(text: str) -> str:
    special = {"\\": "\\textbackslash{}", "{": "\\{", "}": "\\}"} | {char: f"\\{char}" for char in "&%$#_"}
    return "".join(special.get(char, char) for char in " ".join(text.split()))
