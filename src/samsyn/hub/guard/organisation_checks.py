"""Is the organisation in order: does it fit together, and with the agencies of the rulebook?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from string import Formatter
from typing import Any

import msgspec

from samsyn.hub.guard.organisation_entries import (
    AccessLevel,
    ActKind,
    Centre,
    County,
    RegisterSeries,
    Role,
    Written,
    covers,
)
from samsyn.kernel.dates import DateError, Period, read_end, read_start
from samsyn.kernel.faults import Fault
from samsyn.law import Rulebook
from samsyn.law.checks.findings import Findings, did_you_mean
from samsyn.law.checks.spans import BACKWARDS, Span, first_left_over, share
from samsyn.law.loading import Origin
from samsyn.law.schema import Circle, Membership

COOPERATION = "nine_agencies"
"""The circle of the agencies that cooperate against work-life crime."""

_CODE = re.compile(r"[a-z]+(_[a-z]+)*")
_ACT = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*")
_COUNTY = re.compile(r"\d\d", re.ASCII)
_NUMBER = re.compile(r"(0[1-9]\d?d)?")
_TOGETHER: frozenset[AccessLevel] = frozenset({"log", "people"})
"""The only levels that may stand in one role."""


def check_organisation(written: Written, rulebook: Rulebook) -> list[Fault]:
    """All faults, by file and line."""
    findings = Findings(rulebook.content)
    for entry, origin in (
        *written.acts,
        *written.roles,
        *written.counties,
        *written.centres,
        *written.series,
    ):
        for field in _blank(msgspec.to_builtins(entry), ""):
            findings.add(origin, field, "is empty; write the text")
    _check_acts(findings, written)
    for place, (role, origin) in enumerate(written.roles):
        _check_code(findings, origin, role.code, [one.code for one, _ in written.roles[:place]])
        _check_role(findings, role, origin, written.acts)
    circle = findings.circles.get(COOPERATION)
    if circle is None:
        text = f"holds no circle {COOPERATION}; expected that of the cooperating agencies"
        findings.add_to_file("circles.yaml", text)
    else:
        _check_counties(findings, written.counties)
        _check_centres(findings, written, circle)
        _check_registers(findings, written, circle)
    return findings.in_order()


def _blank(value: Any, path: str) -> Iterator[str]:
    """Paths of all texts in an entry that say nothing."""
    if isinstance(value, str) and not value.strip():
        yield path
    elif isinstance(value, dict):
        for key, child in value.items():
            yield from _blank(child, f"{path}.{key}" if path else key)
    elif isinstance(value, list | tuple):
        for index, child in enumerate(value):
            yield from _blank(child, f"{path}[{index}]")


def _check_code(findings: Findings, origin: Origin, code: str, earlier: Sequence[str]) -> None:
    if not _CODE.fullmatch(code):
        text = f"“{code}” is no code; expected small letters from a to z, with _ between words"
        findings.add(origin, "code", text)
    if code in earlier:
        text = f"“{code}” stands twice in this file; expected each code once"
        findings.add(origin, "code", text)


def _check_acts(findings: Findings, written: Written) -> None:
    known = {act.code: act for act, _ in written.acts}
    seen: set[str] = set()
    for act, origin in written.acts:
        if not _ACT.fullmatch(act.code):
            text = f"“{act.code}” is no act; expected what and how, such as case.open"
            findings.add(origin, "code", text)
        elif act.code in seen:
            text = f"“{act.code}” stands twice in this file; expected each code once"
            findings.add(origin, "code", text)
        elif not any(role.permits(act.code) for role, _ in written.roles):
            text = f"no role may do “{act.code}”; give it to a role, or take it away"
            findings.add(origin, "code", text)
        seen.add(act.code)
        if act.second is not None:
            _check_second(findings, act, act.second, origin, known)


def _check_second(
    findings: Findings, act: ActKind, code: str, origin: Origin, known: dict[str, ActKind]
) -> None:
    second = known.get(code)
    if second is None:
        hint = did_you_mean(code, known)
        text = f"“{code}” is no act; {hint}use a code from acts in this file"
        findings.add(origin, "second", text)
    elif code == act.code:
        text = "nobody agrees with themselves; expected another act than this one"
        findings.add(origin, "second", text)
    elif second.second is not None:
        text = f"“{code}” takes two persons itself; expected an act that one person can do"
        findings.add(origin, "second", text)


def _check_role(
    findings: Findings, role: Role, origin: Origin, acts: Sequence[tuple[ActKind, Origin]]
) -> None:
    _check_reads(findings, role, origin)
    for index, allowed in enumerate(role.acts):
        field = f"acts[{index}]"
        covered = [act for act, _ in acts if covers(allowed, act.code)]
        if not covered:
            codes = (act.code for act, _ in acts)
            hint = did_you_mean(allowed.removesuffix(".*"), codes)
            text = (
                f"“{allowed}” is no act; {hint}"
                "use a code from acts in this file, or what it begins with, such as case.*"
            )
            findings.add(origin, field, text)
        if any(covers(other, allowed) for other in (*role.acts[:index], *role.acts[index + 1 :])):
            findings.add(origin, field, f"“{allowed}” is already permitted; take one away")
        for act in covered:
            if act.needs and not set(act.needs) & set(role.reads):
                text = f"“{act.code}” is for roles that read {' or '.join(act.needs)}"
                findings.add(origin, field, f"{text}; take it away, or add one to reads")


def _check_reads(findings: Findings, role: Role, origin: Origin) -> None:
    for index, level in enumerate(role.reads):
        if level in role.reads[:index]:
            findings.add(origin, f"reads[{index}]", f"“{level}” stands twice; take one away")
    levels = set(role.reads)
    # INVARIANT: whoever gives access or examines the log has none to the cases, and the protection
    # track is apart from them; someone who needs both holds two roles, for all to see.
    if len(levels) > 1 and not levels <= _TOGETHER:
        text = f"found {' and '.join(role.reads)} in one role; expected two roles, except for "
        findings.add(origin, "reads", f"{text}{' and '.join(sorted(_TOGETHER))}")
    if levels - {"cases"} and not role.grave_for_raise:
        seen = " and ".join(sorted(levels - {"cases"}))
        text = f"found false, but the role reads {seen}; expected true, so that two persons give it"
        findings.add(origin, "grave_for_raise", text)


def _check_counties(findings: Findings, counties: Sequence[tuple[County, Origin]]) -> None:
    for place, (county, origin) in enumerate(counties):
        if not _COUNTY.fullmatch(county.code):
            text = f"found “{county.code}”; expected the two digits of the county, such as 01"
            findings.add(origin, "code", text)
        for other, _ in counties[:place]:
            for field in ("code", "name"):
                if getattr(other, field) == getattr(county, field):
                    text = f"“{getattr(county, field)}” stands twice; expected each county once"
                    findings.add(origin, field, text)


def _check_centres(findings: Findings, written: Written, circle: Circle) -> None:
    counties = {county.name for county, _ in written.counties}
    for place, (centre, origin) in enumerate(written.centres):
        earlier = [other for other, _ in written.centres[:place]]
        _check_code(findings, origin, centre.code, [other.code for other in earlier])
        days = _certain(findings, origin, ("opened", centre.opened), ("closed", centre.closed))
        if not centre.counties:
            findings.add(origin, "counties", "the centre serves no county; expected at least one")
        for index, county in enumerate(centre.counties):
            field = f"counties[{index}]"
            if county not in counties:
                hint = did_you_mean(county, counties)
                text = f"“{county}” is no county; {hint}use a name from counties in this file"
                findings.add(origin, field, text)
            elif county in centre.counties[:index]:
                findings.add(origin, field, f"“{county}” stands twice; take one away")
            for other in earlier:
                if days and county in other.counties and _meet(days, other):
                    text = f"{county} is served by {other.code} too; expected one centre on a day"
                    findings.add(origin, field, text)
        if not centre.members:
            findings.add(origin, "members", "the centre has no members; expected at least one")
        if days:
            _check_members(findings, centre, origin, days, circle)


def _meet(days: Span, other: Centre) -> bool:
    try:
        return share(days, _span(other.opened, other.closed))
    except DateError:  # told of at the other centre
        return False


def _check_members(
    findings: Findings, centre: Centre, origin: Origin, open_days: Span, circle: Circle
) -> None:
    taken: list[tuple[str, Span]] = []
    for index, member in enumerate(centre.members):
        field = f"members[{index}]"
        findings.require_one("agency", origin, f"{field}.agency", member.agency)
        ends = (f"{field}.from", member.start), (f"{field}.to", member.end)
        days = _certain(findings, origin, *ends)
        if days is None or member.agency not in findings.agencies:
            continue
        if days[0] < open_days[0]:
            text = f"the centre opens {centre.opened}; expected that or later"
            findings.add(origin, f"{field}.from", text)
        if any(agency == member.agency and share(days, other) for agency, other in taken):
            text = f"{member.agency} already takes part then; expected one entry on each day"
            findings.add(origin, f"{field}.from", text)
        taken.append((member.agency, days))
        missing = first_left_over(days, _cooperation(circle, member.agency))
        if missing is not None:
            text = (
                f"{member.agency} is not in the circle {COOPERATION} of circles.yaml on {missing}"
                "; change the days here or there"
            )
            place = "from" if missing == days[0] else "to"
            findings.add(origin, f"{field}.{place}", text)


def _check_registers(findings: Findings, written: Written, circle: Circle) -> None:
    kept: dict[str, list[Span]] = {}
    for place, (series, origin) in enumerate(written.series):
        earlier = [other for other, _ in written.series[:place]]
        own = [other.code for other in earlier if other.agency == series.agency]
        findings.require_one("agency", origin, "agency", series.agency)
        _check_code(findings, origin, series.code, own)
        days = _certain(findings, origin, ("from", series.start), ("to", series.end))
        if days:
            kept.setdefault(series.agency, []).append(days)
        _check_pattern(findings, series, origin, earlier)
    for agency in dict.fromkeys(member.agency for member in circle.members):
        for wanted in _cooperation(circle, agency):
            missing = first_left_over(wanted, kept.get(agency, ()))
            if missing is not None:
                text = f"{agency} keeps no register on {missing}; expected a series on every day "
                text += f"on which it is in the circle {COOPERATION}"
                findings.add_all([Fault(written.folder / "registers.yaml", 0, "series", text)])


def _check_pattern(
    findings: Findings, series: RegisterSeries, origin: Origin, earlier: Iterable[RegisterSeries]
) -> None:
    expression = _expression(series.pattern)
    if expression is None:
        text = (
            f"found “{series.pattern}”; expected {{year}} and {{number}}, or {{number:06d}} with "
            "zeros before, once each and nothing else in braces"
        )
        findings.add(origin, "pattern", text)
        return
    for other in earlier:
        others = _expression(other.pattern)
        if others and (
            expression.fullmatch(other.written(2026, 1))
            or others.fullmatch(series.written(2026, 1))
        ):
            text = f"may write the same number as {other.code} of {other.agency}; "
            findings.add(origin, "pattern", f"{text}expected a shape of its own")


def _expression(pattern: str) -> re.Pattern[str] | None:
    """What a pattern can write, or None if it is not one.

    A format can reach into what it is given, so the fields are counted out and nothing else passes.
    """
    try:
        parts = list(Formatter().parse(pattern))
    except ValueError:
        return None
    fields = [name for _, name, _, _ in parts if name is not None]
    if sorted(fields) != ["number", "year"]:
        return None
    found = ""
    for literal, name, form, conversion in parts:
        found += re.escape(literal)
        if conversion or (name == "year" and form):
            return None
        if name == "number":
            if not _NUMBER.fullmatch(form or ""):
                return None
            found += rf"\d{{{int(form[1:-1]) if form else 1},}}"
        elif name == "year":
            found += r"\d{4}"
    return re.compile(found)


def _cooperation(circle: Circle, agency: str) -> list[Span]:
    members: Iterable[Membership] = circle.members
    return [_span(one.start, one.end) for one in members if one.agency == agency]


def _span(start: str, end: str) -> Span:
    """The days that are certain: the first, and the day after the last."""
    days = Period(read_start(start), read_end(end))
    return days.start.latest, days.end.earliest


def _certain(
    findings: Findings, origin: Origin, start: tuple[str, str], end: tuple[str, str]
) -> Span | None:
    """The days that are certain, with a fault and None when there are none."""
    for (field, text), read in ((start, read_start), (end, read_end)):
        try:
            read(text)
        except DateError as error:
            findings.add(origin, field, str(error))
            return None
    days = Period(read_start(start[1]), read_end(end[1]))
    if days.end.latest <= days.start.earliest:
        findings.add(origin, end[0], BACKWARDS.format(start=start[1], end=end[1]))
        return None
    first, after = _span(start[1], end[1])
    if first >= after:
        text = f"no day from {start[1]} to {end[1]} is certain; expected a date, or a window"
        findings.add(origin, start[0], text)
        return None
    return first, after
