"""What do disclosures do by themselves?

By night, the column is held against the decisions, and it is noted whose purpose has ended.
"""

from __future__ import annotations

import logging
from collections import Counter

from django.utils import timezone
from procrastinate.contrib.django import app

from samsyn.hub.disclosures.purposes_ended import end_purposes_on
from samsyn.hub.disclosures.reconciling import differences

log = logging.getLogger("samsyn.guard")


class ColumnDiffers(Exception):
    """Rows are not as they were decided; ``samsyn guard verify`` lists them."""


@app.periodic(cron="17 2 * * *")
@app.task(queueing_lock="disclosures.reconcile", lock="disclosures.reconcile")
def reconcile(timestamp: int) -> None:
    """Hold every received row against its decision and the law.

    Raises:
        ColumnDiffers: with the number of each kind; a job that failed is an alarm of the hub.
    """
    counts = Counter(difference.kind for difference in differences())
    if counts:
        raise ColumnDiffers(", ".join(f"{kind}: {count}" for kind, count in counts.items()))
    log.info("reconciled", extra={"differences": 0})


@app.periodic(cron="5 2 * * *")
@app.task(queueing_lock="disclosures.end_purposes", lock="disclosures.end_purposes")
def end_purposes(timestamp: int) -> None:
    """Note on what came in that its purpose has ended, so that locking is proposed."""
    if count := end_purposes_on(timezone.localdate()):
        log.info("purposes ended", extra={"receipts": count})
