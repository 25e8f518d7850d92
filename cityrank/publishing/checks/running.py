"""Run the rules on a release."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.models import Release
from cityrank.publishing.checks.content import Content
from cityrank.publishing.checks.registry import RULES, Finding, Rule
from cityrank.publishing.models import Acknowledgement
from cityrank.publishing.refusals import Refused

# So many findings are told where a release is refused; the page of the checks has them all.
TOLD = 3


@dataclass(frozen=True)
class Summary:
    blocking: int
    open_warnings: int
    acknowledged: int


def findings(release: Release, rules: Iterable[Rule] | None = None) -> list[Finding]:
    """Return what the rules find in a release: what blocks, then open warnings, then acknowledged ones."""
    content = Content(release)
    given = {
        (row.rule, row.row): row for row in Acknowledgement.objects.of_release(release).select_related("by")
    }
    found = [
        _with_acknowledgement(Finding(rule, one), given)
        for rule in (RULES.values() if rules is None else rules)
        for one in rule.find(content)
    ]
    return sorted(found, key=lambda finding: (not finding.blocks, not finding.is_open))


def _with_acknowledgement(finding: Finding, given: dict[tuple[str, str], Acknowledgement]) -> Finding:
    row = given.get((finding.rule.name, finding.found.row))
    if row is None or finding.blocks:
        return finding
    if row.digest != finding.digest:
        return Finding(finding.rule, finding.found, is_outdated=True)
    return Finding(finding.rule, finding.found, row)


def summary(release: Release) -> Summary:
    found = findings(release)
    return Summary(
        blocking=sum(finding.blocks for finding in found),
        open_warnings=sum(not finding.blocks and finding.is_open for finding in found),
        acknowledged=sum(not finding.is_open for finding in found),
    )


def refuse_open(release: Release, *, warnings_too: bool) -> None:
    """Raises `Refused` while a rule blocks, or (`warnings_too`) while a warning is not acknowledged."""
    found = [finding for finding in findings(release) if finding.is_open]
    found = [finding for finding in found if finding.blocks or warnings_too]
    if not found:
        return
    told = " ".join(finding.found.message for finding in found[:TOLD])
    rest = len(found) - TOLD
    if rest > 0:
        told += " " + ngettext("And %d more.", "And %d more.", rest) % rest
    if any(finding.blocks for finding in found):
        raise Refused(_("Mend this first: %(findings)s") % {"findings": told})
    raise Refused(_("Mend or acknowledge these warnings first: %(findings)s") % {"findings": told})
