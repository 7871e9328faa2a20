"""``samsyn law assess | score | simulate | bulk``: questions and items in files."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TextIO

from samsyn.cli.ask import facts_from_options
from samsyn.cli.main import FAULTS, OK, SOME_FAILED
from samsyn.kernel.dates import DateError, read_day
from samsyn.kernel.faults import FieldError
from samsyn.kernel.text import Text
from samsyn.law import batch
from samsyn.law.rulebook import Rulebook

AGREE = Text(
    sv="{confidence}: {agreed} av {total} fall stämmer i utfall, prövning, skyldighet, golv och "
    "första grund",
    en="{confidence}: {agreed} of {total} cases agree in outcome, test, duty, floor and first "
    "ground",
)
DIFFERS = Text(
    sv="{identity} ({confidence}) {field}: väntat {expected}, svar {found}",
    en="{identity} ({confidence}) {field}: expected {expected}, answered {found}",
)
EXCLUSIONS = Text(
    sv="excluded_by är ordagrant lika i {agreed} av {total} fall (räknas inte i överensstämmelsen)",
    en="excluded_by is word for word the same in {agreed} of {total} cases (not part of agreement)",
)


def read_lines(name: str, option: str) -> list[str]:
    """Lines of a file, or of the input for ``-``.

    Raises:
        FieldError: if the file cannot be read.
    """
    try:
        if name == "-":
            return sys.stdin.read().splitlines()
        return Path(name).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise FieldError(
            option, f"{name} cannot be read: {error}", f"{name} kan inte läsas: {error}"
        ) from None


@contextmanager
def whole_file(path: Path | None) -> Iterator[TextIO]:
    """A file that appears only when all of it has been written; the screen without a path.

    Raises:
        FieldError: if the file cannot be written.
    """
    if path is None:
        yield sys.stdout
        return
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise FieldError(
            "--out",
            f"{path} cannot be written: {error.strerror}",
            f"{path} kan inte skrivas: {error.strerror}",
        ) from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            yield file
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def run_assess(options: argparse.Namespace) -> int:
    """Answer every line; exit status 3 if some line could not be answered."""
    rulebook = Rulebook.load(options.rulebook)
    lines = read_lines(options.file, "FILE.jsonl")
    failed = 0
    with whole_file(options.out) as out:
        for assessed in batch.assess(rulebook, lines, options.language):
            failed += assessed.failed
            out.write(json.dumps(assessed.result, ensure_ascii=False) + "\n")
    return SOME_FAILED if failed else OK


def run_score(options: argparse.Namespace) -> int:
    """Compare with expected answers; exit status 1 if a certain case differs or a line fails."""
    rulebook = Rulebook.load(options.rulebook)
    score = batch.score(rulebook, read_lines(options.file, "FILE.jsonl"))
    language = options.language
    for confidence, total in score.total.items():
        agreed = score.agreed.get(confidence, 0)
        template = AGREE.into(language)
        print(template.format(confidence=confidence, agreed=agreed, total=total))
    total = sum(score.total.values())
    print(EXCLUSIONS.into(language).format(agreed=score.exclusions_agreed, total=total))
    for difference in score.differences:
        print(
            DIFFERS.into(language).format(
                identity=difference.identity,
                confidence=difference.confidence,
                field=difference.field,
                expected=json.dumps(difference.expected, ensure_ascii=False),
                found=json.dumps(difference.found, ensure_ascii=False),
            )
        )
    for failure in score.failed:
        print(json.dumps(failure.result, ensure_ascii=False))
    certain = any(difference.confidence == "certain" for difference in score.differences)
    return FAULTS if certain or score.failed else OK


def day_option(text: str | None, option: str) -> date | None:
    """A day given as an option.

    Raises:
        FieldError: if it is not a day.
    """
    if text is None:
        return None
    try:
        return read_day(text)
    except DateError as error:
        raise FieldError(
            option, str(error), f"{text} är ingen dag i kalendern som 2024-07-01"
        ) from None


def run_simulate(options: argparse.Namespace) -> int:
    """Replay recorded questions under a proposed rulebook."""
    from samsyn.law.proposals import proposed_rulebook
    from samsyn.law.simulate import as_json, as_text, simulate

    on = day_option(options.on, "--on")
    present = Rulebook.load(options.rulebook)
    proposed = proposed_rulebook(options.proposal, options.rulebook)
    lines = read_lines(options.file, "REQUESTS.jsonl")
    simulation = simulate(present, proposed, lines, on=on)
    if options.json:
        print(json.dumps(as_json(simulation), ensure_ascii=False, indent=2))
    else:
        print(as_text(simulation, options.language))
    return SOME_FAILED if simulation.failed else OK


def run_bulk(options: argparse.Namespace) -> int:
    """Answer one question for every item of a table."""
    from samsyn.law.bulk import bulk_file

    on = day_option(options.on, "--on")
    assert on is not None
    report = bulk_file(
        Rulebook.load(options.rulebook),
        options.file,
        options.out,
        on=on,
        receiver=options.receiver,
        purpose=options.purpose,
        initiative=options.initiative,
        receiver_function=options.receiver_function,
        facts=facts_from_options(options.fact),
    )
    print(report.as_text(options.language))
    return OK
