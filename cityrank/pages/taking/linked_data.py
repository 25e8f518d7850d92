"""What a page says to programs, in the vocabulary of schema.org: pure functions from plain values to JSON-LD.

Dataset as Google's guide to structured data for datasets wants it, with licence, version and distributions.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
NAME = "CityRank"
# What would end the element or begin another one, and the two line ends that JavaScript once knew and JSON did not.
_UNSAFE = {ord(char): f"\\u{ord(char):04X}" for char in "<>&\u2028\u2029"}

Data = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """One step of the way to a page."""

    name: str
    address: str


@dataclass(frozen=True)
class File:
    """A file to download: `kind` is what people call it, `media_type` what programs do."""

    kind: str
    media_type: str
    address: str


@dataclass(frozen=True)
class Facts:
    """What a data set says of itself: an edition, or a table or an award of one (`whole` is its edition)."""

    name: str
    description: str
    address: str
    permanent: str
    version: str
    published: str
    period: tuple[int, int]
    creators: tuple[tuple[str, str], ...] = ()
    files: tuple[File, ...] = ()
    whole: Step | None = None


def script_text(parts: Iterable[Data]) -> str:
    """Return the text of the script element. No `<` is left in it, so that nothing in a title ends the element."""
    graph = {"@context": "https://schema.org", "@graph": [part for part in parts if part]}
    return json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)


def site(address: str, search: str, description: str) -> list[Data]:
    """The site itself and who runs it, for the first page."""
    return [
        {
            "@type": "WebSite",
            "@id": f"{address}#site",
            "name": NAME,
            "description": description,
            "url": address,
            "inLanguage": ["zh-Hans", "en"],
            "publisher": {"@id": f"{address}#organisation"},
            "potentialAction": {
                "@type": "SearchAction",
                "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{search_term_string}}"},
                "query-input": "required name=search_term_string",
            },
        },
        {"@type": "Organization", "@id": f"{address}#organisation", "name": NAME, "url": address},
    ]


def breadcrumbs(steps: Iterable[Step]) -> Data:
    """The way to a page; nothing for a page that is the first step itself."""
    items = [
        {"@type": "ListItem", "position": at, "name": step.name, "item": step.address}
        for at, step in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items} if len(items) > 1 else {}


def dataset(facts: Facts, language: str) -> Data:
    first, last = facts.period
    found = {
        "@type": "Dataset",
        "name": facts.name,
        "description": facts.description,
        "url": facts.address,
        "identifier": facts.permanent,
        "sameAs": facts.permanent,
        "version": facts.version,
        "datePublished": facts.published,
        "temporalCoverage": f"{first}/{last}" if last > first else str(first),
        "spatialCoverage": {"@type": "Country", "name": "China"},
        "license": LICENCE,
        "isAccessibleForFree": True,
        "inLanguage": language,
        "creator": [
            {"@type": "Organization", "name": name, "url": address} for name, address in facts.creators
        ],
        "publisher": {"@type": "Organization", "name": NAME},
        "isPartOf": {"@type": "Dataset", "name": facts.whole.name, "url": facts.whole.address}
        if facts.whole
        else None,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.kind,
                "encodingFormat": file.media_type,
                "contentUrl": file.address,
            }
            for file in facts.files
        ],
    }
    return {key: value for key, value in found.items() if value not in ("", [], None)}


def item_list(name: str, items: Iterable[Step], total: int, *, is_ranked: bool) -> Data:
    """A list of places or organisations; the first ones of `total`. The order of winners is not a rank."""
    found = [
        {"@type": "ListItem", "position": at, "name": item.name, "url": item.address}
        for at, item in enumerate(items, 1)
    ]
    order = "ItemListOrderDescending" if is_ranked else "ItemListUnordered"
    return {
        "@type": "ItemList",
        "name": name,
        "itemListOrder": f"https://schema.org/{order}",
        "numberOfItems": total,
        "itemListElement": found,
    }


def organisation(names: list[str], address: str, website: str) -> Data:
    found = {
        "@type": "Organization",
        "name": names[0],
        "alternateName": names[1:],
        "url": address,
        "sameAs": website,
    }
    return {key: value for key, value in found.items() if value not in ("", [])}


def place(names: list[str], address: str, code: str, within: list[Step]) -> Data:
    """A place by its name and its other names, with the places it belongs to, the nearest first."""
    above: Data = {}
    for step in reversed(within):
        inner = {"@type": "AdministrativeArea", "name": step.name, "url": step.address}
        above = inner | ({"containedInPlace": above} if above else {})
    number = {"@type": "PropertyValue", "propertyID": "GB/T 2260", "value": code} if code else None
    found = {
        "@type": "Place",
        "name": names[0],
        "alternateName": names[1:],
        "url": address,
        "identifier": number,
        "containedInPlace": above,
    }
    return {key: value for key, value in found.items() if value not in ("", [], {}, None)}
