"""From the officer's request to what leaves: two persons, one version, and the law at the end."""

from __future__ import annotations

from unittest import mock

import pytest
from django.db import DatabaseError, transaction

from samsyn.hub.cases.actions import open_case, restrict_case
from samsyn.hub.cases.models import Event, Fact
from samsyn.hub.disclosures.actions import decide_and_deliver, keep_draft, withdraw_draft
from samsyn.hub.disclosures.models import DisclosedFact, Disclosure, Receipt, Review
from samsyn.hub.disclosures.reviewing.actions import (
    approve,
    mark_sample,
    request_countersignature,
    send_back,
    send_signed,
    take_back,
)
from samsyn.hub.disclosures.reviewing.rules import review_rules
from samsyn.hub.guard.acts import act
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import LogEntry
from samsyn.hub.guard.organisation import Organisation
from samsyn.hub.guard.refusals import Conflict, Invalid, Refused
from tests.hub.disclosures.reviewing.conftest import PROTECTED, WEIGHING, WORDS, Desk, fact_of
from tests.support.documents import one_line


def requested(desk: Desk, draft: Disclosure | None = None) -> tuple[Disclosure, Review]:
    draft = draft or desk.draft()
    with acting(desk.officer):
        review = request_countersignature(actor=desk.officer, draft=draft, version=draft.version)
    return draft, review


def signed(desk: Desk) -> tuple[Disclosure, Review]:
    draft, review = requested(desk)
    with acting(desk.lawyer):
        approve(actor=desk.lawyer, review=review, words=WORDS)
    return draft, review


def copies(desk: Desk) -> int:
    with desk.hub.owner() as owner:
        row = owner.execute("select count(*) from cases_fact where received_from <> ''").fetchone()
    assert row is not None
    return int(str(row[0]))


def test_what_needs_a_signature_does_not_leave_without_one(desk: Desk) -> None:
    draft = desk.draft()
    with acting(desk.officer), pytest.raises(Refused, match="countersignature"):
        decide_and_deliver(
            actor=desk.officer, draft=draft, version=draft.version, weighing=WEIGHING
        )
    assert copies(desk) == 0


def test_a_request_is_made_on_what_was_shown(desk: Desk) -> None:
    draft = desk.draft()
    with acting(desk.officer), pytest.raises(Conflict):
        request_countersignature(actor=desk.officer, draft=draft, version=draft.version - 1)


def test_a_request_names_its_rule_risk_and_version(desk: Desk) -> None:
    draft, review = requested(desk)
    assert (draft.state, draft.countersign) == ("awaiting", "protected_identity")
    assert (review.rule, review.state, review.version) == (
        draft.countersign,
        "waiting",
        draft.version,
    )
    assert review.risk >= 7
    assert review.risk_reasons[0] == "protected"


def test_what_was_signed_leaves_as_it_was_signed(desk: Desk) -> None:
    draft, review = signed(desk)
    with acting(desk.officer):
        assert send_signed(actor=desk.officer, draft=draft, version=draft.version) is None
        decided = Disclosure.seen(desk.officer).get(pk=draft.pk)
        said = list(Event.seen(desk.officer).filter(about=draft.pk).values_list("act", flat=True))
    assert (decided.state, decided.decided_by, decided.countersign) == (
        "delivered",
        desk.officer.account,
        review.rule,
    )
    assert {"review.request", "disclosure.countersign", "disclosure.decide"} <= set(said)
    with desk.hub.owner() as owner:
        text = owner.execute("select text from cases_fact where received_from <> ''").fetchone()
    assert text == (PROTECTED,)


def test_the_decision_names_who_countersigned_and_the_cover_letter_does_not(desk: Desk) -> None:
    draft, _ = signed(desk)
    with acting(desk.officer):
        send_signed(actor=desk.officer, draft=draft, version=draft.version)
    with acting(desk.receiver):
        came = Receipt.seen(desk.receiver).get()
    officer = desk.hub.client(desk.officer_account)
    decision = officer.get(f"/utlamnanden/{draft.pk}/beslut.pdf")
    assert f"Kontrasignerat av {desk.lawyer.name}" in one_line(decision.content)
    theirs = desk.hub.client(desk.hub.person("AV", "agency_officer"))
    cover = theirs.get(f"/arenden/{came.case_id}/mottaget/{came.pk}/missiv.pdf")
    assert cover.status_code == 200
    assert desk.lawyer.name not in one_line(cover.content)
    assert WORDS not in one_line(decision.content)


