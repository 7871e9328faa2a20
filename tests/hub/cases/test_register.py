"""The register of documents, its public extract, files and the export of a case."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from samsyn.hub.cases.actions import register_document
from samsyn.hub.cases.models import Case, Event, RegisterEntry, SealedFile
from samsyn.hub.disclosures.models import DisclosedFact
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import LogEntry
from tests.hub.cases.sample_files import HTML, SVG, active_pdf, pdf, picture
from tests.hub.cases.scene import GIVEN, KEPT, Scene
from tests.hub.cases.test_room import post, text_of


@pytest.fixture(autouse=True)
def store(tmp_path: Path) -> Iterator[Path]:
    """A store of sealed files of the test's own."""
    with override_settings(SAMSYN_FILES_DIR=tmp_path / "files"):
        yield tmp_path / "files"


def upload(
    client: Client, case: Case, data: bytes, name: str, **values: str
) -> tuple[int, str, str]:
    """Hand in a file; the status, where it leads and what the page says."""
    answer = client.post(
        reverse("cases:file-new", args=[case.pk]),
        {
            "once": str(uuid4()),
            "file": SimpleUploadedFile(name, data, "text/html"),
            "direction": "drawn_up",
            **values,
        },
    )
    return answer.status_code, answer.headers.get("Location", ""), text_of(answer)


def register(scene: Scene, **values: object) -> None:
    """Register a document in the giver's case."""
    actor = scene.in_case(scene.giver, scene.given_case)
    with acting(actor):
        register_document(
            actor=actor,
            case=scene.given_case,
            **{"direction": "in", "counterpart": "Revisor Ek", "about": "Brev om löner", **values},  # type: ignore[arg-type]
        )


def test_a_document_is_registered_with_its_mark(scene: Scene) -> None:
    client = scene.client(scene.giver)
    answer = post(
        client,
        "cases:register-new",
        scene.given_case.pk,
        direction="in",
        counterpart="Revisor Ek",
        about="Brev om löner",
        secrecy="OSL 27:1",
        about_secret="on",
    )
    page = text_of(client.get(answer["Location"]))
    assert "Brev om löner (utelämnas i utdraget)" in page
    assert "OSL 27 kap. 1 §" in page
    assert "SKV" in page


def test_the_public_extract_leaves_out_what_must_be_left_out(scene: Scene) -> None:
    register(scene, about="Brev om löner", about_secret=True)
    register(scene, about="Yttrande om remiss", counterpart_secret=True, counterpart="Anmälare Å")
    client = scene.client(scene.giver)
    page = client.get(reverse("cases:register-extract"))
    text = text_of(page)
    assert "Brev om löner" not in page.content.decode()
    assert "Anmälare Å" not in page.content.decode()
    assert "Yttrande om remiss" in text
    assert "Revisor Ek" in text
    assert "utelämnat" in text
    assert "Brev om löner" in text_of(client.get(reverse("cases:agency-register")))
    table_of = client.get(reverse("cases:register-extract"), {"som": "csv"})
    rows = list(csv.reader(io.StringIO(table_of.content.decode("utf-8-sig")), delimiter=";"))
    assert not [row for row in rows if "Brev om löner" in row or "Anmälare Å" in row]
    assert table_of["Content-Disposition"].startswith("attachment")


def test_a_closed_case_is_not_in_the_public_extract(scene: Scene) -> None:
    register(scene, about="Öppet skrivet")
    client = scene.client(scene.giver)
    assert "Öppet skrivet" in text_of(client.get(reverse("cases:register-extract")))
    post(client, "cases:restrict", scene.given_case.pk)
    assert "Öppet skrivet" not in text_of(client.get(reverse("cases:register-extract")))


def test_the_register_is_filtered_by_day_direction_and_number(scene: Scene) -> None:
    register(scene)
    client = scene.client(scene.giver)

    def shown(**query: str) -> str:
        return text_of(client.get(reverse("cases:agency-register"), query))

    assert "Brev om löner" in shown(riktning="in", nummer=scene.given_case.number)
    assert "Brev om löner" not in shown(riktning="out")
    assert "Brev om löner" not in shown(till="2020-01-01")
    assert "Brev om löner" in shown(fran="nonsense")


