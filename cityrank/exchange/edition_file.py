"""Read a reviewed edition file (TOML) into the first release of an edition.

The file says which subject each printed name means, so nothing is guessed here: an identifier that is not in the
registry stops the load with the place in the file, and nothing is kept of it.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import override

from awards import models as awards
from awards.models import Edition, Line, Organiser, Release
from cityrank.publishing.acknowledging import acknowledge
from cityrank.publishing.refusals import Refused
from cityrank.publishing.workflow import publish_unattended
from cityrank.registry.models import Alias, Organisation, Subject
from scores import models as scores

BUNDLED = Path(__file__).parent / "data" / "2017-2018.toml"

Table = dict[str, Any]


class BadEditionFile(Exception):
    """The file cannot be loaded; the text names the file, the place in it and what is wrong."""


@transaction.atomic
def load_edition(path: Path = BUNDLED) -> tuple[Release, bool]:
    """Load and publish the file's edition; return its release and whether it was loaded now.

    An edition that exists already is left exactly as it is. Raises `BadEditionFile`.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadEditionFile(f"{path.name}: {error}") from error
    label = data.get("edition", {}).get("label", "")
    existing = Release.objects.filter(edition__label=label).order_by("number").first()
    if existing:
        return existing, False
    try:
        release = _Loader(path.name, data).load()
    except KeyError as error:
        raise BadEditionFile(
            f"{path.name}: an entry lacks {error} or refers to one that is not there."
        ) from error
    except (TypeError, IntegrityError, ValidationError) as error:
        # The message of the model or the database names the column; the transaction keeps nothing of the file.
        raise BadEditionFile(f"{path.name}: an entry cannot be stored: {error}") from error
    return publish_unattended(release), True


