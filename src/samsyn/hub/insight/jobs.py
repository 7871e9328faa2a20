"""What does oversight do by itself? The log is checked every night, disposed files are erased."""

from __future__ import annotations

import logging

from django.conf import settings
from django.db import connections
from procrastinate.contrib.django import app

from samsyn.hub.guard.hub_keys import public_keys
from samsyn.hub.insight.disposing import erase_what_is_left
from samsyn.hub.insight.log_checking import check_log

log = logging.getLogger("samsyn.guard")


class LogUnsound(Exception):
    """The log does not hold; the check tells where, and ``samsyn log verify`` lists it."""


@app.periodic(cron="35 2 * * *")
@app.task(queueing_lock="insight.check_log", lock="guard.seal_log")
def check_log_tonight(timestamp: int) -> None:
    """Check the log and keep the result, where the auditors of all agencies see it.

    Raises:
        LogUnsound: if something is wrong; a job that failed is an alarm of the hub.
    """
    connections["worker"].ensure_connection()
    checked = check_log(
        connections["worker"].connection, public_keys(), settings.SAMSYN.witness_dir
    )
    if not checked.sound:
        raise LogUnsound(f"check {checked.pk}: {len(checked.findings)} findings")
    log.info("log checked", extra={"entries": checked.entries, "whole": checked.whole})


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="insight.erase_disposed", lock="insight.erase_disposed")
def erase_disposed(timestamp: int) -> None:
    """Erase what is left in the store of what has been disposed of, and note that it is gone."""
    if count := erase_what_is_left():
        log.info("files of disposals erased", extra={"disposals": count})
