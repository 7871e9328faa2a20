"""How is each dialect of statute file read into sections?

Each reader takes the lines of one file and gives a RawAct; nothing here knows which day is asked
about.
"""

from __future__ import annotations

from samsyn.kernel.faults import Fault, FaultyFiles
from samsyn.law.statutes.dialects.excerpt import read_excerpt
from samsyn.law.statutes.dialects.flattened import read_flattened
from samsyn.law.statutes.dialects.headed import read_headed
from samsyn.law.statutes.dialects.wrapped import read_wrapped
from samsyn.law.statutes.versions import Dialect, StatuteFile
from samsyn.law.statutes.wordings import RawAct

__all__ = ["read_lines"]

_READERS = {
    Dialect.HEADED: read_headed,
    Dialect.WRAPPED: read_wrapped,
    Dialect.FLATTENED: read_flattened,
    Dialect.EXCERPT: read_excerpt,
}


def read_lines(file: StatuteFile, lines: list[str]) -> RawAct:
    """Read one file.

    Raises:
        FaultyFiles: if the file has no title or section, or its front matter or a day in it cannot
            be read; names file and line.
    """
    raw = _READERS[file.dialect](file, lines)
    if not raw.title:
        raise FaultyFiles([Fault(file.path, 1, "", "expected a title line that begins with “# ”")])
    return raw
