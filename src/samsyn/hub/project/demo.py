"""How does somebody try the hub on a machine of their own, with everybody in it invented?

One folder holds all of it: database, files, keys. The web and the jobs run as processes of their
own, as in real use, and are stopped together.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import msgspec
import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from samsyn.hub.project.embedded import binaries, kept_server
from samsyn.hub.project.roles import WEB, WORKER
from samsyn.kernel.faults import FieldError
from samsyn.kernel.text import Text

DATABASE = "samsyn_demo"
ABOUT = "samsyn-demo.json"
"""Marks a folder as one of ours, which may be removed, and remembers what was loaded."""
STOP_SECONDS = 30
READY_SECONDS = 60

Tell = Callable[[Text], None]


class Load(Protocol):
    """Fills an empty database with training data, all of it or nothing."""

    def __call__(
        self,
        connection: psycopg.Connection[tuple[Any, ...]],
        *,
        seed: int,
        scale: float,
        report: Tell,
    ) -> object:
        """Load; the same numbers give the same data."""


@dataclass(frozen=True, slots=True)
class Demo:
    """What is asked for."""

    folder: Path
    load: Load
    port: int = 8000
    reset: bool = False
    seed: int = 2022
    scale: float = 1.0


class About(msgspec.Struct, kw_only=True):
    """What a demo folder remembers: its keys, the training data, the tables it was loaded into."""

    secret_key: str = msgspec.field(default_factory=lambda: secrets.token_hex(32))
    context_key: str = msgspec.field(default_factory=lambda: secrets.token_hex(32))
    files_key: str = msgspec.field(default_factory=lambda: secrets.token_hex(32))
    log_signing_key: str = msgspec.field(default_factory=lambda: secrets.token_hex(32))
    password: str = msgspec.field(default_factory=lambda: secrets.token_hex(16))
    loaded: tuple[int, float] | None = None
    tables: str = ""


def default_folder(environment: Mapping[str, str]) -> Path:
    """Where a demo lies if nobody says where."""
    if named := environment.get("SAMSYN_DEMO_DIR"):
        return Path(named).absolute()
    # The database of root runs as nobody, who does not reach into root's home.
    if os.geteuid() == 0:
        return Path("/var/lib/samsyn/demo")
    data = environment.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(data) / "samsyn" / "demo"


def run_demo(demo: Demo, tell: Tell, ready: Callable[[str], None]) -> None:
    """Start everything, serve until stopped, and stop everything.

    Args:
        tell: told what is being done.
        ready: given the address once it answers.

    Raises:
        FieldError: if the folder or the port cannot be used.
        PostgresMissing: if there is no database to be had.
    """
    with ExitStack() as stack:
        # A polite kill is a wish to stop in order, like Ctrl-C.
        for stop in (signal.SIGTERM, signal.SIGINT):
            # A shell starts what runs in the background with Ctrl-C ignored.
            signal.signal(stop, signal.default_int_handler)
        _require_port(demo.port)
        _prepare(demo)
        stack.enter_context(_alone(demo))
        about = _remembered(demo.folder)
        _require_own_tables(demo, about)
        tell(Text(sv="Startar databasen", en="Starting the database"))
        owner = stack.enter_context(_owner_url(demo))
        environment = settings_of(demo, about, owner)
        _make_ready(demo, about, owner, environment, tell)
        tell(Text(sv="Startar webben", en="Starting the web"))
        bind = f"127.0.0.1:{demo.port}"
        serve = ["hub", "serve", "--bind", bind, "--workers", "2"]
        web = stack.enter_context(_process("web", serve, demo, environment))
        worker = stack.enter_context(_process("worker", ["hub", "work"], demo, environment))
        _wait_until_ready(demo, web, f"http://{bind}/readyz")
        ready(f"http://localhost:{demo.port}/")
        while web.poll() is None and worker.poll() is None:
            time.sleep(0.5)
        raise _ended(demo, "worker" if web.poll() is None else "web")


def _require_port(port: int) -> None:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            raise FieldError(
                "--port",
                f"{port} is taken; choose another, make demo PORT={port + 1}",
                f"{port} är upptagen; välj en annan, make demo PORT={port + 1}",
            ) from None


# --- the folder ---


def _prepare(demo: Demo) -> None:
    folder = demo.folder
    if folder.is_dir() and any(folder.iterdir()) and not (folder / ABOUT).is_file():
        raise FieldError(
            "SAMSYN_DEMO_DIR",
            f"{folder} holds something else; name a folder that is empty or not there yet",
            f"i {folder} ligger något annat; ange en mapp som är tom eller inte finns ännu",
        )
    folder.mkdir(mode=0o711, parents=True, exist_ok=True)
    # Open for passing through alone: the database's user has a folder of its own inside.
    folder.chmod(0o711)


@contextmanager
def _alone(demo: Demo) -> Iterator[None]:
    """One demo at a time in a folder; with reset, what an earlier one left is removed."""
    with (demo.folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FieldError(
                "SAMSYN_DEMO_DIR",
                f"a demo already runs in {demo.folder}; stop it, or name another folder",
                f"en demo är redan igång i {demo.folder}; stoppa den, eller ange en annan mapp",
            ) from None
        if demo.reset:
            for entry in demo.folder.iterdir():
                if entry.is_dir() and not entry.is_symlink():
                    shutil.rmtree(entry)
                elif entry.name != "lock":
                    entry.unlink()
        for name in ("files", "witness", "mail"):
            (demo.folder / name).mkdir(mode=0o700, exist_ok=True)
        yield


def _remembered(folder: Path) -> About:
    file = folder / ABOUT
    if file.is_file():
        return msgspec.json.decode(file.read_bytes(), type=About)
    about = About()
    _remember(folder, about)
    return about


def tables_of_this_version() -> str:
    """A number for the tables that this Samsyn makes: another one, another number."""
    files = sorted(Path(__file__).parents[1].glob("*/migrations/0*.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def _require_own_tables(demo: Demo, about: About) -> None:
    """Until Samsyn is in real use its first tables are changed, not followed by others."""
    if about.loaded is not None and about.tables != tables_of_this_version():
        raise FieldError(
            "SAMSYN_DEMO_DIR",
            f"what is in {demo.folder} was made by another version of Samsyn; begin anew with "
            "make demo RESET=1, or name another folder",
            f"det som ligger i {demo.folder} gjordes av en annan version av Samsyn; börja om med "
            "make demo RESET=1, eller ange en annan mapp",
        )


def _remember(folder: Path, about: About) -> None:
    part = folder / f".{ABOUT}"
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as output:
        output.write(msgspec.json.encode(about))
    part.replace(folder / ABOUT)


# --- the database ---


@contextmanager
def _owner_url(demo: Demo) -> Iterator[str]:
    """The server, as one who may do everything: ours, or the one that `DATABASE_URL` names."""
    named = os.environ.get("DATABASE_URL")
    if named and not os.environ.get("PG_BIN"):
        yield named
        return
    with kept_server(binaries(os.environ), demo.folder / "postgresql") as url:
        yield url


def settings_of(demo: Demo, about: About, server: str) -> dict[str, str]:
    """The environment in which the demo's processes run."""
    outside = {k: v for k, v in os.environ.items() if not k.startswith(("SAMSYN_", "PG"))}
    language = os.environ.get("SAMSYN_LANGUAGE")
    return {
        **outside,
        **({"SAMSYN_LANGUAGE": language} if language else {}),
        "SAMSYN_DEMO": "true",
        "DATABASE_URL": _address(server, WEB, about.password),
        "SAMSYN_WORKER_DATABASE_URL": _address(server, WORKER, about.password),
        "SAMSYN_SECRET_KEY": about.secret_key,
        "SAMSYN_CONTEXT_KEY": about.context_key,
        "SAMSYN_FILES_KEY": about.files_key,
        "SAMSYN_LOG_SIGNING_KEY": about.log_signing_key,
        "SAMSYN_FILES_DIR": str(demo.folder / "files"),
        "SAMSYN_WITNESS_DIR": str(demo.folder / "witness"),
        "SAMSYN_MAIL_URL": (demo.folder / "mail").as_uri(),
        "SAMSYN_SESSION_MINUTES": "480",
        "DJANGO_SETTINGS_MODULE": "samsyn.hub.project.settings",
    }


