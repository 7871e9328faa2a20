"""Are jobs done as the role of the jobs, and is what has ended tidied away?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connections
from procrastinate.contrib.django import app

from samsyn.hub.project.jobs import clear_ended, clear_jobs
from samsyn.hub.project.working import work
from samsyn.kernel.faults import FieldError
from tests.hub.support import Hub


def work_through() -> None:
    """The worker in a thread of its own: a browser of another test may hold this one's loop."""

    def done() -> None:
        try:
            work(until_done=True)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as alone:
        alone.submit(done).result()


def jobs(hub: Hub) -> dict[str, str]:
    with hub.owner() as owner:
        rows = owner.execute("select task_name, status::text from procrastinate_jobs").fetchall()
    return {str(name).rsplit(".", 1)[-1]: str(status) for name, status in rows}


def test_the_web_asks_and_the_worker_does(hub: Hub) -> None:
    with hub.owner() as owner:
        owner.execute(
            "insert into guard_session (session_key, session_data, expire_date) values"
            " ('ended', 'x', now() - interval '1 hour'),"
            " ('goes-on', 'x', now() + interval '1 hour')"
        )
    clear_ended.configure().defer(timestamp=0)
    work_through()
    assert jobs(hub)["clear_ended"] == "succeeded"
    with hub.owner() as owner:
        assert owner.execute("select session_key from guard_session").fetchall() == [("goes-on",)]


def test_jobs_done_long_ago_are_forgotten(hub: Hub) -> None:
    with hub.owner() as owner:
        owner.execute(
            "insert into procrastinate_jobs (queue_name, task_name, status, priority)"
            " values ('default', 'old', 'succeeded', 0), ('default', 'new', 'succeeded', 0)"
        )
        owner.execute(
            "insert into procrastinate_events (job_id, type, at) select id, 'succeeded',"
            " case task_name when 'old' then now() - interval '8 days' else now() end"
            " from procrastinate_jobs"
        )
    clear_jobs.configure().defer(timestamp=0)
    work_through()
    # What is asked for every minute may have been done as well.
    assert "old" not in jobs(hub)
    assert {"new", "clear_jobs"} <= jobs(hub).keys()


def test_the_web_sees_no_job(hub: Hub) -> None:
    clear_ended.configure().defer(timestamp=0)
    with (
        connections["default"].cursor() as cursor,
        pytest.raises(Exception, match="permission denied"),
    ):
        cursor.execute("select args from procrastinate_jobs")


def test_every_night_it_is_asked_for() -> None:
    periodic = {name for name, _ in app.periodic_registry.periodic_tasks}
    assert {clear_ended.name, clear_jobs.name} <= periodic


def test_without_a_way_in_it_says_which_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(settings.DATABASES, "worker")
    with pytest.raises(FieldError, match="SAMSYN_WORKER_DATABASE_URL"):
        work()
