"""Who does what nobody waits for: sealing the log, letting things expire, looking for differences?

The jobs stand in each app's `jobs.py`; here they are run, as the role of the jobs.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

from samsyn.kernel.faults import FieldError

STOP_SECONDS = 20.0
POLL_SECONDS = 5.0


def work(*, until_done: bool = False, concurrency: int = 1) -> None:
    """Do jobs until stopped.

    Args:
        until_done: stop when nothing is left to do.
        concurrency: how many jobs at a time.

    Raises:
        FieldError: if there is no way into the database for the jobs.
    """
    if "worker" not in settings.DATABASES:
        raise FieldError(
            "SAMSYN_WORKER_DATABASE_URL",
            "it is not set; set it to the database as the role samsyn_worker",
            "den är inte satt; sätt den till databasen som rollen samsyn_worker",
        )
    for alias in settings.DATABASES:
        # A job runs in a thread that may end with it, and leaves no connection behind.
        connections[alias].settings_dict["CONN_MAX_AGE"] = 0
    parameters: dict[str, Any] = connector_params("worker")
    with app.replace_connector(PsycopgConnector(kwargs=parameters)) as jobs:
        jobs.run_worker(
            name="samsyn",
            wait=not until_done,
            concurrency=concurrency,
            fetch_job_polling_interval=POLL_SECONDS,
            shutdown_graceful_timeout=STOP_SECONDS,
        )
