"""What may stand in an act's file: dated blocks, one for each rule in one wording."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from samsyn.kernel.text import Text

Strength = Literal[
    "straight", "reverse", "absolute", "qualified_straight", "as_source", "as_agreed"
]
Test = Literal[
    "none",
    "extraordinary_reasons",
    "clear_that_secrecy_prevails",
    "overriding_reasons_against",
    "obvious_priority_of_disclosure",
]
TESTS: tuple[Test, ...] = (
    "none",
    "extraordinary_reasons",
    "clear_that_secrecy_prevails",
    "overriding_reasons_against",
    "obvious_priority_of_disclosure",
)
"""Weakest to strongest hurdle for disclosure."""

ReviewState = Literal["draft", "read_against_statute", "reviewed_by_lawyer"]
CitationText = str
"""A citation as written, ``2009:400/10:27 st2``; parsed when the rules are built."""
PatternText = str
"""A stretch of the secrecy act as written, ``26:1-6``, ``26:1a st1`` or ``15-20 kap.``."""
FactValue = bool | int | str
Condition = dict[str, Any]
"""Fact code → wanted value; ``{at_least: 6}`` for numbers, ``{within: [citations]}`` for acts."""


class Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all blocks: a field that is not known is a fault."""


class Source(Strict, frozen=True, kw_only=True):
    """Where the content of a block was read.

    Attributes:
        text: the statute or preparatory work, ``SFS 2024:307`` or ``prop. 2023/24:85``.
        amended_by: the amending act that gave this wording, ``2025:179``.
        note: what the reader should know, for example what has not been read.
    """

    text: str
    amended_by: str | None = None
    note: Text | None = None


class Parties(Strict, frozen=True, kw_only=True):
    """Who may be giver or receiver.

    Exactly one of ``any``, ``circle`` and ``codes`` is given.

    Attributes:
        any: ``authority`` (also those treated as one), ``private``, ``foreign`` or ``anyone``.
        circle: code of a legal circle with dated members.
        codes: codes of agencies or other receivers.
        except_codes: taken out again.
        activities: only these activities of a giver; every activity when empty.
        except_activities: taken out again.
        functions: only these functions of a receiver; every function when empty.
        except_functions: taken out again.
    """

    any: Literal["authority", "private", "foreign", "anyone"] | None = None
    circle: str | None = None
    codes: tuple[str, ...] = ()
    except_codes: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    except_activities: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    except_functions: tuple[str, ...] = ()


class Items(Strict, frozen=True, kw_only=True):
    """Which items of information a rule concerns; an empty list means no limit.

    Attributes:
        categories: at least one of these data categories.
        except_categories: none of these.
        subjects: the item is about one of these kinds (``person``, ``company``).
        marks: at least one of these marks (``victim``, ``child``, ``protected``).
    """

    categories: tuple[str, ...] = ()
    except_categories: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


class Opens(Strict, frozen=True, kw_only=True):
    """Which secrecy a breaking rule opens; by default all.

    Attributes:
        only: the secrecy must lie wholly in one of these stretches of the secrecy act.
        except_: secrecy that touches one of these stretches stays closed.
        except_cite: the paragraph that lists the exceptions.
        protects: only secrecy that protects an ``individual`` or the ``public``.
    """

    only: tuple[PatternText, ...] = ()
    except_: tuple[PatternText, ...] = msgspec.field(default=(), name="except")
    except_cite: CitationText | None = None
    protects: Literal["individual", "public"] | None = None


class Weigh(Strict, frozen=True, kw_only=True):
    """What a person weighs before deciding. The machine never weighs.

    Attributes:
        for_: what may speak for disclosure.
        against: what may speak against it.
        receiver: what protects the item once it has been received.
    """

    for_: tuple[Text, ...] = msgspec.field(default=(), name="for")
    against: tuple[Text, ...] = ()
    receiver: tuple[Text, ...] = ()


