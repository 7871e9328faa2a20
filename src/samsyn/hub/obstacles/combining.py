"""How are the figures of several agencies put together into one report?

Each agency signs its figures. They are added line by line; a figure that an agency kept back for
being small makes the sum a span, and is never guessed. What one agency refused another is counted
where it was refused: the other side of the same question is a figure of its own (``needs`` and
``consequences``), so that nothing is counted twice in a table.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from samsyn.hub.guard.seal_keys import PublicKeys, key_id, signed_by
from samsyn.kernel.faults import FieldError

FORMAT = "samsyn-obstacles-1"
_PURPOSE = b"samsyn obstacle figures\n"


class SnapshotTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One table of an agency's figures; None is a figure that was kept back."""

    unit: str
    total: int | None
    lines: dict[str, int | None]


class Snapshot(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The figures of one agency for a period."""

    format: str
    agency: str
    since: str = msgspec.field(name="from")
    until: str = msgspec.field(name="to")
    rulebook: str
    smallest: int
    tables: dict[str, SnapshotTable]


class Signed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A snapshot and who stands behind it."""

    figures: dict[str, Any]
    key: str
    signature: str


@dataclass(frozen=True, slots=True)
class Span:
    """A sum of which some part may be kept back.

    Attributes:
        least, most: between these it lies; the same when nothing was kept back.
        agencies: number of agencies that told it, or kept it back.
    """

    least: int
    most: int
    agencies: int

    @property
    def text(self) -> str:
        """As it is written."""
        return str(self.least) if self.least == self.most else f"{self.least}–{self.most}"


@dataclass(frozen=True, slots=True)
class Combined:
    """The figures of several agencies together.

    Attributes:
        agencies: codes, in order.
        since, until: the period they share.
        units: table → what it counts.
        tables: table → line → sum.
    """

    agencies: tuple[str, ...]
    since: str
    until: str
    units: Mapping[str, str]
    tables: Mapping[str, Mapping[str, Span]]


def canonical(snapshot: dict[str, Any]) -> bytes:
    """The bytes of a snapshot that are signed."""
    return json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def signed(figures: dict[str, Any], key: Ed25519PrivateKey) -> dict[str, Any]:
    """The figures with a signature of the hub that made them."""
    signature = key.sign(_PURPOSE + canonical(figures)).hex()
    return {"figures": figures, "key": key_id(key.public_key()), "signature": signature}


def read_snapshot(text: str, name: str, keys: PublicKeys) -> Snapshot:
    """The figures in a file.

    Raises:
        FieldError: naming the file, if it is no such file, or no known key stands behind it as
            it is.
    """
    try:
        envelope = msgspec.json.decode(text, type=Signed)
        found = msgspec.convert(envelope.figures, Snapshot)
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise FieldError(
            name,
            f"is no file of obstacle figures: {error}",
            f"är ingen fil med hindertal: {error}",
        ) from None
    if found.format != FORMAT:
        raise FieldError(
            name, f"has another format than {FORMAT}", f"har ett annat format än {FORMAT}"
        )
    if not signed_by(
        keys, envelope.key, envelope.signature, _PURPOSE + canonical(envelope.figures)
    ):
        raise FieldError(
            name,
            "is not signed by a key that is known here, or has been changed",
            "är inte undertecknad med en nyckel som är känd här, eller har ändrats",
        )
    return found


def combine(named: Iterable[tuple[str, Snapshot]]) -> Combined:
    """Put the figures together.

    Raises:
        FieldError: naming the file, if it has another period or rulebook than the first, counts
            a table in another unit, or repeats an agency.
    """
    files = list(named)
    if not files:
        raise FieldError("file", "give at least one file", "ange minst en fil")
    first = files[0][1]
    seen: set[str] = set()
    units: dict[str, str] = {}
    for name, snapshot in files:
        _fits(name, snapshot, first, seen)
        for code, table in snapshot.tables.items():
            if units.setdefault(code, table.unit) != table.unit:
                raise FieldError(
                    name,
                    f"counts {code} in another unit than the first file",
                    f"räknar {code} i en annan enhet än den första filen",
                )
        seen.add(snapshot.agency)
    return Combined(
        agencies=tuple(sorted(seen)),
        since=first.since,
        until=first.until,
        units=units,
        tables={code: _sums(code, files) for code in units},
    )


def _fits(name: str, snapshot: Snapshot, first: Snapshot, seen: set[str]) -> None:
    if snapshot.agency in seen:
        raise FieldError(
            name,
            f"{snapshot.agency} is given twice",
            f"{snapshot.agency} är angiven två gånger",
        )
    if (snapshot.since, snapshot.until) != (first.since, first.until):
        raise FieldError(
            name,
            f"is about {snapshot.since} to {snapshot.until}, the first file about {first.since} to "
            f"{first.until}; take figures for the same period",
            f"gäller {snapshot.since} till {snapshot.until}, den första filen {first.since} till "
            f"{first.until}; ta fram tal för samma period",
        )
    if snapshot.rulebook != first.rulebook:
        raise FieldError(
            name,
            f"was made with the rulebook {snapshot.rulebook}, the first file with {first.rulebook}",
            f"gjordes med regelboken {snapshot.rulebook}, den första filen med {first.rulebook}",
        )


def _sums(code: str, files: list[tuple[str, Snapshot]]) -> dict[str, Span]:
    sums: dict[str, Span] = {}
    for _, snapshot in files:
        table = snapshot.tables.get(code)
        for line, count in (table.lines if table else {}).items():
            before = sums.get(line, Span(0, 0, 0))
            least, most = (1, snapshot.smallest - 1) if count is None else (count, count)
            sums[line] = Span(before.least + least, before.most + most, before.agencies + 1)
    return dict(sorted(sums.items(), key=lambda pair: (-pair[1].most, pair[0])))
