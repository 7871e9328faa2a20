"""Is an address told that something happened, signed, once, and never somewhere else?"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from samsyn.hub.api.models import Webhook, WebhookMessage
from samsyn.hub.api.webhooks.addresses import (
    Unreachable,
    checked_addresses,
    is_public,
    read_target,
)
from samsyn.hub.api.webhooks.delivering import MOST_FAILURES, clear_old
from samsyn.hub.api.webhooks.registering import opened, register
from samsyn.hub.api.webhooks.sending import Sent, Told, body_of, send, signature
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.refusals import Invalid, Refused
from tests.hub.api.program import program
from tests.hub.api.test_calls import FACT, delivered
from tests.hub.api.told import PUBLIC, hooked, told_now
from tests.hub.disclosures.conftest import Two, two

__all__ = ["two"]
NOW = datetime(2026, 11, 24, 10, 15, 2, tzinfo=UTC)
TOLD = Told(delivery=uuid4(), event="fact.write", kind="fact", thing=uuid4(), at=NOW)


def test_each_side_is_told_of_its_own_by_ids_that_its_programs_can_read(two: Two) -> None:
    hooked(two.hub, "SKV")
    hooked(two.hub, "AV")
    skv, av = program(two.giver), program(two.receiver)
    written = skv.post(f"/cases/{two.case.pk}/facts", FACT).json()
    delivered(two, skv)
    sent = told_now()
    mine = {(told.event, told.kind) for address, told in sent if "skv" in address}
    theirs = {(told.event, told.kind) for address, told in sent if "av." in address}
    assert {("fact.write", "fact"), ("disclosure.decide", "disclosure")} <= mine
    assert ("disclosure.arrive", "receipt") in theirs
    assert not {("fact.write", "fact")} & theirs
    paths = {"fact": "facts", "case": "cases", "disclosure": "disclosures", "receipt": "receipts"}
    for address, told in sent:
        who = skv if "skv" in address else av
        assert who.get(f"/{paths[told.kind]}/{told.thing}").status_code == 200, told
    assert written["id"] in [str(told.thing) for _, told in sent]
    assert told_now() == []


def test_a_question_that_came_in_and_one_that_was_refused_are_told(two: Two) -> None:
    hooked(two.hub, "SKV")
    hooked(two.hub, "AV")
    skv, av = program(two.giver), program(two.receiver)
    body = {"holder": "SKV", "text": "Har ni granskat?", "activity": "supervision"}
    asked = av.post(f"/cases/{two.asking.pk}/questions", body).json()
    av.post(f"/questions/{asked['id']}/send", {"weighing": "Behövs för att kunna planera."})
    arrived = [told for address, told in told_now() if "skv" in address]
    assert [told.event for told in arrived] == ["question.arrive"]
    assert skv.get(f"/questions/{arrived[0].thing}").status_code == 200
    skv.post(f"/questions/{arrived[0].thing}/refuse", {"words": "Nej."})
    answered = [told for address, told in told_now() if "av." in address]
    assert ("question.refused", asked["id"]) in [(t.event, str(t.thing)) for t in answered]


def test_a_message_is_ids_alone_and_proves_its_sender() -> None:
    body = json.loads(body_of(TOLD))
    assert set(body) == {"event", "kind", "id", "at"}
    wanted = hmac.new(b"hemligt", b"1700000000." + body_of(TOLD), hashlib.sha256).hexdigest()
    assert signature("hemligt", 1700000000, body_of(TOLD)) == f"v1={wanted}"


def test_what_was_not_received_is_tried_again_later_and_then_given_up(two: Two) -> None:
    hooked(two.hub, "SKV")
    program(two.giver).post(f"/cases/{two.case.pk}/facts", FACT)
    at, tries = datetime.now(UTC), 0
    for _ in range(8):
        tries += len(told_now(lambda: Sent("status 500"), now=at))
        assert told_now(now=at) == []
        at += timedelta(days=1)
    assert tries == 6
    row = Webhook.rows.using("worker").get()
    assert (row.failures, row.last_fault, row.stopped_at) == (6, "status 500", None)
    program(two.giver).post(f"/cases/{two.case.pk}/facts", {**FACT, "text": "Ny."})
    assert told_now(now=at)
    assert Webhook.rows.using("worker").get().failures == 0


def test_an_address_that_fails_and_fails_is_stopped_and_the_page_says_so(two: Two) -> None:
    hook, _ = hooked(two.hub, "SKV")
    Webhook.rows.using("worker").filter(pk=hook.pk).update(failures=MOST_FAILURES - 1)
    program(two.giver).post(f"/cases/{two.case.pk}/facts", FACT)
    assert told_now(lambda: Sent("no answer"))
    boss = two.hub.client(two.hub.person("SKV", "agency_administrator"))
    page = boss.get("/people/webhooks/").content.decode()
    assert "stoppad efter många fel" in page
    program(two.giver).post(f"/cases/{two.case.pk}/facts", {**FACT, "text": "Ny."})
    assert told_now(now=datetime.now(UTC) + timedelta(days=1)) == []


def test_old_messages_are_forgotten(two: Two) -> None:
    hooked(two.hub, "SKV")
    program(two.giver).post(f"/cases/{two.case.pk}/facts", FACT)
    told_now()
    clear_old()
    assert WebhookMessage.rows.using("worker").exists()
    clear_old(datetime.now(UTC) + timedelta(days=8))
    assert not WebhookMessage.rows.using("worker").exists()


def test_an_administrator_adds_and_stops_an_address_on_the_page(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: [(0, 0, 0, "", (PUBLIC, 443))])
    boss = two.hub.client(two.hub.person("SKV", "agency_administrator"))
    made = boss.post("/people/webhooks/", {"address": "https://hej.example.org/", "about": "Vi"})
    found = re.search(r'id="webhook-secret">([\w-]{43})<', made.content.decode())
    assert found
    row = Webhook.rows.using("worker").get()
    assert found[1] not in row.secret
    assert opened(row.secret) == found[1]
    page = boss.get("/people/webhooks/").content.decode()
    assert found[1] not in page
    assert boss.post(f"/people/webhooks/{row.pk}/stop/").status_code == 302
    assert two.skv.get("/people/webhooks/").status_code == 403
    foreign = two.hub.client(two.hub.person("AV", "agency_administrator"))
    assert "hej.example.org" not in foreign.get("/people/webhooks/").content.decode()
    assert foreign.post(f"/people/webhooks/{row.pk}/stop/").status_code == 404


def test_only_an_administrator_registers(two: Two) -> None:
    with acting(two.giver), pytest.raises(Refused):
        register(actor=two.giver, address="https://hej.example.org/", names=lambda h, p: [PUBLIC])


@pytest.mark.parametrize(
    "address",
    [
        "http://hej.example.org/",
        "https://user:secret@hej.example.org/",
        "https://hej.example.org/#x",
        "https://hej .example.org/",
        "https://[::1]/",
        "https://hej.example.org:99999/",
        "ftp://hej.example.org/",
        "https://",
        "https://å.example.org/",
        "https://hej.example.org/" + "a" * 300,
    ],
)
def test_an_address_of_another_form_is_refused(two: Two, address: str) -> None:
    boss = two.hub.officer("SKV", "agency_administrator")
    with acting(boss), pytest.raises(Invalid) as no:
        register(actor=boss, address=address, names=lambda host, port: [PUBLIC])
    assert no.value.field == "address"


@pytest.mark.parametrize(
    "inner",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
        "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "fe80::1", "fe80::1%eth0", "fc00::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1", "::",
        "x",
    ],
)  # fmt: skip
def test_an_address_inside_a_network_is_refused_also_among_others(inner: str) -> None:
    assert not is_public(inner)
    target = read_target("https://hej.example.org/")
    with pytest.raises(Unreachable):
        checked_addresses(target, (), lambda host, port: [PUBLIC, inner])
    assert checked_addresses(target, ("hej.example.org",), lambda host, port: [inner]) == [inner]


def test_public_addresses_are_let_through() -> None:
    for address in (PUBLIC, "2606:2800:220:1::1", "64:ff9b::5db8:d822"):
        assert is_public(address)


def here(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
    """Every name means this machine."""
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]


@contextmanager
def receiver(folder: Path, status: int) -> Iterator[tuple[int, ssl.SSLContext, list[Any]]]:
    """A receiver on this machine, with a certificate of its own."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - timedelta(days=3650))
        .not_valid_after(NOW + timedelta(days=3650))
        .add_extension(
            x509.SubjectAlternativeName(
                [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
            ),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    pem = folder / "certificate.pem"
    pem.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    got: list[Any] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.append((self.path, dict(self.headers), body))
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Receiver)
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(pem)
    server.socket = ours.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    trust = ssl.create_default_context(cafile=str(pem))
    try:
        yield server.server_address[1], trust, got
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_message_goes_over_tls_to_the_checked_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # This machine has both families; the receiver listens on one.
    monkeypatch.setattr(socket, "getaddrinfo", here)
    with receiver(tmp_path, 204) as (port, trust, got):
        address = f"https://localhost:{port}/samsyn?x=1"
        how: dict[str, Any] = {"address": address, "secret": "hemligt", "timestamp": 1700000000}
        assert send(TOLD, **how, trust=trust) == Sent("unreachable")
        assert send(TOLD, **how, allowed=("localhost",)) == Sent("certificate")
        assert got == []
        assert send(TOLD, **how, allowed=("localhost",), trust=trust) == Sent()
        path, headers, body = got[0]
        assert (path, body) == ("/samsyn?x=1", body_of(TOLD))
        assert headers["Samsyn-Signature"] == signature("hemligt", 1700000000, body)
        assert headers["Host"] == f"localhost:{port}"


def test_a_redirect_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", here)
    with receiver(tmp_path, 302) as (port, trust, got):
        sent = send(
            TOLD,
            address=f"https://localhost:{port}/",
            secret="hemligt",
            timestamp=1,
            allowed=("localhost",),
            trust=trust,
        )
    assert sent == Sent("status 302")
    assert len(got) == 1
