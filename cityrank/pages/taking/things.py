"""What can be taken away, and the addresses that belong to it.

A thing is a page of an edition (the edition itself, an award, a ranking, the averages, a chart) or the page of a place.
Beside its page stand, where they make sense, `cite/` with `cite.bib` and `cite.ris`, `embedding/` with the code to
copy, `card.png` for social media, and under `embed/` the bare table for the pages of others.
"""

from dataclasses import dataclass, replace

from django.urls import NoReverseMatch, reverse

from cityrank.pages.addresses import Named, release_page
from cityrank.pages.scope import Scope

# Pages whose table or chart others may show on theirs.
EMBEDDED = ("award", "ranking", "averages", "chart", "place", "place-chart")
# The files beside a page: the end of the URL name, and what the file is called.
TABLES = (("csv", "CSV"), ("xlsx", "XLSX"))
DRAWINGS = (("svg", "SVG"), ("png", "PNG"), ("csv", "CSV"), ("spec", "Vega-Lite"))
FILES: dict[str, tuple[tuple[str, str], ...]] = {
    "award": TABLES,
    "ranking": TABLES,
    "averages": TABLES,
    "chart": DRAWINGS,
    "place-chart": DRAWINGS,
}
# An edition as a whole: URL names of their own.
WHOLE = (
    ("package", "ZIP"),
    ("workbook", "XLSX"),
    ("bulletin-pdf", "PDF"),
    ("bulletin-docx", "DOCX"),
    ("bulletin-txt", "TXT"),
)


@dataclass(frozen=True)
class Thing:
    """A page by its URL name and arguments; `label` and `number` are those of edition and release, if it has them."""

    name: str
    args: tuple[object, ...] = ()
    label: str = ""
    number: int | None = None

    def page(self, part: str = "") -> Named:
        """Return URL name and arguments of the page, or of what stands beside it: "cite", "embed", "csv" ..."""
        name = f"{self.name}-{part}" if part else self.name
        if not self.label:
            return f"pages:{name}", self.args
        return release_page(name, self.label, self.number, *self.args)

    def path(self, part: str = "") -> str:
        name, args = self.page(part)
        return reverse(name, args=args)

    def files(self) -> list[tuple[str, str]]:
        """Return path and kind of every file that this site has of it."""
        if self.name == "edition":
            named = [(release_page(name, self.label, self.number), kind) for name, kind in WHOLE]
        else:
            named = [(self.page(part), kind) for part, kind in FILES.get(self.name, ())]
        return [(path, kind) for page, kind in named if (path := _path(page))]

    @property
    def is_embedded(self) -> bool:
        return self.name in EMBEDDED and _path(self.page("embed")) is not None

    def opened(self) -> "Thing":
        """The same at the address that shows the current release."""
        return replace(self, number=None)

    def frozen(self, number: int) -> "Thing":
        """The same at its permanent address."""
        return replace(self, number=number) if self.label else self

    @property
    def anchor(self) -> str:
        """What the identifiers of its parts begin with in a page; different for each thing of a page."""
        return "-".join(["take", self.name, *map(str, self.args)])


def thing_of(scope: Scope | None, name: str, *args: object) -> Thing:
    """Return a thing as a page with this scope shows it, open or frozen; a place has no scope."""
    if scope is None:
        return Thing(name, args)
    return Thing(name, args, scope.edition.label, scope.release.number if scope.is_frozen else None)


def _path(page: Named) -> str | None:
    name, args = page
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return None
