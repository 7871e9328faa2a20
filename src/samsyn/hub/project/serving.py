"""How is the hub served to browsers? By gunicorn: processes with threads, all made ready first."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samsyn.hub.project.metrics_folder import TOGETHER
from samsyn.kernel.faults import FieldError

NOT_FOR_THE_WEB = ("SAMSYN_OWNER_DATABASE_URL", "SAMSYN_WORKER_DATABASE_URL")
REQUEST_SECONDS = 60
STOP_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Serving:
    """How it is served.

    Attributes:
        bind: ``host:port`` or ``unix:/path``.
        certificate, key: files for TLS, where no proxy ends it.
    """

    bind: str
    workers: int
    threads: int
    certificate: Path | None = None
    key: Path | None = None


def serve(serving: Serving, environment: MutableMapping[str, str] = os.environ) -> None:
    """Serve until stopped.

    Raises:
        FieldError: if the database is not ready for this version.
        FaultyEnvironment: if the settings cannot be used.
    """
    # INVARIANT: the process that browsers reach knows no way into the database but the web role.
    for name in NOT_FOR_THE_WEB:
        environment.pop(name, None)
    environment["DJANGO_SETTINGS_MODULE"] = "samsyn.hub.project.settings"
    with _folders(environment):
        # Only now: the settings read the environment when they are imported.
        import django

        django.setup()
        _require_ready()
        _collect_static()
        _run(serving)


@contextmanager
def _folders(environment: MutableMapping[str, str]) -> Iterator[None]:
    """Folders of this run alone, closed to other users: static files and the processes' numbers."""
    own = Path(tempfile.mkdtemp(prefix="samsyn-web-"))
    try:
        environment.setdefault("SAMSYN_STATIC_DIR", str(own / "static"))
        metrics = own / "metrics"
        metrics.mkdir()
        environment[TOGETHER] = str(metrics)
        yield
    finally:
        shutil.rmtree(own, ignore_errors=True)


def _require_ready() -> None:
    from django.db import OperationalError, connections

    from samsyn.hub.project.migrating import pending

    try:
        lacking = pending()
    except OperationalError as error:
        reason = str(error).strip().splitlines()[-1]
        raise FieldError(
            "DATABASE_URL",
            f"the database does not answer ({reason}); correct the address or start the server",
            f"databasen svarar inte ({reason}); rätta adressen eller starta servern",
        ) from None
    finally:
        # A connection must not be shared with the processes to come.
        connections.close_all()
    if lacking:
        raise FieldError(
            "DATABASE_URL",
            f"the database lacks {len(lacking)} migrations of this version; run 'samsyn hub "
            "migrate'",
            f"databasen saknar {len(lacking)} migreringar av denna version; kör 'samsyn hub "
            "migrate'",
        )


def _collect_static() -> None:
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0, clear=True)


def _run(serving: Serving) -> None:
    from gunicorn.app.base import BaseApplication

    options: dict[str, Any] = {
        "bind": serving.bind,
        "workers": serving.workers,
        "threads": serving.threads,
        "worker_class": "gthread",
        # Loaded once, before the processes part: they share it, and the first to ask does not wait.
        "preload_app": True,
        "timeout": REQUEST_SECONDS,
        "graceful_timeout": STOP_SECONDS,
        "keepalive": 5,
        "max_requests": 10_000,
        "max_requests_jitter": 1_000,
        "certfile": str(serving.certificate) if serving.certificate else None,
        "keyfile": str(serving.key) if serving.key else None,
        # A request holds what a person types, not what a machine floods.
        "limit_request_line": 4094,
        "limit_request_fields": 60,
        "logconfig_dict": _own_log(),
        "accesslog": None,
        "control_socket_disable": True,
        "proc_name": "samsyn",
        "child_exit": _forget,
    }

    class Web(BaseApplication):  # type: ignore[misc]
        """The hub under gunicorn."""

        def load_config(self) -> None:
            for name, value in options.items():
                if value is not None:
                    self.cfg.set(name, value)

        def load(self) -> Any:
            return _loaded()

    try:
        Web().run()
    except SystemExit as stopped:
        # Gunicorn ends the process; our folders are to be removed first.
        if stopped.code:
            raise


def _own_log() -> dict[str, Any]:
    """What gunicorn says goes where the hub's own words go, in the same form."""
    from samsyn.hub.project.request_log import logging_settings

    configuration = logging_settings()
    configuration["loggers"]["gunicorn.error"] = {
        "handlers": [],
        "level": "INFO",
        "propagate": True,
    }
    # Every request has its line already, and this one would hold the whole address.
    configuration["loggers"]["gunicorn.access"] = {
        "handlers": [],
        "level": "CRITICAL",
        "propagate": False,
    }
    return configuration


def _loaded() -> Any:
    """The application, with what every request needs already read."""
    import gc

    from django.db import connections
    from django.urls import get_resolver

    from samsyn.hub.guard.rulebooks import current_organisation, current_rulebook
    from samsyn.hub.project.wsgi import application

    current_rulebook()
    current_organisation()
    _read_templates()
    assert get_resolver().url_patterns
    # A connection must not be shared with the processes to come.
    connections.close_all()
    # What stays is looked through for rubbish no more: that took a tenth of a second of a request
    # now and then, and would copy the pages that the processes share.
    gc.collect()
    gc.freeze()
    return application


def _read_templates() -> None:
    """Read every template of ours, so that nobody waits for that who asks for a page first."""
    from django.apps import apps
    from django.template.loader import get_template

    for app in apps.get_app_configs():
        if app.name.startswith("samsyn."):
            folder = Path(app.path) / "templates"
            for file in sorted(folder.rglob("*.html")):
                get_template(file.relative_to(folder).as_posix())


def _forget(server: object, worker: Any) -> None:
    """A process that has ended no longer counts among the living ones' numbers."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
