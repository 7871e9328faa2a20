"""What do disclosures do by themselves? By night, the column is held against the decisions."""

from __future__ import annotations

import logging
from collections import Counter

from procrastinate.contrib.django import app

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
