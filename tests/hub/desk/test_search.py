"""Search: everything one may see and nothing else, in sloppy Swedish, by every way it may go."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connections

from samsyn.hub.cases.actions import add_subject, correct_fact, open_case, restrict_case
from samsyn.hub.cases.models import Case, Fact, SealedFile
from samsyn.hub.desk.results import excerpt
from samsyn.hub.desk.search import KINDS, Wanted, find, suggestions, wanted_from
from samsyn.hub.disclosures.actions import (
    decide_and_deliver,
    draft_question,
    prepare_disclosure,
    recall,
    send_question,
)
from samsyn.hub.disclosures.models import Disclosure, Question
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import LogEntry
from samsyn.hub.guard.refusals import Refused
from samsyn.hub.registry.models import Entity
from samsyn.kernel.search_words import to_tsquery_text
from tests.hub.cases.scene import MOST_STATEMENTS, statements
from tests.hub.desk.crowd import MANY, crowd
from tests.hub.disclosures.conftest import WEIGHING, Two, two
from tests.hub.support import Hub

__all__ = ["two"]

PLAN = "joint_inspection_plan"
TABLES = {"case": Case, "fact": Fact, "entity": Entity, "file": SealedFile, "question": Question}


def found(actor: Actor, words: str, kind: str = "", rows: int = 200) -> dict[str, set[Any]]:
    """Ids by kind."""
    chosen = next((one for one in KINDS if one.name == kind), None)
    wanted = Wanted(words=words, kind=chosen, rows=rows, case=actor.case)
    return {name: set(met.ids) for name, met in find(actor, wanted).listed.items() if met.ids}


def by_policy(actor: Actor, words: str) -> dict[str, set[Any]]:
    """The same, read row by row under the row policies alone."""
    ids: dict[str, set[Any]] = {}
    with connections["default"].cursor() as cursor:
        for kind, table in TABLES.items():
            cursor.execute(
                f"select id from {table._meta.db_table} where search @@ %s::tsquery",
                [to_tsquery_text(words)],
            )
            if rows := {row[0] for row in cursor.fetchall()}:
                ids[kind] = rows
    return ids


def deliver(two: Two, **changes: Any) -> Disclosure:
    with acting(two.giver):
        draft = prepare_disclosure(
            actor=two.giver,
            case=two.case,
            receiver="AV",
            purpose=PLAN,
            facts=[two.fact],
            told_title="Underlag om löner",
        )
        return decide_and_deliver(
            actor=two.giver, draft=draft, version=draft.version, weighing=WEIGHING, **changes
        )


def in_told_case(two: Two, group: str = "joint_inspection") -> Actor:
    with acting(two.receiver):
        case = Case.seen(two.receiver).get(matter=two.case.matter)
    return two.receiver.within(case=case.pk, matter=case.matter, purpose=PLAN, purpose_group=group)


# --- sloppy Swedish ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "arbetslivskriminalitet", "kriminalitet", "KRIMINALITETEN", "arbetsliv",
        "bjorklund", "Björklunds bygg", "bygg björk", "jevgenij", "Yevgeny",
        "5560360793", "556036-0793", "16556036-0793", "SE556036079301",
    ],
)  # fmt: skip
def test_what_is_typed_carelessly_is_found(hub: Hub, typed: str) -> None:
    actor = hub.officer("AV")
    with acting(actor):
        case = open_case(
            actor=actor,
            title="Arbetslivskriminalitet vid Björklunds Bygg AB 556036-0793",
            summary="Arbetsledaren kallas Evgenii.",
            purpose=PLAN,
        )
        assert found(actor, typed) == {"case": {case.pk}}


@pytest.mark.parametrize("cut", [0, 1, 2])
def test_a_register_number_is_found_with_and_without_its_zeros(hub: Hub, cut: int) -> None:
    actor = hub.officer("AV")
    with acting(actor):
        case = open_case(actor=actor, title="Ställningar", purpose=PLAN)
        year, number = case.number.removeprefix("AV ").split("/")
        typed = (f"{year}/{number}", f"av {year} {int(number)}", f"{year}/{number}-12")[cut]
        assert found(actor, typed) == {"case": {case.pk}}


def test_every_kind_is_looked_through(two: Two) -> None:
    with acting(two.receiver):
        question = draft_question(
            actor=two.receiver, case=two.asking, holder="SKV", text="Vad redovisar de i Lönnen?",
            activity="supervision",
        )  # fmt: skip
        SealedFile.rows.none()
        assert found(two.receiver, "lönnen") == {
            "case": {two.asking.pk},
            "entity": {two.place.pk},
            "question": {question.pk},
        }
        send_question(actor=two.receiver, question=question, weighing=WEIGHING)
    with acting(two.giver):
        theirs = Question.seen(two.giver).get()
        assert found(two.giver, "lönnen")["question"] == {theirs.pk}
        assert found(two.giver, theirs.asker_number)["question"] == {theirs.pk}
        assert found(two.giver, "löner")["fact"] == {two.fact.pk}


# --- as the row policies, by every way -----------------------------------------------------------


def test_it_finds_what_the_row_policies_show_and_nothing_else(two: Two) -> None:
    word = "redovisade"
    deliver(two)
    colleague, closed = two.hub.officer("SKV"), two.hub.officer("SKV", "victim_support_coordinator")
    with acting(two.giver):
        restricted = open_case(actor=two.giver, title="Redovisade inte", purpose=PLAN)
        restrict_case(actor=two.giver, case=restricted, restricted=True)
    with acting(closed):
        open_case(actor=closed, title="Redovisade skydd", purpose=PLAN)
    people = (
        two.giver, two.hub.actor(two.hub.people[two.giver.account]),  # type: ignore[index]
        colleague, closed, two.receiver, in_told_case(two), two.hub.officer("PM"),
    )  # fmt: skip
    for ahead in (0, MANY):
        if ahead:
            crowd(two.hub, two.case)
            crowd(two.hub, two.asking)
        for person in people:
            with acting(person):
                assert found(person, word, rows=200) == _as_listed(person, word), person


def _as_listed(person: Actor, word: str) -> dict[str, set[Any]]:
    shown = by_policy(person, word)
    if person.case is not None:
        shown.pop("case", None)
        facts = Fact.rows.filter(case=person.case).values_list("pk", flat=True)
        shown = {kind: ids & set(facts) if kind == "fact" else ids for kind, ids in shown.items()}
        shown.pop("entity", None)
    return {kind: ids for kind, ids in shown.items() if ids}


@pytest.mark.parametrize("rate", [1, 2, 40])
def test_usual_and_rare_words_are_counted_alike_and_newest_first(hub: Hub, rate: int) -> None:
    actor = hub.officer("AV")
    with acting(actor):
        case = open_case(actor=actor, title="Ställningar", purpose=PLAN)
    crowd(hub, case, word="utfyllnad", many=900)
    with hub.owner() as owner, owner.transaction():
        owner.execute("set local session_replication_role = replica")
        owner.execute(
            "update cases_fact set search = search || array_to_tsvector(array['zirkon', "
            "'0znokriz']) where id in (select id from (select id, row_number() over (order by "
            "made_at) as n from cases_fact) x where n %% %s = 0)",
            [rate],
        )
    with acting(actor):
        met = find(actor, Wanted(words="zirkon", kind=KINDS[1], rows=10)).listed["fact"]
        newest = Fact.rows.filter(pk__in=list(Fact.rows.values_list("pk", flat=True)))
        in_order = [
            pk for pk, at in sorted(newest.values_list("pk", "made_at"), key=lambda one: one[1])
        ]
        assert (met.count, met.more) == (900 // rate, False)
        assert list(met.ids) == sorted(met.ids, key=in_order.index, reverse=True)
        both = find(actor, Wanted(words="zirkon utfyllnad", kind=KINDS[1], rows=10))
        assert both.listed["fact"] == met


def test_a_thousand_is_counted_and_no_further(hub: Hub) -> None:
    actor = hub.officer("AV")
    with acting(actor):
        case = open_case(actor=actor, title="Ställningar", purpose=PLAN)
    crowd(hub, case, many=1001)
    with acting(actor):
        counted = find(actor, Wanted(words="utfyllnad", rows=50)).counted
        assert {name: met.counted for name, met in counted.items()} == {
            "case": "1000+",
            "fact": "1000+",
            "entity": "1000+",
        }


def test_without_a_signed_context_nothing_is_found(two: Two) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "select count(*) from desk_search('bjorklunds:*', '{case,fact}', null, null, 9)"
        )
        assert cursor.fetchone() == (0,)


def test_the_web_cannot_ask_the_parts_that_are_told_whose_keys_to_use(two: Two) -> None:
    from django.db import DatabaseError, transaction

    with acting(two.receiver), connections["default"].cursor() as cursor:
        for kind in TABLES:
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                cursor.execute(
                    f"select * from desk_search_{kind}('{{x}}', '{{SKV}}', current_date, null,"
                    " null, null, null, 9)"
                )


# --- what came from others -----------------------------------------------------------------------


def test_received_facts_are_found_in_their_case_for_their_purpose_only(two: Two) -> None:
    deliver(two)
    with acting(two.receiver):
        assert "fact" not in found(two.receiver, "redovisade löner")
    inside, other = in_told_case(two), in_told_case(two, "control")
    with acting(inside):
        (copy,) = found(inside, "redovisade löner")["fact"]
        assert Fact.seen(inside).get(pk=copy).received_from == "SKV"
    with acting(other):
        assert "fact" not in found(other, "redovisade löner")


def test_after_recall_it_is_not_found(two: Two) -> None:
    made = deliver(two)
    with acting(two.giver):
        recall(actor=two.giver, disclosure=made, reason="Fel bolag")
    with acting(two.receiver):
        assert found(two.receiver, "underlag löner") == {}
        assert found(two.receiver, "redovisade") == {}


def test_the_page_says_where_others_facts_are_searched_and_the_giver_learns_of_it(two: Two) -> None:
    deliver(two)
    case = in_told_case(two).case
    outside = two.av.get("/sok/", {"q": "redovisade"}).content.decode()
    assert "söks inne i det ärende de lämnades till" in outside
    assert "fyra av elva" not in outside
    with acting(two.giver):
        assert not two.case.disclosures.get().items.filter(read_at__isnull=False).exists()
    inside = two.av.get("/sok/", {"q": "redovisade", "arende": str(case)}).content.decode()
    assert "fyra av elva" in inside
    with acting(two.giver):
        assert two.case.disclosures.get().items.get().read_at is not None


# --- the page ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Skriv vad du letar efter."),
        ("!!", "Det finns inget att söka efter."),
        ("finnsinte", "Inget hittat."),
    ],
)
def test_each_empty_state_says_so_with_a_next_step(two: Two, typed: str, said: str) -> None:
    page = two.skv.get("/sok/", {"q": typed}).content.decode()
    assert said in page
    assert '<form class="filters search-field"' in page


def test_what_is_shown_is_logged_by_id_and_without_the_words(two: Two) -> None:
    two.skv.get("/sok/", {"q": "revisor anteckningar"})
    with acting(two.giver):
        entry = LogEntry.rows.filter(act="search.run").order_by("-id")[0]
    assert entry.objects == str(two.kept.pk)
    assert "revisor" not in entry.detail


def test_choices_of_kind_and_state_are_links_that_hold(two: Two) -> None:
    with acting(two.giver):
        correct_fact(actor=two.giver, fact=two.kept, text="En revisor har tagit tillbaka sina ord.",
                     reason="Fel")  # fmt: skip
    both = two.skv.get("/sok/", {"q": "revisor", "slag": "uppgifter"}).content.decode()
    assert both.count('<th scope="row">') == 2
    now = two.skv.get("/sok/", {"q": "revisor", "slag": "uppgifter", "lage": "gallande"})
    assert "tagit tillbaka" in now.content.decode()
    assert "anteckningar" not in now.content.decode()


@pytest.mark.parametrize("inside", [False, True])
def test_statements_do_not_grow_with_what_is_found(two: Two, inside: bool) -> None:
    deliver(two)
    crowd(two.hub, two.asking, many=60)
    here = {"arende": str(two.asking.pk)} if inside else {}
    counts = []
    for asked in ({"q": "finnsinte"}, {"q": "utfyllnad"}, {"q": "utfyllnad", "slag": "uppgifter"}):
        answer, count = statements(two.av, f"/sok/?{urlencode({**asked, **here})}")
        assert answer.status_code == 200
        counts.append(count)
    assert max(counts) <= MOST_STATEMENTS, counts


def test_who_may_not_search_is_told_why(hub: Hub) -> None:
    auditor = hub.person("AV", "auditor")
    assert hub.client(auditor).get("/sok/", {"q": "bygg"}).status_code == 403
    with acting(hub.actor(auditor)), pytest.raises(Refused):
        suggestions(hub.actor(auditor), "bygg")


def test_an_address_that_means_nothing_is_read_as_far_as_it_goes() -> None:
    wanted = wanted_from(
        {"q": "  a\x00b  " + "x" * 300, "slag": "nej", "lage": "nej", "arende": "1", "visa": "-1"}
    )
    assert (wanted.kind, wanted.state, wanted.case, wanted.rows) == (None, None, None, 8)
    assert len(wanted.words) == 200
    assert wanted_from({"slag": "uppgifter", "visa": "999"}).rows == 200


# --- suggestions ---------------------------------------------------------------------------------


def test_suggestions_are_names_of_ones_own_and_never_a_protected_persons(two: Two) -> None:
    with acting(two.giver):
        add_subject(
            actor=two.giver, case=two.case, kind="person", name="Björn Hemlig", protected=True
        )
        assert suggestions(two.giver, "björ") == ["Björklunds Bygg AB"]
        assert suggestions(two.giver, "bj") == []
    with acting(two.receiver):
        assert suggestions(two.receiver, "björ") == []


def test_a_text_is_cut_around_the_word_that_was_met() -> None:
    text = "inledning " * 30 + "Gamla Lönnen står kvar " + "slut " * 60
    cut = excerpt(text, "lonnen")
    assert "Lönnen står kvar" in cut
    assert cut.startswith("… ")
    assert cut.endswith(" …")
    assert len(cut) < 260
    assert excerpt("Kort text.", "finnsinte") == "Kort text."
