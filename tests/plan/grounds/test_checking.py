"""Does a plan stop when somebody acts on another's ground, and go ahead when nobody does?"""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.law.loading import packaged_folder
from samsyn.plan.grounds import (
    Grounds,
    Guest,
    OperationPlan,
    Participant,
    Remark,
    check_grounds,
    load_grounds,
)
from samsyn.plan.grounds.entries import Place

GROUNDS = load_grounds(packaged_folder())
CODES = sorted(GROUNDS.powers)
AGENCIES = sorted(GROUNDS.members)


def found(grounds: Grounds, plan: OperationPlan, weight: str = "stops") -> list[Remark]:
    return [remark for remark in check_grounds(grounds, plan) if remark.weight == weight]


def changed(plan: OperationPlan, index: int, **fields: object) -> OperationPlan:
    people = list(plan.participants)
    people[index] = msgspec.structs.replace(people[index], **fields)
    return msgspec.structs.replace(plan, participants=tuple(people))


def test_a_plan_where_each_acts_on_its_own_ground_goes_ahead(
    grounds: Grounds, sound: OperationPlan
) -> None:
    assert not found(grounds, sound)
    assert not found(grounds, sound, "open")
    limits = found(grounds, sound, "know")
    assert {remark.field for remark in limits} >= {f"participants[{i}].ground" for i in range(3)}


def test_nobody_acts_on_anothers_ground(grounds: Grounds, sound: OperationPlan) -> None:
    (remark,) = found(grounds, changed(sound, 2, ground="av_work_environment", answers={}))
    assert remark.field == "participants[2].ground"
    assert "1977:1160/7:5 st1" in remark.cites
    assert "JO 4476-2017" in remark.says.sv
    assert "JO 4476-2017" in remark.says.en
    assert "skv_staff_register" in remark.remedy.sv


def test_one_person_does_not_assist_and_control_at_once(
    grounds: Grounds, sound: OperationPlan
) -> None:
    both = msgspec.structs.replace(
        sound,
        participants=(
            *sound.participants,
            Participant(who="P", agency="PM", ground="pm_alien_control"),
        ),
    )
    (remark,) = found(grounds, both)
    assert remark.field == "participants[3].ground"
    assert "2005:716/9:9 st3" in remark.cites
    another = changed(both, 3, who="P2")
    assert not found(grounds, another)


def test_assistance_needs_the_one_that_is_assisted(grounds: Grounds, sound: OperationPlan) -> None:
    alone = msgspec.structs.replace(sound, participants=sound.participants[1:], lead="SKV")
    (remark,) = found(grounds, alone)
    assert "AV" in remark.says.sv
    assert "1977:1160/7:5 st2" in remark.cites


def test_the_tax_agency_enters_and_is_helped_for_cash_registers_but_not_for_staff_registers(
    grounds: Grounds, sound: OperationPlan
) -> None:
    helped = changed(
        changed(
            sound,
            2,
            ground="skv_cash_register_supervision",
            answers={"cash_register_duty": True, "supervision_decided": True},
        ),
        1,
        ground="pm_assist_skv",
        asked_by="SKV",
    )
    assert not found(grounds, helped)
    without_av = msgspec.structs.replace(helped, participants=helped.participants[1:], lead="SKV")
    assert not any("mot ett nej" in remark.says.sv for remark in found(grounds, without_av, "know"))
    register = changed(sound, 1, ground="pm_assist_skv", asked_by="SKV")
    (remark,) = found(grounds, register)
    assert remark.field == "participants[1].ground"
    assert "2011:1244/42:4" in remark.cites


def test_assistance_is_asked_for(grounds: Grounds, sound: OperationPlan) -> None:
    (remark,) = found(grounds, changed(sound, 1, asked_by="SKV"), "open")
    assert remark.field == "participants[1].asked_by"


def test_a_condition_that_fails_stops_and_one_unanswered_is_left_to_do(
    grounds: Grounds, sound: OperationPlan
) -> None:
    no = changed(sound, 2, answers={"register_duty": False, "visit_decided": True})
    (remark,) = found(grounds, no)
    assert remark.field == "participants[2].answers.register_duty"
    assert remark.cites == ("2011:1244/42:8",)
    (remark,) = found(grounds, changed(sound, 2, answers={"register_duty": True}), "open")
    assert remark.field == "participants[2].answers.visit_decided"


def test_what_can_first_be_seen_on_site_stops_nothing_beforehand(
    grounds: Grounds, sound: OperationPlan
) -> None:
    for answers in ({}, {"reason_for_control": False}):
        plan = changed(sound, 1, ground="pm_alien_control", answers=answers, asked_by="")
        assert not found(grounds, plan)
        assert not found(grounds, plan, "open")
        asked = {remark.field for remark in found(grounds, plan, "know")}
        assert "participants[1].answers.reason_for_control" in asked