def test_what_waits_is_changed_by_nobody(desk: Desk) -> None:
    draft, _ = requested(desk)
    with acting(desk.officer):
        with pytest.raises(Refused):
            keep_draft(actor=desk.officer, draft=draft, version=draft.version, leaving=(), texts={})
        with pytest.raises(Refused):
            withdraw_draft(actor=desk.officer, draft=draft)


@pytest.mark.parametrize(
    ("table", "fields"),
    [
        ("disclosure", {"weighing": "annat"}),
        ("disclosure", {"receiver": "PM"}),
        ("disclosure", {"countersign": ""}),
        ("disclosure", {"state": "withdrawn"}),
        ("item", {"text": "annat"}),
        ("item", {"left_out": True}),
        ("item", {"with_files": True}),
    ],
)
def test_the_database_keeps_what_waits(desk: Desk, table: str, fields: dict[str, object]) -> None:
    draft, _ = requested(desk)
    rows = {
        "disclosure": Disclosure.rows.filter(pk=draft.pk),
        "item": DisclosedFact.rows.filter(disclosure=draft),
    }[table]
    with (
        acting(desk.officer),
        pytest.raises(DatabaseError, match="awaits a second signature"),
        act(desk.officer, "disclosure.prepare", case=desk.case.pk),
    ):
        rows.update(**fields)


def test_nothing_is_added_to_what_waits(desk: Desk) -> None:
    draft, _ = requested(desk)
    with acting(desk.officer):
        item = DisclosedFact.rows.get(disclosure=draft)
        item.pk, item.fact = None, desk.plain
        item._state.adding = True
        with (
            pytest.raises(DatabaseError, match="nothing is added"),
            act(desk.officer, "disclosure.prepare", case=desk.case.pk),
        ):
            item.save(force_insert=True)


def test_nobody_signs_what_they_asked_for(desk: Desk) -> None:
    both = desk.hub.officer("SKV", "agency_officer", "secrecy_lawyer")
    draft = desk.draft()
    with acting(both):
        review = request_countersignature(actor=both, draft=draft, version=draft.version)
        with pytest.raises(Refused, match="yourself"):
            approve(actor=both, review=review, words=WORDS)
        with (
            pytest.raises(DatabaseError),
            act(both, "disclosure.countersign", case=desk.case.pk),
            transaction.atomic(),
        ):
            Review.rows.filter(pk=review.pk).update(
                state="approved", decided_by=both.account, decided_by_name="x"
            )


def test_nobody_signs_in_anothers_name(desk: Desk) -> None:
    _, review = requested(desk)
    with (
        acting(desk.officer),
        pytest.raises(DatabaseError, match="signed by another"),
        act(desk.officer, "review.request", case=desk.case.pk),
    ):
        Review.rows.filter(pk=review.pk).update(
            state="approved", decided_by=desk.lawyer.account, decided_by_name="x"
        )


def test_whoever_signs_does_not_decide(desk: Desk) -> None:
    both = desk.hub.officer("SKV", "agency_officer", "secrecy_lawyer")
    draft, review = requested(desk)
    with acting(both):
        approve(actor=both, review=review, words=WORDS)
        with pytest.raises(Refused, match="cannot decide on it yourself"):
            send_signed(actor=both, draft=draft, version=draft.version)
    assert copies(desk) == 0


def test_an_officer_does_not_sign(desk: Desk) -> None:
    _, review = requested(desk)
    other = desk.hub.officer("SKV")
    with acting(other), pytest.raises(Refused, match="None of your roles"):
        approve(actor=other, review=review, words=WORDS)


