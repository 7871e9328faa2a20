"""Do secrecy rules, exceptions and locks name secrecy that there is?"""

from __future__ import annotations

from collections.abc import Iterator

from samsyn.kernel.citations import Citation, CitationError, Pattern, section_order
from samsyn.law import schema
from samsyn.law.checks.findings import SECRECY_ACT, Findings
from samsyn.law.checks.parts import secrecy_stretches_of
from samsyn.law.checks.spans import Span, certain, first_left_over, possible, share
from samsyn.law.loading import Placed

_FIRST, _LAST_PUBLIC, _LAST_INDIVIDUAL, _LAST = 15, 20, 40, 43
"""Chapters of the secrecy act: public interests, then individuals, then special bodies."""

_LONGEST = 100
"""More sections than any chapter has; a longer stretch is a slip and need not be listed."""
_SHOWN = 5

_Place = tuple[tuple[int, str], tuple[int, str]]
"""Chapter and section, as sort keys."""
_Known = dict[_Place, list[tuple[Citation, Span, Placed]]]
"""Secrecy rules by the section they stand in."""


def check_secrecy(findings: Findings) -> None:
    """Faults in secrecy rules and in what speaks of them."""
    known = _by_section(findings)
    for placed in findings.content.blocks:
        block = placed.block
        if isinstance(block, schema.SecrecyRule):
            _check_rule(findings, placed, block, known)
        elif isinstance(block, schema.SecrecyException):
            _check_exception(findings, placed, block)
        elif isinstance(block, schema.LockRule):
            _check_lock(findings, placed, block)
        elif isinstance(block, schema.Protection):
            _check_protection(findings, placed, block)
        for field, texts in secrecy_stretches_of(block):
            patterns = findings.stretches(placed.origin, field, texts)
            _check_stretches(findings, placed, field, patterns, known)


def _by_section(findings: Findings) -> _Known:
    known: _Known = {}
    for placed in findings.content.blocks:
        if isinstance(placed.block, schema.SecrecyRule):
            citation = _read(placed.block.cite)
            if citation is not None and citation.chapter and citation.section:
                entry = citation, possible(placed.block), placed
                known.setdefault(_place(citation), []).append(entry)
    return known


def _place(citation: Citation) -> _Place:
    return section_order(citation.chapter or "0"), section_order(citation.section)


def _read(text: str) -> Citation | None:
    try:
        return Citation.parse(text)
    except CitationError:  # told of where the citation stands
        return None


def _check_rule(
    findings: Findings, placed: Placed, rule: schema.SecrecyRule, known: _Known
) -> None:
    citation = _read(rule.cite)
    if citation is None:
        return
    chapter = section_order(citation.chapter or "0")
    if (
        citation.sfs != SECRECY_ACT
        or not citation.section
        or not (_FIRST, "") <= chapter <= (_LAST, "")
    ):
        text = f"{rule.cite} is no secrecy rule; those are sections in chapters 15-43 of 2009:400"
        findings.add(placed.origin, "cite", text)
        return
    side = "public" if chapter[0] <= _LAST_PUBLIC else "individual"
    if chapter[0] <= _LAST_INDIVIDUAL and rule.protects != side:
        text = f"found {rule.protects}; chapter {citation.chapter} protects the {side}"
        findings.add(placed.origin, "protects", f"{text}, so expected {side}")
    if rule.max_years is not None and rule.max_years <= 0:
        text = f"found {rule.max_years}; expected a number of years, or null when none is stated"
        findings.add(placed.origin, "max_years", text)
    for other, days, twin in known.get(_place(citation), ()):
        if twin is placed:
            break
        assert isinstance(twin.block, schema.SecrecyRule)
        if (
            other == citation
            and twin.block.strength != rule.strength
            and share(days, possible(rule))
        ):
            text = f"{twin.block.rule} gives the same provision {twin.block.strength} on these days"
            findings.add(placed.origin, "strength", f"{text}; expected one strength for each place")


def _check_exception(
    findings: Findings, placed: Placed, exception: schema.SecrecyException
) -> None:
    if not exception.items.categories:
        text = "takes out nothing without categories; list at least one"
        findings.add(placed.origin, "items", text)
    if not exception.takes_out_of:
        text = "takes nothing out of any secrecy; list at least one provision"
        findings.add(placed.origin, "takes_out_of", text)
    wanted = certain(exception, findings.covers_from)
    for index, text in enumerate(exception.takes_out_of):
        days = [
            possible(other.block)
            for other in findings.content.blocks
            if isinstance(other.block, schema.SecrecyRule) and other.block.cite == text
        ]
        missing = first_left_over(wanted, days)
        if _read(text) is not None and missing is not None:
            expected = f"no secrecy rule {text} holds on {missing}; add it, or split this block"
            findings.add(placed.origin, f"takes_out_of[{index}]", expected)


