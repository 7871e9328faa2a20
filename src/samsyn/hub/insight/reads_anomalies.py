"""What stands out in the log of the agency in a period, by which rule, and has anybody looked?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.db import connections

from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.policy import access_key, require
from samsyn.hub.guard.references import reference
from samsyn.hub.guard.refusals import Missing
from samsyn.hub.insight.anomaly_rules import AnomalyRule, anomaly_rules
from samsyn.hub.insight.models import Confirmation
from samsyn.hub.insight.reads_log import READ, begins, day_in, names_of

MOST = 200
"""Occurrences of one rule in a period; a rule that finds more is set too low."""
DAYS = 30
LONGEST_DAYS = 366
ANOMALY = "anomaly"
Confirmed = Mapping[tuple[str, str], Confirmation]
"""Code and occurrence → what somebody said of it; codes of rules and of lines differ."""


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """Whole days, both included."""

    since: date
    until: date


class Occurrence(msgspec.Struct, frozen=True, kw_only=True):
    """Something that stands out.

    Attributes:
        code: the rule.
        who: the person's name; empty for a job.
        n: how many, or how many seconds.
        first, last: numbers of log entries.
        about: an id it is about, where there is one.
        confirmed: what somebody said of it.
    """

    code: str
    account: UUID | None
    who: str
    first_at: datetime
    last_at: datetime
    n: int
    first: int
    last: int
    about: str
    confirmed: Confirmation | None = None

    @property
    def subject(self) -> str:
        """Which occurrence this is; another entry makes it another one."""
        return f"{self.account or ''}:{self.first}:{self.last}"

    @property
    def named(self) -> str:
        """The same for an address, by what people call the entries."""
        return f"{self.account or ''}:{reference(self.first)}:{reference(self.last)}"


class RuleHits(msgspec.Struct, frozen=True, kw_only=True):
    """A rule and what it finds, the latest first."""

    rule: AnomalyRule
    hits: list[Occurrence]

    @property
    def left(self) -> int:
        """How many nobody has looked at."""
        return sum(hit.confirmed is None for hit in self.hits)

    @property
    def full(self) -> bool:
        """Whether there may be more than are shown."""
        return len(self.hits) >= MOST


def period_from(query: Any, today: date) -> Period:
    """The period that a page's address asks for; the last thirty days unless it says."""
    until = day_in(query.get("till", "")) or today
    since = day_in(query.get("fran", "")) or until - timedelta(days=DAYS - 1)
    since = max(since, until - timedelta(days=LONGEST_DAYS))
    return Period(since=min(since, until), until=until)


def anomalies(
    actor: Actor, period: Period, code: str = "", confirmed: Confirmed | None = None
) -> list[RuleHits]:
    """What stands out, by rule in the order of the rulebook.

    Args:
        actor: who examines.
        period: the days looked through.
        code: one rule alone; all when empty.
        confirmed: what was said of each, where it has been read already; names are then left out.

    Raises:
        Missing: if there is no such rule.
        Refused: if none of the asker's roles examines the log.
    """
    require(actor, READ)
    rules = anomaly_rules().rules
    if code and code not in rules:
        raise Missing
    chosen = [rules[code]] if code else list(rules.values())
    if confirmed is None:
        people, said = names_of(actor), confirmations(actor, ANOMALY)
    else:
        people, said = {}, confirmed
    hits: dict[str, list[Occurrence]] = {rule.code: [] for rule in chosen}
    for row in _found(chosen, period):
        hit = Occurrence(
            code=row[0],
            account=row[1],
            who=people.get(row[1], "") if row[1] else "",
            first_at=row[2],
            last_at=row[3],
            n=row[4],
            first=row[5],
            last=row[6],
            about=row[7],
        )
        known = said.get((hit.code, hit.subject))
        hits[hit.code].append(msgspec.structs.replace(hit, confirmed=known))
    return [RuleHits(rule=rule, hits=hits[rule.code]) for rule in chosen]


def occurrence(actor: Actor, code: str, named: str, period: Period) -> Occurrence:
    """One occurrence.

    Raises:
        Missing: if the rule does not find it in the period.
    """
    (found,) = anomalies(actor, period, code)
    for hit in found.hits:
        if hit.named == named:
            return hit
    raise Missing


def confirmations(actor: Actor, *kinds: str, period: str = "") -> Confirmed:
    """What the agency has said of anomalies, or of a quarter's access review.

    Args:
        actor: who examines.
        kinds: ``anomaly``, ``access`` or both.
        period: the quarter of the access review.
    """
    keys = [access_key(actor.agency, "log"), access_key(actor.agency, "people")]
    rows = Confirmation.seen(actor).filter(
        visible_to__in=keys, kind__in=kinds, period__in=["", period]
    )
    return {(row.code, row.subject): row for row in rows}


def _found(rules: list[AnomalyRule], period: Period) -> list[Any]:
    asked = [{"code": r.code, "rule": r.rule, "with": r.thresholds} for r in rules]
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "select * from insight_anomalies(%s, %s, %s::jsonb, %s)",
            [
                begins(period.since),
                begins(period.until + timedelta(days=1)),
                json.dumps(asked),
                MOST,
            ],
        )
        return list(cursor.fetchall())
