"""Does the isolation test find a fence that somebody has taken down?

Each case takes one down on purpose, in the code or in the database, and the random acts of
``machine.py`` must then come upon a difference. A case that stays green is a hole in the test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from unittest import mock
from uuid import UUID

import psycopg
import pytest
from django.contrib.postgres.fields import ArrayField
from django.db.models import Q, UUIDField
from django.db.models.expressions import RawSQL
from hypothesis import Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from samsyn.hub.cases.derived import Inheritance
from samsyn.hub.guard import policy
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.organisation import Organisation
from tests.hub.isolation.machine import Isolation
from tests.hub.isolation.test_isolation import SLOW
from tests.hub.support import HubServer

Database = psycopg.Connection[Any]


def rewritten(function: str, old: str, new: str) -> Callable[[Database], None]:
    """The database with one line of one of its functions changed."""

    def change(owner: Database) -> None:
        row = owner.execute(
            "select pg_get_functiondef(oid) from pg_proc where proname = %s", [function]
        ).fetchone()
        assert row is not None
        assert old in row[0], f"{function} no longer says {old}"
        owner.execute(row[0].replace(old, new))

    return change


def run(statement: str) -> Callable[[Database], None]:
    """The database after a statement."""
    return lambda owner: (owner.execute(statement), None)[1]


def policy_of(table: str, name: str, using: str) -> Callable[[Database], None]:
    """The database with a policy that says something else."""
    return run(f"alter policy {name} on {table} using ({using})")


KEYS = "visible_to = any ((select guard_keys())::text[])"
IN_TIME = "(valid_to is null or valid_to >= (select guard_day()))"
IN_MATTER = "bound_matter = (select guard_matter())"
FOR_PURPOSE = "bound_purpose = (select guard_purpose_group())"

DATABASE: dict[str, Callable[[Database], None]] = {
    "facts without policy": policy_of("cases_fact", "rows_seen", "true"),
    "facts after their last day": policy_of(
        "cases_fact",
        "rows_seen",
        f"{KEYS} and (bound_matter is null or ({IN_MATTER} and {FOR_PURPOSE}))",
    ),
    "facts in any matter": policy_of(
        "cases_fact",
        "rows_seen",
        f"{KEYS} and {IN_TIME} and (bound_matter is null or {FOR_PURPOSE})",
    ),
    "facts for any purpose": policy_of(
        "cases_fact",
        "rows_seen",
        f"{KEYS} and {IN_TIME} and (bound_matter is null or {IN_MATTER})",
    ),
    "cases without row security": run("alter table cases_case disable row level security"),
    "timeline without policy": policy_of("cases_event", "own_rows", "true"),
    "delivery past what is left out": rewritten(
        "disclosures_deliver", "and not i.left_out", "and true"
    ),
    "delivery past the restricted case": rewritten(
        "disclosures_deliver", "else there.visible_to end", "else d.receiver end"
    ),
    "delivery without a last day": rewritten(
        "disclosures_deliver",
        "select i.copy, l.key_there, d.agency, d.matter, d.purpose_group, d.valid_to",
        "select i.copy, l.key_there, d.agency, d.matter, d.purpose_group, null",
    ),
    "recall that leaves the copies": rewritten(
        "disclosures_recall", "where id = any (copies) or derived_from", "where derived_from"
    ),
    "recall that leaves what was built on them": rewritten(
        "disclosures_recall", "or derived_from && copies", ""
    ),
    "lock that leaves the copies": rewritten(
        "disclosures_lock", "(id = any (copies) or derived_from", "(derived_from"
    ),
    "lock that leaves what was built on them": rewritten(
        "disclosures_lock",
        "(id = any (copies) or derived_from && copies) and",
        "id = any (copies) and",
    ),
    "a round that the holder is told of": rewritten(
        "disclosures_send_question",
        "sent_at = now() where id = q.id",
        "sent_at = now(), round = q.round where exchange = q.exchange",
    ),
    "restricted case with open facts": rewritten("cases_set_key", "'cases_fact', ", ""),
}


def seen_by_all(actor: Actor, *, bound: bool) -> Q:
    return Q()


def after_the_last_day(actor: Actor, *, bound: bool) -> Q:
    condition = Q(visible_to__in=actor.keys)
    here = Q(bound_matter__isnull=True)
    if actor.matter is not None:
        here |= Q(bound_matter=actor.matter, bound_purpose=actor.purpose_group)
    return condition & here if bound else condition


def in_any_matter(actor: Actor, *, bound: bool) -> Q:
    condition = Q(visible_to__in=actor.keys)
    in_time = Q(valid_to__isnull=True) | Q(valid_to__gte=actor.day)
    return condition & in_time if bound else condition


def keys_whatever_the_membership(
    organisation: Organisation, agency: str, roles: Any, day: date, restricted: Any = ()
) -> tuple[str, ...]:
    with mock.patch.object(Organisation, "is_member", return_value=True):
        return KEYS_OF(organisation, agency, roles, day, restricted)


def taken_off_is_still_on(account: UUID, day: date) -> RawSQL:
    on_cases = "array(select case_id from cases_casemember where account = %s)"
    return RawSQL(on_cases, [account], output_field=ArrayField(UUIDField()))


def every_level(*arguments: Any) -> tuple[str, ...]:
    keys = KEYS_OF(*arguments)
    return tuple(sorted({*keys, *(f"{key}/protection" for key in keys if "/" not in key)}))


KEYS_OF = policy.keys_of
CODE: dict[str, tuple[str, Any]] = {
    "code filter off": ("samsyn.hub.guard.protected.visible", seen_by_all),
    "code filter without last day": ("samsyn.hub.guard.protected.visible", after_the_last_day),
    "code filter without matter": ("samsyn.hub.guard.protected.visible", in_any_matter),
    "code filter by the agency alone": ("samsyn.hub.guard.people.keys_of", every_level),
    "restricted case after one is taken off": (
        "samsyn.hub.guard.people.restricted_cases",
        taken_off_is_still_on,
    ),
    "copying by hand": ("samsyn.hub.cases.actions.facts.inherit", lambda *_: Inheritance()),
}


@contextmanager
def broken(name: str) -> Iterator[Callable[[Database], None] | None]:
    """The hub with one fence down."""
    if name in DATABASE:
        yield DATABASE[name]
        return
    target, replacement = CODE[name]
    with mock.patch(target, replacement):
        yield None


@pytest.mark.slow
@pytest.mark.parametrize("name", [*DATABASE, *CODE])
def test_a_fence_taken_down_is_found(hub_server: HubServer, name: str) -> None:
    with broken(name) as mutation:
        attributes = {
            "server": hub_server,
            "mutation": staticmethod(mutation) if mutation else None,
        }
        machine = seed(7)(type("Broken", (Isolation,), attributes))
        with pytest.raises(AssertionError):
            run_state_machine_as_test(
                machine,
                settings=settings(
                    max_examples=6,
                    stateful_step_count=12,
                    deadline=None,
                    suppress_health_check=SLOW,
                    phases=[Phase.generate],
                    database=None,
                    report_multiple_bugs=False,
                ),
            )
