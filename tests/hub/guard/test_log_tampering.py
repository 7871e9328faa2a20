"""Is every change that a database administrator makes to the log found, and named?

Abuse case 40. Each test takes the fences down, as the owner of the tables can, changes something,
and asserts exactly what is said; a finding too many is a fault as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from samsyn.hub.guard import seals, witness
from samsyn.hub.guard.chaining import chain_hash
from samsyn.hub.guard.log_audit import verify
from samsyn.hub.guard.log_rows import one_row, one_seal
from samsyn.hub.guard.merkle import EMPTY_ROOT, GrowingTree, node_hash
from samsyn.hub.guard.seal_keys import by_id
from samsyn.hub.guard.seal_statement import Heads, Seal, sign
from tests.hub.guard.log_tables import KEY, KEYS, THIEF, Log, scratch_log


@pytest.fixture
def log(postgres_url: str, tmp_path: Path) -> Iterator[Log]:
    """Three lanes, two seals of them, and entries since: lane 0 ends at 9, 2 at 6, 10 at 3.

    Seal 1 took in 0:1-4, 2:1-3 and 10:1; seal 2 took in 0:5-7, 2:4-5 and 10:2. Row ids run lane by
    lane within each of the three rounds.
    """
    with scratch_log(postgres_url, tmp_path) as log:
        for counts in ((4, 3, 1), (3, 2, 1), (2, 1, 1)):
            for lane, count in zip((0, 2, 10), counts, strict=True):
                log.write(lane, count)
            if counts != (2, 1, 1):
                log.seal()
        yield log


def entry(log: Log, lane: int, seq: int) -> int:
    row = log.connection.execute(
        "select id from guard_log_entry where lane = %s and seq = %s", (lane, seq)
    ).fetchone()
    assert row is not None
    return int(row[0])


def test_an_untouched_log_is_sound_and_says_what_no_seal_covers(log: Log) -> None:
    report = log.check()
    assert report.sound
    assert (report.entries, report.seals, report.unsealed) == (18, 2, 4)
    assert report.oldest_unsealed is not None
    assert report.without_row == ()
    log.seal()
    assert log.check().unsealed == 0
    assert log.check().sound


def test_an_empty_log_is_sound(postgres_url: str, tmp_path: Path) -> None:
    with scratch_log(postgres_url, tmp_path) as log:
        assert log.seal() == ()
        assert log.check().sound
        assert log.check().entries == 0


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "at - interval '1 microsecond'"),
        ("account", "null"),
        ("agency", "'SKV'"),
        ("act", "'case.close'"),
        ("case_id", "gen_random_uuid()"),
        ("matter", "gen_random_uuid()"),
        ("purpose", "'x'"),
        ("ground", "'x'"),
        ("rulebook", "'x'"),
        ("objects", "''"),
        ("detail", "'x'"),
        ("prev", "repeat('1', 64)"),
    ],
)
@pytest.mark.parametrize("seq", [2, 6, 9])
def test_a_changed_field(log: Log, column: str, value: str, seq: int) -> None:
    log.run(f"update guard_log_entry set {column} = {value} where lane = 0 and seq = {seq}")
    assert log.found() == log.found(witnessed=False) == [f"0:{seq}-{seq} changed"]
    (finding,) = log.check().findings
    assert finding.entry == entry(log, 0, seq)
    assert finding.seal == {2: 1, 6: 2, 9: 0}[seq]


def test_a_changed_hash(log: Log) -> None:
    log.run("update guard_log_entry set hash = repeat('1', 64) where lane = 0 and seq = 2")
    assert log.found() == ["0:2-2 changed"]


def test_a_changed_entry_with_its_hash_made_anew(log: Log) -> None:
    row = one_row(log.connection, entry(log, 0, 8))
    assert row is not None
    forged = row.entry._replace(agency="SKV")
    log.run(
        f"update guard_log_entry set agency = 'SKV', hash = '{chain_hash(forged)}' "
        "where lane = 0 and seq = 8"
    )
    assert log.found() == ["0:8-9 broken"]


def test_a_lane_rewritten_from_a_sealed_entry_on(log: Log) -> None:
    log.rewrite(0, 2, objects="")
    assert log.found() == ["0:1-4 rewritten", "0:5-7 rewritten"]


def test_a_lane_rewritten_from_the_second_seal_on_leaves_the_first_out_of_it(log: Log) -> None:
    log.rewrite(0, 6, objects="")
    assert log.found() == ["0:5-7 rewritten"]


@pytest.mark.parametrize("seq", [1, 3, 5])
def test_a_removed_entry(log: Log, seq: int) -> None:
    log.run(f"delete from guard_log_entry where lane = 0 and seq = {seq}")
    assert log.found() == [f"0:{seq}-{seq} removed"]


def test_a_removed_lane(log: Log) -> None:
    log.run("delete from guard_log_entry where lane = 10")
    assert log.found() == ["10:1-1 removed", "10:2-2 removed"]
    assert log.check().without_row == (18,)


def test_an_entry_removed_between_seal_and_now(log: Log) -> None:
    number = entry(log, 0, 8)
    log.run("delete from guard_log_entry where lane = 0 and seq = 8")
    assert log.found() == ["0:8-8 removed"]
    assert log.check().without_row == (number,)


def test_the_newest_sealed_entry_removed(log: Log) -> None:
    log.run("delete from guard_log_entry where lane = 0 and seq >= 7")
    assert log.found() == ["0:7-7 removed"]


def test_the_newest_entry_removed_before_it_was_sealed_leaves_its_number(log: Log) -> None:
    """No chain tells of it; the counter does, and sealing says it before it closes the gap."""
    number = entry(log, 0, 9)
    log.run("delete from guard_log_entry where lane = 0 and seq = 9")
    report = log.check()
    assert report.sound
    assert report.without_row == (number,)
    assert seals.seal_all(log.connection, KEY).without_row == (number,)


def test_the_tail_cut_before_sealing_leaves_its_numbers(log: Log) -> None:
    log.run("delete from guard_log_entry where id > 14")
    assert log.check().without_row == (15, 16, 17, 18)


def test_the_tail_cut_after_sealing(log: Log) -> None:
    log.run("delete from guard_log_entry where id > 8")
    assert log.found() == ["0:5-7 removed", "2:4-5 removed", "10:2-2 removed"]


def test_the_tail_cut_with_its_seal_is_known_to_the_witness(log: Log) -> None:
    log.run("delete from guard_log_entry where id > 8")
    log.run("delete from guard_log_seal where id = 2")
    assert log.found() == [
        "seal 2 seal_removed",
        "0:5-7 removed",
        "2:4-5 removed",
        "10:2-2 removed",
    ]
    assert log.found(witnessed=False) == []


@pytest.mark.parametrize("columns", ["seq", "seq, prev, hash", "at, objects", "id, at, objects"])
def test_two_entries_that_changed_places(log: Log, columns: str) -> None:
    one, two = entry(log, 0, 2), entry(log, 0, 3)
    names = [name for name in columns.split(", ") if name != "id"]
    chosen = ", ".join(f"{name} = other.{name}" for name in names)
    log.run(
        f"update guard_log_entry e set {chosen} from (select * from guard_log_entry) other "
        f"where (e.id, other.id) in (({one}, {two}), ({two}, {one}))"
    )
    assert log.found() == ["0:2-3 moved"]


def test_two_entries_of_different_lanes_that_changed_places(log: Log) -> None:
    log.run(
        "update guard_log_entry e set at = other.at, objects = other.objects "
        "from (select * from guard_log_entry) other where e.seq = 2 and other.seq = 2 "
        "and (e.lane, other.lane) in ((0, 2), (2, 0))"
    )
    assert log.found() == ["0:2-2 changed", "2:2-2 changed"]


def test_an_entry_put_in_beside_another(log: Log) -> None:
    row = one_row(log.connection, entry(log, 0, 2))
    assert row is not None
    log.insert(row.entry._replace(agency="SKV"))
    assert log.found() == ["0:2-2 inserted"]


def test_an_entry_put_in_between_with_the_others_moved_up(log: Log) -> None:
    row = one_row(log.connection, entry(log, 0, 8))
    assert row is not None
    log.run("update guard_log_entry set seq = seq + 1 where lane = 0 and seq >= 8")
    log.insert(row.entry._replace(agency="SKV"))
    # The new one follows well; those moved up no longer match their hashes.
    assert log.found() == ["0:9-9 changed", "0:10-10 changed"]


def test_an_entry_put_in_at_the_end_that_does_not_follow(log: Log) -> None:
    row = one_row(log.connection, entry(log, 0, 9))
    assert row is not None
    log.insert(row.entry._replace(seq=10))
    assert log.found() == ["0:9-10 broken"]


def test_a_lane_that_never_was(log: Log) -> None:
    row = one_row(log.connection, entry(log, 0, 9))
    assert row is not None
    log.insert(row.entry._replace(lane=77, seq=4))
    assert log.found() == ["77:1-3 removed"]


@pytest.mark.parametrize(
    "change",
    [
        "root = repeat('1', 64)",
        "prev_root = repeat('1', 64)",
        "size = size + 1",
        "heads = replace(heads, '[1,4,', '[1,3,')",
        "heads = ''",
        "made_at = made_at - interval '1 hour'",
        "key_id = 'x'",
        "signature = ''",
        "signature = repeat('00', 64)",
    ],
)
def test_a_changed_seal(log: Log, change: str) -> None:
    log.run(f"update guard_log_seal set {change} where id = 1")
    assert log.found() == log.found(witnessed=False) == ["seal 1 seal_changed"]


def test_a_seal_replaced_by_one_of_a_foreign_key(log: Log) -> None:
    forge(log, THIEF)
    assert log.found() == log.found(witnessed=False) == ["seal 2 seal_changed"]


def test_a_log_rewritten_with_the_stolen_key_is_known_to_the_witness(log: Log) -> None:
    """Chains, roots and signatures are all in order; only the other party remembers."""
    log.rewrite(0, 6, objects="")
    forge(log, KEY)
    assert log.found(witnessed=False) == []
    assert log.found() == ["seal 2 seal_replaced", "0:5-7 rewritten"]


def forge(log: Log, key: object) -> None:
    """Seal what stands there now once more, in the place of seal 2."""
    log.run("delete from guard_log_seal where id = 2")
    assert isinstance(key, type(KEY))
    seals.seal_all(log.connection, key, earlier=KEYS)


def test_a_removed_seal(log: Log) -> None:
    log.run("delete from guard_log_seal where id = 1")
    assert log.found() == log.found(witnessed=False) == ["seal 1 seal_removed"]


def test_a_seal_that_was_put_in(log: Log) -> None:
    log.run("insert into guard_log_seal (id, made_at, heads, size, root, prev_root, key_id, "
            "signature) select 3, made_at, heads, size, root, prev_root, key_id, signature "
            "from guard_log_seal where id = 2")  # fmt: skip
    assert log.found() == ["seal 3 seal_changed", "seal 3 witness_missing"]


def test_a_seal_signed_by_us_that_does_not_continue_the_one_before(log: Log) -> None:
    (row,) = log.connection.execute(
        "select made_at, heads, size, root from guard_log_seal where id = 2"
    ).fetchall()
    log.run("delete from guard_log_seal where id = 2")
    odd = sign(Seal(2, row[0], row[1], row[2], row[3], EMPTY_ROOT.hex(), ""), KEY)
    log.connection.execute(
        "insert into guard_log_seal (id, made_at, heads, size, root, prev_root, key_id, signature)"
        " values (%s, %s, %s, %s, %s, %s, %s, %s)",
        (2, odd.made_at, odd.heads, odd.size, odd.root, odd.prev_root, odd.key_id, odd.signature),
    )
    assert log.found(witnessed=False) == ["seal 2 seal_broken"]
    assert log.found() == ["seal 2 seal_replaced"]


def test_a_seal_signed_by_us_over_other_entries(log: Log) -> None:
    """Heads, sums and signature are in order; the tree is not that of the entries."""
    seal = one_seal(log.connection, 1)
    assert seal is not None
    heads = Heads.read(seal.heads)
    peaks = tuple(node_hash(peak, peak) for peak in heads.peaks)
    root = GrowingTree(seal.size, peaks).root().hex()
    odd = sign(replace(seal, heads=replace(heads, peaks=peaks).written(), root=root), KEY)
    log.connection.execute(
        "update guard_log_seal set heads = %s, root = %s, signature = %s where id = 1",
        (odd.heads, odd.root, odd.signature),
    )
    assert log.found(witnessed=False) == [
        "seal 1 sealed_otherwise",
        "seal 2 seal_broken",
        "seal 2 sealed_otherwise",
    ]


def test_a_removed_copy(log: Log) -> None:
    (log.folder / "seal-000000000001.json").unlink()
    assert log.found() == ["seal 1 witness_missing"]
    assert list(witness.faulty_copies(log.folder, KEYS)) == [1]


@pytest.mark.parametrize("field", ["root", "heads", "size", "signature", "id", "made_at"])
def test_a_changed_copy(log: Log, field: str) -> None:
    path = log.folder / "seal-000000000002.json"
    raw = json.loads(path.read_text())
    raw["seal"][field] = {"size": 99, "id": 1, "made_at": "2024-07-01T00:00:00.000000Z"}.get(
        field, "0" * 64
    )
    path.unlink()
    path.write_text(json.dumps(raw))
    assert log.found() == ["seal 2 witness_changed"]
    assert list(witness.faulty_copies(log.folder, KEYS)) == [2]


@pytest.mark.parametrize(
    "octets", [b"", b"[]", b"{}", b"\xff", b"[" * 5000, b"1" * 5000, b'{"seal": 1}']
)
def test_a_copy_that_is_none(log: Log, octets: bytes) -> None:
    path = log.folder / "seal-000000000001.json"
    path.unlink()
    path.write_bytes(octets)
    assert log.found() == ["seal 1 witness_changed"]
    assert list(witness.faulty_copies(log.folder, KEYS)) == [1]


def test_a_copy_whose_proof_does_not_show_growth(log: Log) -> None:
    path = log.folder / "seal-000000000002.json"
    raw = json.loads(path.read_text())
    raw["continues"][0] = "0" * 64
    path.unlink()
    path.write_text(json.dumps(raw))
    assert list(witness.faulty_copies(log.folder, KEYS)) == [2]


def test_a_sound_folder_is_sound_to_its_keeper_alone(log: Log) -> None:
    log.seal()
    assert list(witness.faulty_copies(log.folder, KEYS)) == []
    assert list(witness.faulty_copies(log.folder, {})) == [1, 2, 3]


def test_a_fault_is_not_sealed_and_the_other_lanes_are(log: Log) -> None:
    log.run("update guard_log_entry set agency = 'SKV' where lane = 0 and seq = 9")
    done = seals.seal_all(log.connection, KEY)
    assert done.entries == 3
    assert [(stop.lane, stop.seq, stop.entry) for stop in done.stops] == [(0, 9, entry(log, 0, 9))]
    witness.export(log.connection, log.folder, KEYS)
    assert log.found() == ["0:9-9 changed"]
    assert log.check().unsealed == 1


def test_nothing_is_sealed_upon_a_seal_that_is_not_ours(log: Log) -> None:
    log.run("update guard_log_seal set size = 99 where id = 2")
    with pytest.raises(seals.SealRefused):
        seals.seal_all(log.connection, KEY)


def test_a_long_tail_is_sealed_in_several_seals(log: Log) -> None:
    log.write(2, 9)
    made = log.seal(most=4)
    assert [seal.size for seal in made] == [18, 22, 26, 27]
    assert log.check().sound
    assert list(witness.faulty_copies(log.folder, KEYS)) == []


def test_a_copy_is_never_written_over(log: Log) -> None:
    path = log.folder / "seal-000000000001.json"
    path.unlink()
    path.write_text("other")
    assert witness.export(log.connection, log.folder, KEYS) == []
    assert path.read_text() == "other"


def test_seals_of_an_earlier_key_still_hold(log: Log) -> None:
    made = seals.seal_all(log.connection, THIEF, earlier=KEYS).seals
    assert len({seal.key_id for seal in made} | set(KEYS)) == 2
    assert log.found(witnessed=False) == ["seal 3 seal_changed"]
    both = {**KEYS, **by_id([THIEF.public_key()])}
    assert verify(log.connection, both).sound
