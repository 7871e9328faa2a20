"""What is tidied away by night: sessions that have ended, and jobs that were done long ago."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app

KEPT_HOURS = 7 * 24
"""Failed jobs are kept as long, so that somebody can see why."""


@app.periodic(cron="10 2 * * *")
@app.task(queueing_lock="project.clear_sessions")
def clear_sessions(timestamp: int) -> None:
    """Remove the sessions that have ended."""
    Session.objects.using("worker").filter(expire_date__lt=timezone.now()).delete()


@app.periodic(cron="20 2 * * *")
@app.task(queueing_lock="project.clear_jobs", pass_context=True)
async def clear_jobs(context: JobContext, timestamp: int) -> None:
    """Remove the jobs that were done a week ago."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=KEPT_HOURS, include_failed=True, include_cancelled=True
    )