@dataclass
class _Loader:
    file: str
    data: Table
    release: Release = field(init=False)
    # Rows that others refer to, by the identifier they have in the file.
    found: dict[type[Model], dict[Any, Any]] = field(default_factory=dict)

    def load(self) -> Release:
        edition = Edition(**self.data["edition"])
        if sentence := edition.why_it_does_not_belong_here():
            raise BadEditionFile(f"{self.file}: {sentence}")
        edition.save()
        self.release = Release.objects.create(edition=edition, number=1, **self.data["release"])
        self._organisations()
        self._subjects()
        self._keyed(awards.Source, "key", self.data["sources"])
        self._keyed(awards.Citation, "key", self.data["citations"])
        self._keyed(scores.PeerGroup, "slug", self.data["peer_groups"])
        self._lines()
        for entry in self.data["series"]:
            self._series(entry)
        self._organisers()
        self._keyed(awards.Section, "slug", self.data["sections"])
        self._averages()
        self._facts()
        self._acknowledgements()
        return self.release

    def _organisations(self) -> None:
        """Organisations belong to the registry: one that is there already keeps what people have made of it."""
        for entry in self.data["organisations"]:
            aliases = entry.pop("aliases", [])
            organisation, created = Organisation.objects.get_or_create(slug=entry.pop("id"), defaults=entry)
            if created:
                for text in aliases:
                    shorter = len(text) < len(organisation.name_zh)
                    kind = Alias.Kind.SHORT if shorter else Alias.Kind.VARIANT
                    Alias.objects.create(subject=organisation, text=text, kind=kind)

    def _subjects(self) -> None:
        wanted = {r["place"] for _series, award in self._awards() for r in award["recipients"]}
        wanted |= {s["subject"] for _series, ranking in self._rankings() for s in ranking.get("scores", [])}
        wanted |= {o["organisation"] for o in self.data["organisers"]}
        known = {subject.slug: subject for subject in Subject.objects.filter(slug__in=wanted)}
        missing = sorted(wanted - set(known))
        if missing:
            raise BadEditionFile(
                f"{self.file}: not in the registry: {', '.join(missing)}. Load the gazetteer first."
            )
        self.found[Subject] = known

    def _awards(self) -> Iterable[tuple[Table, Table]]:
        return ((series, award) for series in self.data["series"] for award in series.get("awards", []))

    def _rankings(self) -> Iterable[tuple[Table, Table]]:
        return ((series, ranking) for series in self.data["series"] for ranking in series.get("rankings", []))

    def _lines(self) -> None:
        for entry in self.data["lines"]:
            line, _created = Line.objects.get_or_create(slug=entry["slug"], defaults=entry)
            self.found.setdefault(Line, {})[line.slug] = line

    def _keyed(self, model: type[Model], key: str, entries: list[Table]) -> None:
        for entry in entries:
            row = model._default_manager.create(release=self.release, **self._resolved(entry))
            self.found.setdefault(model, {})[entry[key]] = row

    def _resolved(self, entry: Table) -> Table:
        """Replace the file's references by the rows they mean."""
        targets: dict[str, type[Model]] = {
            "source": awards.Source, "citation": awards.Citation, "line": Line, "peer_group": scores.PeerGroup,
            "series": awards.Series, "ranking": scores.Ranking, "organisation": Subject, "subject": Subject,
        }  # fmt: skip
        return {
            key: self._row(targets[key], value) if key in targets else value for key, value in entry.items()
        }

    def _row(self, model: type[Model], key: Any) -> Any:
        try:
            return self.found[model][key]
        except KeyError:
            raise BadEditionFile(f"{self.file}: there is no {model._meta.verbose_name} {key!r}.") from None

    def _series(self, entry: Table) -> None:
        own = {key: value for key, value in entry.items() if key not in ("awards", "rankings")}
        series = awards.Series.objects.create(release=self.release, **own)
        self.found.setdefault(awards.Series, {})[series.number] = series
        for position, award in enumerate(entry.get("awards", []), 1):
            self._award(series, position, award)
        for position, ranking in enumerate(entry.get("rankings", []), 1):
            self._ranking(series, position, ranking)

    def _award(self, series: awards.Series, position: int, entry: Table) -> None:
        recipients = entry.pop("recipients")
        source = entry.setdefault("source", "bulletin")
        award = awards.Award.objects.create(series=series, position=position, **self._resolved(entry))
        awards.Recipient.objects.bulk_create(
            awards.Recipient(
                award=award,
                position=place,
                printed_name=recipient["printed"],
                subject=self.found[Subject][recipient["place"]],
                source=self._row(awards.Source, source),
            )
            for place, recipient in enumerate(recipients, 1)
        )

    def _ranking(self, series: awards.Series, position: int, entry: Table) -> None:
        rows = entry.pop("scores", [])
        entry.setdefault("source", "bulletin")
        if "max_score" in entry:
            entry["max_score"] = self._decimal(entry["max_score"])
        ranking = scores.Ranking.objects.create(series=series, position=position, **self._resolved(entry))
        self.found.setdefault(scores.Ranking, {})[ranking.slug] = ranking
        for place, row in enumerate(rows, 1):
            row["printed_name"] = row.pop("printed")
            if "printed_score" in row:
                row["printed_score"] = self._decimal(row["printed_score"])
            row.setdefault("source", "bulletin")
            scores.Score.objects.create(ranking=ranking, position=place, **self._resolved(row))

    def _organisers(self) -> None:
        for position, entry in enumerate(self.data["organisers"], 1):
            organisation = Organisation.objects.get(slug=entry["organisation"])
            Organiser.objects.create(
                release=self.release, position=position, organisation=organisation, role=entry["role"]
            )

    def _averages(self) -> None:
        for position, entry in enumerate(self.data["averages"], 1):
            for name in ("value", "previous", "change"):
                if name in entry:
                    entry[f"printed_{name}"] = self._decimal(entry.pop(name))
            scores.GroupAverage.objects.create(
                release=self.release, position=position, **self._resolved(entry)
            )

    def _facts(self) -> None:
        findings = {
            s.number: s for s in self.found[awards.Section].values() if s.kind == awards.Section.Kind.FINDING
        }
        for position, entry in enumerate(self.data["facts"], 1):
            entry["value"] = self._decimal(entry["value"])
            section = findings[entry.pop("finding")]
            awards.Fact.objects.create(
                release=self.release, position=position, section=section, **self._resolved(entry)
            )

    def _acknowledgements(self) -> None:
        """Acknowledge the warnings that the file gives a reason for; one that the rules do not find is a mistake."""
        for number, entry in enumerate(self.data.get("acknowledgements", []), 1):
            try:
                with override("en"):
                    acknowledge(self.release, entry["rule"], entry["row"], entry["reason"])
            except Refused as refused:
                raise BadEditionFile(
                    f"{self.file}: acknowledgement {number} ({entry['rule']}, {entry['row']}): {refused}"
                ) from refused

    def _decimal(self, text: str) -> Decimal:
        try:
            return Decimal(text)
        except (InvalidOperation, TypeError):
            raise BadEditionFile(f"{self.file}: {text!r} is not a number written in quotes.") from None
