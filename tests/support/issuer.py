"""A certified OpenID provider on this machine, for tests that sign in by an agency's own service.

It is the npm package ``oidc-provider``, which ``make test`` installs into tests/oidc.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "oidc"
CLIENT, SECRET = "samsyn", "a secret of the tests, worth nothing"


@contextmanager
def issuing(redirect: str) -> Iterator[str]:
    """The issuer's address while the block runs.

    Args:
        redirect: where it may send people back to.
    """
    node = shutil.which("node")
    assert node, "these tests need Node: apt-get install nodejs npm"
    assert (FOLDER / "node_modules").is_dir(), "run 'make dev', which installs tests/oidc"
    process = subprocess.Popen(
        [node, "server.mjs", redirect],
        cwd=FOLDER,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.communicate(timeout=10)