def test_a_returned_draft_can_be_changed_and_asked_for_again(desk: Desk) -> None:
    draft, review = requested(desk)
    with acting(desk.lawyer):
        send_back(actor=desk.lawyer, review=review, words="Skriv vad uppgiften ska användas till.")
    with acting(desk.officer):
        draft.refresh_from_db()
        assert (draft.state, draft.countersign) == ("draft", "")
        keep_draft(
            actor=desk.officer,
            draft=draft,
            version=draft.version,
            leaving={item.pk for item in DisclosedFact.seen(desk.officer).filter(disclosure=draft)},
            texts={},
            valid_to=draft.valid_to,
            weighing=f"{WEIGHING} Den ska användas vid besöket.",
        )
    draft, again = requested(desk, draft)
    assert again.pk != review.pk
    assert copies(desk) == 0


def test_a_signature_holds_for_no_other_version(desk: Desk) -> None:
    """Taken back, changed and asked for again, the old signature says nothing of the new text."""
    draft, _ = signed(desk)
    with acting(desk.officer):
        take_back(actor=desk.officer, draft=draft)
    draft, _ = requested(desk, draft)
    with acting(desk.officer), pytest.raises(Refused, match="not countersigned yet"):
        send_signed(actor=desk.officer, draft=draft, version=draft.version)
    assert copies(desk) == 0


def test_taking_back_lets_the_request_lapse(desk: Desk) -> None:
    draft, review = requested(desk)
    with acting(desk.officer):
        take_back(actor=desk.officer, draft=draft)
        review.refresh_from_db()
    assert (draft.state, review.state) == ("draft", "lapsed")
    with acting(desk.lawyer), pytest.raises(Refused, match="done already"):
        approve(actor=desk.lawyer, review=review, words=WORDS)


def test_a_membership_that_ends_while_it_waits_stops_it(desk: Desk) -> None:
    draft, _ = signed(desk)
    today = Organisation.cooperation_members
    with (
        acting(desk.officer),
        mock.patch.object(
            Organisation,
            "cooperation_members",
            lambda self, day: today(self, day) - {"AV"},
        ),
    ):
        no = send_signed(actor=desk.officer, draft=draft, version=draft.version)
    assert no is not None
    assert "no longer in the cooperation" in no.said.en
    with acting(desk.officer):
        draft.refresh_from_db()
    assert draft.state == "draft"
    assert copies(desk) == 0


def test_the_law_is_asked_again_at_the_moment_of_sending(desk: Desk) -> None:
    """A provision that was confirmed while it waited shuts what was signed."""
    draft, _ = signed(desk)
    with desk.hub.owner() as owner, owner.transaction():
        owner.execute("set local session_replication_role = replica")
        owner.execute(
            "update cases_fact set secrecy = '{2009:400/24:8}' where id = %s", [desk.protected.pk]
        )
    with acting(desk.officer):
        no = send_signed(actor=desk.officer, draft=draft, version=draft.version)
        draft.refresh_from_db()
        assert no is not None
        assert draft.state == "draft"
    assert copies(desk) == 0


def test_a_request_is_seen_by_lawyers_with_the_key_alone(desk: Desk) -> None:
    with acting(desk.officer):
        restrict_case(actor=desk.officer, case=desk.case)
    desk.officer = desk.hub.actor(desk.officer_account)
    with acting(desk.officer):
        desk.case.refresh_from_db()
        fact = Fact.seen(desk.officer).get(pk=desk.protected.pk)
    _, review = requested(desk, desk.draft(fact))
    for stranger in (desk.lawyer, desk.receiver):
        with acting(stranger):
            assert not Review.rows.exists()
            assert not Review.seen(stranger).exists()
    assert review.visible_to == f"SKV/case/{desk.case.pk}"


def test_a_case_that_is_restricted_takes_its_requests_along(desk: Desk) -> None:
    _, review = requested(desk)
    with acting(desk.officer):
        restrict_case(actor=desk.officer, case=desk.case)
    with acting(desk.lawyer):
        assert not Review.rows.filter(pk=review.pk).exists()


