"""Is every provision that a rulebook cites found in the statute texts, on the days it is cited for?

Each citation is looked up on the first and the last day that its block is known to hold, as far as
the texts reach. A provision that the texts deny is a fault of the rulebook; one that they leave
open is reported, so that a person can read it elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from samsyn.kernel.citations import Citation, CitationError, Pattern
from samsyn.kernel.dates import ONE_DAY, read_day
from samsyn.kernel.faults import Fault
from samsyn.kernel.text import Language, Text
from samsyn.law import schema
from samsyn.law.checks.findings import SECRECY_ACT
from samsyn.law.checks.parts import citations_of, secrecy_stretches_of
from samsyn.law.checks.spans import Dated, Span, period
from samsyn.law.loading import Content, Origin
from samsyn.law.statutes import ActListing, Proof, StatuteLibrary, Verdict

Status = Literal["proved", "uncertain", "no_text", "not_found"]
STATUSES: tuple[Status, ...] = ("proved", "uncertain", "no_text", "not_found")
"""From best to worst; a citation has the worst of its days."""

_VERDICTS: dict[Verdict, Status] = {
    Verdict.PROVED: "proved",
    Verdict.UNCERTAIN: "uncertain",
    Verdict.NOT_FOUND: "not_found",
}
_NAMES: dict[Status, Text] = {
    "proved": Text(sv="styrkta", en="proved"),
    "uncertain": Text(sv="osäkra", en="uncertain"),
    "no_text": Text(sv="utan text", en="without text"),
    "not_found": Text(sv="finns inte", en="not found"),
}


@dataclass(frozen=True, slots=True)
class CitationProof:
    """One citation of a rulebook, held against the statute texts.

    Attributes:
        file: where it is cited.
        line: counted from 1.
        field: path of the field.
        citation: the citation.
        on: the day that decided; the first day where all days agree.
        status: see :data:`STATUSES`.
        reason: one sentence.
        source: file and line of the text that carries the answer; may be empty.
    """

    file: Path
    line: int
    field: str
    citation: Citation
    on: date
    status: Status
    reason: Text
    source: str


@dataclass(frozen=True, slots=True)
class ProofReport:
    """What the statute texts say of the citations of a rulebook.

    Attributes:
        folder: the rulebook.
        proofs: every citation, in the order of the files.
    """

    folder: Path
    proofs: tuple[CitationProof, ...]

    def counts(self, act: str | None = None) -> dict[Status, int]:
        """How many citations have each status, of one act or of all."""
        found = dict.fromkeys(STATUSES, 0)
        for proof in self.proofs:
            if act is None or proof.citation.sfs == act:
                found[proof.status] += 1
        return found

    def acts(self) -> tuple[str, ...]:
        """The acts that are cited, by year and number."""
        cited = {proof.citation.sfs for proof in self.proofs}
        return tuple(sorted(cited, key=lambda sfs: tuple(map(int, sfs.split(":")))))

    def unproved(self) -> tuple[CitationProof, ...]:
        """Everything that is not proved, the worst first."""
        left = [proof for proof in self.proofs if proof.status != "proved"]
        return tuple(sorted(left, key=lambda proof: -STATUSES.index(proof.status)))

    def faults(self) -> list[Fault]:
        """The citations that the texts deny."""
        return [
            Fault(proof.file, proof.line, proof.field, f"{proof.reason.en} ({proof.on})")
            for proof in self.proofs
            if proof.status == "not_found"
        ]


def prove(content: Content, library: StatuteLibrary) -> ProofReport:
    """Hold every citation of a rulebook against the statute texts.

    Args:
        content: what the rulebook's files say; citations that do not parse are passed over,
            because the check of the rulebook tells of them.
        library: the texts.

    Raises:
        FaultyFiles: if a statute text cannot be read.
    """
    prover = _Prover(content, library)
    proofs = []
    for origin, field, text, days in _cited(content):
        try:
            citation = Citation.parse(text)
        except CitationError:
            continue
        proofs.append(prover.prove(origin, field, citation, days))
    return ProofReport(content.folder, tuple(proofs))


def as_text(report: ProofReport, language: Language, verbose: bool = False) -> str:
    """The report for a reader: counts, counts for each act, and what is not proved.

    Args:
        report: what was found.
        language: of the reader.
        verbose: also list what is uncertain or without text, with reasons.
    """
    total = len(report.proofs)
    intro = Text(sv=f"{total} hänvisningar prövade", en=f"{total} citations held against the texts")
    lines = [f"{intro.into(language)}: {_counted(report.counts(), language)}."]
    lines += [f"  {act}: {_counted(report.counts(act), language)}" for act in report.acts()]
    heading = None
    for proof in report.unproved():
        if proof.status != "not_found" and not verbose:
            continue
        if proof.status != heading:
            heading = proof.status
            lines.append(f"{_NAMES[heading].into(language)}:")
        place = f"{_relative(proof.file, report.folder)}:{proof.line}: {proof.field}"
        lines.append(f"  {place}: {proof.citation} ({proof.on}): {proof.reason.into(language)}")
    return "\n".join(lines)


# One place where a provision is cited: file and block, field, citation, days it is cited for.
_Cited = tuple[Origin, str, str, Span]


def _cited(content: Content) -> Iterator[_Cited]:
    covers_from, read_until = read_day(content.head.covers_from), read_day(content.head.read_until)
    limits = covers_from, max(covers_from, read_until)
    for agency, origin in content.agencies:
        if agency.treated_as_authority is not None:
            days = _known_days([agency], limits)
            yield origin, "treated_as_authority", agency.treated_as_authority, days
    acts = {act.act: act for act, _ in content.acts}
    for circle, origin in content.circles:
        if circle.cite is not None and circle.members:
            days = _known_days(circle.members, limits)
            # An act may take over a circle that an older act drew.
            act = acts.get(circle.cite.partition("/")[0])
            start = _known_days([act], limits)[0] if act else days[0]
            yield origin, "cite", circle.cite, (min(max(days[0], start), days[1]), days[1])
    for offence, origin in content.offences:
        yield origin, "act", offence.act, _known_days([offence], limits)
    for placed in content.blocks:
        days = _known_days([placed.block], limits)
        for field, text in (*citations_of(placed.block), *_ends_of_stretches(placed.block)):
            yield placed.origin, field, text, days


def _ends_of_stretches(block: schema.Block) -> Iterator[tuple[str, str]]:
    """First and last section of every stretch of the secrecy act, as citations."""
    stretches = [*secrecy_stretches_of(block)]
    if isinstance(block, schema.LockRule):
        stretches.append(("shuts", block.shuts))
    for field, texts in stretches:
        for index, text in enumerate(texts):
            try:
                pattern = Pattern.parse(text)
            except CitationError:
                continue
            if pattern.sections is not None:
                chapter = "{}{}".format(*pattern.chapters[0])
                for number, letter in dict.fromkeys(pattern.sections):
                    paragraph = pattern.paragraph
                    cite = Citation(SECRECY_ACT, chapter, f"{number}{letter}", paragraph)
                    yield f"{field}[{index}]", str(cite)


def _known_days(entries: tuple[Dated, ...] | list[Dated], limits: Span) -> Span:
    """First and last day on which one of the entries is known to hold, within limits.

    An open end is the last day up to which the law had been read.
    """
    firsts, lasts = [], []
    for entry in entries:
        days = period(entry)
        first = days.start.latest if days.start.latest < date.max else days.start.earliest
        after = days.end.earliest if days.end.earliest > date.min else days.end.latest
        last = after - ONE_DAY if date.min < after < date.max else limits[1]
        firsts.append(max(first, limits[0]))
        lasts.append(last)
    first, last = min(firsts), max(lasts)
    return min(first, last), max(first, last)


class _Prover:
    """Looks citations up, each place on each day once."""

    def __init__(self, content: Content, library: StatuteLibrary) -> None:
        self._library = library
        listings = library.acts()
        self._newest = {listing.sfs: _newest(listing) for listing in listings}
        snapshots = [version.as_of for listing in listings for version in listing.versions]
        self._span = min(snapshots), max(snapshots)
        self._known: dict[tuple[Citation, date], Proof] = {}

    def prove(self, origin: Origin, field: str, citation: Citation, days: Span) -> CitationProof:
        proofs = [self._on(citation, day) for day in self._days(days)]
        worst = max(proofs, key=lambda proof: STATUSES.index(self._status(proof)))
        status, reason = self._status(worst), worst.reason
        newest = self._newest.get(citation.sfs)
        if status == "not_found" and newest is not None and days[0] > newest:
            status, reason = "uncertain", _too_new(newest, days[0])
        path = f"{origin.path}.{field}"
        return CitationProof(
            file=origin.file.path,
            line=origin.file.line_of(path),
            field=path,
            citation=citation,
            on=worst.on,
            status=status,
            reason=reason,
            source=worst.source,
        )

    def _days(self, known: Span) -> tuple[date, ...]:
        """The days to ask for: the known ones as far as the texts reach, else the nearest."""
        first, last = max(known[0], self._span[0]), min(known[1], self._span[1])
        if first > last:
            return (known[1],) if known[1] < self._span[0] else (known[0],)
        return tuple(dict.fromkeys((first, last)))

    def _on(self, citation: Citation, day: date) -> Proof:
        found = self._known.get((citation, day))
        if found is None:
            found = self._known[citation, day] = self._library.prove(citation, day)
        return found

    def _status(self, proof: Proof) -> Status:
        if proof.citation.sfs not in self._newest:
            return "no_text"
        return _VERDICTS[proof.verdict]


def _newest(listing: ActListing) -> date:
    """The day of the newest text that shows the whole act."""
    whole = [version.as_of for version in listing.versions if version.dialect != "excerpt"]
    return max(whole or [version.as_of for version in listing.versions])


def _too_new(newest: date, start: date) -> Text:
    return Text(
        sv=f"Den nyaste hela texten är per {newest} och kan inte visa vad som gäller från {start}.",
        en=f"The newest whole text is as of {newest} and cannot show what holds from {start}.",
    )


def _counted(counts: dict[Status, int], language: Language) -> str:
    return ", ".join(
        f"{count} {_NAMES[status].into(language)}" for status, count in counts.items() if count
    )


def _relative(path: Path, folder: Path) -> Path:
    return path.relative_to(folder) if path.is_relative_to(folder) else path
