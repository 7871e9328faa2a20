"""Which messages are due, what came of each try, and when is an address given up?

Run by the job, as the role of the jobs. A message is looked at once more before it is sent: what
has been closed to others meanwhile is not told.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connections, transaction
from django.utils import timezone

from samsyn.hub.api.models import Webhook, WebhookMessage
from samsyn.hub.api.webhooks.registering import BY_FAILURES, opened
from samsyn.hub.api.webhooks.sending import Sent, Told, send
from samsyn.hub.guard.acts import Entry
from samsyn.hub.guard.context import acting, worker

WORKER = "worker"
AT_ONCE = 100
"""Messages sent in one run of the job; the rest wait a minute."""
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))
"""After how long a message that was not received is tried again; then it is given up."""
MOST_FAILURES = 20
"""Tries in a row that fail before an address is stopped."""
KEPT = timedelta(days=7)

Try = Callable[..., Sent]

_STILL_TOLD = """
select exists (select 1 from cases_event where id = %(line)s and visible_to = %(agency)s)
    or exists (select 1 from disclosures_question where id = %(line)s and visible_to = %(agency)s)
"""


def deliver_due(*, attempt: Try = send, now: datetime | None = None) -> int:
    """Send what is due.

    Args:
        attempt: how one is sent.
        now: the time it is.

    Returns:
        How many were received.
    """
    at, received = now or timezone.now(), 0
    due = WebhookMessage.rows.using(WORKER).filter(next_at__lte=at).order_by("next_at", "pk")
    for message in list(due.values_list("pk", flat=True)[:AT_ONCE]):
        received += _deliver(message, attempt, at)
    return received


def _deliver(pk: Any, attempt: Try, at: datetime) -> bool:
    # Taken first, sent outside the transaction: a slow receiver holds no row.
    with transaction.atomic(using=WORKER):
        rows = WebhookMessage.rows.using(WORKER).select_for_update(skip_locked=True)
        message = rows.filter(pk=pk, next_at__lte=at).first()
        if message is None:
            return False
        hook = Webhook.rows.using(WORKER).get(pk=message.hook_id)
        if hook.stopped_at is not None or not _still_told(message, hook):
            _change(message, next_at=None)
            return False
        wait = WAITS[message.tries] if message.tries < len(WAITS) else None
        _change(message, tries=message.tries + 1, next_at=at + wait if wait else None)
    sent = attempt(
        Told(
            delivery=message.pk,
            event=message.event,
            kind=message.kind,
            thing=message.thing,
            at=message.at,
        ),
        address=hook.address,
        secret=opened(hook.secret),
        timestamp=int(at.timestamp()),
        allowed=settings.SAMSYN.webhook_hosts,
    )
    if sent.fault:
        _failed(hook, sent.fault, at)
        return False
    _change(message, next_at=None, sent_at=at)
    Webhook.rows.using(WORKER).filter(pk=hook.pk).update(failures=0, last_ok_at=at, last_fault="")
    return True


def _still_told(message: WebhookMessage, hook: Webhook) -> bool:
    with connections[WORKER].cursor() as cursor:
        cursor.execute(_STILL_TOLD, {"line": message.line, "agency": hook.agency})
        return bool(cursor.fetchone()[0])


def _change(message: WebhookMessage, **fields: Any) -> None:
    WebhookMessage.rows.using(WORKER).filter(pk=message.pk).update(**fields)


def _failed(hook: Webhook, fault: str, at: datetime) -> None:
    failures = hook.failures + 1
    rows = Webhook.rows.using(WORKER).filter(pk=hook.pk, stopped_at__isnull=True)
    if failures < MOST_FAILURES:
        rows.update(failures=failures, last_fault=fault[:120])
        return
    with acting(worker(timezone.localdate(at)), using=WORKER) as actor:
        rows.update(
            failures=failures, last_fault=fault[:120], stopped_at=at, stopped_why=BY_FAILURES
        )
        entry = Entry(actor, "job.webhook_stopped", None, None)
        entry.detail = f"{hook.agency}: {fault}"[:200]
        entry.touches(hook)
        entry.write(WORKER)


def clear_old(now: datetime | None = None) -> None:
    """Forget what was sent or given up a week ago, and calls made once as long ago."""
    before = (now or timezone.now()) - KEPT
    WebhookMessage.rows.using(WORKER).filter(next_at__isnull=True, at__lt=before).delete()
    with connections[WORKER].cursor() as cursor:
        cursor.execute("delete from api_oncecall where at < now() - interval '7 days'")