def _address(server: str, user: str | None, password: str | None) -> str:
    """The address of the demo's database on a server, as one of its roles."""
    parts = conninfo_to_dict(server)
    parts["dbname"] = DATABASE
    if user:
        parts["user"], parts["password"] = user, password
    query = "&".join(
        f"{name}={_quoted(value)}" for name, value in parts.items() if value is not None
    )
    return f"postgresql:///?{query}"


def _quoted(value: Any) -> str:
    from urllib.parse import quote

    return quote(str(value), safe="")


def _make_ready(
    demo: Demo, about: About, server: str, environment: dict[str, str], tell: Tell
) -> None:
    """Database, tables and training data, in this process; the others find them ready."""
    with psycopg.connect(server, autocommit=True) as connection:
        name = sql.Identifier(DATABASE)
        if about.loaded is None:
            # A load that was broken off leaves nothing that a second one could build on.
            connection.execute(sql.SQL("drop database if exists {} with (force)").format(name))
            connection.execute(
                sql.SQL("create database {} template template0 encoding 'UTF8'").format(name)
            )
    owner = _address(server, None, None)
    os.environ.update(environment, SAMSYN_OWNER_DATABASE_URL=owner)
    import django

    django.setup()
    from samsyn.hub.project.migrating import migrate_all

    migrate_all(report=tell)
    if about.loaded is None:
        tell(Text(sv="Läser in övningsdata", en="Loading the training data"))
        with psycopg.connect(make_conninfo(owner)) as connection:
            demo.load(connection, seed=demo.seed, scale=demo.scale, report=tell)
        about.loaded, about.tables = (demo.seed, demo.scale), tables_of_this_version()
        _remember(demo.folder, about)
    from django.db import connections

    connections.close_all()


# --- the processes ---


@contextmanager
def _process(
    name: str, arguments: list[str], demo: Demo, environment: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    with _log(demo, name).open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "samsyn.cli.main", *arguments],
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            # A group of its own: Ctrl-C reaches us first, and we stop it in order.
            start_new_session=True,
        )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _log(demo: Demo, name: str) -> Path:
    return demo.folder / f"{name}.log"


def _ended(demo: Demo, name: str) -> FieldError:
    log = _log(demo, name)
    end = log.read_text(errors="replace")[-2000:]
    return FieldError(
        name, f"it ended by itself; {log} says:\n{end}", f"den slutade själv; {log} säger:\n{end}"
    )


def _wait_until_ready(demo: Demo, web: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while web.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise _ended(demo, "web")
