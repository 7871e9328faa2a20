"""What is it like for some people who use the hub at the same time?

Each has a connection of their own that stays open, asks for a page, reads it whole, and after a
pause for the next one. On this machine only; ends after its time or its number of answers.
"""

from __future__ import annotations

import http.client
import math
import random
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

HOST = "127.0.0.1"
MOST_ANSWERS = 30_000
TIMEOUT = 60
SEED = 7


@dataclass(frozen=True)
class Visit:
    """A page that a person goes to.

    Attributes:
        weight: how often, beside the person's other pages.
    """

    page: str
    path: str
    weight: float


@dataclass(frozen=True)
class User:
    """A person at a browser."""

    cookie: str
    visits: Sequence[Visit]


@dataclass(frozen=True)
class Answer:
    """What came back.

    Attributes:
        seconds: until the last byte was there.
    """

    page: str
    path: str
    status: int
    seconds: float


@dataclass
class Traffic:
    """What some users met.

    Attributes:
        answers: of the time that counts.
        seconds: how long that time was.
    """

    seconds: float
    answers: list[Answer] = field(default_factory=list)
    faults: list[BaseException] = field(default_factory=list)

    def of(self, page: str) -> list[float]:
        """Seconds of the answers of a page; of all pages if it is empty."""
        return [answer.seconds for answer in self.answers if page in ("", answer.page)]


def percentile(values: Sequence[float], share: float) -> float:
    """The value that so large a share does not exceed."""
    ordered = sorted(values)
    return ordered[max(math.ceil(share * len(ordered)) - 1, 0)]


def drive(
    port: int, users: Sequence[User], *, pause: float, seconds: float, warm_up: float = 0
) -> Traffic:
    """Let the users use what answers on a port of this machine.

    Args:
        port: where it answers.
        users: who uses it, each in a thread.
        pause: seconds between an answer and the next question, half to one and a half times.
        seconds: how long; a question that was begun is waited for.
        warm_up: seconds before that, which do not count.

    Raises:
        RuntimeError: if an answer is not 200, or somebody gets none.
    """
    begin = time.monotonic() + warm_up
    traffic = Traffic(seconds)
    threads = [
        threading.Thread(target=_use, args=(port, user, number, pause, begin, traffic), daemon=True)
        for number, user in enumerate(users)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wrong = [answer for answer in traffic.answers if answer.status != 200]
    if traffic.faults:
        raise RuntimeError("a user got no answer") from traffic.faults[0]
    if wrong:
        raise RuntimeError(f"{wrong[0].page} answered {wrong[0].status}: {wrong[0].path}")
    return traffic


def _use(port: int, user: User, number: int, pause: float, begin: float, traffic: Traffic) -> None:
    chance = random.Random(SEED * 1000 + number)
    weights = [visit.weight for visit in user.visits]
    connection = http.client.HTTPConnection(HOST, port, timeout=TIMEOUT)
    # Not all at the same moment.
    time.sleep(chance.uniform(0, max(pause, 0.2)))
    try:
        while time.monotonic() < begin + traffic.seconds and not traffic.faults:
            visit = chance.choices(user.visits, weights)[0]
            counts = time.monotonic() >= begin
            answer = _ask(connection, user.cookie, visit)
            if counts or answer.status != 200:
                traffic.answers.append(answer)
            if len(traffic.answers) >= MOST_ANSWERS:
                return
            time.sleep(pause * chance.uniform(0.5, 1.5))
    except Exception as fault:
        # Of whatever kind: a user who is gone would make it faster for the others.
        traffic.faults.append(fault)
    finally:
        connection.close()


def _ask(connection: http.client.HTTPConnection, cookie: str, visit: Visit) -> Answer:
    headers = {"Host": "localhost", "Cookie": cookie, "Accept-Encoding": "gzip"}
    begun = time.perf_counter()
    try:
        connection.request("GET", visit.path, headers=headers)
        response = connection.getresponse()
    except (ConnectionError, http.client.BadStatusLine):
        # The server ends a connection now and then; a browser asks once more, and so do we.
        connection.close()
        connection.request("GET", visit.path, headers=headers)
        response = connection.getresponse()
    response.read()
    return Answer(visit.page, visit.path, response.status, time.perf_counter() - begun)
