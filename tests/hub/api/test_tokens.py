"""Is a key ever more than its owner, or longer, or for something else?"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from samsyn.hub.api import arriving
from samsyn.hub.api.models import Token
from samsyn.hub.api.tokens import acts_for_programs, make_token, revoke_token
from samsyn.hub.cases.actions import open_case
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import LogEntry
from samsyn.hub.guard.refusals import Invalid
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.hub.guard.signin import proof
from tests.hub.api.program import PLAN, V1, Program, program
from tests.hub.disclosures.conftest import Two, two
from tests.hub.support import Hub

__all__ = ["two"]


def as_owner(hub: Hub, statement: str, *values: Any) -> None:
    with hub.owner() as owner, owner.transaction():
        owner.execute("set local session_replication_role = replica")
        owner.execute(statement, values)


def test_without_a_key_or_with_another_word_nothing_is_answered(two: Two) -> None:
    for secret in ("", "samsyn_" + "a" * 43, "å", "x" * 500):
        answer = Program(secret).get("/cases")
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_the_secret_is_kept_nowhere(two: Two) -> None:
    skv = program(two.giver)
    with two.hub.owner() as owner, owner.transaction():
        owner.execute("set local session_replication_role = replica")
        row = owner.execute("select t::text from api_token t").fetchone()
    assert row is not None
    assert skv.secret[len("samsyn_") + 4 :] not in str(row[0])


def test_a_cookie_opens_nothing_here_and_a_key_opens_no_page(two: Two) -> None:
    assert two.skv.get("/arenden/").status_code == 200
    assert two.skv.get(f"{V1}/cases").status_code == 401
    skv = program(two.giver)
    skv.get("/cases")
    page = skv.client.get("/arenden/", headers=skv.headers())
    assert page.status_code == 302
    assert not skv.client.cookies


def test_a_key_taken_back_is_over_at_once(two: Two) -> None:
    skv = program(two.giver)
    assert skv.get("/cases").status_code == 200
    assert skv.token
    with acting(two.giver):
        revoke_token(actor=two.giver, token_id=skv.token)
        lines = LogEntry.rows.filter(account=two.giver.account, act__startswith="token.")
        assert [line.act for line in lines.order_by("id")] == ["token.make", "token.revoke"]
    assert skv.get("/cases").status_code == 401


@pytest.mark.parametrize(
    "change",
    [
        "update guard_account set is_active = false where id = %s",
        "update api_token set last_day = current_date - 1 where account_id = %s",
    ],
)
def test_a_closed_account_and_a_key_that_is_over_answer_alike(two: Two, change: str) -> None:
    skv = program(two.giver)
    as_owner(two.hub, change, two.giver.account)
    assert skv.get("/cases").status_code == 401


def test_a_role_that_ended_takes_the_key_with_it(two: Two) -> None:
    skv = program(two.giver)
    as_owner(
        two.hub,
        "update guard_roleassignment set to_day = from_day where account_id = %s",
        two.giver.account,
    )
    answer = skv.get("/cases")
    assert (answer.status_code, bool(answer.json()["next_step"])) == (403, True)


def test_an_agency_outside_the_cooperation_gets_nothing(two: Two) -> None:
    skv = program(two.giver)
    as_owner(two.hub, "update guard_account set agency = 'ZZ' where id = %s", two.giver.account)
    assert skv.get("/cases").status_code == 401


def test_a_key_does_only_what_it_was_made_for(two: Two) -> None:
    reader = program(two.giver, acts=["case.read", "fact.read"])
    assert reader.get(f"/cases/{two.case.pk}/facts").status_code == 200
    opened = reader.post("/cases", {"title": "Nytt"})
    assert opened.status_code == 403
    assert "case.open" in opened.json()["detail"]
    assert reader.get("/disclosures").status_code == 403


def test_a_key_has_one_role_of_several(hub: Hub) -> None:
    person = hub.person("AV", "agency_officer", "agency_administrator")
    inspector = hub.actor(hub.person("AV", "inspector", "agency_officer"))
    field = program(inspector, role="inspector")
    assert field.post("/cases", {"title": "Nytt"}).status_code == 403
    with acting(hub.actor(person)), pytest.raises(Invalid):
        make_token(
            actor=hub.actor(person),
            name="x",
            role="agency_administrator",
            acts=["account.approve"],
            purpose=PLAN,
            last_day=hub.actor(person).day,
        )


def test_no_key_may_have_an_act_that_is_grave_or_takes_two() -> None:
    organisation = current_organisation()
    two_persons = organisation.two_person_acts
    never = organisation.grave_acts | set(two_persons) | set(two_persons.values())
    for role in organisation.roles:
        assert not never & set(acts_for_programs(organisation, role))


def test_an_act_that_became_grave_is_taken_from_keys_that_have_it(two: Two) -> None:
    skv = program(two.giver)
    as_owner(two.hub, "update api_token set acts = acts || '{export.run}' where id = %s", skv.token)
    assert skv.get("/cases").status_code == 200
    assert "export.run" not in acts_for_programs(current_organisation(), "agency_officer")


@pytest.mark.parametrize("days", [-1, 91])
def test_a_key_works_at_most_ninety_days(two: Two, days: int) -> None:
    with pytest.raises(Invalid) as no:
        program(two.giver, days=days)
    assert no.value.field == "last_day"
    assert program(two.giver, days=90).get("/cases").status_code == 200


def test_a_key_for_one_case_sees_no_other(two: Two) -> None:
    with acting(two.giver):
        other = open_case(actor=two.giver, title="Ett annat", purpose=PLAN)
    skv = program(two.giver, case=two.case.pk)
    assert [case["id"] for case in skv.get("/cases").json()["items"]] == [str(two.case.pk)]
    assert skv.get(f"/cases/{two.case.pk}/facts").status_code == 200
    assert skv.get(f"/cases/{other.pk}").status_code == 404
    assert skv.post("/cases", {"title": "Nytt"}).status_code == 403
    assert skv.get(f"/facts/{two.fact.pk}").status_code == 200


def test_a_key_acts_for_its_purpose_alone(two: Two) -> None:
    skv = program(two.giver)
    answer = skv.post("/cases", {"title": "Nytt", "purpose": "detect_rule_breach"})
    assert answer.status_code == 403


def test_too_many_calls_in_a_minute_wait(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arriving, "A_MINUTE", 2)
    skv = program(two.giver)
    # Also what is refused counts, and a minute may turn in between.
    answers = [skv.get("/cases/00000000-0000-0000-0000-000000000000") for _ in range(6)]
    late = [answer for answer in answers if answer.status_code == 429]
    assert late
    assert 1 <= int(late[0].headers["Retry-After"]) <= 60
    assert program(two.giver).get("/cases").status_code == 200


def test_a_key_is_made_on_the_page_after_proof_and_shown_once(two: Two) -> None:
    day = timezone.localdate() + timedelta(days=10)
    sent = {
        "name": "Hämtning",
        "acts": ["case.read", "fact.read"],
        "purpose": PLAN,
        "last_day": day.isoformat(),
        "case": two.case.number,
    }
    made = two.skv.post("/me/nycklar/ny/agency_officer/", sent).content.decode()
    found = re.search(r'id="token-secret">(samsyn_[\w-]{43})<', made)
    assert found
    skv = Program(found[1])
    assert skv.get(f"/cases/{two.case.pk}").status_code == 200
    listed = two.skv.get("/me/nycklar/").content.decode()
    assert "Hämtning" in listed
    assert found[1] not in listed
    address = re.search(r'action="(/me/nycklar/[0-9a-f-]+/ta-tillbaka/)"', listed)
    assert address
    two.skv.post(address[1])
    assert skv.get("/cases").status_code == 401


def test_a_key_is_not_made_by_who_signed_in_a_while_ago(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof, "FRESH_SECONDS", -1)
    day = timezone.localdate().isoformat()
    sent = {"name": "x", "acts": ["case.read"], "purpose": PLAN, "last_day": day}
    answer = two.skv.post("/me/nycklar/ny/agency_officer/", sent)
    assert answer.status_code == 302
    assert "/account/" in answer.headers["Location"]
    with acting(two.giver):
        assert not Token.seen(two.giver).exists()


def test_an_administrator_takes_back_a_colleagues_key_and_nobody_else_does(two: Two) -> None:
    skv = program(two.giver)
    officer = two.hub.client(two.hub.person("SKV"))
    assert officer.post(f"/me/nycklar/{skv.token}/ta-tillbaka/").status_code == 404
    foreign = two.hub.client(two.hub.person("AV", "agency_administrator"))
    assert foreign.post(f"/me/nycklar/{skv.token}/ta-tillbaka/").status_code == 404
    assert skv.get("/cases").status_code == 200
    boss = two.hub.client(two.hub.person("SKV", "agency_administrator"))
    assert "Ärendesystemet" in boss.get("/me/nycklar/").content.decode()
    assert boss.post(f"/me/nycklar/{skv.token}/ta-tillbaka/").status_code == 302
    assert skv.get("/cases").status_code == 401


def test_the_page_of_calls_has_every_call(two: Two) -> None:
    page = two.skv.get("/api/").content.decode()
    for path in Program("").client.get(f"{V1}/openapi.json").json()["paths"]:
        assert path in page
