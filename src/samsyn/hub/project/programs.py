"""Which programs of PostgreSQL fit a server, and how are they told where it is?"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from samsyn.hub.project.embedded import PostgresMissing, embedded_binaries
from samsyn.kernel.faults import FieldError

_VERSION = re.compile(r"\(PostgreSQL\) (\d+)")
_VARIABLES = {
    "host": "PGHOST",
    "hostaddr": "PGHOSTADDR",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "passfile": "PGPASSFILE",
    "options": "PGOPTIONS",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}


def program(name: str, server_version: int, environment: Mapping[str, str] = os.environ) -> Path:
    """A program of at least the server's version: of `PG_BIN`, the path, or the wheel.

    Raises:
        FieldError: if there is none.
    """
    needed = server_version // 10_000
    for found in _places(name, environment):
        if found.is_file() and _version(found) >= needed:
            return found
    raise FieldError(
        "PG_BIN",
        f"no {name} of version {needed} or later was found; set PG_BIN to the folder with one",
        f"ingen {name} av version {needed} eller senare finns; sätt PG_BIN till mappen med en",
    )


def _places(name: str, environment: Mapping[str, str]) -> Iterator[Path]:
    if named := environment.get("PG_BIN"):
        # Whoever names a folder means that one.
        yield Path(named) / name
        return
    if on_path := shutil.which(name, path=environment.get("PATH")):
        yield Path(on_path)
    yield from sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    try:
        yield embedded_binaries() / name
    except PostgresMissing:
        return


def _version(found: Path) -> int:
    try:
        said = subprocess.run(
            [str(found), "--version"], capture_output=True, text=True, check=False
        ).stdout
    except OSError:
        return 0
    match = _VERSION.search(said)
    return int(match.group(1)) if match else 0


def run(found: Path, arguments: list[str], database: str) -> None:
    """Run a program on a database, by its connection string.

    The string goes in by the environment: other users of the machine can read arguments.

    Raises:
        FieldError: with the last line of what the program said.
    """
    variables = {
        _VARIABLES[name]: str(value)
        for name, value in conninfo_to_dict(database).items()
        if name in _VARIABLES and value is not None
    }
    clean = {"PATH": os.defpath, "HOME": os.environ.get("HOME", "/"), "LC_ALL": "C", **variables}
    done = subprocess.run(
        [str(found), "--no-password", *arguments],
        env=clean,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        lines = [line for line in done.stderr.strip().splitlines() if "error:" in line]
        reason = (lines or ["?"])[0]
        raise FieldError(found.name, f"it failed: {reason}", f"det misslyckades: {reason}")