def test_a_file_is_sealed_shown_as_pictures_and_registered(scene: Scene, store: Path) -> None:
    client = scene.client(scene.giver)
    handed_in = pdf(2)
    status, where, _ = upload(client, scene.given_case, handed_in, "../../etc/protokoll.pdf")
    assert status == 302
    page = client.get(where)
    assert page.content.decode().count("<img") == 2
    actor = scene.in_case(scene.giver, scene.given_case)
    with acting(actor):
        file = SealedFile.seen(actor).get()
        assert RegisterEntry.seen(actor).filter(document=file.pk, document_kind="file").exists()
    assert file.name == "protokoll.pdf"
    kept = [path for path in store.rglob("*") if path.is_file()]
    assert len(kept) == 3
    assert not [path for path in kept if b"%PDF" in path.read_bytes()]
    picture_of = client.get(reverse("cases:file-page", args=[scene.given_case.pk, file.pk, 1]))
    assert picture_of["Content-Type"] == "image/webp"
    original = client.get(reverse("cases:file-original", args=[scene.given_case.pk, file.pk]))
    assert original.content == handed_in
    for answer in (picture_of, original):
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
    assert original["Content-Disposition"].startswith("attachment")
    assert original["Content-Type"] == "application/octet-stream"
    gone = client.get(reverse("cases:file-page", args=[scene.given_case.pk, file.pk, 9]))
    assert gone.status_code == 404


@pytest.mark.parametrize(
    ("name", "data"), [("x.svg", SVG), ("x.html", HTML), ("x.png", SVG), ("tom.pdf", b"")]
)
def test_what_is_active_or_empty_is_not_taken_in(
    scene: Scene, store: Path, name: str, data: bytes
) -> None:
    status, _, page = upload(scene.client(scene.giver), scene.given_case, data, name)
    assert status == 200
    assert "Något behöver rättas" in page
    assert not [path for path in store.rglob("*") if path.is_file()]


def test_an_active_pdf_is_shown_as_pictures_alone(scene: Scene) -> None:
    client = scene.client(scene.giver)
    _, where, _ = upload(client, scene.given_case, active_pdf(), "aktiv.pdf")
    page = client.get(where).content.decode()
    assert "<img" in page
    for active in ("<embed", "<object", "<iframe"):
        assert active not in page


def test_text_in_a_file_is_shown_as_text(scene: Scene) -> None:
    client = scene.client(scene.giver)
    _, where, _ = upload(client, scene.given_case, "Å <b>ord</b>".encode(), "anteckning.txt")
    assert "Å &lt;b&gt;ord&lt;/b&gt;" in client.get(where).content.decode()


def test_a_file_that_could_not_be_kept_leaves_nothing_in_the_store(
    scene: Scene, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**values: object) -> None:
        raise RuntimeError("no register today")

    monkeypatch.setattr("samsyn.hub.cases.actions.files.register_document", broken)
    client = scene.client(scene.giver)
    client.raise_request_exception = False
    upload(client, scene.given_case, picture(), "bild.png")
    assert not [path for path in store.rglob("*") if path.is_file()]


def exported(client: Client, case: Case) -> zipfile.ZipFile:
    """The package of a case."""
    answer = client.post(reverse("cases:export", args=[case.pk]))
    assert answer["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(answer.content))


def test_the_export_holds_what_one_sees_and_nothing_else(scene: Scene) -> None:
    client = scene.client(scene.receiver)
    upload(client, scene.case, picture(), "bild.png")
    package = exported(client, scene.case)
    page = package.read("arende.html").decode()
    data = json.loads(package.read("arende.json"))
    assert GIVEN in page
    assert [fact["text"] for fact in data["facts"]] == [GIVEN]
    assert data["facts"][0]["received_from"] == "SKV"
    assert package.read("handlingar/001-bild.png") == picture()
    everything = b"".join(package.read(name) for name in package.namelist())
    assert KEPT.encode() not in everything
    assert "<script" not in page


def test_an_export_is_logged_and_told_to_those_who_gave(scene: Scene) -> None:
    exported(scene.client(scene.receiver), scene.case)
    actor = scene.in_case(scene.receiver, scene.case)
    with acting(actor):
        entry = LogEntry.rows.get(act="export.run")
        assert str(scene.copy.pk) in entry.objects
        assert Event.seen(actor).filter(act="export.run").exists()
    giver = scene.actor(scene.giver)
    with acting(giver):
        assert DisclosedFact.seen(giver).get().exported_at is not None


def test_an_export_for_another_purpose_holds_nothing_received(scene: Scene) -> None:
    client = scene.client(scene.receiver)
    post(client, "cases:purpose", scene.case.pk, purpose="own_supervision")
    package = exported(client, scene.case)
    assert json.loads(package.read("arende.json"))["facts"] == []
    assert GIVEN not in package.read("arende.html").decode()


def test_an_export_asks_first_and_needs_the_right(scene: Scene) -> None:
    client = scene.client(scene.receiver)
    asked = text_of(client.get(reverse("cases:export", args=[scene.case.pk])))
    assert "en återkallelse når den inte" in asked
    inspector = scene.client(scene.hub.person("AV", "inspector"))
    assert inspector.post(reverse("cases:export", args=[scene.case.pk])).status_code == 403
