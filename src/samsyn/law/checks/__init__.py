"""Do the parts of a rulebook fit together?

Loading has seen that every field is there and of its type. Here the files are held against each
other: words, days, citations, and rules that could never be used. Texts are read once and no rule
is asked, because this runs each time that Samsyn starts.
"""

from __future__ import annotations

from samsyn.kernel.faults import Fault
from samsyn.law.checks.blocks import check_blocks
from samsyn.law.checks.facts import check_facts
from samsyn.law.checks.files import check_files
from samsyn.law.checks.findings import Findings
from samsyn.law.checks.lists import check_lists
from samsyn.law.checks.rules import check_rules
from samsyn.law.checks.secrecy import check_secrecy
from samsyn.law.checks.wordings import check_wordings
from samsyn.law.loading import Content

__all__ = ["check_content"]


def check_content(content: Content) -> list[Fault]:
    """Every fault between the files: unknown codes, overlaps, gaps, wrong dates and citations.

    Args:
        content: what the files say, as :func:`~samsyn.law.loading.read_content` gives it.

    Returns:
        The faults by file and line; an empty list for a rulebook that can be used.
    """
    findings = Findings(content)
    for check in (
        check_files,
        check_lists,
        check_facts,
        check_blocks,
        check_wordings,
        check_secrecy,
        check_rules,
    ):
        check(findings)
    return findings.in_order()
