"""What is known in a rulebook, and what was found wrong with it?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from difflib import get_close_matches

from samsyn.kernel.citations import Citation, CitationError, Pattern
from samsyn.kernel.dates import read_day
from samsyn.kernel.faults import Fault
from samsyn.law import schema
from samsyn.law.loading import Content, Origin

SECRECY_ACT = "2009:400"
_SHORT = 4

_LISTS = {
    "agency": ("agency or other receiver", "agencies.yaml"),
    "circle": ("legal circle", "circles.yaml"),
    "category": ("data category", "categories.yaml"),
    "fact": ("fact", "vocabulary/facts.yaml"),
    "purpose": ("purpose", "vocabulary/purposes.yaml"),
    "activity": ("activity", "vocabulary/activities.yaml"),
    "function": ("function", "vocabulary/functions.yaml"),
    "mark": ("mark", "vocabulary/marks.yaml"),
    "outcome": ("outcome", None),
    "initiative": ("initiative", None),
    "subject": ("kind of subject", None),
}
_CLOSED = {
    "outcome": ("must_not", "may_after_balancing", "may", "must", "public"),
    "initiative": ("request", "own"),
    "subject": ("person", "company"),
}


class Findings:
    """The words of a rulebook and the faults found in it so far.

    Attributes:
        content: what the files say.
        words: the codes of each list, by the name of one entry (``agency``, ``purpose``).
        acts: SFS number → head, for every act that has a file.
        agencies: code → entry.
        circles: code → entry.
        facts: code → entry.
        activities: code → entry.
        covers_from: the first day that questions are answered for.
    """

    def __init__(self, content: Content) -> None:
        self.content = content
        lists = content.vocabularies
        # The first of a repeated code counts, so that only the repetition is a fault.
        self.acts = {act.act: act for act, _ in reversed(content.acts)}
        self.agencies = {agency.code: agency for agency, _ in reversed(content.agencies)}
        self.circles = {circle.code: circle for circle, _ in reversed(content.circles)}
        self.facts = {fact.code: fact for fact, _ in reversed(content.facts)}
        self.activities = {code.code: code for code, _ in lists["activities"]}
        self.covers_from: date = read_day(content.head.covers_from)
        self.words: dict[str, frozenset[str]] = {
            "agency": frozenset(self.agencies),
            "circle": frozenset(self.circles),
            "category": frozenset(category.code for category, _ in content.categories),
            "fact": frozenset(self.facts),
            "purpose": frozenset(code.code for code, _ in lists["purposes"]),
            "activity": frozenset(self.activities),
            "function": frozenset(code.code for code, _ in lists["functions"]),
            "mark": frozenset(code.code for code, _ in lists["marks"]),
            **{kind: frozenset(words) for kind, words in _CLOSED.items()},
        }
        self._faults: list[Fault] = []

    def in_order(self) -> list[Fault]:
        """All faults by file and line, each once."""
        once = dict.fromkeys(self._faults)
        return sorted(once, key=lambda fault: (str(fault.file), fault.line, fault.field))

    def add(self, origin: Origin, field: str, expected: str) -> None:
        """A fault in a field of a block."""
        self._faults.append(origin.fault(field, expected))

    def add_to_file(self, name: str, expected: str) -> None:
        """A fault in a file as a whole, named by its path in the rulebook."""
        self._faults.append(Fault(self.content.folder / name, 0, "", expected))

    def add_all(self, faults: Iterable[Fault]) -> None:
        """Faults that were found elsewhere."""
        self._faults.extend(faults)

    def require(self, kind: str, origin: Origin, field: str, words: Sequence[str]) -> None:
        """A fault for each word that is in no list, or stands twice in one field."""
        known = self.words[kind]
        for index, word in enumerate(words):
            if word not in known:
                self.add(origin, f"{field}[{index}]", self._unknown(kind, word))
            elif words.index(word) != index:
                self.add(origin, f"{field}[{index}]", f"“{word}” stands twice; take one away")

    def require_one(self, kind: str, origin: Origin, field: str, word: str) -> None:
        """A fault if a word is in no list."""
        if word not in self.words[kind]:
            self.add(origin, field, self._unknown(kind, word))

    def _unknown(self, kind: str, word: str) -> str:
        noun, file = _LISTS[kind]
        hint = did_you_mean(word, self.words[kind])
        if file is None:
            return f"“{word}” is no {noun}; {hint}use one of {', '.join(_CLOSED[kind])}"
        return f"“{word}” is no {noun}; {hint}use a code from {file} or add it there"

    def cited(self, origin: Origin, field: str, text: str) -> Citation | None:
        """A citation read, with a fault if it is none or its act has no file."""
        try:
            citation = Citation.parse(text)
        except CitationError as error:
            self.add(origin, field, str(error))
            return None
        if citation.sfs not in self.acts:
            hint = did_you_mean(citation.sfs, self.acts)
            name = act_file(citation.sfs)
            self.add(origin, field, f"cites {citation.sfs}, which has no file; {hint}add {name}")
        return citation

    def stretches(self, origin: Origin, field: str, texts: Sequence[str]) -> dict[int, Pattern]:
        """Stretches of the secrecy act by place, with a fault for what is none or a repetition."""
        found = {}
        for index, text in enumerate(texts):
            try:
                found[index] = Pattern.parse(text)
            except CitationError as error:
                self.add(origin, f"{field}[{index}]", str(error))
            if texts.index(text) != index:
                self.add(origin, f"{field}[{index}]", f"“{text}” stands twice; take one away")
        return found

    def holders(self, parties: schema.Parties, side: str) -> frozenset[str]:
        """Codes of all who are ever among the parties; those not known are left out."""
        if parties.circle is not None:
            circle = self.circles.get(parties.circle)
            members = circle.members if circle else ()
            found = {member.agency for member in members if member.acts_as in ("both", side)}
        elif parties.codes:
            found = set(parties.codes)
        else:
            found = {code for code, a in self.agencies.items() if _is_kind(a, parties.any)}
        return frozenset(found.difference(parties.except_codes))


def _is_kind(agency: schema.Agency, kind: str | None) -> bool:
    if kind == "authority":
        return agency.kind == "authority" or agency.treated_as_authority is not None
    if kind == "private":
        return agency.kind == "private" and agency.treated_as_authority is None
    return kind != "foreign" or agency.kind == "foreign"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``did you mean SKV? `` for a slip of the pen, else nothing."""
    spelt = {code.lower(): code for code in sorted(known)}
    # One wrong letter weighs more in a short code.
    alike = 0.6 if len(word) <= _SHORT else 0.75
    close = get_close_matches(word.lower(), spelt, n=1, cutoff=alike)
    return f"did you mean {spelt[close[0]]}? " if close else ""


def act_file(sfs: str) -> str:
    """Where the blocks of an act stand, ``acts/2009-400.yaml``."""
    return f"acts/{sfs.replace(':', '-')}.yaml"
