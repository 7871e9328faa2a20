"""``samsyn law check | show | diff | words``: the rulebook itself."""

from __future__ import annotations

import argparse
import json
import re
from datetime import date
from pathlib import Path

from samsyn.cli.files import day_option
from samsyn.cli.main import FAULTS, OK
from samsyn.kernel.citations import Citation, CitationError
from samsyn.kernel.dates import read_day
from samsyn.kernel.faults import FieldError
from samsyn.kernel.text import Language, Text
from samsyn.law.loading import Content, packaged_folder, read_content
from samsyn.law.question import no_citation
from samsyn.law.rulebook import Rulebook
from samsyn.law.statutes import StatuteLibrary, Verdict
from samsyn.plan.grounds import Grounds, load_grounds
from samsyn.plan.grounds.loading import INSPECTIONS

CHECKED = Text(
    sv="Regelbok {version}: {acts} författningar, {blocks} block, {epochs} perioder. Inga fel.",
    en="Rulebook {version}: {acts} acts, {blocks} blocks, {epochs} periods. No faults.",
)
REVIEW = Text(sv="Granskning: {states}", en="Review: {states}")
GROUNDS = Text(
    sv="På plats: {powers} grunder för {agencies} myndigheter. Inga fel.",
    en="On site: {powers} grounds for {agencies} agencies. No faults.",
)
FROM = Text(
    sv="{source}, rad {line}; lydelse {version}", en="{source}, line {line}; as of {version}"
)
_SHORT = re.compile(r"^(?P<act>[^\d/]+?)\s+(?P<place>\d.*)$")
_ISO = re.compile(r"^\d{4}-\d\d-\d\d$")


def run_check(options: argparse.Namespace) -> int:
    """Check a rulebook; with statutes, prove its citations against them."""
    folder = options.rulebook or packaged_folder()
    rulebook = Rulebook.load(folder)
    content = rulebook.content
    language = options.language
    print(
        CHECKED.into(language).format(
            version=rulebook.version,
            acts=len(content.acts),
            blocks=len(content.blocks),
            epochs=len(rulebook.epoch_starts),
        )
    )
    states: dict[str, int] = {}
    for placed in content.blocks:
        states[placed.block.review] = states.get(placed.block.review, 0) + 1
    shown = ", ".join(f"{state} {count}" for state, count in sorted(states.items()))
    print(REVIEW.into(language).format(states=shown))
    grounds = load_grounds(folder) if (folder / INSPECTIONS).is_dir() else None
    if grounds is not None:
        said = GROUNDS.into(language)
        print(said.format(powers=len(grounds.powers), agencies=len(grounds.members)))
    if options.statutes is None:
        return OK
    from samsyn.law.proofs import as_text, prove

    library = StatuteLibrary.open(options.statutes)
    report = prove(content, library)
    print(as_text(report, language, verbose=options.verbose))
    denied = _denied(grounds, library, language) if grounds is not None else []
    print("\n".join(denied), end="\n" if denied else "")
    return FAULTS if report.faults() or denied else OK


def _denied(grounds: Grounds, library: StatuteLibrary, language: Language) -> list[str]:
    """What the statutes deny of the grounds on site, on the newest day that they reach."""
    newest = max(version.as_of for act in library.acts() for version in act.versions)
    answers = (
        (code, cite, library.prove(Citation.parse(cite), newest)) for code, cite in grounds.cited()
    )
    return [
        f"{code}: {cite} ({newest}): {proof.reason.into(language)}"
        for code, cite, proof in answers
        if proof.verdict is Verdict.NOT_FOUND
    ]


