"""One process of several that write and decide as fast as they can, when they are told to.

Started anew by ``spawn``; what it is told comes through a pipe, and so do its times.
"""

from __future__ import annotations

import os
import time
import traceback
from collections.abc import Callable
from contextlib import ExitStack
from multiprocessing.connection import Connection
from typing import Any
from unittest import mock
from uuid import UUID

TEXT = "Redovisade löner täcker fyra av elva som arbetar på platsen, enligt underlag {number}."
WEIGHING = "Kontrollen kan inte planeras utan uppgiften; bolagets intresse väger lättare."
KIND: dict[str, Any] = {
    "item_kind": "payroll_and_vat_figures",
    "activity": "taxation",
    "subject_kind": "company",
}
PURPOSE = "joint_inspection_plan"


def run(pipe: Connection, database: str, account: UUID, receiver: str) -> None:
    """Do what is asked for until None is.

    What is asked for is (kind of act, how often, whether it is logged). The answers: "ready" when
    everything is prepared, then, once told to go, the moments of the beginning and the end; or
    ("failed", why).
    """
    try:
        for name in ("SAMSYN_OWNER_DATABASE_URL", "SAMSYN_WORKER_DATABASE_URL"):
            os.environ.pop(name, None)
        os.environ["DATABASE_URL"] = database
        import django

        django.setup()
        while (asked := pipe.recv()) is not None:
            kind, count, logged = asked
            with ExitStack() as stack:
                if not logged:
                    stack.enter_context(_without_log())
                one = _PREPARED[kind](account, receiver, count)
                pipe.send("ready")
                pipe.recv()
                begun = time.monotonic()
                for number in range(count):
                    one(number)
                pipe.send((begun, time.monotonic()))
    except EOFError:
        return
    except BaseException:
        pipe.send(("failed", traceback.format_exc()))


def _without_log() -> Any:
    """No row is written: what would be sent to the database for it is not sent either."""
    from samsyn.hub.guard.acts import Entry

    def nothing(entry: Entry, using: str = "default") -> int:
        entry.number = 0
        return 0

    return mock.patch.object(Entry, "write", nothing)


def _facts(account: UUID, receiver: str, count: int) -> Callable[[int], None]:
    """Write facts, each in a transaction of its own, in a case of the officer's."""
    from samsyn.hub.cases.actions import open_case, write_fact
    from samsyn.hub.guard.context import acting

    actor = _actor(account)
    with acting(actor):
        case = open_case(actor=actor, title="Mätning av uppgifter", purpose=PURPOSE)

    def one(number: int) -> None:
        with acting(actor):
            write_fact(actor=actor, case=case, text=TEXT.format(number=number), **KIND)

    return one


def _decisions(account: UUID, receiver: str, count: int) -> Callable[[int], None]:
    """Decide on drafts that lie ready, each of its own case, and let them leave."""
    from samsyn.hub.cases.actions import open_case, write_fact
    from samsyn.hub.disclosures.actions import decide_and_deliver, prepare_disclosure
    from samsyn.hub.guard.context import acting

    actor = _actor(account)
    drafts = []
    for number in range(count):
        with acting(actor):
            case = open_case(actor=actor, title=f"Mätning {number}", purpose=PURPOSE)
            fact = write_fact(actor=actor, case=case, text=TEXT.format(number=number), **KIND)
            drafts.append(
                prepare_disclosure(
                    actor=actor, case=case, receiver=receiver, purpose=PURPOSE, facts=[fact]
                )
            )

    def one(number: int) -> None:
        draft = drafts[number]
        with acting(actor):
            decided = decide_and_deliver(
                actor=actor, draft=draft, version=draft.version, weighing=WEIGHING
            )
        if decided.state != "delivered":
            raise RuntimeError(f"a decision was not carried out: {decided.state}")

    return one


_PREPARED: dict[str, Callable[[UUID, str, int], Callable[[int], None]]] = {
    "facts": _facts,
    "decisions": _decisions,
}


def _actor(account: UUID) -> Any:
    from django.utils import timezone

    from bench.hub.people import actor_for
    from samsyn.hub.guard.actor import SIGN_IN, Actor
    from samsyn.hub.guard.context import acting
    from samsyn.hub.guard.models import Account

    day = timezone.localdate()
    with acting(Actor(account=account, name="", agency="", keys=(SIGN_IN,), day=day)):
        found = Account.rows.get(pk=account)
    return actor_for(found)