class Point(Strict, frozen=True, kw_only=True):
    """One point of a breaking rule's list; the first that fits becomes the ground.

    Attributes:
        cite: the point.
        purposes: purposes that fit; every purpose when empty.
        receivers: receivers that fit; every receiver when empty.
        when: facts that must be so.
    """

    cite: CitationText
    purposes: tuple[str, ...] = ()
    receivers: tuple[str, ...] = ()
    when: Condition = msgspec.field(default_factory=dict)


class Block(Strict, frozen=True, kw_only=True):
    """What every dated block states.

    Attributes:
        rule: key shared by the consecutive wordings of one rule, unique in the rulebook otherwise.
        cite: the provision.
        start: first day in force, ``from`` in the file.
        end: last day in force, ``to`` in the file.
        title: what the rule is, a few words.
        summary: what it says, in our own words.
        source: where it was read.
        review: who has checked the block.
        arguable: the open legal question, where there is one.
    """

    rule: str
    cite: CitationText
    start: str = msgspec.field(name="from")
    end: str = msgspec.field(name="to")
    title: Text
    summary: Text
    source: Source
    review: ReviewState
    arguable: Text | None = None


class SecrecyRule(Block, frozen=True, kw_only=True, tag_field="kind", tag="secrecy"):
    """A primary secrecy rule: at whom, for what, how strong, for how long.

    Attributes:
        strength: kind of harm test.
        protects: whose interest.
        interest: the interest, in words.
        givers: at whom it applies.
        items: to which items.
        max_years: longest time for a public document in years; None when not stated.
        usual: proposed for every item it can cover, not only when somebody names it.
        follows: provision by which whatever opens another provision opens this one (OSL 21:2).
    """

    strength: Strength
    protects: Literal["individual", "public"]
    interest: Text
    givers: Parties
    items: Items = Items()
    max_years: int | None = None
    usual: bool = True
    follows: CitationText | None = None


class SecrecyException(Block, frozen=True, kw_only=True, tag_field="kind", tag="exception"):
    """A provision that takes something out of secrecy, so that it is open to anyone.

    Attributes:
        takes_out_of: the secrecy rules it limits.
        givers: at whom.
        items: which items.
    """

    takes_out_of: tuple[CitationText, ...]
    givers: Parties
    items: Items


class TransferRule(Block, frozen=True, kw_only=True, tag_field="kind", tag="transfer"):
    """A provision by which secrecy follows an item to the one who receives it.

    Attributes:
        carries: secrecy that follows; every individual's secrecy when empty.
        receivers: to whom (holder after the transfer).
        unless_primary: gives way when the holder has a primary rule for the same interest,
            by this provision (OSL 11:8); rules of chapter 21 do not count.
    """

    carries: tuple[PatternText, ...] = ()
    receivers: Parties
    unless_primary: CitationText | None = None


class BreakingRule(Block, frozen=True, kw_only=True, tag_field="kind", tag="breaking"):
    """A provision that opens secrecy: a duty to give information or a permission.

    Attributes:
        code: short label in our tables (G5, D1, L2, O7).
        force: ``duty`` obliges, ``permission`` allows.
        general_clause: tried last, after every other permission.
        grounds_with: provisions cited after the rule itself, such as OSL 10:28.
        givers: who gives.
        receivers: who gets.
        purposes: for what; every purpose when empty.
        initiative: on ``request``, on ``own`` initiative, or ``both``.
        items: which items.
        when: facts that must be so; a list means that one of its members suffices.
        unless: facts of which none may be so.
        opens: which secrecy it opens.
        test: the weighing that a person has to make, with its presumption.
        test_cite: the paragraph with the test.
        points: the list that the ground is taken from, if there is one; one must fit.
        weigh: what to weigh.
        unless_cite: what shut the rule out when one of the excluding facts is so.
        miss_cite: cited instead of the rule when it almost applied.
    """

    code: str
    force: Literal["duty", "permission"]
    general_clause: bool = False
    grounds_with: tuple[CitationText, ...] = ()
    givers: Parties
    receivers: Parties
    purposes: tuple[str, ...] = ()
    initiative: Literal["request", "own", "both"]
    items: Items = Items()
    when: Condition | list[Condition] = msgspec.field(default_factory=dict)
    unless: Condition = msgspec.field(default_factory=dict)
    opens: Opens = Opens()
    test: Test = "none"
    test_cite: CitationText | None = None
    points: tuple[Point, ...] = ()
    weigh: Weigh = Weigh()
    unless_cite: CitationText | None = None
    miss_cite: CitationText | None = None


