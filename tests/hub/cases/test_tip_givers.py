"""A fact that points to a tip-giver is closed in every output; two persons open it to one (27)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pytest
from django.test.utils import override_settings
from django.urls import reverse

from samsyn.hub.cases.actions import (
    add_subject,
    ask_lift_fact,
    ask_open,
    confirm_secrecy,
    correct_fact,
    write_fact,
)
from samsyn.hub.cases.closed_field import CLOSED, whole
from samsyn.hub.cases.export import export_case
from samsyn.hub.cases.models import Fact
from samsyn.hub.disclosures.actions import decide_and_deliver, keep_draft, prepare_disclosure
from samsyn.hub.disclosures.models import DisclosedFact, Disclosure
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import Account, TwoPersonRequest
from samsyn.hub.guard.refusals import Invalid, Refused
from samsyn.hub.insight import releasing
from samsyn.hub.insight.reads_release import shown_of
from tests.hub.cases.scene import MOST_STATEMENTS, PURPOSE, Scene, statements
from tests.hub.cases.two_persons import changed, decided, lawyer_of, logged, officer, token

TEXT = "Grannen Xerxina Tipsberg hörde lagerchefen räkna ut lönerna."
SOURCE = "Samtal med Xerxina på morgonen"
SECRETS = ("Xerxina", "Tipsberg", "lagerchefen")
WHY = "Hot mot anmälaren behöver bedömas."


def write(scene: Scene, *marks: str, text: str = TEXT) -> Fact:
    """The officer writes down who called."""
    actor = officer(scene)
    with acting(actor):
        return write_fact(
            actor=actor,
            case=scene.given_case,
            text=text,
            source=SOURCE,
            item_kind="payroll_and_vat_figures",
            activity="taxation",
            secrecy=["2009:400/27:1"],
            marks=marks,
        )


@pytest.fixture
def tip(scene: Scene) -> Fact:
    """A fact that points to a tip-giver."""
    return write(scene, "tip_giver")


@pytest.fixture
def lawyer(scene: Scene) -> Account:
    """The second person."""
    return lawyer_of(scene)


def ask(scene: Scene, fact: Fact) -> TwoPersonRequest:
    """The officer asks to open it."""
    actor = officer(scene)
    with acting(actor):
        return ask_open(actor=actor, fact=fact, reason=WHY)


def page(scene: Scene, account: Account, name: str, *more: object) -> str:
    """A page of the case, as somebody sees it."""
    answer = scene.client(account).get(reverse(name, args=[scene.given_case.pk, *more]))
    assert answer.status_code == 200, name
    return str(answer.content.decode())


def told(body: str) -> list[str]:
    """Which of the secrets a body tells."""
    return [word for word in SECRETS if word in body]


def test_every_page_shows_it_closed_also_to_the_writer(scene: Scene, tip: Fact) -> None:
    for name, more in (
        ("cases:facts", ()),
        ("cases:fact", (tip.pk,)),
        ("cases:fact-why", (tip.pk,)),
        ("cases:fact-secrecy", (tip.pk,)),
        ("cases:fact-lift", (tip.pk,)),
        ("cases:fact-open", (tip.pk,)),
        ("cases:room", ()),
        ("cases:log", ()),
        ("cases:fact-new", ()),
        ("cases:file-new", ()),
        ("disclosures:prepare", ()),
        ("disclosures:fact-why-not", (tip.pk,)),
    ):
        assert told(page(scene, scene.giver, name, *more)) == [], name
    assert CLOSED.sv in page(scene, scene.giver, "cases:fact", tip.pk)
    assert CLOSED.sv in page(scene, scene.giver, "cases:facts")


def test_what_is_kept_is_the_text_itself(scene: Scene, tip: Fact) -> None:
    actor = officer(scene)
    with acting(actor):
        kept = Fact.seen_one(actor, pk=tip.pk)
        assert (str(kept.text), whole(kept.text)) == (CLOSED.sv, TEXT)
        kept.refresh_from_db(fields=["text"])
        assert whole(kept.text) == TEXT
        assert whole(Fact.seen(actor).defer("text").get(pk=tip.pk).text) == TEXT


def test_whom_it_is_tied_to_is_not_told_either(scene: Scene) -> None:
    actor = officer(scene)
    with acting(actor):
        person = add_subject(
            actor=actor, case=scene.given_case, kind="person", name="Xerxina Tipsberg"
        )
        fact = write_fact(
            actor=actor, case=scene.given_case, text="Hon ringde.", entity=person,
            item_kind="payroll_and_vat_figures", activity="taxation", marks=["tip_giver"],
        )  # fmt: skip
        draft = prepare_disclosure(
            actor=actor, case=scene.given_case, receiver="AV", purpose=PURPOSE, facts=[fact]
        )
    assert told(page(scene, scene.giver, "cases:facts")) == []
    assert "Xerxina" not in page(scene, scene.giver, "cases:fact", fact.pk)
    act_page = scene.client(scene.giver).get(reverse("disclosures:act", args=[draft.pk]))
    assert told(act_page.content.decode()) == []
    found = scene.client(scene.giver).get("/sok/", {"q": "Xerxina", "slag": "uppgifter"})
    assert str(fact.pk) not in found.content.decode()


def test_search_finds_it_by_its_kind_and_not_by_its_words(scene: Scene, tip: Fact) -> None:
    client = scene.client(scene.giver)

    def found(words: str) -> bool:
        body = client.get("/sok/", {"q": words, "slag": "uppgifter"}).content.decode()
        assert told(body.replace(words, "")) == []
        return str(tip.pk) in body

    assert not any(found(word) for word in ("lagerchefen", "grannen", "morgonen"))
    assert found("löner") or found("moms")


@pytest.fixture
def files(tmp_path: object) -> Iterator[None]:
    """A place for files."""
    with override_settings(SAMSYN_FILES_DIR=tmp_path):
        yield


@pytest.mark.usefixtures("files")
def test_export_and_public_copy_hold_no_word_of_it_even_when_opened(
    scene: Scene, tip: Fact, lawyer: Account
) -> None:
    decided(scene, lawyer, ask(scene, tip))
    actor = officer(scene)
    with acting(actor):
        package = export_case(actor=actor, case=scene.given_case)
    with zipfile.ZipFile(io.BytesIO(package.data)) as archive:
        inside = "".join(archive.read(name).decode("utf-8-sig") for name in archive.namelist())
    assert told(inside) == []
    assert CLOSED.sv in inside
    reader = scene.in_case(lawyer, scene.given_case)
    with acting(reader):
        release = releasing.take_up_request(
            actor=reader, case=scene.given_case, receiver="JOURNALIST"
        )
        pieces = shown_of(reader, release)
        copy = releasing.copy_of(release, scene.given_case, pieces)
    assert told(copy + "".join(piece.source.text for piece in pieces)) == []


def test_two_persons_open_it_to_the_one_who_asked(scene: Scene, tip: Fact, lawyer: Account) -> None:
    colleague = scene.hub.person("SKV")
    request = ask(scene, tip)
    assert "väntar på en annan person" in page(scene, scene.giver, "cases:fact", tip.pk)
    assert told(page(scene, scene.giver, "cases:fact", tip.pk)) == []
    decided(scene, lawyer, request)
    assert logged(scene, "tipster.open", "read") == []
    assert set(told(page(scene, scene.giver, "cases:fact", tip.pk))) == set(SECRETS)
    assert TEXT in page(scene, scene.giver, "cases:fact-correct", tip.pk)
    assert logged(scene, "tipster.open", "read") == [str(tip.pk)] * 2
    for account in (colleague, lawyer):
        assert told(page(scene, account, "cases:fact", tip.pk)) == []
    assert told(page(scene, scene.giver, "cases:facts")) == []


def test_it_closes_again_by_itself_and_with_the_role(
    scene: Scene, tip: Fact, lawyer: Account
) -> None:
    request = ask(scene, tip)
    decided(scene, lawyer, request)
    aged = "update guard_twopersonrequest set decided_at = now() - %s::interval where id = %s"
    changed(scene, aged, "23 hours 50 minutes", request.pk)
    assert told(page(scene, scene.giver, "cases:fact", tip.pk))
    changed(scene, aged, "24 hours 1 minute", request.pk)
    closed = page(scene, scene.giver, "cases:fact", tip.pk)
    assert told(closed) == []
    assert "Den var öppen för dig till" in closed
    decided(scene, lawyer, ask(scene, tip))
    changed(scene, "update guard_roleassignment set role = 'inspector' where account_id = %s",
            scene.giver.pk)  # fmt: skip
    assert told(page(scene, scene.giver, "cases:fact", tip.pk)) == []


def test_nobody_opens_for_themselves_and_a_no_opens_nothing(
    scene: Scene, tip: Fact, lawyer: Account
) -> None:
    request = ask(scene, tip)
    with pytest.raises(Refused):
        decided(scene, scene.giver, request)
    with pytest.raises(Refused):
        ask(scene, tip)
    decided(scene, lawyer, request, yes=False)
    refused = page(scene, scene.giver, "cases:fact", tip.pk)
    assert told(refused) == []
    assert "Skälet räcker inte." in refused
    ask(scene, tip)  # and it may be asked anew


def test_what_one_cannot_read_one_neither_corrects_nor_passes_on(
    scene: Scene, tip: Fact, lawyer: Account
) -> None:
    actor = officer(scene)
    with acting(actor):
        closed = Fact.seen_one(actor, pk=tip.pk)
        with pytest.raises(Refused):
            correct_fact(actor=actor, fact=closed, text="Nytt.", reason="Fel.")
        draft = prepare_disclosure(
            actor=actor, case=scene.given_case, receiver="AV", purpose=PURPOSE, facts=[closed]
        )
        item = DisclosedFact.seen(actor).get(disclosure=draft)
        assert item.left_out
        assert whole(item.text) == TEXT
        with pytest.raises(Invalid):
            keep_draft(actor=actor, draft=draft, version=1, leaving={item.pk}, texts={})
        with pytest.raises(Refused):
            decide_and_deliver(
                actor=actor, draft=draft, version=1, weighing="Det väger över för kontrollen."
            )
    act_page = reverse("disclosures:act", args=[draft.pk])
    body, count = statements(scene.client(scene.giver), act_page)
    assert told(body.content.decode()) == []
    assert count <= MOST_STATEMENTS
    decided(scene, lawyer, ask(scene, tip))
    body, count = statements(scene.client(scene.giver), act_page)
    assert set(told(body.content.decode())) == set(SECRETS)
    assert count <= MOST_STATEMENTS
    assert Disclosure.rows.count() == 0


def test_a_mark_put_later_closes_all_it_ever_said(scene: Scene) -> None:
    actor = officer(scene)
    first = write(scene, text="Xerxina Tipsberg sade att lagerchefen visste.")
    with acting(actor):
        now = correct_fact(actor=actor, fact=first, text=TEXT, reason="Bara hört.")
        assert now.text == TEXT
        confirm_secrecy(actor=actor, fact=now, secrecy=now.secrecy, marks=["tip_giver"])
        assert str(Fact.seen_one(actor, pk=first.pk).text) == CLOSED.sv
    for name in ("cases:fact", "cases:fact-why"):
        assert told(page(scene, scene.giver, name, now.pk)) == []
        assert told(page(scene, scene.giver, name, first.pk)) == []
    body = scene.client(scene.giver).get("/sok/", {"q": "lagerchefen", "slag": "uppgifter"})
    assert str(first.pk) not in body.content.decode()
    assert str(now.pk) not in body.content.decode()


def test_a_lifted_mark_lets_it_be_read_and_found(scene: Scene, tip: Fact, lawyer: Account) -> None:
    actor = officer(scene)
    with acting(actor):
        request = ask_lift_fact(
            actor=actor, fact=tip, secrecy=[], marks=["tip_giver"], reason="Anmälaren är känd."
        )
    assert "Xerxina" not in page_of_request(scene, lawyer, request)
    decided(scene, lawyer, request)
    assert told(page(scene, scene.giver, "cases:facts"))
    body = scene.client(scene.giver).get("/sok/", {"q": "lagerchefen", "slag": "uppgifter"})
    assert str(tip.pk) in body.content.decode()


def page_of_request(scene: Scene, account: Account, request: TwoPersonRequest) -> str:
    """What the second person reads before deciding."""
    answer = scene.client(account).get(reverse("guard:decide", args=[request.pk]))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_one_asks_and_another_decides_on_their_pages(
    scene: Scene, tip: Fact, lawyer: Account
) -> None:
    client, second = scene.client(scene.giver), scene.client(lawyer)
    address = reverse("cases:fact-open", args=[scene.given_case.pk, tip.pk])
    form, count = statements(client, address)
    assert count <= MOST_STATEMENTS
    assert "Skriv skälet" in client.post(address, {"reason": " "}).content.decode()
    once = token(form.content.decode())
    for _ in range(2):
        assert client.post(address, {"reason": WHY, "once": once}).status_code == 302
    waiting, count = statements(second, reverse("guard:two-persons"))
    assert count <= MOST_STATEMENTS
    actor = officer(scene)
    with acting(actor):
        request = TwoPersonRequest.seen(actor).get()
    assert str(request.pk) in waiting.content.decode()
    assert told(page_of_request(scene, lawyer, request)) == []
    done = second.post(
        reverse("guard:decide", args=[request.pk]), {"answer": "approve", "reason": ""}
    )
    assert done.status_code == 302
    fact = reverse("cases:fact", args=[scene.given_case.pk, tip.pk])
    client.get(fact)  # takes the notice out of the session
    opened, count = statements(client, fact)
    assert count <= MOST_STATEMENTS
    assert set(told(opened.content.decode())) == set(SECRETS)
    client.cookies["samsyn-language"] = client.cookies["__Host-samsyn-language"] = "en"
    english = client.get(fact).content.decode()
    assert "Open to you until" in english
    assert scene.client(scene.receiver).get(address).status_code == 404
