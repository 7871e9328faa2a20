"""Start a demo in a folder of its own, take pictures of every screen, lay them in docs/screens.

Without arguments all are taken; names of screens take those, ``--to`` lays them elsewhere.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from samsyn.hub.project.demo import Demo, Tell, run_demo

FOLDER = Path(__file__).parents[3] / "docs" / "screens"
MOST_BYTES_IN_ALL = 12_000_000


class _Done(Exception):
    """The pictures are taken; the demo can stop."""


def main(arguments: list[str]) -> int:
    """Take the pictures; 1 if a screen could not be pictured, and then nothing is changed."""
    parser = argparse.ArgumentParser("python -m tests.hub.screens", description=__doc__)
    parser.add_argument("names", nargs="*", help="only these screens, beside what is there")
    parser.add_argument("--to", type=Path, default=FOLDER, metavar="FOLDER")
    parser.add_argument("--demo", type=Path, metavar="FOLDER", help="keep the demo here")
    parser.add_argument("--all-faults", action="store_true", help="go on after a fault")
    options = parser.parse_args(arguments)
    place = Path(tempfile.mkdtemp(prefix="samsyn-screens-"))
    faults: list[str] = []

    def pictured(address: str) -> None:
        faults.extend(_picture(address, options, place))
        raise _Done

    demo = Demo(options.demo or _inside(place), load=_load, port=_free_port())
    try:
        run_demo(demo, lambda step: _say(step.en), pictured)
    except _Done:
        pass
    finally:
        shutil.rmtree(place, ignore_errors=True)
    for fault in faults:
        _say(fault)
    return 1 if faults else 0


def _picture(address: str, options: argparse.Namespace, place: Path) -> list[str]:
    """Take the pictures while the demo answers; gives back what went wrong."""
    from tests.hub.screens.camera import Camera
    from tests.hub.screens.catalogue import SCREENS
    from tests.hub.screens.index import write_index
    from tests.hub.screens.walking import ScreenFault
    from tests.support.browser import chromium_running

    known = {screen.name for screen in SCREENS}
    if unknown := set(options.names) - known:
        return [f"no such screen: {', '.join(sorted(unknown))}"]
    chosen = [screen for screen in SCREENS if not options.names or screen.name in options.names]
    new, faults = place / "pictures", []
    new.mkdir(parents=True)
    with chromium_running() as browser:
        camera = Camera(browser, address.rstrip("/"), new)
        for number, screen in enumerate(chosen, start=1):
            _say(f"{number:3} of {len(chosen)}  {screen.name}")
            try:
                camera.take(screen)
            except ScreenFault as fault:
                faults.append(str(fault))
                if not options.all_faults:
                    return faults
    size = sum(file.stat().st_size for file in new.iterdir())
    _say(f"{len(camera.taken)} pictures, {size / 1e6:.1f} MB")
    if size > MOST_BYTES_IN_ALL:
        faults.append(f"{size:,} bytes are more than the {MOST_BYTES_IN_ALL:,} that are kept")
    if not faults:
        # In a folder of somebody's own nothing is taken away.
        _lay_out(new, options.to, anew=not options.names and options.to == FOLDER)
        write_index(options.to)
    return faults


def _lay_out(new: Path, folder: Path, *, anew: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if anew:
        for old in folder.glob("*.png"):
            old.unlink()
    for file in sorted(new.iterdir()):
        shutil.copy(file, folder / file.name)


def _load(connection: Any, *, seed: int, scale: float, report: Tell) -> None:
    """The training data, as the demo loads it."""
    from samsyn.hub.training.by_hand import done_by_hand
    from samsyn.hub.training.load import load_training

    today = date.today()
    load_training(connection, seed=seed, scale=scale, today=today, report=report)
    done_by_hand(today)


def _inside(place: Path) -> Path:
    # Open for passing through: the database runs as a user of its own.
    place.chmod(0o711)
    return place / "demo"


def _free_port() -> int:
    import socket

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    raise SystemExit(main(sys.argv[1:]))
