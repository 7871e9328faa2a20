"""What waits to be examined and decided, as far as somebody's roles go?"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import msgspec
from django.db.models import QuerySet, Value

from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.two_persons import waiting
from samsyn.hub.insight.models import Release
from samsyn.hub.insight.reads_access import ACCESS, CONFIRM, KINDS, access_lines, quarter_of
from samsyn.hub.insight.reads_anomalies import (
    ANOMALY,
    DAYS,
    Confirmed,
    Period,
    RuleHits,
    anomalies,
    confirmations,
)
from samsyn.hub.insight.reads_disposal import DECIDE, PROPOSE, due_cases
from samsyn.hub.insight.reads_log import READ, LogState, last_check
from samsyn.hub.insight.reads_release import RELEASE

MOST_COUNTED = 100


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """What the first page shows; None where a role does not reach.

    Attributes:
        log: how the log stands.
        rules: rules that found something in the last days, with how much is left.
        access: kind of line and how many nobody has confirmed this quarter.
        due: cases due for disposal.
        proposed: proposals that wait for a decision.
        drafts: requests for documents that are under way.
        days: how many days the rules looked through.
    """

    log: LogState | None = None
    rules: list[RuleHits] | None = None
    access: list[tuple[str, int]] | None = None
    due: int | None = None
    proposed: int | None = None
    drafts: int | None = None
    days: int = DAYS


def overview_of(actor: Actor) -> Overview:
    """What waits."""
    examines, reviews = actor.permits(READ), actor.permits(CONFIRM)
    said: Confirmed = {}
    if examines or reviews:
        said = confirmations(actor, ANOMALY, ACCESS, period=quarter_of(actor.day))
    days = Period(since=actor.day - timedelta(days=DAYS - 1), until=actor.day)
    rules = anomalies(actor, days, confirmed=said) if examines else None
    counts = _counts(actor)
    return Overview(
        log=last_check(actor) if examines else None,
        rules=[rule for rule in rules if rule.hits] if rules is not None else None,
        access=_access(actor, said) if reviews else None,
        due=counts.get("due"),
        proposed=counts.get("proposed"),
        drafts=counts.get("drafts"),
    )


def _access(actor: Actor, said: Confirmed) -> list[tuple[str, int]]:
    lines = access_lines(actor, said)
    return [(kind, sum(line.confirmed is None for line in lines[kind])) for kind in KINDS]


def _counts(actor: Actor) -> dict[str, int]:
    """How many of each wait, all asked for at once."""
    parts: dict[str, QuerySet[Any]] = {}
    if actor.permits(PROPOSE) or actor.permits(DECIDE):
        parts["due"] = due_cases(actor)
        parts["proposed"] = waiting(actor).filter(act=PROPOSE)
    if actor.permits(RELEASE):
        parts["drafts"] = Release.seen(actor).filter(state="draft")
    if not parts:
        return {}
    asked = [
        found.order_by().annotate(what=Value(code)).values_list("what", flat=True)[:MOST_COUNTED]
        for code, found in parts.items()
    ]
    found = Counter(asked[0].union(*asked[1:], all=True))
    return {code: found[code] for code in parts}
