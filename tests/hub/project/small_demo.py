"""A demo with one invented person, for tests of how a demo starts, stops and keeps its data.

Run as a program: ``python small_demo.py FOLDER PORT [reset]``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from uuid import UUID

from samsyn.hub.project.demo import Demo, Tell, run_demo
from samsyn.kernel.faults import FieldError
from samsyn.kernel.text import Text

PERSON = UUID("7d444840-9dc0-11d1-b245-5ffdce74fad2")


def load(connection: Any, *, seed: int, scale: float, report: Tell) -> None:
    """One account, whose name is the seed."""
    report(Text(sv="En person", en="One person"))
    connection.execute("set local session_replication_role = replica")
    connection.execute(
        "insert into guard_account (id, password, email, name, agency, title, language, is_active)"
        " values (%s, '!', 'a@example.org', %s, 'AV', '', 'sv', true)",
        [PERSON, str(seed)],
    )


def main() -> int:
    """Run until stopped."""
    folder, port, *reset = sys.argv[1:]

    def say(text: str) -> None:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()

    demo = Demo(Path(folder), load, port=int(port), reset=reset == ["reset"])
    try:
        run_demo(demo, lambda step: say(step.en), lambda address: say(f"ready {address}"))
    except KeyboardInterrupt:
        say("stopped")
        return 0
    except FieldError as error:
        say(str(error))
        return 2
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
