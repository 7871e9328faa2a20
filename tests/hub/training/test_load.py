"""Does the loaded hub stand exactly as the acts would have left it, fences, log and all?"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from uuid import uuid4

import psycopg
import pytest
from django.db.models import Value
from psycopg import sql

from samsyn.hub.cases.fact_kinds import kind_name
from samsyn.hub.disclosures.reconciling import differences
from samsyn.hub.guard import log_audit
from samsyn.hub.guard.act_names import OUTSIDE_ROLES
from samsyn.hub.guard.rulebooks import current_organisation, current_rulebook
from samsyn.hub.registry.searching import lexemes
from samsyn.hub.training.load import load_training
from samsyn.kernel.faults import FieldError
from samsyn.kernel.text import LANGUAGES, Text
from tests.hub.support import TODAY, HubServer
from tests.hub.training.conftest import Trained


def test_every_foreign_key_leads_somewhere(trained: Trained) -> None:
    """The load checks none, so that it is fast; so all are checked here."""
    links = trained.rows(
        "select c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text, f.attname "
        "from pg_constraint c "
        "join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1] "
        "join pg_attribute f on f.attrelid = c.confrelid and f.attnum = c.confkey[1] "
        "where c.contype = 'f' and c.connamespace = 'public'::regnamespace"
    )
    assert len(links) > 15
    with trained.hub.owner() as owner:
        for table, column, other, key in links:
            lost = owner.execute(
                sql.SQL(
                    "select count(*) from {0} r where r.{1} is not null and not exists "
                    "(select 1 from {2} o where o.{3} = r.{1})"
                ).format(*map(sql.Identifier, (table, column, other, key)))
            ).fetchone()
            assert lost == (0,), f"{table}.{column}"


def test_the_log_verifies_in_all_sixteen_lanes(trained: Trained) -> None:
    with trained.hub.owner() as owner:
        report = log_audit.verify(owner, {})
    assert report.sound
    assert report.entries == trained.loaded.rows["guard_log_entry"]
    assert report.without_row == ()
    assert trained.value("select count(distinct lane) from guard_log_entry") == 16


def test_the_log_goes_on_after_the_load(trained: Trained) -> None:
    last = trained.value("select max(id) from guard_log_entry")
    assert trained.value("select nextval('guard_log_entry_id_seq')") == last + 1
    trained.value("select setval('guard_log_entry_id_seq', %s)", last)


def test_the_log_is_in_the_order_of_time(trained: Trained) -> None:
    assert (
        trained.value(
            "select count(*) from (select at, lag(at) over (order by id) before "
            "from guard_log_entry) e where at < before"
        )
        == 0
    )


def test_every_row_that_names_a_log_entry_names_one_of_its_matter(trained: Trained) -> None:
    for table in ("cases_event", "disclosures_disclosure", "disclosures_receipt"):
        with trained.hub.owner() as owner:
            odd = owner.execute(
                sql.SQL(
                    "select count(*) from {} r where r.entry is not null and not exists "
                    "(select 1 from guard_log_entry e where e.id = r.entry)"
                ).format(sql.Identifier(table))
            ).fetchone()
        assert odd == (0,)


def test_acts_are_those_of_a_role_the_person_had_that_day(trained: Trained) -> None:
    organisation = current_organisation()
    roles: dict[str, list[tuple[str, date, date | None]]] = defaultdict(list)
    for account, role, first, last in trained.rows(
        "select account_id, role, from_day, to_day from guard_roleassignment"
    ):
        roles[account].append((role, first, last))
    for account, act, day in trained.rows(
        "select distinct account, act, at::date from guard_log_entry where account is not null"
    ):
        if act in OUTSIDE_ROLES:
            continue
        held = [
            role
            for role, first, last in roles[account]
            if first <= day and (last is None or day <= last)
        ]
        assert organisation.permits(held, act), (act, held)


def test_every_copy_has_a_delivered_disclosure_that_decided_it(trained: Trained) -> None:
    odd = trained.rows(
        "select f.id from cases_fact f where f.received_from <> '' and not exists ("
        " select 1 from disclosures_disclosedfact i join disclosures_disclosure d "
        " on d.id = i.disclosure_id where i.copy = f.id and d.exchange = f.disclosure "
        " and d.agency = f.received_from and d.receiver = f.agency and d.matter = f.bound_matter "
        " and d.purpose_group = f.bound_purpose and d.valid_to = f.valid_to "
        " and i.text = f.text and not i.left_out and d.decided_by is not null and d.ground <> '' "
        " and (d.state = 'delivered' and f.visible_to <> '-' and f.state = 'current' "
        "   or d.state = 'delivered' and f.visible_to = '-' and f.state = 'locked' "
        "   or d.state = 'recalled' and f.visible_to = '-' and f.state = 'recalled'))"
    )
    assert odd == []
    assert trained.value("select count(*) from cases_fact where received_from <> ''") > 300


def test_every_delivered_item_has_its_copy_and_every_disclosure_its_receipt(
    trained: Trained,
) -> None:
    assert trained.value(
        "select count(*) from disclosures_disclosedfact i join disclosures_disclosure d "
        "on d.id = i.disclosure_id where (d.state in ('delivered', 'recalled') and not i.left_out) "
        "<> (i.copy is not null)"
    ) == 0  # fmt: skip
    assert trained.value(
        "select count(*) from disclosures_disclosure d where d.state in ('delivered', 'recalled') "
        "and (select count(*) from disclosures_receipt r where r.exchange = d.exchange "
        "and r.items = case when r.state = 'withdrawn' then 0 else (select count(*) "
        "from disclosures_disclosedfact i where i.disclosure_id = d.id and not i.left_out) end) "
        "<> 1"
    ) == 0  # fmt: skip


def test_nothing_left_that_the_law_does_not_open(trained: Trained) -> None:
    """The question kept with each item, asked again, gives the answer that is kept."""
    rulebook = current_rulebook()
    asked = trained.rows(
        "select i.question::text, i.outcome, i.grounds, i.excluded_by, i.left_out, d.state, "
        "d.weighing, d.weighing_outcome, d.law_day from disclosures_disclosedfact i "
        "join disclosures_disclosure d on d.id = i.disclosure_id"
    )
    for question, outcome, grounds, excluded, left_out, state, weighing, weighed, day in asked:
        raw = json.loads(question)
        answer = rulebook.ask(rulebook.read(raw))
        assert (answer.outcome, list(answer.grounds), list(answer.excluded_by)) == (
            outcome,
            grounds,
            excluded,
        )
        if state in ("delivered", "recalled") and not left_out:
            assert raw["on"] == day.isoformat()
            assert outcome != "must_not"
            assert outcome != "may_after_balancing" or (weighed == "for" and len(weighing) > 20)
    assert any(outcome == "must_not" for _, outcome, *_ in asked)


def test_every_key_is_one_that_the_policy_knows(trained: Trained) -> None:
    agencies = current_organisation().registers.keys()
    restricted = {
        f"{agency}/case/{case}"
        for case, agency in trained.rows("select id, agency from cases_case where restricted")
    }
    known = {key for a in agencies for key in (a, f"{a}/protection", f"{a}/people")} | restricted
    tables = trained.rows(
        "select table_name from information_schema.columns where column_name = 'visible_to' "
        "and table_schema = 'public'"
    )
    for (table,) in tables:
        with trained.hub.owner() as owner:
            query = sql.SQL("select distinct visible_to from {}").format(sql.Identifier(table))
            found = {key for (key,) in owner.execute(query).fetchall()}
        assert found <= known | {"-"}, table


@pytest.mark.parametrize(
    "table",
    [
        "cases_casemember",
        "cases_casesubject",
        "cases_event",
        "cases_registerentry",
        "cases_task",
        "cases_clock",
        "cases_fact",
        "disclosures_question",
        "disclosures_disclosure",
        "disclosures_receipt",
    ],
)
def test_the_rows_of_a_case_carry_its_key(trained: Trained, table: str) -> None:
    """But for what was taken back, and what arrived in the protection track."""
    with trained.hub.owner() as owner:
        odd = owner.execute(
            sql.SQL(
                "select r.visible_to, c.visible_to from {} r join cases_case c on c.id = r.case_id "
                "where r.visible_to <> c.visible_to and r.visible_to <> '-' "
                "and r.visible_to <> c.agency || '/protection' limit 5"
            ).format(sql.Identifier(table))
        ).fetchall()
    assert odd == []


def test_register_numbers_have_no_gaps_and_counters_stand_at_the_last(trained: Trained) -> None:
    given: dict[tuple[str, int], set[str]] = defaultdict(set)
    for agency, number, year in trained.rows(
        "select agency, number, extract(year from opened_on)::int from cases_case union "
        "select agency, number, extract(year from dated)::int from cases_registerentry "
        "where document_kind = 'question' and direction = 'in'"
    ):
        given[agency, year].add(number)
    organisation = current_organisation()
    counters = trained.rows("select agency, series, year, last from cases_registercounter")
    assert {(agency, year) for agency, _, year, _ in counters} == set(given)
    for agency, series, year, last in counters:
        pattern = next(s for s in organisation.registers[agency] if s.code == series)
        assert given[agency, year] == {pattern.written(year, n) for n in range(1, last + 1)}


def test_documents_are_counted_within_their_number(trained: Trained) -> None:
    odd = trained.rows(
        "select agency, number from cases_registerentry group by 1, 2 "
        "having count(*) <> max(sequence) or min(sequence) <> 1"
    )
    assert odd == []


def test_search_finds_rows_by_the_words_they_have(trained: Trained) -> None:
    """As the acts of the hub would have worked them out."""

    def expected(*texts: str) -> list[str]:
        value = lexemes(*texts).source_expressions[0]
        assert isinstance(value, Value)
        return sorted(value.value)

    for kind, marks, text, source, name, found in trained.rows(
        "select f.item_kind, f.marks, f.text, f.source, e.name, tsvector_to_array(f.search) "
        "from cases_fact f "
        "join registry_entity e on e.id = f.entity_id where f.received_from = '' "
        "and f.replaces_id is null limit 400"
    ):
        # Of a fact that points to a tip-giver the kind is found and no word of it.
        closed = [kind_name(kind, code) for code in LANGUAGES] if "tip_giver" in marks else None
        assert sorted(found) == expected(*(closed or (text, source, name)))
    for title, summary, number, found in trained.rows(
        "select title, summary, number, tsvector_to_array(search) from cases_case "
        "where origin = 'opened' limit 100"
    ):
        assert sorted(found) == expected(title, summary, number)
    assert trained.value(
        "select count(*) from cases_case where origin = 'told' and state <> 'withdrawn' "
        "and not tsvector_to_array(search) @> tsvector_to_array(registry_number_words(number))"
    ) == 0  # fmt: skip


def test_the_nightly_reconciliation_finds_nothing(trained: Trained) -> None:
    assert list(differences()) == []


def test_no_password_opens_an_account(trained: Trained) -> None:
    assert trained.rows("select distinct password from guard_account") == [("!",)]
    assert trained.rows("select email from guard_account where email !~ '@[a-z]+\\.example$'") == []


def test_every_role_and_agency_has_somebody(trained: Trained) -> None:
    organisation = current_organisation()
    found = trained.rows("select agency, role from guard_roleassignment where to_day is null")
    assert {role for _, role in found} == set(organisation.roles)
    assert {agency for agency, _ in found} == organisation.cooperation_members(TODAY)
    assert 55 <= len(found) <= 75


def test_a_hub_that_is_not_empty_is_left_alone(trained: Trained) -> None:
    before = trained.value("select count(*) from guard_log_entry")
    with trained.hub.owner() as owner, pytest.raises(FieldError, match="empty hub only"):
        load_training(owner, today=TODAY)
    assert trained.value("select count(*) from guard_log_entry") == before


def test_a_day_before_the_story_is_refused(trained: Trained) -> None:
    with trained.hub.owner() as owner, pytest.raises(FieldError, match="choose a later day"):
        load_training(owner, today=date(2025, 1, 7))


def test_a_failure_leaves_nothing(hub_server: HubServer) -> None:
    def stop(step: Text) -> None:
        if step.en.startswith("Training data: telling"):
            raise InterruptedError

    with hub_server.hub() as hub, hub.owner() as owner:
        with pytest.raises(InterruptedError):
            load_training(owner, scale=0.05, today=TODAY, report=stop)
        assert owner.execute("select count(*) from guard_account").fetchone() == (0,)


def test_an_owner_without_superuser_loads_too_and_the_fences_stand_again(
    hub_server: HubServer,
) -> None:
    role = f"samsyn_owner_{uuid4().hex[:8]}"
    with hub_server.hub() as hub, hub.owner() as admin:
        _hand_over(admin, role)
        admin.execute(sql.SQL("set role {}").format(sql.Identifier(role)))
        load_training(admin, scale=0.05, today=TODAY)
        admin.execute("reset role")
        assert admin.execute("select count(*) > 20 from cases_case").fetchone() == (True,)
        assert admin.execute(
            "select count(*) from pg_class where relrowsecurity and not relforcerowsecurity"
        ).fetchone() == (0,)
        assert admin.execute(
            "select count(*) from pg_trigger where tgenabled = 'D' and not tgisinternal"
        ).fetchone() == (0,)
        admin.execute(sql.SQL("reassign owned by {} to current_user").format(sql.Identifier(role)))
        admin.execute(sql.SQL("drop owned by {}").format(sql.Identifier(role)))
    with psycopg.connect(hub_server.url, autocommit=True) as admin:
        admin.execute(sql.SQL("drop role {}").format(sql.Identifier(role)))


def _hand_over(admin: psycopg.Connection[tuple[object, ...]], role: str) -> None:
    """Let another role own the tables, as in a hub whose owner is no superuser."""
    name = sql.Identifier(role)
    admin.execute(sql.SQL("create role {} nologin").format(name))
    for (table,) in admin.execute(
        "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
    ).fetchall():
        statement = sql.SQL("alter table {} owner to {}").format(sql.Identifier(str(table)), name)
        admin.execute(statement)
    admin.execute(sql.SQL("grant create, usage on schema public to {}").format(name))