def run_show(options: argparse.Namespace) -> int:
    """Print a provision's text on a day, or the rulebook's summary without statutes."""
    content = read_content(options.rulebook or packaged_folder())
    citation = read_citation(options.citation, content)
    on = day_option(options.on, "--on") or read_day(content.head.read_until)
    language = options.language
    for placed in content.blocks:
        if Citation.parse(placed.block.cite).within(citation) or citation.within(
            Citation.parse(placed.block.cite)
        ):
            from samsyn.law.epochs import period_of

            if period_of(placed.block).holds(on) is not False:
                block = placed.block
                print(f"{block.cite}  {block.title.into(language)}  [{block.start} - {block.end}]")
                print(f"  {block.summary.into(language)}")
    if options.statutes is None:
        return OK
    from samsyn.law.statutes import StatuteLibrary, TextNotFound

    try:
        passage = StatuteLibrary.open(options.statutes).show(citation, on)
    except TextNotFound as error:
        raise FieldError("citation", error.reason.en, error.reason.sv) from None
    print()
    print(f"{citation} ({on})")
    print(passage.text)
    print()
    print(
        FROM.into(language).format(
            source=passage.source, line=passage.line, version=passage.version
        )
    )
    for note in passage.notes:
        print(note.into(language))
    return OK


def read_citation(text: str, content: Content) -> Citation:
    """Read ``OSL 10:27`` or ``2009:400/10:27``.

    Raises:
        FieldError: if it is neither, or the abbreviation is not known.
    """
    short = _SHORT.match(text.strip())
    if short and "/" not in text:
        names = {name.lower(): head.act for head, _ in content.acts for name in head.abbreviations}
        act = names.get(short["act"].strip().lower())
        if act is None:
            known = ", ".join(sorted(name.upper() for name in names))
            raise FieldError(
                "citation",
                f"“{short['act']}” is not known; use a number or {known}",
                f"”{short['act']}” är inte känt; använd ett nummer eller {known}",
            )
        text = f"{act}/{short['place']}"
    try:
        return Citation.parse(text.strip())
    except CitationError as error:
        raise FieldError("citation", str(error), no_citation(text)) from None


def run_diff(options: argparse.Namespace) -> int:
    """Print which questions change answer."""
    from samsyn.law.diff import as_json, as_text, diff, shape_of

    before, first = _side(options.before, options, "--before")
    after, second = _side(options.after, options, "--after")
    day = day_option(options.on, "--on")
    on_before = first or day or second or read_day(before.content.head.read_until)
    on_after = second or day or first or read_day(after.content.head.read_until)
    difference = diff(shape_of(before, on_before), shape_of(after, on_after))
    if options.json:
        print(json.dumps(as_json(difference), ensure_ascii=False, indent=2))
    else:
        print(as_text(difference, options.language))
    return OK


def _side(text: str, options: argparse.Namespace, option: str) -> tuple[Rulebook, date | None]:
    if _ISO.match(text):
        return Rulebook.load(options.rulebook), day_option(text, option)
    folder = Path(text)
    if not folder.is_dir():
        raise FieldError(
            option,
            f"{text} is neither a day such as 2024-07-01 nor a folder",
            f"{text} är varken en dag som 2024-07-01 eller en mapp",
        )
    return Rulebook.load(folder), None


def run_words(options: argparse.Namespace) -> int:
    """List the codes that questions use."""
    vocabulary = Rulebook.load(options.rulebook).vocabulary
    language = options.language
    lists: dict[str, dict[str, Text]] = {
        "agencies": {c: e.name for c, e in vocabulary.agencies.known.items()},
        "purposes": {c: e.name for c, e in vocabulary.purposes.known.items()},
        "activities": {c: e.name for c, e in vocabulary.activities.known.items()},
        "functions": {c: e.name for c, e in vocabulary.functions.known.items()},
        "facts": {c: e.question for c, e in vocabulary.facts.items()},
        "categories": {c: e.name for c, e in vocabulary.categories.items()},
    }
    for name, entries in lists.items():
        if options.list in (None, name):
            print(name)
            for code, text in entries.items():
                print(f"  {code:34} {text.into(language)}")
    return OK
