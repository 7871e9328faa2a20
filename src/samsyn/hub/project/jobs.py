"""What is tidied away by night: what has ended of the sign-in, and jobs done long ago."""

from __future__ import annotations

from django.db import connections
from procrastinate import JobContext
from procrastinate.contrib.django import app

KEPT_HOURS = 7 * 24
"""Failed jobs are kept as long, so that somebody can see why."""


@app.periodic(cron="10 2 * * *")
@app.task(queueing_lock="project.clear_ended")
def clear_ended(timestamp: int) -> None:
    """Remove sessions and counted tries that have ended."""
    with connections["worker"].cursor() as cursor:
        cursor.execute("delete from guard_session where expire_date < now()")
        cursor.execute("delete from guard_limit where expires_at < now()")


@app.periodic(cron="20 2 * * *")
@app.task(queueing_lock="project.clear_jobs", pass_context=True)
async def clear_jobs(context: JobContext, timestamp: int) -> None:
    """Remove the jobs that were done a week ago."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=KEPT_HOURS, include_failed=True, include_cancelled=True
    )
