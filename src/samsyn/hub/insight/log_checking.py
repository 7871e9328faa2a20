"""Does the log hold tonight? Checked from where the last check ended, once a week from the start.

Reading only what is new is quick and finds what was changed in it; what was sealed long ago is read
again every week, so that no change stays unfound for longer.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.utils import timezone

from samsyn.hub.guard import log_rows
from samsyn.hub.guard.log_audit import verify
from samsyn.hub.guard.log_rows import Connection
from samsyn.hub.guard.seal_statement import Seal
from samsyn.hub.insight.models import LogCheck

WHOLE_AFTER = timedelta(days=7)
MOST_KEPT = 50
"""Findings that are kept of one check; more than this are not read one by one."""


def check_log(
    connection: Connection,
    keys: Mapping[str, Ed25519PublicKey],
    folder: Path | None,
    *,
    whole: bool = False,
    using: str = "worker",
) -> LogCheck:
    """Check what is new since the last sound check, and keep the result.

    Args:
        connection: sees every entry.
        keys: public keys of the log.
        folder: of the witness, if there is one.
        whole: read everything, whatever was checked before.
        using: alias under which the result is kept.
    """
    after = None if whole else _checked_before(connection, keys, using)
    report = verify(connection, keys, folder, after)
    newest = log_rows.newest_seal(connection)
    return LogCheck.rows.using(using).create(
        whole=after is None,
        seal=newest.id if newest else 0,
        root=newest.root if newest else "",
        entries=report.entries,
        seals=report.seals if after is None else max((newest.id if newest else 0) - after.id, 0),
        unsealed=report.unsealed,
        witnessed=report.witnessed,
        sound=report.sound,
        findings=[
            {"sv": finding.said.sv, "en": finding.said.en}
            for finding in report.findings[:MOST_KEPT]
        ],
    )


def _checked_before(
    connection: Connection, keys: Mapping[str, Ed25519PublicKey], using: str
) -> Seal | None:
    """The seal where the last check ended, if it was sound and the seal is still the same."""
    checks = LogCheck.rows.using(using).order_by("-id")
    last = checks.first()
    fresh = checks.filter(
        whole=True, sound=True, made_at__gte=timezone.now() - WHOLE_AFTER
    ).exists()
    if last is None or not last.sound or not fresh or not last.seal:
        return None
    seal = log_rows.one_seal(connection, last.seal)
    return seal if seal and seal.root == last.root and seal.signed(keys) else None
