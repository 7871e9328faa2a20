"""A public document: what is masked is not in the copy, and nothing leaves without a decision."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connections
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from samsyn.hub.cases.actions import add_file, add_subject, restrict_case, write_fact
from samsyn.hub.cases.models import Case, RegisterEntry
from samsyn.hub.guard.context import acting, nobody_yet
from samsyn.hub.guard.refusals import Conflict, Invalid, Refused
from samsyn.hub.insight import releasing
from samsyn.hub.insight.models import Release, ReleaseItem
from samsyn.hub.insight.reads_release import Shown, shown_of
from tests.hub.cases.sample_files import pdf
from tests.hub.cases.scene import MOST_STATEMENTS, make_scene, statements
from tests.hub.insight.scene import SECRET, Office
from tests.hub.support import Hub

HARM, ABSOLUTE = "2009:400/28:15", "2009:400/27:1"
REASONS = "Det maskade pekar ut en enskild, som kan lida men av att det blir känt."


def begin(office: Office, **more: Any) -> Release:
    lawyer = office.actor(office.lawyer, office.case)
    with acting(lawyer):
        return releasing.take_up_request(
            actor=lawyer, case=office.case, receiver="JOURNALIST", **more
        )


def pieces(office: Office, release: Release) -> dict[str, Shown]:
    lawyer = office.actor(office.lawyer, office.case)
    with acting(lawyer):
        return {one.item.kind: one for one in shown_of(lawyer, release)}


def done(office: Office, what: Any, release: Release, shown: Shown, **more: Any) -> None:
    lawyer = office.actor(office.lawyer, office.case)
    with acting(lawyer):
        what(actor=lawyer, release=release, shown=shown, **more)


def decide(office: Office, release: Release, reasons: str = REASONS) -> Release:
    lawyer = office.actor(office.lawyer, office.case)
    with acting(lawyer):
        now = Release.seen_one(lawyer, pk=release.pk)
        return releasing.decide(actor=lawyer, release=now, version=now.version, reasons=reasons)


def secret(office: Office, *provisions: str) -> None:
    office.changed(
        "update cases_fact set secrecy = %s, secrecy_confirmed_by = %s where id = %s",
        list(provisions),
        office.officer.pk,
        office.fact.pk,
    )


def test_what_the_law_does_not_open_starts_withheld(office: Office) -> None:
    secret(office, HARM)
    found = pieces(office, begin(office))
    assert not found["fact"].item.released
    assert found["fact"].item.outcome == "must_not"
    assert found["fact"].item.withheld_by == [HARM]
    assert not found["heading"].item.released
    secret(office)
    assert pieces(office, begin(office))["fact"].item.released


def test_a_marked_fact_starts_withheld_even_where_it_is_public(office: Office) -> None:
    secret(office)
    office.changed("update cases_fact set marks = '{victim}' where id = %s", office.fact.pk)
    assert not pieces(office, begin(office))["fact"].item.released


def test_what_is_masked_is_not_in_the_copy(office: Office) -> None:
    secret(office, HARM)
    release = begin(office)
    found = pieces(office, release)
    done(office, releasing.mask, release, found["fact"], words="gunnar  EKVALL", by="OSL 28:15")
    done(office, releasing.treat, release, found["heading"], released=False, by=["OSL 28:15"])
    decided = decide(office, release)
    assert decided.outcome == "part"
    assert "betalade kontant till elva personer i kvarteret Ejdern" in decided.copy
    assert "Arbetsgivaren █████ [OSL 28:15] betalade" in decided.copy
    for gone in ("Gunnar", "Ekvall", office.case.title):
        assert gone not in decided.copy
    assert REASONS in decided.copy
    assert "tre veckor" in decided.copy
    assert "<script" not in decided.copy
    assert "http://" not in decided.copy
    assert "https://" not in decided.copy


def test_the_release_is_in_the_register_and_in_the_log(office: Office) -> None:
    secret(office)
    release = begin(office, asked_by="Norrbladet")
    done(office, releasing.treat, release, pieces(office, release)["heading"], released=True)
    decided = decide(office, release, reasons="")
    assert decided.outcome == "whole"
    assert "överklagar" not in decided.copy
    lawyer = office.actor(office.lawyer)
    with acting(lawyer):
        line = RegisterEntry.seen(lawyer).get(document=release.pk)
    assert (line.direction, line.counterpart, line.document_kind) == (
        "out",
        "Norrbladet",
        "release",
    )
    assert line.counterpart_secret
    act = office.value("select act from guard_log_entry where id = %s", decided.entry)
    assert act == "register.release"


def test_what_is_closed_whatever_the_harm_is_not_released_whole(office: Office) -> None:
    for provision, allowed in ((ABSOLUTE, False), (HARM, True)):
        secret(office, provision)
        release = begin(office)
        found = pieces(office, release)
        done(office, releasing.treat, release, found["heading"], released=True)
        done(office, releasing.treat, release, found["fact"], released=True)
        if allowed:
            assert decide(office, release, "").outcome == "whole"
        else:
            with pytest.raises(Invalid, match="law closes"):
                decide(office, release)


def test_a_decision_has_provisions_and_reasons(office: Office) -> None:
    secret(office, HARM)
    release = begin(office)
    with pytest.raises(Invalid, match="provision"):
        decide(office, release)
    found = pieces(office, release)
    with pytest.raises(Invalid):
        done(office, releasing.treat, release, found["heading"], released=False, by=[""])
    with pytest.raises(Invalid):
        done(office, releasing.mask, release, found["fact"], words="Gunnar", by="")
    with pytest.raises(Invalid):
        done(office, releasing.mask, release, found["fact"], words="Nils", by=HARM)
    done(office, releasing.treat, release, found["heading"], released=False, by=[HARM])
    with pytest.raises(Invalid, match="reasons"):
        decide(office, release, "  ")
    assert decide(office, release).outcome == "refused"


def test_a_mask_is_taken_away_again(office: Office) -> None:
    secret(office)
    release = begin(office)
    fact = pieces(office, release)["fact"]
    done(office, releasing.mask, release, fact, words="Ejdern", by=HARM)
    masked = pieces(office, release)["fact"]
    assert masked.masks == [(0, "Ejdern", HARM)]
    assert "Ejdern" not in "".join(piece.text for piece in masked.pieces)
    done(office, releasing.unmask, release, masked, number=0)
    assert pieces(office, release)["fact"].whole


def test_a_decision_holds_for_what_was_shown_and_is_final(office: Office) -> None:
    secret(office)
    release = begin(office)
    found = pieces(office, release)
    done(office, releasing.treat, release, found["heading"], released=True)
    lawyer = office.actor(office.lawyer, office.case)
    with acting(lawyer), pytest.raises(Conflict):
        releasing.decide(actor=lawyer, release=release, version=1, reasons="")
    decide(office, release, "")
    with pytest.raises(Conflict):
        done(office, releasing.treat, release, found["heading"], released=False, by=[HARM])
    with pytest.raises(DatabaseError, match="not changed"), acting(lawyer):
        Release.rows.filter(pk=release.pk).update(copy="x")
    with pytest.raises(DatabaseError, match="not changed"), acting(lawyer):
        ReleaseItem.rows.filter(release=release.pk).update(masks=[])


def test_protected_people_are_never_released(office: Office) -> None:
    actor = office.actor(office.officer)
    with acting(actor):
        add_subject(actor=actor, case=office.case, kind="person", name="Vera Skyddad",
                    protected=True)  # fmt: skip
    release = begin(office)
    subject = pieces(office, release)["subject"]
    assert subject.source.text == ""
    assert subject.item.withheld_by == ["2009:400/21:3"]
    with pytest.raises(Invalid):
        done(office, releasing.treat, release, subject, released=True)
    page = office.client(office.lawyer).get(reverse("insight:release", args=[release.pk]))
    assert "Vera" not in page.content.decode()


def test_files_leave_as_pixels_or_masked_characters(office: Office, tmp_path: Path) -> None:
    with override_settings(SAMSYN_FILES_DIR=tmp_path):
        actor = office.actor(office.officer)
        with acting(actor):
            for name, data in (("brev.txt", b"Gunnar Ekvall skrev."), ("bilaga.pdf", pdf())):
                add_file(actor=actor, case=office.case, name=name, data=data,
                         direction="in", counterpart="Gunnar Ekvall")  # fmt: skip
        release = begin(office)
        lawyer = office.actor(office.lawyer, office.case)
        with acting(lawyer):
            files = {
                one.source.title: one
                for one in shown_of(lawyer, release)
                if one.item.kind == "file"
            }
        assert not any(one.item.released for one in files.values())
        done(office, releasing.mask, release, files["brev.txt"], words="Gunnar Ekvall", by=HARM)
        done(office, releasing.treat, release, files["bilaga.pdf"], released=True)
        for kind in ("heading", "fact"):
            found = pieces(office, release)[kind]
            done(office, releasing.treat, release, found, released=False, by=[HARM])
        copy = decide(office, release).copy
        assert "█████ [OSL 28:15] skrev." in copy
        assert "Ekvall" not in copy
        picture = copy.partition("data:image/webp;base64,")[2].partition('"')[0]
        assert base64.b64decode(picture)[8:12] == b"WEBP"


def test_one_document_alone(office: Office, tmp_path: Path) -> None:
    with override_settings(SAMSYN_FILES_DIR=tmp_path):
        actor = office.actor(office.officer)
        with acting(actor):
            add_file(actor=actor, case=office.case, name="brev.txt", data=b"Hej.",
                     direction="in", counterpart="Nils")  # fmt: skip
        lawyer = office.actor(office.lawyer, office.case)
        with acting(lawyer):
            line = RegisterEntry.seen(lawyer).get(case=office.case)
        found = pieces(office, begin(office, document=line))
    assert set(found) == {"document", "file"}


def test_a_received_fact_is_asked_about_as_the_receiver_s(hub: Hub) -> None:
    scene = make_scene(hub)
    lawyer = hub.person("AV", "secrecy_lawyer")
    client = hub.client(lawyer)
    answer = client.post(
        reverse("insight:release-new"),
        {"number": scene.case.number, "receiver": "JOURNALIST", "asked_by": "", "sequence": ""},
    )
    assert answer.status_code == 302
    body = client.get(answer["Location"]).content.decode()
    assert "SKV" in body
    assert "hålls inne" in body


# --- the pages ---


def test_masking_and_releasing_by_the_pages_without_a_script(office: Office) -> None:
    secret(office, HARM)
    client = office.client(office.lawyer)
    new = reverse("insight:release-new")
    filled = {"number": office.case.number, "receiver": "JOURNALIST", "asked_by": ""}
    wrong = client.post(new, {**filled, "number": "AV 1999/1"})
    assert "Du ser inget ärende med det numret" in wrong.content.decode()
    missing = client.post(new, {**filled, "sequence": "99"})
    assert "ingen handling med det numret" in missing.content.decode()
    page = client.post(new, filled)["Location"]
    body = client.get(page).content.decode()
    assert SECRET in body
    lawyer = office.actor(office.lawyer)
    with acting(lawyer):
        items = {item.kind: item for item in ReleaseItem.seen(lawyer).all()}
        release = Release.seen(lawyer).get()
    fact, heading = (
        reverse("insight:piece", args=[release.pk, items[kind].pk]) for kind in ("fact", "heading")
    )
    fault = client.post(fact, {"do": "mask", "words": "Nils", "by": "OSL 28:15"})
    assert "Orden står inte i texten" in fault.content.decode()
    assert (
        client.post(fact, {"do": "mask", "words": "Gunnar Ekvall", "by": "OSL 28:15"}).status_code
        == 302
    )
    assert client.post(heading, {"do": "withhold", "by": "OSL 28:15"}).status_code == 302
    deciding = reverse("insight:release-decide", args=[release.pk])
    preview = client.get(deciding).content.decode()
    assert "Gunnar" not in preview
    assert "█████" in preview
    with acting(lawyer):
        version = Release.seen(lawyer).get().version
    assert client.post(deciding, {"version": version, "reasons": REASONS}).status_code == 302
    shown = client.get(page).content.decode()
    assert "lämnades ut med maskning" in shown
    assert "kammarrätten" in shown
    copy = client.get(reverse("insight:release-copy", args=[release.pk]))
    assert copy.headers["Content-Disposition"].startswith("attachment")
    assert "Gunnar" not in copy.content.decode()


def test_a_decision_asks_for_signing_in_anew(office: Office) -> None:
    release = begin(office)
    client = office.hub.client(office.lawyer)
    _grow_old(office, client)
    deciding = reverse("insight:release-decide", args=[release.pk])
    answer = client.post(deciding, {"version": 1, "reasons": REASONS})
    assert answer.status_code == 302
    assert "account" in answer["Location"]
    assert office.value("select state from insight_release") == "draft"


def _grow_old(office: Office, client: Client) -> None:
    with acting(nobody_yet(office.hub.today)):
        session = client.session
        methods = session["account_authentication_methods"]
        session["account_authentication_methods"] = [{**one, "at": 1.0} for one in methods]
        session.save()


def test_each_page_costs_few_statements_however_much_there_is(
    office: Office, tmp_path: Path
) -> None:
    with override_settings(SAMSYN_FILES_DIR=tmp_path):
        _costs_few(office)


def _costs_few(office: Office) -> None:
    actor = office.actor(office.officer)
    office.changed("update cases_fact set received_from = 'SKV', bound_matter = %s, "
                   "bound_purpose = 'control' where id = %s",
                   office.case.matter, office.fact.pk)  # fmt: skip
    with acting(actor):
        add_file(actor=actor, case=office.case, name="brev.txt", data=b"Hej.",
                 direction="in", counterpart="Nils")  # fmt: skip
        for number in range(30):
            firm = add_subject(actor=actor, case=office.case, kind="firm", name=f"Firma {number}")
            write_fact(actor=actor, case=office.case, text=f"Iakttagelse {number}.", entity=firm,
                       item_kind="inspection_findings", activity="supervision")  # fmt: skip
    release = begin(office)
    client = office.client(office.lawyer)
    for name in ("release", "release-decide"):
        answer, count = statements(client, reverse(f"insight:{name}", args=[release.pk]))
        assert answer.status_code == 200
        assert count <= MOST_STATEMENTS, (name, count)


def test_others_find_nothing(office: Office) -> None:
    secret(office)
    release = begin(office)
    addresses = [reverse("insight:release", args=[release.pk])]
    lawyer = office.hub.person("SKV", "secrecy_lawyer")
    for address in addresses:
        assert office.client(lawyer).get(address).status_code == 404
        assert office.client(office.officer).get(address).status_code == 403
    with pytest.raises(Refused):
        _by_officer(office)


def _by_officer(office: Office) -> None:
    actor = office.actor(office.officer, office.case)
    with acting(actor):
        releasing.take_up_request(actor=actor, case=office.case, receiver="JOURNALIST")


def test_a_release_follows_its_case_when_that_is_closed(office: Office) -> None:
    release = begin(office)
    actor = office.actor(office.officer)
    with acting(actor):
        restrict_case(actor=actor, case=Case.seen(actor).get(pk=office.case.pk))
    assert office.client(office.lawyer).get(
        reverse("insight:release", args=[release.pk])
    ).status_code == 404  # fmt: skip
    with acting(office.actor(office.lawyer)), connections["default"].cursor() as cursor:
        cursor.execute("select count(*) from insight_release union all "
                       "select count(*) from insight_releaseitem")  # fmt: skip
        assert cursor.fetchall() == [(0,), (0,)]
