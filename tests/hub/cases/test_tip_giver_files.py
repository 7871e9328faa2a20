"""A file that points to a tip-giver is closed at every door, and opens with its fact (27)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test.utils import override_settings
from django.urls import reverse

from samsyn.hub.cases.actions import (
    add_file,
    ask_lift_fact,
    ask_lift_file,
    ask_open,
    ask_open_file,
    confirm_secrecy,
    mark_file,
    write_fact,
)
from samsyn.hub.cases.closed_field import CLOSED_NAME, whole
from samsyn.hub.cases.export import export_case
from samsyn.hub.cases.models import Fact, SealedFile
from samsyn.hub.disclosures.actions import decide_and_deliver, prepare_disclosure
from samsyn.hub.disclosures.models import DisclosedFact
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import Account, TwoPersonRequest
from samsyn.hub.guard.refusals import Conflict, Invalid, Refused
from samsyn.hub.insight import releasing
from samsyn.hub.insight.reads_release import shown_of
from tests.hub.cases.scene import MOST_STATEMENTS, PURPOSE, WEIGHING, Scene, statements
from tests.hub.cases.two_persons import decided, lawyer_of, logged, officer, token

NAME = "Brev från Xerxina Tipsberg.txt"
DATA = "Jag heter Xerxina Tipsberg och såg lagerchefen.".encode()
SECRETS = ("Xerxina", "Tipsberg", "lagerchefen")
WHY = "Hot mot anmälaren behöver bedömas."


@pytest.fixture(autouse=True)
def store(tmp_path: Path) -> Iterator[None]:
    """A place for files."""
    with override_settings(SAMSYN_FILES_DIR=tmp_path):
        yield


def told(body: str) -> list[str]:
    """Which of the secrets a body tells."""
    return [word for word in SECRETS if word in body]


def fact(scene: Scene, *marks: str) -> Fact:
    """A fact to which files belong."""
    actor = officer(scene)
    with acting(actor):
        return write_fact(
            actor=actor, case=scene.given_case, text="En anställd ringde om lönerna.",
            item_kind="payroll_and_vat_figures", activity="taxation",
            secrecy=["2009:400/27:1"], marks=marks,
        )  # fmt: skip


def file(scene: Scene, of: Fact | None = None, *marks: str) -> SealedFile:
    """A letter that names whoever wrote it."""
    actor = officer(scene)
    with acting(actor):
        return add_file(
            actor=actor, case=scene.given_case, name=NAME, data=DATA, direction="in",
            counterpart="Okänd", secrecy=["2009:400/27:1"], marks=marks, fact=of,
        )  # fmt: skip


@pytest.fixture
def tip(scene: Scene) -> Fact:
    """A fact that points to a tip-giver."""
    return fact(scene, "tip_giver")


@pytest.fixture
def letter(scene: Scene, tip: Fact) -> SealedFile:
    """A letter that belongs to it."""
    return file(scene, tip)


@pytest.fixture
def lawyer(scene: Scene) -> Account:
    """The second person."""
    return lawyer_of(scene)


def get(scene: Scene, account: Account, name: str, *more: Any) -> Any:
    """The answer of a page of the case."""
    return scene.client(account).get(reverse(name, args=[scene.given_case.pk, *more]))


def body(scene: Scene, account: Account, name: str, *more: Any) -> str:
    """The same, as text."""
    answer = get(scene, account, name, *more)
    assert answer.status_code == 200, name
    return str(answer.content.decode())


def test_every_door_is_closed_also_to_whoever_added_it(
    scene: Scene, tip: Fact, letter: SealedFile
) -> None:
    assert letter.marks == ["tip_giver"]
    for name, more in (
        ("cases:file", (letter.pk,)), ("cases:files", ()), ("cases:fact", (tip.pk,)),
        ("cases:file-secrecy", (letter.pk,)), ("cases:file-lift", (letter.pk,)),
        ("cases:file-open", (letter.pk,)), ("cases:room", ()), ("cases:log", ()),
        ("cases:register", ()), ("disclosures:prepare", ()),
    ):  # fmt: skip
        assert told(body(scene, scene.giver, name, *more)) == [], name
    page, count = statements(
        scene.client(scene.giver), reverse("cases:file", args=[scene.given_case.pk, letter.pk])
    )
    assert CLOSED_NAME.sv in page.content.decode()
    assert letter.sha256 not in page.content.decode()
    assert count <= MOST_STATEMENTS
    pages: tuple[tuple[str, list[int]], ...] = (
        ("cases:file-original", []),
        ("cases:file-page", [1]),
    )
    for name, numbers in pages:
        refused = get(scene, scene.giver, name, letter.pk, *numbers)
        assert refused.status_code == 403, name
        assert told(refused.content.decode()) == []
        assert "Content-Disposition" not in refused.headers
    for word in ("Xerxina", "Tipsberg", "brev"):
        found = scene.client(scene.giver).get("/sok/", {"q": word, "slag": "handlingar"})
        assert str(letter.pk) not in found.content.decode()
    extract = scene.client(scene.giver).get(reverse("cases:register-extract"))
    assert told(extract.content.decode()) == []


def test_packages_and_public_copies_hold_none_of_it_even_when_opened(
    scene: Scene, tip: Fact, letter: SealedFile, lawyer: Account
) -> None:
    actor = officer(scene)
    with acting(actor):
        request = ask_open(actor=actor, fact=tip, reason=WHY)
    decided(scene, lawyer, request)
    with acting(actor):
        package = export_case(actor=actor, case=scene.given_case)
    with zipfile.ZipFile(io.BytesIO(package.data)) as archive:
        names = archive.namelist()
        inside = "".join(archive.read(name).decode("utf-8-sig") for name in names)
    assert told("".join(names) + inside) == []
    assert CLOSED_NAME.sv in inside
    assert letter.sha256 not in inside
    reader = scene.in_case(lawyer, scene.given_case)
    with acting(reader):
        release = releasing.take_up_request(
            actor=reader, case=scene.given_case, receiver="JOURNALIST"
        )
        pieces = shown_of(reader, release)
        assert any(piece.item.piece == letter.pk for piece in pieces)
        copy = releasing.copy_of(release, scene.given_case, pieces)
    shown = "".join(piece.source.title + piece.source.text for piece in pieces)
    assert told(copy + shown) == []


def test_it_opens_with_its_fact_to_the_one_who_asked(
    scene: Scene, tip: Fact, letter: SealedFile, lawyer: Account
) -> None:
    actor = officer(scene)
    with acting(actor):
        request = ask_open(actor=actor, fact=tip, reason=WHY)
    decided(scene, lawyer, request)
    assert set(told(body(scene, scene.giver, "cases:file", letter.pk))) == set(SECRETS)
    assert "Xerxina" in body(scene, scene.giver, "cases:fact", tip.pk)
    original = get(scene, scene.giver, "cases:file-original", letter.pk)
    assert original.content == DATA
    assert str(letter.pk) in " ".join(logged(scene, "tipster.open", "read"))
    assert told(body(scene, scene.giver, "cases:files")) == []
    for account in (lawyer, scene.hub.person("SKV")):
        assert told(body(scene, account, "cases:file", letter.pk)) == []
        assert get(scene, account, "cases:file-original", letter.pk).status_code == 403


def test_a_file_by_itself_is_opened_by_itself(scene: Scene, lawyer: Account) -> None:
    letter = file(scene, None, "tip_giver")
    other = file(scene, None, "tip_giver")
    client = scene.client(scene.giver)
    address = reverse("cases:file-open", args=[scene.given_case.pk, letter.pk])
    form, count = statements(client, address)
    assert count <= MOST_STATEMENTS
    once = token(form.content.decode())
    for _ in range(2):
        assert client.post(address, {"reason": WHY, "once": once}).status_code == 302
    actor = officer(scene)
    with acting(actor), pytest.raises(Refused):
        ask_open_file(actor=actor, file=letter, reason=WHY)
    waiting = scene.client(lawyer).get(reverse("guard:two-persons")).content.decode()
    assert "Öppna en handling" in waiting
    with acting(actor):
        request = TwoPersonRequest.seen(actor).get()
    decided(scene, lawyer, request)
    assert set(told(body(scene, scene.giver, "cases:file", letter.pk))) == set(SECRETS)
    assert told(body(scene, scene.giver, "cases:file", other.pk)) == []


def test_a_mark_put_later_closes_what_named_it_before(scene: Scene) -> None:
    for later in ("fact", "file"):
        open_fact = fact(scene)
        letter = file(scene, open_fact)
        assert told(body(scene, scene.giver, "cases:room"))
        actor = officer(scene)
        with acting(actor):
            if later == "fact":
                confirm_secrecy(
                    actor=actor, fact=open_fact, secrecy=open_fact.secrecy, marks=["tip_giver"]
                )
            else:
                mark_file(actor=actor, file=letter, secrecy=letter.secrecy, marks=["tip_giver"])
            assert whole(SealedFile.seen_one(actor, pk=letter.pk).name) == NAME
        for name, more in (
            ("cases:room", ()), ("cases:log", ()), ("cases:files", ()), ("cases:register", ()),
            ("cases:file", (letter.pk,)),
        ):  # fmt: skip
            assert told(body(scene, scene.giver, name, *more)) == [], (later, name)
        found = scene.client(scene.giver).get("/sok/", {"q": "Tipsberg", "slag": "handlingar"})
        assert str(letter.pk) not in found.content.decode()


def test_what_goes_along_is_marked_as_the_fact_the_law_was_asked_about(scene: Scene) -> None:
    open_fact = fact(scene)
    file(scene, open_fact, "tip_giver")
    actor = officer(scene)
    with acting(actor):
        draft = prepare_disclosure(
            actor=actor, case=scene.given_case, receiver="AV", purpose=PURPOSE, facts=[open_fact]
        )
        item = DisclosedFact.seen(actor).get(disclosure=draft)
    page = scene.client(scene.giver).get(reverse("disclosures:act", args=[draft.pk]))
    assert told(page.content.decode()) == []
    with acting(actor):
        with pytest.raises(Refused, match="has a mark"):
            decide_and_deliver(
                actor=actor, draft=draft, version=draft.version, weighing=WEIGHING,
                with_files=[item.pk],
            )  # fmt: skip
        decide_and_deliver(actor=actor, draft=draft, version=draft.version, weighing=WEIGHING)
    inside = scene.in_case(scene.receiver, scene.case)
    with acting(inside):
        assert not SealedFile.seen(inside).exists()


def lift(scene: Scene, letter: SealedFile, **chosen: Any) -> Any:
    """The officer asks to lift some of what a file is marked with."""
    actor = officer(scene)
    with acting(actor):
        now = SealedFile.seen_one(actor, pk=letter.pk)
        return ask_lift_file(
            actor=actor, file=now,
            **{"secrecy": [], "marks": ["tip_giver"], "reason": WHY, **chosen},
        )  # fmt: skip


def test_two_persons_lift_exactly_what_was_chosen_of_a_file(scene: Scene, lawyer: Account) -> None:
    letter = file(scene, None, "tip_giver", "victim")
    with pytest.raises(Invalid):
        lift(scene, letter, marks=[])
    request = lift(scene, letter)
    with pytest.raises(Refused):
        lift(scene, letter)
    with pytest.raises(Refused):
        decided(scene, scene.giver, request)
    assert told(body(scene, scene.giver, "cases:file", letter.pk)) == []
    decided(scene, lawyer, request)
    actor = officer(scene)
    with acting(actor):
        left = SealedFile.seen_one(actor, pk=letter.pk)
        with pytest.raises(Refused):
            mark_file(actor=actor, file=left, secrecy=[], marks=left.marks)
    assert (left.marks, left.secrecy) == (["victim"], ["2009:400/27:1"])
    for name, more in (
        ("cases:file", (letter.pk,)), ("cases:files", ()), ("cases:room", ()),
        ("cases:register", ()),
    ):  # fmt: skip
        assert "Xerxina" in body(scene, scene.giver, name, *more), name
    assert str(letter.pk) in " ".join(logged(scene, "secrecy.second", "lifted"))
    with pytest.raises(Conflict):
        decided(scene, lawyer, request)


def test_the_mark_of_the_fact_holds_its_file(
    scene: Scene, tip: Fact, letter: SealedFile, lawyer: Account
) -> None:
    with pytest.raises(Invalid):
        lift(scene, letter)
    actor = officer(scene)
    with acting(actor):
        request = ask_lift_fact(actor=actor, fact=tip, secrecy=[], marks=["tip_giver"], reason=WHY)
    decided(scene, lawyer, request)
    assert told(body(scene, scene.giver, "cases:file", letter.pk)) == []
    decided(scene, lawyer, lift(scene, letter))
    assert told(body(scene, scene.giver, "cases:file", letter.pk))


def test_the_page_asks_to_lift_it_once(scene: Scene, lawyer: Account) -> None:
    letter = file(scene)
    client = scene.client(scene.giver)
    address = reverse("cases:file-lift", args=[scene.given_case.pk, letter.pk])
    page, count = statements(client, address)
    assert count <= MOST_STATEMENTS
    sent = {"secrecy": ["2009:400/27:1"], "reason": WHY, "once": token(page.content.decode())}
    assert client.post(address, sent).status_code == client.post(address, sent).status_code == 302
    waiting = scene.client(lawyer).get(reverse("guard:two-persons")).content.decode()
    assert "Häv sekretessmarkeringen på en handling" in waiting
    actor = officer(scene)
    with acting(actor):
        assert TwoPersonRequest.seen(actor).count() == 1
    assert scene.client(scene.receiver).get(address).status_code == 404
    inspector = scene.hub.person("SKV", "inspector")
    assert scene.client(inspector).get(address).status_code == 403
