"""Is the package of a case whole, however much the case holds?"""

from __future__ import annotations

from samsyn.hub.cases.actions import open_case
from samsyn.hub.guard.context import acting
from tests.hub.isolation.outputs import Asked, export
from tests.hub.isolation.world import CaseRow
from tests.hub.support import Hub

PAST_A_PAGE = 510


def test_the_package_holds_also_what_a_page_leaves_out(hub: Hub) -> None:
    account = hub.person("AV", "agency_officer")
    actor = hub.actor(account)
    with acting(actor):
        case = open_case(actor=actor, title="Stort", purpose="joint_inspection_plan")
    with hub.owner() as owner, owner.transaction():
        owner.execute("set local session_replication_role = replica")
        owner.execute(
            "insert into cases_registerentry (id, visible_to, agency, case_id, number, sequence, "
            "direction, dated, counterpart, about, counterpart_secret, about_secret, "
            "mark_provision, mark_agency, document_kind) select gen_random_uuid(), 'AV', 'AV', %s, "
            "%s, n, 'drawn_up', '2026-11-24', '', 'handling nr ' || n || '.', false, false, '{}', "
            "'', '' from generate_series(1, %s) n",
            [case.pk, case.number, PAST_A_PAGE],
        )
    row = CaseRow(case.pk, case.matter, "AV", "", purpose=case.purpose)
    package = export(Asked(hub.client(account), row))
    assert "handling nr 1." in package
    assert f"handling nr {PAST_A_PAGE}." in package
