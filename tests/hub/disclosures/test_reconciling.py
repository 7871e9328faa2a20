"""Is every row found that is not as it was decided?"""

from __future__ import annotations

from uuid import uuid4

import pytest

from samsyn.hub.cases.actions import open_case, write_fact
from samsyn.hub.cases.models import Case, Fact
from samsyn.hub.disclosures.actions import decide_and_deliver, prepare_disclosure, recall
from samsyn.hub.disclosures.reconciling import differences
from samsyn.hub.guard.context import acting
from tests.hub.support import Hub


@pytest.fixture
def told(hub: Hub) -> Hub:
    """Two facts told by the tax agency, one of them recalled; a note built on the other."""
    giver, receiver = hub.officer("SKV"), hub.officer("AV")
    with acting(giver):
        case = open_case(actor=giver, title="Bygget", purpose="joint_inspection_plan")
        for text in ("Lönerna täcker fyra av elva anställda", "Momsen stämmer inte med lönerna"):
            fact = write_fact(
                actor=giver,
                case=case,
                text=text,
                item_kind="payroll_and_vat_figures",
                activity="taxation",
                subject_kind="company",
            )
            draft = prepare_disclosure(
                actor=giver,
                case=case,
                receiver="AV",
                purpose="joint_inspection_plan",
                facts=[fact],
            )
            done = decide_and_deliver(
                actor=giver,
                draft=draft,
                version=draft.version,
                weighing="Behövs för kontrollen, väger över bolagets intresse.",
            )
        recall(actor=giver, disclosure=done, reason="Fel")
    with acting(receiver):
        there = Case.seen(receiver).get()
    inside = receiver.within(
        case=there.pk, matter=there.matter, purpose=None, purpose_group="joint_inspection"
    )
    with acting(inside):
        write_fact(
            actor=inside,
            case=there,
            text="Att kontrollera: Lönerna täcker fyra av elva anställda",
            item_kind="inspection_findings",
            activity="supervision",
            subject_kind="company",
        )
    return hub


def test_what_the_acts_leave_is_as_it_was_decided(told: Hub) -> None:
    assert list(differences()) == []


COPY = "received_from <> '' and state = 'current'"
PLANTED = {
    "seen_by_others_than_decided": "update cases_fact set visible_to = 'AV/protection' "
    f"where {COPY}",
    "delivered_to_nobody": f"update cases_fact set visible_to = '-' where {COPY}",
    "says_other_than_decided": f"update cases_fact set text = 'annat' where {COPY}",
    "bound_otherwise_than_decided": f"update cases_fact set valid_to = null where {COPY}",
    "copy_missing": f"update cases_fact set received_from = '' where {COPY}",
    "built_on_recalled": "update cases_fact set derived_from = (select array_agg(id) from "
    "cases_fact where state = 'recalled') where derived_from <> '{}'",
    "bound_less_than_its_source": "update cases_fact set valid_to = null "
    "where derived_from <> '{}'",
    "key_of_another_agency": "update cases_case set visible_to = 'PM' where agency = 'AV'",
    "other_key_than_its_case": "update cases_fact set visible_to = 'SKV/case/x' where "
    "agency = 'SKV'",
    "delivered_against_the_law": "update disclosures_disclosedfact set outcome = 'must_not'",
    "receipt_without_decision": f"update disclosures_receipt set exchange = '{uuid4()}' "
    "where state = 'received'",
    "law_reads_otherwise_now": "update disclosures_disclosedfact set question = "
    """jsonb_set(question, '{secrecy}', '["2009:400/24:8"]')""",
}


@pytest.mark.parametrize("kind", PLANTED)
def test_what_was_changed_past_the_acts_is_found(told: Hub, kind: str) -> None:
    with told.owner() as owner, owner.transaction():
        owner.execute("set local session_replication_role = replica")
        owner.execute(PLANTED[kind])
    assert kind in {difference.kind for difference in differences()}


def test_a_copy_that_nobody_decided_is_found(told: Hub) -> None:
    columns = ", ".join(
        str(field.column) for field in Fact._meta.concrete_fields if field.column != "id"
    )
    with told.owner() as owner, owner.transaction():
        owner.execute("set local session_replication_role = replica")
        owner.execute(
            f"insert into cases_fact (id, {columns}) select gen_random_uuid(), {columns} "
            f"from cases_fact where {COPY}"
        )
    assert [difference.kind for difference in differences()] == ["copy_without_decision"]
