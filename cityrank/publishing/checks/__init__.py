"""Integrity checks: named rules that a release is held against before anybody sees it.

A rule is a function over the content of a release, registered with a name, a severity and what it is about. Findings
of rules that block keep a release from being submitted and published; those that warn are mended, or acknowledged one
by one with a reason (`cityrank.publishing.acknowledging`).
"""

from cityrank.publishing.checks import rules_awards, rules_figures, rules_tables, rules_work
from cityrank.publishing.checks.registry import RULES, Finding, Rule, Severity
from cityrank.publishing.checks.running import Summary, findings, refuse_open, summary

__all__ = [
    "RULES",
    "Finding",
    "Rule",
    "Severity",
    "Summary",
    "findings",
    "refuse_open",
    "rules_awards",
    "rules_figures",
    "rules_tables",
    "rules_work",
    "summary",
]
