"""Which words may a question use, and what is an unknown item kind about?"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from samsyn.kernel.faults import FieldError
from samsyn.law import schema
from samsyn.law.loading import Content

_WORD_BREAK = re.compile(r"[^0-9a-zåäöé]+")


def nearest(word: str, codes: Iterable[str]) -> str | None:
    """The code that the word is probably a slip for, or None."""
    matches = difflib.get_close_matches(word, list(codes), n=1, cutoff=0.75)
    return matches[0] if matches else None


@dataclass(frozen=True, slots=True)
class Codes:
    """A closed or open list of words, with other ways to type them.

    Attributes:
        field: name of the field in a question.
        known: code → entry.
        spellings: every accepted spelling in lower case → code.
    """

    field: str
    known: dict[str, schema.Code | schema.Agency]
    spellings: dict[str, str]

    @classmethod
    def build(cls, field: str, entries: Iterable[schema.Code | schema.Agency]) -> Codes:
        """Collect entries and their aliases."""
        known: dict[str, schema.Code | schema.Agency] = {}
        spellings: dict[str, str] = {}
        for entry in entries:
            known[entry.code] = entry
            for spelling in (entry.code, *entry.aliases, entry.name.sv):
                spellings.setdefault(spelling.lower(), entry.code)
        return cls(field, known, spellings)

    def require(self, word: str, field: str | None = None) -> str:
        """The code for a spelling.

        Raises:
            FieldError: if the word is not in the list; the remedy names the nearest or all.
        """
        code = self.find(word)
        if code is None:
            close = self.slip(word)
            known = ", ".join(self.known)
            raise FieldError(
                field or self.field,
                f"“{word}” is not known; "
                f"{f'did you mean {close}? ' if close else ''}use one of {known}",
                f"”{word}” är inte känt; "
                f"{f'menade du {close}? ' if close else ''}använd någon av {known}",
            )
        return code

    def find(self, word: str) -> str | None:
        """The code for a spelling, or None."""
        return self.spellings.get(word.lower())

    def ordered(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Codes in the order of the list, those that are not in it last."""
        wanted = set(codes)
        known = [code for code in self.known if code in wanted]
        return (*known, *sorted(wanted.difference(known)))

    def slip(self, word: str) -> str | None:
        """The code that an unknown word is probably a slip for."""
        match = nearest(word.lower(), self.spellings)
        return self.spellings[match] if match else None


class Vocabulary:
    """All words of a rulebook: agencies, purposes, activities, functions, facts, categories."""

    def __init__(self, content: Content) -> None:
        lists = content.vocabularies
        self.agencies = Codes.build("giver", [agency for agency, _ in content.agencies])
        self.purposes = Codes.build("purpose", [code for code, _ in lists["purposes"]])
        self.activities = Codes.build("activity", [code for code, _ in lists["activities"]])
        self.functions = Codes.build("receiver_function", [code for code, _ in lists["functions"]])
        self.marks = Codes.build("subject", [code for code, _ in lists["marks"]])
        self.facts = {fact.code: fact for fact, _ in content.facts}
        self.categories = {category.code: category for category, _ in content.categories}
        self._activities_of: dict[str, tuple[str, ...]] = {}
        self._by_item_kind: dict[str, frozenset[str]] = {}
        listed: dict[str, set[str]] = {}
        for category in self.categories.values():
            for kind in category.item_kinds:
                listed.setdefault(kind, set()).add(category.code)
        self._listed = {kind: frozenset(codes) for kind, codes in listed.items()}
        self._words = [
            (tuple(words.split("_")), category.code)
            for category in self.categories.values()
            for words in category.words
        ]

    def agency(self, code: str) -> schema.Agency:
        """The entry of an agency or other receiver."""
        entry = self.agencies.known[code]
        assert isinstance(entry, schema.Agency)
        return entry

    def activities_of(self, agency: str) -> tuple[str, ...]:
        """The activities an agency may have: its own, and those that any agency may have."""
        found = self._activities_of.get(agency)
        if found is None:
            branches = self.agency(agency).branches
            own = {activity for branch in branches for activity in branch.activities}
            own.update(
                code
                for code, entry in self.activities.known.items()
                if isinstance(entry, schema.Code) and (not entry.holders or agency in entry.holders)
            )
            found = self._activities_of[agency] = self.activities.ordered(own)
        return found

    def unprotected(self, activity: str) -> tuple[str, ...]:
        """Kinds of subject whose data the law is read to leave open in an activity."""
        entry = self.activities.known.get(activity)
        return entry.unprotected if isinstance(entry, schema.Code) else ()

    def categories_of(self, item_kind: str | None) -> frozenset[str]:
        """Data categories of an item kind: those listed, else those its words point to."""
        if not item_kind:
            return frozenset()
        found = self._by_item_kind.get(item_kind)
        if found is None:
            found = self._listed.get(item_kind) or self._by_words(item_kind)
            self._by_item_kind[item_kind] = found
        return found

    def listed(self, item_kind: str) -> bool:
        """True if the item kind stands in the rulebook, false if its words had to tell."""
        return item_kind in self._listed

    def _by_words(self, item_kind: str) -> frozenset[str]:
        words = [word for word in _WORD_BREAK.split(item_kind.lower()) if word]
        found = set()
        for sequence, category in self._words:
            width = len(sequence)
            for start in range(len(words) - width + 1):
                if tuple(words[start : start + width]) == sequence:
                    found.add(category)
        return frozenset(found)
