"""How is the hub doing, in numbers that tell nothing of anybody?

Labels are methods, statuses and names of addresses as the code writes them; never an id, an agency,
a person or a query.
"""

from __future__ import annotations

import hmac
import ipaddress
import os

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram
from prometheus_client.exposition import generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from samsyn.hub.project.metrics_folder import TOGETHER

REQUESTS = Counter("samsyn_requests", "Requests answered", ["method", "route", "status"])
SECONDS = Histogram(
    "samsyn_request_seconds",
    "Time to answer a request",
    ["route"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10),
)
STATEMENTS = Histogram(
    "samsyn_request_statements",
    "SQL statements of a request",
    ["route"],
    buckets=(1, 2, 5, 10, 15, 20, 30, 50, 100),
)


def count(method: str, route: str, status: int, seconds: float, statements: int) -> None:
    """Count one request that was answered."""
    REQUESTS.labels(method, route, str(status)).inc()
    SECONDS.labels(route).observe(seconds)
    STATEMENTS.labels(route).observe(statements)


def metrics(request: HttpRequest) -> HttpResponse:
    """The numbers of all processes, to the machine itself or to who has the token."""
    if not may_read(request):
        return HttpResponseNotFound()
    return HttpResponse(written(), content_type=CONTENT_TYPE_LATEST)


def may_read(request: HttpRequest) -> bool:
    """Is it the machine itself, or a scraper with the token?"""
    token = settings.SAMSYN.metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token is not None:
        return hmac.compare_digest(given.encode(), token.encode())
    # Behind a proxy everybody comes from the machine itself.
    return not settings.SAMSYN.behind_proxy and _is_loopback(request.META.get("REMOTE_ADDR", ""))


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def written() -> bytes:
    """The numbers in the text form of Prometheus."""
    if os.environ.get(TOGETHER):
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        return generate_latest(together)
    return generate_latest(REGISTRY)
