"""What is given for the routes of a day: sites, windows, prizes and distances, from public formats?

VRPLIB (``.vrp``) with an optional ``PRIZE_SECTION``: in tenths, arc = floor(10 · Euclidean
distance), service and windows · 10, and each prize that is not collected costs 10 times itself.
Solomon's text (``.txt``): in tenths as well, arcs truncated to one decimal, all sites are visited.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from samsyn.kernel.faults import Fault, FaultyFiles
from samsyn.kernel.text import Language, Text

TENTHS = 10
MOST_SITES = 20_000

UNREADABLE = Text(
    sv="filen kan inte läsas: {why}; ange en .vrp eller .txt, gärna packad med gzip",
    en="the file cannot be read: {why}; name a .vrp or .txt, which may be gzipped",
)
NO_FORMAT = Text(
    sv="detta är varken VRPLIB med tidsfönster eller Solomons text; {what} saknas",
    en="this is neither VRPLIB with time windows nor Solomon's text; {what} is missing",
)
BAD_LINE = Text(
    sv="raden har inte de tal som väntas: {row}", en="the line lacks the numbers expected: {row}"
)
TOO_MANY = Text(
    sv="{count} platser är fler än {most}; dela upp dem",
    en="{count} sites are more than {most}; divide them",
)


@dataclass(frozen=True)
class Routing:
    """An instance; place 0 is the depot.

    Attributes:
        prizes: cost of not visiting; None where all must be visited.
        distances: cost and time of each arc.
    """

    name: str
    vehicles: int
    capacity: int
    demands: NDArray[np.int64]
    opens: NDArray[np.int64]
    closes: NDArray[np.int64]
    service: NDArray[np.int64]
    prizes: NDArray[np.int64] | None
    points: NDArray[np.float64]
    distances: NDArray[np.int64]


def read_routing(path: Path, language: Language) -> Routing:
    """The instance in a file.

    Raises:
        FaultyFiles: if it cannot be used.
    """
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    except (OSError, ValueError, EOFError) as error:
        raise _fault(path, 0, UNREADABLE, language, why=error) from None
    lines = text.splitlines()
    vrplib = any("_SECTION" in line for line in lines)
    return _vrplib(path, lines, language) if vrplib else _solomon(path, lines, language)


def arcs(points: NDArray[np.float64]) -> NDArray[np.int64]:
    """Tenths of the Euclidean distance, cut off."""
    apart = points[:, None, :] - points[None, :, :]
    # 0.1 + 0.2 must not fall below a whole tenth that it equals.
    tenths: NDArray[np.int64] = np.floor(TENTHS * np.sqrt((apart**2).sum(axis=2)) + 1e-9).astype(
        np.int64
    )
    return tenths


def _vrplib(path: Path, lines: list[str], language: Language) -> Routing:
    head: dict[str, str] = {}
    sections: dict[str, list[tuple[int, list[str]]]] = {}
    current = ""
    for number, line in enumerate(lines, start=1):
        name = line.strip()
        if name.endswith("_SECTION"):
            current = name.removesuffix("_SECTION")
            sections[current] = []
        elif ":" in line:
            key, _, value = line.partition(":")
            head[key.strip()] = value.strip()
            current = ""
        elif current and name and name != "EOF":
            sections[current].append((number, name.split()))
    for what in ("NODE_COORD", "DEMAND", "TIME_WINDOW"):
        if what not in sections:
            raise _fault(path, 0, NO_FORMAT, language, what=f"{what}_SECTION")
    for what in ("VEHICLES", "CAPACITY"):
        if not head.get(what, "").isdigit():
            raise _fault(path, 0, NO_FORMAT, language, what=what)

    def column(name: str, place: int) -> NDArray[np.float64]:
        return np.array(list(_numbers(path, sections[name], place, language)), dtype=np.float64)

    count = len(sections["NODE_COORD"])
    service = column("SERVICE_TIME", 1) if "SERVICE_TIME" in sections else np.full(
        count, float(head.get("SERVICE_TIME", 0) or 0)
    )  # fmt: skip
    service[0] = 0
    return _built(
        path,
        language,
        head.get("NAME", path.name),
        (int(head["VEHICLES"]), int(head["CAPACITY"])),
        np.stack([column("NODE_COORD", 1), column("NODE_COORD", 2)], axis=1),
        [column("DEMAND", 1), column("TIME_WINDOW", 1), column("TIME_WINDOW", 2), service],
        column("PRIZE", 1) if "PRIZE" in sections else None,
    )


def _solomon(path: Path, lines: list[str], language: Language) -> Routing:
    rows = [(number, line.split()) for number, line in enumerate(lines, start=1)]
    fleet = [row for _, row in rows if len(row) == 2 and all(word.isdigit() for word in row)]
    sites = [(number, row) for number, row in rows if len(row) == 7 and row[0].isdigit()]
    if not fleet or not sites:
        raise _fault(path, 0, NO_FORMAT, language, what="NUMBER CAPACITY, CUST NO.")

    def column(place: int) -> NDArray[np.float64]:
        return np.array(list(_numbers(path, sites, place, language)), dtype=np.float64)

    return _built(
        path,
        language,
        next((row[0] for _, row in rows if row), path.name),
        (int(fleet[0][0]), int(fleet[0][1])),
        np.stack([column(1), column(2)], axis=1),
        [column(place) for place in (3, 4, 5, 6)],
        None,
    )


def _built(
    path: Path,
    language: Language,
    name: str,
    fleet: tuple[int, int],
    points: NDArray[np.float64],
    columns: list[NDArray[np.float64]],
    prizes: NDArray[np.float64] | None,
) -> Routing:
    if len(points) > MOST_SITES:
        raise _fault(path, 0, TOO_MANY, language, count=len(points), most=MOST_SITES)
    demands, opens, closes, service = columns
    if {len(column) for column in (*columns, points, points if prizes is None else prizes)} != {
        len(points)
    }:
        raise _fault(path, 0, NO_FORMAT, language, what=f"{len(points)} x DEMAND, TIME_WINDOW")

    def tenths(values: NDArray[np.float64]) -> NDArray[np.int64]:
        return np.round(values * TENTHS).astype(np.int64)

    return Routing(
        name, *fleet, demands.astype(np.int64), tenths(opens), tenths(closes), tenths(service),
        None if prizes is None else tenths(prizes), points, arcs(points),
    )  # fmt: skip


def _numbers(
    path: Path, rows: list[tuple[int, list[str]]], place: int, language: Language
) -> Iterator[float]:
    for number, row in rows:
        try:
            yield float(row[place])
        except (IndexError, ValueError):
            raise _fault(path, number, BAD_LINE, language, row=" ".join(row)) from None


def _fault(path: Path, line: int, said: Text, language: Language, **words: object) -> FaultyFiles:
    return FaultyFiles([Fault(path, line, "", said.into(language).format(**words))])
