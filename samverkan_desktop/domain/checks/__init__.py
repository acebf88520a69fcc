"""check(draft, template): what to see to before the document is approved and sent.

Each rule is a function in a module named by its subject; its docstring says where the rule comes
from. A rule that can't be sure stays silent: a list of false alarms is not read.
"""

from datetime import date

from samverkan_desktop.domain.checks import (
    dates,
    decision,
    head,
    money,
    placeholders,
    position,
    references,
    sections,
    tables,
)
from samverkan_desktop.domain.checks.finding import Finding, Matter, Rule, Severity, matter
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.template import Template

__all__ = ["Finding", "Severity", "check"]

_RULES: tuple[Rule, ...] = (
    *head.RULES,
    *dates.RULES,
    *decision.RULES,
    *sections.RULES,
    *placeholders.RULES,
    *references.RULES,
    *position.RULES,
    *money.RULES,
    *tables.RULES,
)
_RANK = {severity: rank for rank, severity in enumerate(Severity)}


def check(draft: Draft, template: Template, today: date | None = None) -> tuple[Finding, ...]:
    """Return what to see to, errors first and then in the order of the document.

    Without `today` nothing is said about dates that have passed.
    """
    looked_at = matter(draft, template, today)
    found = [finding for rule in _RULES for finding in rule(looked_at)]
    return tuple(sorted(found, key=lambda finding: _order(finding, looked_at)))


def _order(finding: Finding, looked_at: Matter) -> tuple[int, int]:
    keys = [None, *(entry.key for entry in looked_at.entries)]
    return _RANK[finding.severity], keys.index(finding.section)