def test_an_answer_to_a_condition_that_is_not_there_is_said(
    grounds: Grounds, sound: OperationPlan
) -> None:
    (remark,) = found(grounds, changed(sound, 0, answers={"risk_sectr": True}), "open")
    assert remark.field == "participants[0].answers.risk_sectr"


def test_a_staff_register_is_not_controlled_in_a_home(
    grounds: Grounds, sound: OperationPlan
) -> None:
    home = msgspec.structs.replace(sound, place="dwelling")
    assert {remark.field for remark in found(grounds, home)} == {
        f"participants[{index}].ground" for index in range(3)
    }


def test_a_ground_holds_from_its_day(grounds: Grounds, sound: OperationPlan) -> None:
    duty = Participant(who="M", agency="MV", ground="mv_duty_officer")
    for day, stopped in ((date(2024, 6, 30), True), (date(2024, 7, 1), False)):
        plan = msgspec.structs.replace(sound, day=day, participants=(*sound.participants, duty))
        assert bool(found(grounds, plan)) is stopped


def test_a_day_that_is_not_certain_is_a_day_without_the_ground(
    grounds: Grounds, sound: OperationPlan
) -> None:
    plan = changed(
        msgspec.structs.replace(sound, day=date(2018, 7, 1)),
        1,
        ground="pm_workplace_inspection",
        answers={"risk_sector": True},
    )
    (remark,) = found(grounds, plan)
    assert "inte säkert" in remark.says.sv


@pytest.mark.parametrize(
    ("kind", "lead", "stopped"),
    [
        ("single", "AV", False),
        ("single", "KOMMUN", True),
        ("police_led", "AV", True),
        ("police_led", "PM", False),
        ("municipality_led", "AV", True),
        ("municipality_led", "KOMMUN", False),
        ("nonsense", "AV", True),
    ],
)
def test_who_leads_fits_the_kind_of_operation(
    grounds: Grounds, sound: OperationPlan, kind: str, lead: str, stopped: bool
) -> None:
    guest = Guest(who="T", body="KOMMUN", ground="livsmedelskontroll")
    plan = msgspec.structs.replace(sound, type=kind, lead=lead, guests=(guest,))
    assert bool(found(grounds, plan)) is stopped


def test_one_of_the_nine_is_no_guest_and_a_guest_says_its_ground(
    grounds: Grounds, sound: OperationPlan
) -> None:
    guests = (Guest(who="E", body="EBM", ground="med"), Guest(who="K", body="KFM", ground=" "))
    plan = msgspec.structs.replace(sound, guests=guests)
    assert [remark.field for remark in found(grounds, plan)] == ["guests[0].body"]
    assert [remark.field for remark in found(grounds, plan, "open")] == ["guests[1].ground"]


def test_it_is_said_when_nobody_may_enter_against_a_no(
    grounds: Grounds, sound: OperationPlan
) -> None:
    plan = msgspec.structs.replace(sound, participants=sound.participants[2:], lead="SKV")
    assert any("mot ett nej" in remark.says.sv for remark in found(grounds, plan, "know"))
    assert not any("mot ett nej" in remark.says.sv for remark in found(grounds, sound, "know"))


def test_one_agency_alone_is_no_joint_inspection(grounds: Grounds, sound: OperationPlan) -> None:
    plan = msgspec.structs.replace(sound, participants=sound.participants[:1])
    (remark,) = found(grounds, plan, "open")
    assert remark.cites == ("2024:307/4 st1",)


PEOPLE = st.builds(
    Participant,
    who=st.sampled_from(["A", "B", "C"]),
    agency=st.sampled_from(AGENCIES),
    ground=st.sampled_from([*CODES, "none"]),
    asked_by=st.sampled_from(["", *AGENCIES]),
)
PLANS = st.builds(
    OperationPlan,
    day=st.dates(date(2018, 1, 1), date(2027, 1, 1)),
    type=st.sampled_from(sorted(GROUNDS.types)),
    place=st.sampled_from(["workplace", "building_site", "dwelling"]),
    lead=st.sampled_from(AGENCIES),
    participants=st.lists(PEOPLE, max_size=5).map(tuple),
)


@given(plan=PLANS)
def test_whoever_is_not_stopped_acts_on_an_own_ground_that_holds_there(
    plan: OperationPlan,
) -> None:
    """The same once more, said the other way round and without the code of the check."""
    stopped = {remark.field for remark in found(GROUNDS, plan)}
    place: Place = plan.place
    for index, one in enumerate(plan.participants):
        power = GROUNDS.powers.get(one.ground)
        fits = (
            power is not None
            and power.agency == one.agency
            and power.period.holds(plan.day) is True
            and place in power.places
        )
        if not fits:
            assert f"participants[{index}].ground" in stopped
        elif power is not None and power.capacity == "own_control":
            others = {
                GROUNDS.powers[p.ground].capacity
                for p in plan.participants
                if p.who == one.who
                and p.agency == one.agency
                and p.ground in CODES
                and GROUNDS.powers[p.ground].agency == p.agency
            }
            if others == {"own_control"}:
                assert f"participants[{index}].ground" not in stopped
