"""What does a page cost: statements, bytes on the wire, time while twenty people work?"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.hub.installation import Installation, tell
from bench.hub.people import AUDITOR, OFFICER, Person, people_of, signed_in
from bench.hub.places import goes_to_cases, not_there, visits_of
from bench.hub.traffic import HOST, Traffic, User, Visit, drive, percentile
from bench.hub.weighing import weigh
from bench.law.measure import Line, Section

USERS, AUDITORS = 20, 2
WORKERS = "2"
PAUSE = 1.0
WARM_UP, SECONDS, SECONDS_WITHOUT_PAUSE = 10.0, 90.0, 30.0
LIMIT_MILLISECONDS, LIMIT_STATEMENTS, LIMIT_KILOBYTES = 300.0, 15.0, 150.0
READY_SECONDS = 60
STOP_SECONDS = 30


def measure(installation: Installation) -> list[Section]:
    """Count and weigh every page, then let twenty people use them."""
    # An officer of an agency whose cases all lie in the protection track has nowhere to go.
    at_work = ((person, visits_of(person)) for person in people_of(OFFICER))
    officers = ((person, there) for person, there in at_work if goes_to_cases(there))
    auditors = ((person, visits_of(person)) for person in people_of(AUDITOR))
    visits = [*islice(officers, USERS - AUDITORS), *islice(auditors, AUDITORS)]
    people = [person for person, _ in visits]
    sessions = {person.account.pk: signed_in(person) for person in people}
    tell("counting statements")
    counted = _statements(visits, sessions)
    connections.close_all()
    users = [
        User(f"{settings.SESSION_COOKIE_NAME}={sessions[person.account.pk]}", there)
        for person, there in visits
    ]
    with _served(installation) as port:
        tell("weighing pages")
        weighed = list(weigh(f"http://{HOST}:{port}", _one_of_each(users)))
        tell(f"{USERS} people at work")
        calm = drive(port, users, pause=PAUSE, seconds=SECONDS, warm_up=WARM_UP)
        tell(f"{USERS} people who never pause")
        hurried = drive(port, users, pause=0, seconds=SECONDS_WITHOUT_PAUSE, warm_up=2)
    return [_of_statements(counted, people), _of_bytes(weighed), *_of_traffic(calm, hurried)]


# --- statements ---


def _statements(
    visits: Sequence[tuple[Person, list[Visit]]], sessions: dict[UUID, str]
) -> dict[str, list[int]]:
    """Page → statements of each visit; each person goes everywhere once, three rows of a page."""
    counted: dict[str, list[int]] = {}
    for person, there in visits:
        client = Client(SERVER_NAME="localhost")
        client.cookies[settings.SESSION_COOKIE_NAME] = sessions[person.account.pk]
        pages = dict.fromkeys(visit.page for visit in there)
        for page in pages:
            for visit in [visit for visit in there if visit.page == page][:3]:
                # Django remembers so many statements and no more; a full list counts none.
                connections["default"].queries_log.clear()
                with CaptureQueriesContext(connections["default"]) as captured:
                    response = client.get(visit.path)
                if response.status_code != 200:
                    raise RuntimeError(f"{page} answered {response.status_code}: {visit.path}")
                if not captured.captured_queries:
                    raise RuntimeError(f"{page}: no statement was counted: {visit.path}")
                counted.setdefault(page, []).append(len(captured.captured_queries))
    return counted


def _of_statements(counted: dict[str, list[int]], people: Sequence[Person]) -> Section:
    lines = [
        Line(
            page,
            max(counts),
            "statements",
            LIMIT_STATEMENTS,
            note=f"{min(counts)} to {max(counts)} in {len(counts)} visits",
        )
        for page, counts in counted.items()
    ]
    lacking = not_there()
    about = (
        f"Every statement a page sends, those that begin and end transactions and savepoints "
        f"included; the most of all visits. {len(people)} people of "
        f"{len({person.agency for person in people})} agencies, "
        f"{sum(person.role == AUDITOR for person in people)} of them auditors, each at up to three "
        "rows of every page."
    )
    if lacking:
        about += f" Not measured, because there is no such page: {', '.join(lacking)}."
    return Section("Statements of a page", about, lines)


# --- bytes ---


def _one_of_each(users: Sequence[User]) -> list[tuple[str, str, str]]:
    """Page, path, cookie: each page once, at one of those who go there."""
    first: dict[str, tuple[str, str, str]] = {}
    for user in users:
        for visit in user.visits:
            first.setdefault(visit.page, (visit.page, visit.path, user.cookie))
    return list(first.values())


def _of_bytes(weighed: Sequence[tuple[str, int, int, int]]) -> Section:
    lines = [
        Line(
            page,
            total / 1000,
            "kB",
            LIMIT_KILOBYTES,
            note=f"{document / 1000:.1f} kB of it the page itself; {requests} requests",
        )
        for page, total, document, requests in weighed
    ]
    about = (
        "What a browser that was never here before receives for one page: the page itself, style, "
        "script, font and pictures, with headers, as the hub sends them without a proxy."
        if lines
        else "Not measured: there is no Chromium on this machine, or no program that drives it."
    )
    return Section("Bytes on the wire", about, lines)


# --- time ---


def _of_traffic(calm: Traffic, hurried: Traffic) -> list[Section]:
    pages = dict.fromkeys(answer.page for answer in calm.answers)
    lines = [_slowest("all pages", calm.of(""), LIMIT_MILLISECONDS)]
    lines += [_slowest(page, calm.of(page), LIMIT_MILLISECONDS) for page in sorted(pages)]
    each = len(calm.answers) / calm.seconds
    first = Section(
        "Twenty people at work",
        f"gunicorn as `samsyn hub serve --workers {WORKERS}` starts it, and the program that asks, "
        f"on the same machine. {USERS} people, each with a session of their own, go from page to "
        f"page for {calm.seconds:.0f} s and look at each for half a second to one and a half, "
        f"faster than anybody reads: {each:.1f} pages a second. The time in which 95 of 100 pages "
        "are there, to their last byte.",
        lines,
    )
    each = len(hurried.answers) / hurried.seconds
    second = Section(
        "Twenty questions at all times",
        f"The same, but nobody pauses: at every moment {USERS} pages are asked for, for "
        f"{hurried.seconds:.0f} s. What the machine can do at most.",
        [
            Line("pages a second", each, "pages"),
            _slowest("all pages", hurried.of(""), None),
        ],
    )
    return [first, second]


def _slowest(name: str, seconds: Sequence[float], limit: float | None) -> Line:
    middle, most = percentile(seconds, 0.5) * 1e3, percentile(seconds, 1) * 1e3
    note = f"half of them in {middle:.0f} ms, the slowest {most:.0f} ms; {len(seconds)} answers"
    return Line(f"{name}: p95", percentile(seconds, 0.95) * 1e3, "ms", limit, note=note)


# --- the server ---


@contextmanager
def _served(installation: Installation) -> Iterator[int]:
    """The port at which the hub answers, served by processes of its own."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "samsyn.cli.main", "hub", "serve"]
    command += ["--bind", f"{HOST}:{port}", "--workers", WORKERS]
    log = installation.folder / "web.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            env=installation.environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        _wait_until_ready(process, port, log)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_ready(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/readyz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"the web did not start:\n{log.read_text(errors='replace')[-2000:]}")
