"""Rows enough that search goes by its index and not through all of them."""

from __future__ import annotations

from samsyn.hub.cases.models import Case
from tests.hub.support import Hub

MANY = 300
"""More than the newest rows that search reads before it turns to the index."""

_FACTS = """
insert into cases_fact (id, visible_to, received_from, bound_purpose, case_id, agency, item_kind,
    subject_kind, text, holder, activity, secrecy, marks, source, state, derived_from, ground,
    common, made_by_name, made_at, search)
select gen_random_uuid(), %(key)s, '', '', %(case)s, %(agency)s, 'inspection_findings', 'company',
    'utfyllnad', %(agency)s, 'supervision', '{}', '{}', '', 'current', '{}', '', false, 'P',
    now() + n * interval '1 second', array_to_tsvector(array['utfyllnad', '0zdanllyftu', %(word)s])
from generate_series(1, %(many)s) n
"""
_CASES = """
insert into cases_case (id, visible_to, matter, agency, number, title, summary, state, origin,
    told_by, purpose, centre, restricted, opened_on, opened_by_name, outcome, version, changed_at,
    search)
select gen_random_uuid(), %(key)s, gen_random_uuid(), %(agency)s, gen_random_uuid()::text,
    'utfyllnad', '', 'open', 'opened', '', 'joint_inspection_plan', '', false, '2026-01-01', '',
    '', 1, now() + n * interval '1 second',
    array_to_tsvector(array['utfyllnad', '0zdanllyftu', %(word)s])
from generate_series(1, %(many)s) n
"""
_ENTITIES = """
insert into registry_entity (id, visible_to, received_from, bound_purpose, kind, name, number,
    number_kind, certain, protected, address, municipality, note, made_at, search)
select gen_random_uuid(), %(key)s, '', '', 'firm', 'utfyllnad ' || n, '', 'none', true, false, '',
    '', '', now() + n * interval '1 second',
    array_to_tsvector(array['utfyllnad', '0zdanllyftu', %(word)s])
from generate_series(1, %(many)s) n
"""


def crowd(hub: Hub, case: Case, *, word: str = "utfyllnad", many: int = MANY) -> None:
    """Put many newer rows of the case's key in front of all others, each with a word."""
    values = {
        "key": case.visible_to,
        "agency": case.agency,
        "case": case.pk,
        "word": word,
        "many": many,
    }
    with hub.owner() as owner, owner.transaction():
        owner.execute("set local session_replication_role = replica")
        for statement in (_FACTS, _CASES, _ENTITIES):
            owner.execute(statement, values)
