"""Are the octets of an entry unambiguous, and those that the database hashes?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.hub.guard.chaining import FIRST, ChainedEntry, canonical, chain_hash, moment, netstring

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
ENTRIES = st.builds(
    ChainedEntry,
    lane=st.integers(0, 15),
    seq=st.integers(1, 2**63 - 1),
    at=st.datetimes(timezones=st.just(UTC)),
    account=st.none() | st.uuids(),
    agency=WORDS,
    act=WORDS,
    case=st.none() | st.uuids(),
    matter=st.none() | st.uuids(),
    purpose=WORDS,
    ground=WORDS,
    rulebook=WORDS,
    objects=WORDS,
    detail=WORDS,
    prev=st.just(FIRST),
)
ENTRY = ChainedEntry(
    lane=3,
    seq=1,
    at=datetime(2024, 7, 1, 9, 30, tzinfo=timezone(timedelta(hours=2))),
    account=UUID("00000000-0000-4000-8000-00000000000a"),
    agency="AV",
    act="case.open",
    case=None,
    matter=None,
    purpose="tillsyn",
    ground="",
    rulebook="2024.1",
    objects="å b",
    detail="",
    prev=FIRST,
)


def test_the_octets_of_one_entry() -> None:
    assert canonical(ENTRY).decode() == (
        "1:3,1:1,27:2024-07-01T07:30:00.000000Z,36:00000000-0000-4000-8000-00000000000a,2:AV,"
        "9:case.open,0:,0:,7:tillsyn,0:,6:2024.1,4:å b,0:,64:" + FIRST + ","
    )
    assert chain_hash(ENTRY) == sha256(canonical(ENTRY)).hexdigest()


@given(ENTRIES, ENTRIES)
def test_different_entries_have_different_octets(entry: ChainedEntry, other: ChainedEntry) -> None:
    # An empty field is what SQL makes of null.
    assert (canonical(entry) == canonical(other)) == (entry == other)


@given(ENTRIES)
def test_the_octets_are_netstrings_that_can_be_read_back(entry: ChainedEntry) -> None:
    rest, fields = canonical(entry), []
    while rest:
        length, rest = rest.split(b":", 1)
        fields.append(rest[: int(length)].decode())
        assert rest[int(length) : int(length) + 1] == b","
        rest = rest[int(length) + 1 :]
    written = [moment(f) if isinstance(f, datetime) else "" if f is None else str(f) for f in entry]
    assert fields == written
    assert canonical(entry) == b"".join(map(netstring, written))


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        moment(datetime(2024, 7, 1))


def test_a_year_of_three_digits_has_its_zero() -> None:
    assert moment(datetime(987, 1, 2, tzinfo=UTC)) == "0987-01-02T00:00:00.000000Z"
