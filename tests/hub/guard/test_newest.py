"""The newest rows of an agency are read from an index, also under the row policies.

Whoever works on restricted cases holds a key for each. The database must not sort everything the
agency has to find the newest fifty of these keys.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from django.db import connections
from django.db.models import QuerySet

from samsyn.hub.cases.models import Case, Fact, RegisterEntry
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.policy import access_key
from tests.hub.cases.scene import Scene, make_scene
from tests.hub.support import Hub

MANY = 4000
_MORE = """
insert into {table} select (jsonb_populate_record(t, jsonb_build_object(
    'id', gen_random_uuid(), 'matter', gen_random_uuid(), 'number', n::text, 'visible_to',
    t.visible_to || case when n %% 4 = 0 then '/case/' || gen_random_uuid() else '' end,
    '{at}', t.{at} - make_interval(mins => n)))).*
from {table} t, generate_series(1, %s) n where t.id = %s
"""


@pytest.fixture
def scene(hub: Hub) -> Scene:
    """Two agencies, one of which has much, and many restricted cases."""
    scene = make_scene(hub)
    document = RegisterEntry.rows.using("owner").filter(case_id=scene.given_case.pk).first()
    assert document is not None
    with hub.owner() as owner, owner.transaction():
        owner.execute("set local session_replication_role = replica")
        for table, at, row in (
            ("cases_case", "changed_at", scene.given_case.pk),
            ("cases_fact", "made_at", scene.given.pk),
            ("cases_registerentry", "registered_at", document.pk),
        ):
            owner.execute(_MORE.format(table=table, at=at).encode(), [MANY, row])
        owner.execute("analyze")
    return scene


def steps(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every step of a plan."""
    yield plan
    for below in plan.get("Plans", ()):
        yield from steps(below)


def planned(actor: Actor, newest: QuerySet[Any]) -> list[dict[str, Any]]:
    """The steps the web role takes, carried out."""
    with acting(actor), connections["default"].cursor() as cursor:
        statement, values = newest.query.sql_with_params()
        cursor.execute(f"explain (analyze, format json) {statement}", values)
        told = cursor.fetchone()[0]
    (plan,) = json.loads(told) if isinstance(told, str) else told
    return list(steps(plan["Plan"]))


@pytest.mark.parametrize("model", [Case, Fact, RegisterEntry])
def test_only_what_is_shown_is_read(scene: Scene, hub: Hub, model: Any) -> None:
    own = hub.actor(scene.giver)
    restricted = (access_key(own.agency, case=uuid4()) for _ in range(3))
    actor = msgspec.structs.replace(own, keys=(*own.keys, *restricted))
    by = {Case: "-changed_at", Fact: "-made_at", RegisterEntry: "-registered_at"}[model]
    newest = model.seen(actor).filter(agency=actor.agency).order_by(by)[:50]
    taken = planned(actor, newest)
    read = [step for step in taken if step.get("Relation Name") == model._meta.db_table]
    assert [step["Node Type"] for step in read] == ["Index Scan"]
    assert read[0]["Actual Rows"] <= 51