def _check_lock(findings: Findings, placed: Placed, lock: schema.LockRule) -> None:
    if not lock.secrecy:
        findings.add(placed.origin, "secrecy", "locks nothing; name at least one provision")
    if lock.shuts and lock.leaves:
        text = "is only read without shuts; take one of them away"
        findings.add(placed.origin, "leaves", text)
    for index, pattern in findings.stretches(placed.origin, "shuts", lock.shuts).items():
        if pattern.chapters[1] >= (_FIRST, ""):
            text = f"{pattern.text} is secrecy; expected breaking rules, in chapters before 15"
            findings.add(placed.origin, f"shuts[{index}]", text)


def _check_protection(findings: Findings, placed: Placed, block: schema.Protection) -> None:
    if not (block.items.categories or block.items.marks or block.facts):
        text = "is never shown without categories, marks or facts; name at least one"
        findings.add(placed.origin, "items", text)
    for code, value in block.facts.items():
        if isinstance(value, dict | list):
            text = f"found {value!r}; a protection compares with one value, write that"
            findings.add(placed.origin, f"facts.{code}", text)


def _check_stretches(
    findings: Findings, placed: Placed, field: str, patterns: dict[int, Pattern], known: _Known
) -> None:
    """The secrecy that a rule names has to be there, or the rule would speak of nothing.

    What a rule shuts out is named section by section. What it opens may be listed as the law lists
    it, with secrecy that no agency here has, as long as some of it is in the rulebook.
    """
    days = possible(placed.block)
    inside = {
        index: pattern
        for index, pattern in patterns.items()
        if _is_secrecy(findings, placed, f"{field}[{index}]", pattern)
    }
    if field != "opens.except":
        if inside and not any(_names_any(pattern, known, days) for pattern in inside.values()):
            text = "no secrecy rule stands in any of these on these days; add one, or correct them"
            findings.add(placed.origin, field, text)
        return
    for index, pattern in inside.items():
        missing = [
            f"{_spelt(place)}{_tail(pattern)}"
            for place in _named(pattern)
            if not _stands_at(place, pattern, known, days)
        ]
        if missing:
            shown = ", ".join(missing[:_SHOWN]) + (" and more" if missing[_SHOWN:] else "")
            text = f"no secrecy rule stands at {shown} on these days; add it, or correct this"
            findings.add(placed.origin, f"{field}[{index}]", text)


def _names_any(pattern: Pattern, known: _Known, days: Span) -> bool:
    first, last = pattern.chapters
    return any(
        first <= place[0] <= last
        and (pattern.sections is None or pattern.sections[0] <= place[1] <= pattern.sections[1])
        and _stands_at(place, pattern, known, days)
        for place in known
    )


def _stands_at(place: _Place, pattern: Pattern, known: _Known, days: Span) -> bool:
    """True if a secrecy rule stands in a section, and in the paragraph that the stretch names."""
    return any(
        share(held, days)
        and (pattern.paragraph is None or citation.paragraph in (None, pattern.paragraph))
        for citation, held, _ in known.get(place, ())
    )


def _spelt(place: _Place) -> str:
    return "{}{}:{}{}".format(*place[0], *place[1])


def _tail(pattern: Pattern) -> str:
    return f" st{pattern.paragraph}" if pattern.paragraph else ""


def _is_secrecy(findings: Findings, placed: Placed, field: str, pattern: Pattern) -> bool:
    first, last = pattern.chapters
    if first < (_FIRST, "") or last > (_LAST, ""):
        text = f"{pattern.text} lies outside the secrecy rules; expected chapters 15-43"
        findings.add(placed.origin, field, text)
        return False
    return True


def _named(pattern: Pattern) -> Iterator[_Place]:
    """The single sections that a stretch names for sure: its ends and the numbers between them."""
    if pattern.sections is None:  # whole chapters are shut out whatever stands in them
        return
    first, last = pattern.sections
    longest = min(last[0], first[0] + _LONGEST)
    numbers = [(number, "") for number in range(first[0] + 1, longest + 1)]
    for section in dict.fromkeys((first, *numbers, last)):
        yield pattern.chapters[0], section
