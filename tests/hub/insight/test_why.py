"""Why somebody sees something: the explanation says what the policy does, always."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samsyn.hub.cases.actions import assign, restrict_case
from samsyn.hub.cases.models import Case, Fact
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.policy import NOBODY, RowBounds, acts_of, explain_visibility, keys_of
from samsyn.hub.guard.refusals import Invalid, Missing
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.hub.insight.reads_why import WhyAsked, why
from tests.hub.insight.scene import PURPOSE, SECRET, Office, nowhere
from tests.hub.support import TODAY

MATTERS = [UUID(int=1), UUID(int=2)]
CASES = [UUID(int=11), UUID(int=12)]
GROUPS = ["control", "joint_inspection"]
KEYS = ["AV", "AV/protection", "AV/log", f"AV/case/{CASES[0]}", f"AV/case/{CASES[1]}", NOBODY,
        "SKV", "ÅM", "ÅM/protection"]  # fmt: skip
DAYS = [TODAY, date(2021, 6, 1), date(2019, 1, 1)]
ROLES = sorted(current_organisation().roles)

actors = st.builds(
    lambda *drawn: _actor(*drawn),
    st.sampled_from(["AV", "ÅM"]),
    st.lists(st.sampled_from(ROLES), max_size=2, unique=True),
    st.sampled_from(DAYS),
    st.lists(st.sampled_from(CASES), max_size=2, unique=True),
    st.none() | st.tuples(st.sampled_from(MATTERS), st.none() | st.sampled_from(GROUPS)),
)  # fmt: skip


def rows_for(actor: Actor, other: str) -> list[RowBounds]:
    """Every way in which a row can be bound, under a key the person holds and under another."""
    keys = [*actor.keys[:1], other]
    days = [None, *(actor.day + timedelta(days=n) for n in (-1, 0, 1))]
    return [
        RowBounds(
            visible_to=key, bound=True, bound_matter=matter, bound_purpose=group, valid_to=day
        )
        for key, matter, group, day in product(keys, [None, *MATTERS], GROUPS, days)
    ]


def _actor(
    agency: str,
    roles: list[str],
    day: date,
    restricted: list[UUID],
    place: tuple[UUID, str | None] | None,
) -> Actor:
    organisation = current_organisation()
    actor = Actor(
        account=uuid4(),
        name="",
        agency=agency,
        roles=tuple(roles),
        acts=acts_of(organisation, roles),
        keys=keys_of(organisation, agency, roles, day, restricted),
        day=day,
    )
    if place is None:
        return actor
    return actor.within(case=uuid4(), matter=place[0], purpose="x", purpose_group=place[1])


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(actor=actors, other=st.sampled_from(KEYS))
def test_it_always_agrees_with_what_is_seen(office: Office, actor: Actor, other: str) -> None:
    bounds = rows_for(actor, other)
    ids = _set(office, bounds)
    member = current_organisation().is_member(actor.agency, actor.day)
    said = {
        pk: explain_visibility(actor, row, member=member)
        for pk, row in zip(ids, bounds, strict=True)
    }
    with acting(actor):
        seen = set(Fact.seen(actor).filter(pk__in=ids).values_list("pk", flat=True))
    # And as the owner, for whom no row policy holds: the code's fence by itself.
    alone = set(Fact.seen(actor).using("owner").filter(pk__in=ids).values_list("pk", flat=True))
    assert {pk for pk, one in said.items() if one.visible} == seen == alone
    for pk, row in zip(ids, bounds, strict=True):
        one = explain_visibility(actor, _unbound(row), member=member)
        assert one.visible == (row.visible_to in actor.keys)
        assert said[pk].visible == all(
            step.holds for step in said[pk].steps if step.code not in ("member", "roles", "keys")
        )


def _unbound(row: RowBounds) -> RowBounds:
    return RowBounds(visible_to=row.visible_to)


def _set(office: Office, bounds: list[RowBounds]) -> list[UUID]:
    """Facts that stand as asked."""
    ids = [UUID(int=1000 + number) for number in range(len(bounds))]
    with office.hub.owner() as owner, owner.transaction():
        owner.execute("set local session_replication_role = replica")
        owner.execute("delete from cases_fact where id <> %s", [office.fact.pk])
        for pk, row in zip(ids, bounds, strict=True):
            owner.execute(
                "insert into cases_fact select (jsonb_populate_record(f, jsonb_build_object("
                "'id', %s::text, 'visible_to', %s::text, 'bound_matter', %s::text, "
                "'bound_purpose', %s::text, 'valid_to', %s::text))).* "
                "from cases_fact f where f.id = %s",
                [str(pk), row.visible_to, row.bound_matter and str(row.bound_matter),
                 row.bound_purpose, row.valid_to and str(row.valid_to), office.fact.pk],
            )  # fmt: skip
    return ids


def ask(office: Office, **asked: object) -> tuple[bool, list[str]]:
    actor = office.actor(office.auditor)
    values = {"person": None, "roles": (), "day": TODAY, "purpose": "", **asked}
    with acting(actor):
        answered = why(actor, WhyAsked(**values))  # type: ignore[arg-type]
    failed = [step.code for step in answered.explanation.steps if not step.holds]
    return answered.explanation.visible, failed


def test_a_person_of_the_agency(office: Office) -> None:
    number, fact = office.case.number, str(office.fact.pk)
    assert ask(office, person=office.officer.pk, thing=number) == (True, [])
    assert ask(office, person=office.officer.pk, thing=fact) == (True, [])
    assert ask(office, person=office.admin.pk, thing=fact) == (False, ["row_key"])
    assert ask(office, person=office.officer.pk, thing=fact, day=date(2017, 1, 1))[0] is False


def test_an_invented_person(office: Office) -> None:
    thing = office.case.number
    assert ask(office, roles=("inspector",), thing=thing) == (True, [])
    assert ask(office, roles=("victim_support_coordinator",), thing=thing) == (False, ["row_key"])
    assert ask(office, thing=thing) == (False, ["roles", "keys", "row_key"])


def test_a_restricted_case_opens_for_those_on_it_alone(office: Office) -> None:
    actor = office.actor(office.officer)
    with acting(actor):
        case = Case.seen(actor).get(pk=office.case.pk)
        restrict_case(actor=actor, case=case)
    assert ask(office, person=office.officer.pk, thing=office.case.number)[0]
    assert ask(office, person=office.lawyer.pk, thing=office.case.number) == (False, ["row_key"])
    actor = office.actor(office.officer)
    with acting(actor):
        case = Case.seen(actor).get(pk=office.case.pk)
        assign(actor=actor, case=case, account=office.lawyer)
    assert ask(office, person=office.lawyer.pk, thing=office.case.number)[0]


def test_a_received_fact_opens_in_its_matter_and_for_its_purpose(office: Office) -> None:
    office.changed(
        "update cases_fact set received_from = 'SKV', bound_matter = %s, "
        "bound_purpose = 'control', valid_to = %s where id = %s",
        office.case.matter,
        TODAY,
        office.fact.pk,
    )
    who = {"person": office.officer.pk, "thing": str(office.fact.pk)}
    assert ask(office, **who) == (False, ["matter", "purpose"])
    assert ask(office, **who, purpose=PURPOSE) == (True, [])
    assert ask(office, **who, purpose="joint_inspection_plan") == (False, ["purpose"])
    after = TODAY + timedelta(days=1)
    assert ask(office, **who, purpose=PURPOSE, day=after) == (False, ["valid"])


def test_nothing_is_said_of_what_is_not_the_agency_s(office: Office) -> None:
    auditor = office.hub.actor(office.hub.person("SKV", "auditor"))
    for thing in (office.case.number, str(office.fact.pk), nowhere(), "x"):
        asked = WhyAsked(person=None, roles=("agency_officer",), day=TODAY, thing=thing)
        with acting(auditor), pytest.raises(Invalid) as error:
            why(auditor, asked)
        assert error.value.field == "thing"
    asked = WhyAsked(person=office.hub.person("SKV").pk, roles=(), day=TODAY, thing="x")
    ours = office.actor(office.auditor)
    with acting(ours), pytest.raises((Missing, Invalid)):
        why(ours, asked)


def test_the_page_says_the_steps_and_nothing_of_the_content(office: Office) -> None:
    client = office.client(office.auditor)
    asked = {"person": str(office.officer.pk), "day": str(TODAY), "thing": str(office.fact.pk)}
    for language, yes in (("sv", "Ja, det syns"), ("en", "Yes, it is seen")):
        answer = client.get(reverse("insight:why"), asked, headers={"accept-language": language})
        body = answer.content.decode()
        assert yes in body
        assert "handläggare" in body or "agency officer" in body
        assert SECRET not in body
        assert "Ekvall" not in body
    wrong = client.get(reverse("insight:why"), {**asked, "thing": nowhere()}).content.decode()
    assert "Inget hos din myndighet har det numret" in wrong