class LockRule(Block, frozen=True, kw_only=True, tag_field="kind", tag="lock"):
    """A provision that shuts breaking rules out for some secrecy.

    Attributes:
        secrecy: the secrecy it locks.
        shuts: stretches of the secrecy act whose breaking rules may not be used; all when empty.
            A rule counts as used when it is the ground or is cited with it (OSL 10:28 st1).
        leaves: rules that stay usable, by act or provision.
        unless: the lock is off when one of these facts is so.
    """

    secrecy: tuple[PatternText, ...]
    shuts: tuple[PatternText, ...] = ()
    leaves: tuple[CitationText, ...] = ()
    unless: Condition = msgspec.field(default_factory=dict)


class Limit(Block, frozen=True, kw_only=True, tag_field="kind", tag="limit"):
    """A provision outside the secrecy act that bounds how a weighing may end.

    Attributes:
        secrecy: the secrecy it concerns.
        against: what it says against disclosure, for the person who weighs.
    """

    secrecy: tuple[PatternText, ...]
    against: Text


class Protection(Block, frozen=True, kw_only=True, tag_field="kind", tag="protection"):
    """Protection of victims, witnesses, tip-givers, children and parties.

    Attributes:
        givers: at whom.
        items: for which items.
        facts: facts under which it is shown.
        advice: what the officer must know or ask first.
    """

    givers: Parties
    items: Items = Items()
    facts: Condition = msgspec.field(default_factory=dict)
    advice: Text


class Record(Block, frozen=True, kw_only=True, tag_field="kind", tag="record"):
    """What must be written down about a disclosure or a refusal.

    Attributes:
        outcomes: outcomes for which it is shown; all when empty.
        initiatives: ``request`` or ``own``; both when empty.
        write: what to write.
    """

    outcomes: tuple[str, ...] = ()
    initiatives: tuple[str, ...] = ()
    write: Text


class DataProtection(Block, frozen=True, kw_only=True, tag_field="kind", tag="data_protection"):
    """The data protection regime of an activity, or a requirement under one.

    Attributes:
        regime: ``gdpr`` or ``bdl`` (brottsdatalagen).
        side: shown for the giver, the receiver or both.
        parties: whose activity it is.
        forces: shown only when the outcome rests on a duty or on a permission; both when empty.
        note: what it asks for.
    """

    regime: Literal["gdpr", "bdl"]
    side: Literal["giver", "receiver", "both"]
    parties: Parties
    forces: tuple[Literal["duty", "permission"], ...] = ()
    note: Text


class Note(Block, frozen=True, kw_only=True, tag_field="kind", tag="note"):
    """A provision that explains or frames, without deciding anything by itself.

    Attributes:
        givers: at whom it is shown, or None when only the documentation uses it.
        purposes: for which purposes it is shown; all when empty.
        unverified: the text has not been read, so a duty or permission may be missing here.
    """

    givers: Parties | None = None
    purposes: tuple[str, ...] = ()
    unverified: bool = False


AnyBlock = (
    SecrecyRule
    | SecrecyException
    | TransferRule
    | BreakingRule
    | LockRule
    | Limit
    | Protection
    | Record
    | DataProtection
    | Note
)
