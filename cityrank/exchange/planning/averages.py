"""Averages of groups: rows of a release, told apart by what the group is called."""

from collections import defaultdict

from django.utils.translation import gettext as _

from cityrank.exchange.planning.rules import Identity, Problem, Rules, Values
from cityrank.exchange.planning.survey import Survey
from cityrank.exchange.planning.values import decimals_of

_FIGURES = ("printed_value", "printed_previous", "printed_change")


class AverageRules(Rules):
    IDENTIFIER = NAME = "printed_label"
    ALSO_READ = ("decimals", "release_id")

    def survey(self) -> Survey:
        return Survey("", "", self.NAME)

    def identities(self, survey: Survey) -> list[Identity]:
        label = self.at["printed_label"]
        stored: dict[str, list[tuple]] = defaultdict(list)
        rows = self.model.objects.of_release(self.import_.release).values_list(*self.columns)  # type: ignore[attr-defined]
        for row in rows:
            stored[row[label]].append(row)
        release = self.import_.release
        place = self.at["position"]
        if release:
            self.positions = {release.pk: [row[place] for alike in stored.values() for row in alike]}
        identities = []
        for named in survey.named:
            identity = Identity(release, release.pk if release else 0, named.text or None)
            same = stored.get(named.text, [])
            if same:
                identity.old, identity.target, identity.place = same[0], same[0][0], same[0][place]
            if not named.text:
                self.complain(identity, self.NAME, _("The name of the group is missing."))
            elif len(same) > 1:
                text = _("%(count)s groups of this release are called so. Rename them first.")
                self.complain(identity, self.NAME, text % {"count": len(same)})
            identities.append(identity)
        return identities

    def complete(self, values: Values, identity: Identity, problems: list[Problem]) -> None:
        assert self.import_.release is not None
        values["release_id"] = self.import_.release.pk
        figures = [values[name] for name in _FIGURES if values.get(name) is not None]
        decimals = {decimals_of(figure) for figure in figures}
        if len(decimals) > 1:
            text = _(
                "The figures of a row are printed with the same number of decimals. Write 8.50 beside 64.34."
            )
            problems.append(("printed_value", text))
        elif decimals:
            values["decimals"] = decimals.pop()
