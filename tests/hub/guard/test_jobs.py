"""Does the guard seal its log by itself, and say when the log does not hold?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import msgspec
import pytest
from django.conf import settings
from django.test import override_settings

from samsyn.hub.guard.acts import look
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.jobs import LogDoesNotHold, seal_log
from samsyn.hub.guard.models import LogSeal
from samsyn.hub.guard.seal_keys import new_seed, signing_key
from samsyn.hub.guard.seals import SealRefused
from samsyn.hub.project.working import work
from tests.hub.support import Hub


@pytest.fixture
def witness(tmp_path: Path) -> Iterator[Path]:
    with override_settings(SAMSYN=msgspec.structs.replace(settings.SAMSYN, witness_dir=tmp_path)):
        yield tmp_path


def look_at_something(hub: Hub) -> None:
    actor = hub.officer("AV")
    with acting(actor):
        look(actor, "case.read", objects=["1"])


def seals() -> list[int]:
    return list(LogSeal.rows.using("worker").order_by("id").values_list("size", flat=True))


def test_the_worker_seals_and_the_witness_gets_its_copy(hub: Hub, witness: Path) -> None:
    look_at_something(hub)
    job = seal_log.configure().defer(timestamp=0)
    # In a thread of its own: a browser of another test may hold this thread's event loop.
    worker = Thread(target=work, kwargs={"until_done": True})
    worker.start()
    worker.join()
    assert seals() == [1]
    assert len(list(witness.iterdir())) == 1
    with hub.owner() as owner:
        # Beside it may wait what the turn of a minute brought.
        rows = owner.execute(
            "select status::text from procrastinate_jobs where id = %s", [job]
        ).fetchall()
    assert rows == [("succeeded",)]


def test_nothing_new_gives_no_seal(hub: Hub, witness: Path) -> None:
    look_at_something(hub)
    seal_log(timestamp=0)
    seal_log(timestamp=60)
    assert seals() == [1]


def test_a_log_that_does_not_hold_fails_the_job(hub: Hub, witness: Path) -> None:
    look_at_something(hub)
    with hub.owner() as owner:
        owner.execute("set session_replication_role = replica")
        owner.execute("update guard_log_entry set act = 'case.open'")
    with pytest.raises(LogDoesNotHold):
        seal_log(timestamp=0)


def test_a_new_key_goes_on_where_it_is_told_of_the_old_one(
    hub: Hub, witness: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    look_at_something(hub)
    seal_log(timestamp=0)
    look_at_something(hub)
    old = signing_key(settings.SAMSYN.log_signing_key).public_key().public_bytes_raw().hex()
    changed = msgspec.structs.replace(settings.SAMSYN, log_signing_key=new_seed())
    with override_settings(SAMSYN=changed), pytest.raises(SealRefused):
        seal_log(timestamp=60)
    file = tmp_path_factory.mktemp("keys") / "earlier"
    file.write_text(f"{old} # until today")
    told = msgspec.structs.replace(changed, log_public_keys=file)
    with override_settings(SAMSYN=told):
        seal_log(timestamp=120)
    assert seals() == [1, 2]
