"""What may stand in the other files: agencies, circles, words, facts, offences."""

from __future__ import annotations

from typing import Literal

import msgspec

from samsyn.kernel.text import Text
from samsyn.law.schema.blocks import CitationText, Strict


class ActHead(Strict, frozen=True, kw_only=True):
    """The head of an act's file.

    Attributes:
        act: SFS number.
        title: official title in Swedish, ours in English.
        abbreviations: how officers write it (``OSL``).
        start: first day in force.
        end: last day in force.
    """

    act: str
    title: Text
    abbreviations: tuple[str, ...] = ()
    start: str = msgspec.field(name="from")
    end: str = msgspec.field(name="to")


class Branch(Strict, frozen=True, kw_only=True):
    """An independent branch of an agency (OSL 8:2): its activities and functions.

    Attributes:
        code: code of the branch.
        name: its name.
        activities: activities at the giver that belong to it.
        functions: functions at the receiver that belong to it.
    """

    code: str
    name: Text
    activities: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()


class Agency(Strict, frozen=True, kw_only=True):
    """An agency or another receiver.

    Attributes:
        code: short code used in questions.
        aliases: other ways to type it.
        name: official name in Swedish, usual name in English.
        kind: ``authority``, ``private`` or ``foreign``.
        treated_as_authority: a private body that the secrecy act treats as an authority, by this
            provision (OSL 2:4 and its annex).
        branches: independent branches (OSL 8:2).
        same_as: the item's own subject (OSL 12:1).
        start: first day it exists.
        end: last day it exists.
    """

    code: str
    aliases: tuple[str, ...] = ()
    name: Text
    kind: Literal["authority", "private", "foreign"]
    treated_as_authority: CitationText | None = None
    branches: tuple[Branch, ...] = ()
    same_as: Literal["subject", "reported"] | None = None
    start: str = msgspec.field(name="from")
    end: str = msgspec.field(name="to")


class Membership(Strict, frozen=True, kw_only=True):
    """One agency's time in a legal circle.

    Attributes:
        agency: code.
        start: first day.
        end: last day.
        acts_as: gives, receives or both.
        activities: only as giver in these activities; all when empty.
        except_activities: never in these.
        functions: only as receiver in these functions; all when empty.
        source: where it was read.
    """

    agency: str
    start: str = msgspec.field(name="from")
    end: str = msgspec.field(name="to")
    acts_as: Literal["giver", "receiver", "both"] = "both"
    activities: tuple[str, ...] = ()
    except_activities: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    source: str


class Circle(Strict, frozen=True, kw_only=True):
    """A legal circle: those whom one provision names.

    Attributes:
        code: code.
        cite: the provision that draws the circle, or None for a government assignment.
        name: its name.
        members: dated memberships.
    """

    code: str
    cite: CitationText | None = None
    name: Text
    members: tuple[Membership, ...]


class Code(Strict, frozen=True, kw_only=True):
    """A word of the vocabulary: a purpose, an activity, a function, a mark.

    Attributes:
        code: as written in questions.
        aliases: other ways to type it.
        name: in words.
        group: which family it belongs to.
        holders: for activities, the agencies that have it; empty when any may.
        unprotected: for activities, the kinds of subject (``person``, ``company``) whose data no
            provision of secrecy protects there, where a person has read the law for it.
    """

    code: str
    aliases: tuple[str, ...] = ()
    name: Text
    group: str = ""
    holders: tuple[str, ...] = ()
    unprotected: tuple[Literal["person", "company"], ...] = ()


class Category(Strict, frozen=True, kw_only=True):
    """A data category that rules speak of, and the item kinds that belong to it.

    Attributes:
        code: code.
        name: in words.
        item_kinds: item kinds known to belong to it.
        words: word sequences that place an unknown item kind in it (``employer_declaration``).
    """

    code: str
    name: Text
    item_kinds: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class Fact(Strict, frozen=True, kw_only=True):
    """A fact that rules ask for.

    Attributes:
        code: dotted code as in the question (``crime.committed``).
        type: ``bool``, ``int``, ``act`` (a citation), ``agency``, ``choice`` or ``text``.
        choices: allowed values of a choice.
        aliases: other spellings of a value, ``{"true": given}``.
        question: how a person is asked.
        unstated: what silence means, when nothing below implies the fact: ``false`` (nobody
            claims it), ``true``, or ``ask`` (the outcome stays open).
        asked_for_purposes: with ``ask``, only for these purposes, else false; all when empty.
        implied_by_purposes: true when one of these purposes is stated.
        implied_by_categories: true when the item belongs to one of these data categories.
    """

    code: str
    type: Literal["bool", "int", "act", "agency", "choice", "text"]
    choices: tuple[str, ...] = ()
    aliases: dict[str, str] = msgspec.field(default_factory=dict)
    question: Text
    unstated: Literal["false", "true", "ask"]
    asked_for_purposes: tuple[str, ...] = ()
    implied_by_purposes: tuple[str, ...] = ()
    implied_by_categories: tuple[str, ...] = ()


class Offence(Strict, frozen=True, kw_only=True):
    """Penalty scale of an offence, for the thresholds in OSL 10:21-24.

    Attributes:
        act: the provision, ``1962:700/4:1a``.
        grade: ``normal``, ``minor`` or ``gross``.
        name: the offence.
        prison: prison is on the scale.
        min_months: lowest penalty in months of prison, 0 when fines or less than a month suffice.
        max_months: highest penalty in months of prison; None when not stated here.
        start: first day.
        end: last day.
        source: where it was read.
    """

    act: CitationText
    grade: Literal["normal", "minor", "gross"] = "normal"
    name: Text
    prison: bool
    min_months: int
    max_months: int | None = None
    start: str = msgspec.field(name="from")
    end: str = msgspec.field(name="to")
    source: str


class Head(Strict, frozen=True, kw_only=True):
    """``rulebook.yaml``: what this rulebook is.

    Attributes:
        jurisdiction: ISO 3166 code.
        version: changed with every change of the rulebook.
        covers_from: first day that questions are answered for.
        read_until: the day up to which the law had been read.
        title: its name.
    """

    jurisdiction: str
    version: str
    covers_from: str
    read_until: str
    title: Text