def test_an_approval_needs_words(desk: Desk) -> None:
    _, review = requested(desk)
    with acting(desk.lawyer), pytest.raises(Invalid, match="sentence"):
        approve(actor=desk.lawyer, review=review, words="ok")


def test_a_text_that_is_closed_to_the_lawyer_is_not_signed(desk: Desk) -> None:
    draft, review = requested(desk)
    with desk.hub.owner() as owner, owner.transaction():
        owner.execute("set local session_replication_role = replica")
        owner.execute(
            "update cases_fact set marks = '{protected,tip_giver}' where id = %s",
            [desk.protected.pk],
        )
    with acting(desk.lawyer), pytest.raises(Refused, match="have not read"):
        approve(actor=desk.lawyer, review=review, words=WORDS)
    with acting(desk.officer):
        draft.refresh_from_db()
    assert draft.state == "awaiting"


# --- the sample ---


def decided(desk: Desk, number: int) -> Disclosure:
    draft = desk.draft(desk.plain)
    with (
        acting(desk.officer),
        mock.patch("samsyn.hub.disclosures.reviewing.sampling.secrets.randbelow") as drawn,
    ):
        drawn.return_value = number
        return decide_and_deliver(
            actor=desk.officer, draft=draft, version=draft.version, weighing=WEIGHING
        )


@pytest.mark.parametrize(("number", "found"), [(0, 1), (499, 1), (500, 0), (9_999, 0)])
def test_chance_and_rate_decide_and_stand_in_the_log(desk: Desk, number: int, found: int) -> None:
    done = decided(desk, number)
    with acting(desk.officer):
        assert Review.seen(desk.officer).filter(disclosure=done, kind="sample").count() == found
        entry = LogEntry.rows.get(act="disclosure.decide")
    assert f"rate=5% draw={number}/10000 {'drawn' if found else 'not_drawn'}" in entry.detail


def test_what_was_countersigned_is_not_drawn_as_well(desk: Desk) -> None:
    draft, _ = signed(desk)
    with (
        acting(desk.officer),
        mock.patch("samsyn.hub.disclosures.reviewing.sampling.secrets.randbelow", return_value=0),
    ):
        send_signed(actor=desk.officer, draft=draft, version=draft.version)
        assert not Review.seen(desk.officer).filter(kind="sample").exists()


def test_no_rate_on_the_day_draws_nothing(desk: Desk) -> None:
    import msgspec

    rules = msgspec.structs.replace(review_rules(), samples=())
    with mock.patch("samsyn.hub.disclosures.reviewing.sampling.review_rules", return_value=rules):
        done = decided(desk, 0)
    with acting(desk.officer):
        assert not Review.seen(desk.officer).filter(disclosure=done).exists()


def test_a_sample_is_marked_once_and_a_remark_has_words(desk: Desk) -> None:
    done = decided(desk, 0)
    with acting(desk.lawyer):
        review = Review.seen(desk.lawyer).get(disclosure=done)
        with pytest.raises(Invalid, match="sentence"):
            mark_sample(actor=desk.lawyer, review=review, remark=True)
        mark_sample(actor=desk.lawyer, review=review, remark=True, words=WORDS)
        review.refresh_from_db()
        assert (review.state, review.words) == ("remarked", WORDS)
        with pytest.raises(Refused, match="done already"):
            mark_sample(actor=desk.lawyer, review=review, remark=False)


def test_a_large_draft_needs_a_signature(desk: Desk) -> None:
    with acting(desk.officer):
        case = open_case(actor=desk.officer, title="Många", purpose="joint_inspection_plan")
        first = fact_of(desk.officer, case, "En av många.")
        rows = [Fact.seen(desk.officer).get(pk=first.pk) for _ in range(199)]
        for number, row in enumerate(rows):
            row.pk, row.text = None, f"En av många, nummer {number}."
        with act(desk.officer, "fact.write", case=case.pk):
            made = Fact.rows.bulk_create(rows)
    draft = desk.draft(first, *made, initiative="request")
    _, review = requested(desk, draft)
    assert (review.rule, review.version) == ("many_facts", draft.version)
