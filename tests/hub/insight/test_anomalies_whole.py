"""What the rules find through indexes is what a plain reading of the whole log finds."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from samsyn.hub.cases.actions import add_subject
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import Account
from samsyn.hub.insight.anomaly_rules import anomaly_rules
from samsyn.hub.insight.reads_anomalies import Period, anomalies
from tests.hub.insight.scene import Office
from tests.hub.support import Hub

MONDAY = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
PERIOD = Period(since=MONDAY.date(), until=MONDAY.date() + timedelta(days=6))
LOOKS = ("search.run", "fact.read", "case.read", "file.read")
Found = set[tuple[str, UUID, int, int, int]]
Row = tuple[int, datetime, UUID, str, str]


def _things(office: Office) -> tuple[dict[UUID, str], dict[UUID, int], list[UUID]]:
    """Persons by name, firms by number, and facts that are about some of the persons."""
    actor = office.actor(office.officer)
    persons, firms = {}, {}
    with acting(actor):
        for name in ("Otto Officer", "Nils Nilsson", "Berta OFFICER", "Anna Annan"):
            person = add_subject(actor=actor, case=office.case, kind="person", name=name)
            persons[person.pk] = name
        for number in range(5590000017, 5590000087, 10):
            firm = add_subject(actor=actor, case=office.case, kind="firm", name=f"Firma {number}")
            firms[firm.pk] = number
    for pk, number in firms.items():
        office.changed("update registry_entity set number = %s where id = %s", str(number), pk)
    about = next(iter(persons))
    office.changed("update cases_fact set entity_id = %s where id = %s", about, office.fact.pk)
    return persons, firms, [office.fact.pk]


def _write_at_random(
    office: Office, people: list[Account], things: list[UUID], in_turn: list[UUID]
) -> None:
    """Some hundred rows of the log, some of which list words that are no ids.

    Args:
        in_turn: things that somebody looks at one after the other, now and then.
    """
    chance = random.Random(29)
    rows = []
    at = MONDAY - timedelta(days=1)
    for seq in range(1, 301):
        at += timedelta(seconds=chance.randrange(20, 4000))
        turn = seq % 40
        chosen = [str(chance.choice(things)) for _ in range(chance.choice((0, 1, 1, 1, 2, 3)))]
        chosen += chance.choice(([], [], [], ["4711"], [str(uuid4())], ["x" * 36]))
        who = chance.choice(people)
        act = chance.choice((*LOOKS, *LOOKS, "fact.write"))
        if turn < len(in_turn):
            who, act, chosen = people[0], "fact.read", [str(in_turn[turn]), "4711"]
        rows.append((seq, at, who.pk, who.agency, act, " ".join(chosen)))
    with office.hub.owner() as owner, owner.transaction(), owner.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        cursor.executemany(
            "insert into guard_log_entry (id, lane, seq, at, account, agency, act, purpose, "
            "ground, rulebook, objects, detail, prev, hash) values (nextval("
            "'guard_log_entry_id_seq'), 91, %s, %s, %s, %s, %s, '', '', '', %s, '', '', '')",
            rows,
        )


def _log(office: Office, acts: list[str]) -> list[Row]:
    since = timezone.make_aware(datetime.combine(PERIOD.since, datetime.min.time()))
    until = since + timedelta(days=7)
    with office.hub.owner() as owner:
        return owner.execute(  # type: ignore[return-value]
            "select id, at, account, act, objects from guard_log_entry where agency = 'AV' and "
            "account is not null and act = any (%s) and at >= %s and at < %s order by id",
            [acts, since, until],
        ).fetchall()


def _ids(words: str) -> Iterator[UUID]:
    for word in words.split():
        try:
            yield UUID(word)
        except ValueError:
            continue


def _same_surname(
    log: list[Row], names: dict[UUID, str], persons: dict[UUID, str], about: dict[UUID, UUID]
) -> Found:
    seen: dict[tuple[UUID, UUID, object], set[int]] = {}
    for entry, at, account, _, words in log:
        for thing in _ids(words):
            person = about.get(thing, thing)
            surname = persons.get(person, "").split(" ")[-1].lower()
            if surname and surname == names[account].split(" ")[-1].lower():
                day = at.astimezone(timezone.get_default_timezone()).date()
                seen.setdefault((account, person, day), set()).add(entry)
    return {
        (str(person), account, len(entries), min(entries), max(entries))
        for (account, person, _), entries in seen.items()
    }


def _number_sequence(log: list[Row], firms: dict[UUID, int], least: int, step: int) -> Found:
    looked: dict[UUID, list[tuple[int, int]]] = {}
    for entry, _, account, _, words in log:
        numbers = {firms[thing] // 10 for thing in _ids(words) if thing in firms}
        if len(numbers) == 1:
            looked.setdefault(account, []).append((entry, numbers.pop()))
    found: Found = set()
    for account, numbers_of in looked.items():
        runs = [[numbers_of[0][0]]]
        for (_, before), (entry, number) in pairwise(numbers_of):
            if 1 <= number - before <= step:
                runs[-1].append(entry)
            else:
                runs.append([entry])
        found |= {("", account, len(run), run[0], run[-1]) for run in runs if len(run) >= least}
    return found


@pytest.fixture
def people(office: Office) -> list[Account]:
    """Two officers, one of whose roles ends that week."""
    leaver = office.hub.person("AV", name="Nina Nilsson")
    office.changed(
        "update guard_roleassignment set to_day = %s where account_id = %s",
        MONDAY.date() + timedelta(days=2), leaver.pk,
    )  # fmt: skip
    return [office.officer, leaver]


def test_nothing_is_lost_and_nothing_added(hub: Hub, office: Office, people: list[Account]) -> None:
    persons, firms, facts = _things(office)
    _write_at_random(office, people, [*persons, *firms, *facts], list(firms))
    actor = office.actor(office.auditor)
    with acting(actor):
        found: dict[str, Found] = {
            one.rule.code: {(h.about, h.account or UUID(int=0), h.n, h.first, h.last)
                            for h in one.hits}
            for one in anomalies(actor, PERIOD)
        }  # fmt: skip
    rules = anomaly_rules().rules
    names = {account.pk: account.name for account in people}
    about = {facts[0]: next(iter(persons))}
    surname = _same_surname(
        _log(office, rules["same_surname"].thresholds["acts"]), names, persons, about
    )
    assert surname
    assert found["same_surname"] == surname
    measures = rules["number_sequence"].thresholds
    rows = _number_sequence(
        _log(office, measures["acts"]), firms, measures["at_least"], measures["largest_step"]
    )
    assert rows
    assert found["number_sequence"] == rows
    # Whoever leaves is the only one whose looks at persons stand under the end of a role.
    assert {account for _, account, *_ in found["role_end"]} == {people[1].pk}
