"""How long do ten thousand facts take, assessed, signed, decided on one form and delivered?

Each act is a transaction of its own, kept on disk, through the functions that the pages call. So
many facts need a second signature, which is asked for, given, and counted along.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connections
from django.test.utils import CaptureQueriesContext

from bench.desk.scene import GIVER, PURPOSE, RECEIVER, WEIGHING, WORDS, facts, officers
from bench.hub.installation import Installation, tell
from bench.law.measure import Line, Section
from samsyn.hub.disclosures.actions import keep_draft, prepare_disclosure
from samsyn.hub.disclosures.models import DisclosedFact, Disclosure, Review
from samsyn.hub.disclosures.reviewing.actions import (
    approve,
    request_countersignature,
    send_signed,
)
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.context import acting

FACTS = 10_000
LONGEST_SECONDS = 10.0
MOST_STATEMENTS = 40
"""Of one act on a whole batch: it must not grow with the number of facts."""


def measure(installation: Installation) -> list[Section]:
    """One batch from the facts to the receiver's copies."""
    officer, lawyer = _two(GIVER)
    with acting(officer):
        tell(f"writing {FACTS:,} facts")
        case, rows = facts(officer, FACTS)
    steps = _Steps()
    draft: Disclosure = steps.timed(
        "assessed and made a draft",
        officer,
        lambda: prepare_disclosure(
            actor=officer, case=case, receiver=RECEIVER, purpose=PURPOSE, facts=rows
        ),
    )
    steps.timed("chosen and weighed on one form", officer, lambda: _keep(officer, draft))
    review: Review = steps.timed(
        "sent for a signature",
        officer,
        lambda: request_countersignature(actor=officer, draft=draft, version=draft.version),
    )
    steps.timed("signed", lawyer, lambda: approve(actor=lawyer, review=review, words=WORDS))
    steps.timed("decided and delivered", officer, lambda: _send(officer, draft))
    _check(installation, draft)
    return [steps.section()]


def _two(agency: str) -> tuple[Actor, Actor]:
    """An officer, and another one who signs as the secrecy lawyer."""
    import msgspec

    first, second = officers(agency)[:2]
    acts = (*second.acts, "disclosure.countersign")
    return first, msgspec.structs.replace(second, acts=acts)


def _keep(officer: Actor, draft: Disclosure) -> None:
    leaving = DisclosedFact.seen(officer).filter(disclosure=draft, left_out=False)
    keep_draft(
        actor=officer,
        draft=draft,
        version=draft.version,
        leaving=set(leaving.values_list("pk", flat=True)),
        texts={},
        valid_to=draft.valid_to,
        told_title=draft.told_title,
        weighing=WEIGHING,
    )


def _send(officer: Actor, draft: Disclosure) -> None:
    no = send_signed(actor=officer, draft=draft, version=draft.version)
    if no is not None:
        raise RuntimeError(f"the batch was refused: {no.said.en}")


def _check(installation: Installation, draft: Disclosure) -> None:
    """Nothing is told of a time before every copy is where it should be, with its text."""
    with installation.owner() as owner:
        row = owner.execute(
            "select count(*) from cases_fact c join disclosures_disclosedfact i on i.copy = c.id"
            " where i.disclosure_id = %s and c.text = i.text and c.visible_to = %s",
            [draft.pk, RECEIVER],
        ).fetchone()
    if row is None or row[0] != FACTS:
        raise RuntimeError(f"{row} of {FACTS} copies arrived")


class _Steps:
    """The acts of a batch with their times and statements."""

    def __init__(self) -> None:
        self.done: list[tuple[str, float, int]] = []

    def timed(self, what: str, actor: Actor, work: Callable[[], Any]) -> Any:
        """Do one act in a transaction of its own, and note its time on the clock."""
        tell(what)
        connection = connections["default"]
        connection.ensure_connection()
        with CaptureQueriesContext(connection) as caught:
            begun = time.perf_counter()
            with acting(actor):
                result = work()
            passed = time.perf_counter() - begun
        self.done.append((what, passed, len(caught)))
        return result

    def section(self) -> Section:
        """The table."""
        total = sum(seconds for _, seconds, _ in self.done)
        most = max(count for _, _, count in self.done)
        lines: Sequence[Line] = [
            *(
                Line(what, seconds, "s", note=f"{count} statements")
                for what, seconds, count in self.done
            ),
            Line("the whole batch", total, "s", LONGEST_SECONDS),
            Line("statements of its largest act", most, "", MOST_STATEMENTS),
        ]
        about = (
            f"{FACTS:,} facts of four kinds in one case of {GIVER}, told to {RECEIVER} by one "
            "decision. Every fact is assessed three times: when the draft is made, when the "
            "signature is asked for and at the moment of sending. By the clock, each act kept on "
            "disk; the copies are counted and compared before a time is told."
        )
        return Section("Ten thousand facts in one batch", about, lines)
