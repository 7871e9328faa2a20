"""What is asked: may this item go to this receiver, for this purpose, on this day?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

import msgspec

from samsyn.kernel.citations import Citation, CitationError, section_order
from samsyn.kernel.faults import FieldError
from samsyn.law import schema
from samsyn.law.schema import FactValue
from samsyn.law.vocabulary import Vocabulary, nearest

UNKNOWN = "unknown"
"""Written for a fact that nobody knows, so that every possible outcome is shown."""

Initiative = Literal["request", "own"]
_FIELDS = (
    "id on giver activity item_kind categories subject secrecy receiver receiver_function purpose "
    "initiative facts"
).split()
ANSWER_FIELDS = frozenset(
    "expected outcome test duty_if_favourable floor grounds excluded_by reason confidence steps "
    "rulebook_version error".split()
)
"""Fields of an answer that may stand beside a question in a file; they are not read."""
SECRECY_ACT = "2009:400"


class Subject(msgspec.Struct, frozen=True):
    """Whom the item is about.

    Attributes:
        kind: ``person``, ``company`` or None when not stated.
        victim: may be a victim.
        child: is under 18.
        protected: has protected personal data.
    """

    kind: str | None = None
    victim: bool = False
    child: bool = False
    protected: bool = False

    def marks(self) -> frozenset[str]:
        """The marks that are set."""
        marks = (("victim", self.victim), ("child", self.child), ("protected", self.protected))
        return frozenset(mark for mark, is_set in marks if is_set)


class Question(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """One question to the law. Equal questions have equal answers under one rulebook.

    Attributes:
        on: day of the decision.
        giver: code of the authority that holds the item.
        receiver: code of the one who is to get it.
        purpose: for what the receiver needs it.
        initiative: ``request`` or ``own``.
        activity: where at the giver the item is held; None when not stated.
        receiver_function: in which capacity the receiver gets it; None when not stated.
        item_kind: what the item is, a free code.
        categories: data categories of the item; None lets the rulebook tell from the item kind.
        subject: whom it is about.
        secrecy: provisions that make it secret toward this receiver before any breaking rule;
            None lets the rulebook propose them.
        facts: sorted pairs of fact code and value.
        remarks: what was given but could not be used, for the reader of the answer.
    """

    on: date
    giver: str
    receiver: str
    purpose: str
    initiative: Initiative
    activity: str | None = None
    receiver_function: str | None = None
    item_kind: str | None = None
    categories: tuple[str, ...] | None = None
    subject: Subject = Subject()
    secrecy: tuple[str, ...] | None = None
    facts: tuple[tuple[str, FactValue], ...] = ()
    remarks: tuple[str, ...] = ()

    def with_facts(self, **changes: FactValue) -> Question:
        """The same question with some facts stated anew; ``__`` stands for the dot in a code."""
        facts = dict(self.facts)
        facts.update({code.replace("__", "."): value for code, value in changes.items()})
        return msgspec.structs.replace(self, facts=tuple(sorted(facts.items())))


def read_question(raw: Mapping[str, Any], vocabulary: Vocabulary) -> Question:
    """Read a question from the fields of a JSON object.

    Fields of an answer are passed over. Words that the rulebook leaves open (activity, function,
    item kind, further facts) and activities of another agency are remarked on and count as not
    stated; slips of the pen are faults.

    Raises:
        FieldError: naming the field and the remedy.
    """
    for field in raw:
        if field not in _FIELDS and field not in ANSWER_FIELDS:
            close = nearest(field, _FIELDS)
            known = ", ".join(_FIELDS)
            raise FieldError(
                field,
                f"no such field; did you mean {close}?" if close else f"no such field; use {known}",
                f"fältet finns inte; menade du {close}?"
                if close
                else f"fältet finns inte; använd {known}",
            )
    remarks: list[str] = []
    secrecy = _secrecy(raw.get("secrecy"))
    on = _day(raw.get("on"))
    giver = vocabulary.agencies.require(_word(raw, "giver"), "giver")
    return Question(
        on=on,
        giver=giver,
        receiver=vocabulary.agencies.require(_word(raw, "receiver"), "receiver"),
        purpose=vocabulary.purposes.require(_word(raw, "purpose")),
        initiative=_initiative(raw.get("initiative")),
        activity=_activity(raw, giver, vocabulary, remarks),
        receiver_function=_open_word(raw, "receiver_function", vocabulary, remarks),
        item_kind=_optional_word(raw, "item_kind"),
        categories=_categories(raw.get("categories"), vocabulary),
        subject=_subject(raw.get("subject")),
        secrecy=secrecy,
        facts=_facts(raw.get("facts"), vocabulary, remarks),
        remarks=tuple(remarks),
    )


def no_citation(text: object) -> str:
    """In Swedish: what was written is no citation."""
    return f"”{text}” är ingen hänvisning; skriv som 2009:400/10:27 eller 2024:307/4 st3"


def _word(raw: Mapping[str, Any], field: str) -> str:
    value = raw.get(field)
    if not isinstance(value, str) or not value:
        raise FieldError(field, "missing; expected a code", "saknas; ange en kod")
    return value


def _optional_word(raw: Mapping[str, Any], field: str) -> str | None:
    value = raw.get(field)
    if value is None or isinstance(value, str):
        return value or None
    raise FieldError(field, "expected a word", "ange ett ord")


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise FieldError(
        "on",
        f"expected a day such as 2026-03-01, found {value!r}",
        f"ange en dag som 2026-03-01; fann {value!r}",
    )


def _initiative(value: Any) -> Initiative:
    if value == "request":
        return "request"
    if value == "own":
        return "own"
    raise FieldError(
        "initiative",
        f"expected request or own, found {value!r}",
        f"ange request (begäran) eller own (eget initiativ); fann {value!r}",
    )


def _activity(
    raw: Mapping[str, Any], giver: str, vocabulary: Vocabulary, remarks: list[str]
) -> str | None:
    found = _open_word(raw, "activity", vocabulary, remarks)
    if found is not None and found not in vocabulary.activities_of(giver):
        remarks.append("activity")
        return None
    return found


def _open_word(
    raw: Mapping[str, Any], field: str, vocabulary: Vocabulary, remarks: list[str]
) -> str | None:
    word = _optional_word(raw, field)
    if word is None or word == UNKNOWN:
        return None
    codes = vocabulary.activities if field == "activity" else vocabulary.functions
    known = codes.find(word)
    if known is None:
        if slip := codes.slip(word):
            raise FieldError(
                field,
                f"“{word}” is not known; did you mean {slip}?",
                f"”{word}” är inte känt; menade du {slip}?",
            )
        remarks.append(field)
        return None
    return known


def _categories(value: Any, vocabulary: Vocabulary) -> tuple[str, ...] | None:
    if value is None:
        return None
    if not isinstance(value, list | tuple):
        raise FieldError(
            "categories",
            "expected a list of data categories",
            "ange en lista med uppgiftskategorier",
        )
    for code in value:
        if code not in vocabulary.categories:
            known = ", ".join(vocabulary.categories)
            raise FieldError(
                "categories",
                f"“{code}” is not known; use one of {known}",
                f"”{code}” är inte känt; använd någon av {known}",
            )
    return tuple(sorted(set(value)))


def _subject(value: Any) -> Subject:
    if value is None:
        return Subject()
    if not isinstance(value, Mapping):
        raise FieldError(
            "subject",
            'expected an object such as {"kind": "person"}',
            'ange ett objekt som {"kind": "person"}',
        )
    for field in value:
        if field not in Subject.__struct_fields__:
            known = ", ".join(Subject.__struct_fields__)
            raise FieldError(
                f"subject.{field}",
                f"no such field; use {known}",
                f"fältet finns inte; använd {known}",
            )
    kind = value.get("kind")
    if kind not in (None, "person", "company"):
        raise FieldError(
            "subject.kind",
            f"expected person or company, found {kind!r}",
            f"ange person eller company; fann {kind!r}",
        )
    for mark in ("victim", "child", "protected"):
        if not isinstance(value.get(mark, False), bool):
            raise FieldError(f"subject.{mark}", "expected true or false", "ange true eller false")
    return Subject(
        kind, value.get("victim", False), value.get("child", False), value.get("protected", False)
    )


def _secrecy(value: Any) -> tuple[str, ...] | None:
    if value is None:
        return None
    if not isinstance(value, list | tuple):
        raise FieldError(
            "secrecy",
            'expected a list such as ["2009:400/27:1"]',
            'ange en lista som ["2009:400/27:1"]',
        )
    found = []
    for index, text in enumerate(value):
        field = f"secrecy[{index}]"
        try:
            citation = Citation.parse(text)
        except (CitationError, TypeError) as error:
            raise FieldError(field, str(error), no_citation(text)) from None
        if citation.sfs != SECRECY_ACT or not citation.chapter or not citation.section:
            raise FieldError(
                field,
                f"expected a section of the secrecy act, found {text}",
                f"ange en paragraf i offentlighets- och sekretesslagen; fann {text}",
            )
        if not 15 <= section_order(citation.chapter)[0] <= 43:
            raise FieldError(
                field,
                f"{text} is no secrecy rule; those stand in chapters 15-43",
                f"{text} är ingen sekretessbestämmelse; de finns i 15-43 kap.",
            )
        found.append(str(citation))
    return tuple(dict.fromkeys(found))


def _facts(
    value: Any, vocabulary: Vocabulary, remarks: list[str]
) -> tuple[tuple[str, FactValue], ...]:
    if value is None:
        return ()
    if not isinstance(value, Mapping):
        raise FieldError(
            "facts",
            'expected an object such as {"harm": "met"}',
            'ange ett objekt som {"harm": "met"}',
        )
    found: dict[str, FactValue] = {}
    for code, stated in _flat(value).items():
        if stated is None:
            continue
        fact = vocabulary.facts.get(code)
        if fact is None:
            if close := nearest(code, vocabulary.facts):
                raise FieldError(
                    f"facts.{code}",
                    f"no such fact; did you mean {close}?",
                    f"omständigheten finns inte; menade du {close}?",
                )
            remarks.append(f"facts.{code}")
            continue
        found[code] = UNKNOWN if stated == UNKNOWN else _fact_value(fact, stated, vocabulary)
    return tuple(sorted(found.items()))


def _flat(value: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, inner in value.items():
        if isinstance(inner, Mapping):
            flat.update(_flat(inner, f"{prefix}{key}."))
        else:
            flat[prefix + key] = inner
    return flat


def _fact_value(fact: schema.Fact, stated: Any, vocabulary: Vocabulary) -> FactValue:
    field = f"facts.{fact.code}"
    if fact.aliases:
        stated = fact.aliases.get(str(stated).lower(), stated)
    if fact.type == "bool" and isinstance(stated, bool):
        return stated
    if fact.type == "int" and isinstance(stated, int) and not isinstance(stated, bool):
        if stated < 0:
            raise FieldError(
                field, f"expected 0 or more, found {stated}", f"ange 0 eller mer; fann {stated}"
            )
        return stated
    if fact.type == "choice" and stated in fact.choices:
        return str(stated)
    if fact.type == "text" and isinstance(stated, str):
        return stated
    if fact.type == "agency" and isinstance(stated, str):
        return vocabulary.agencies.require(stated, field)
    if fact.type == "act" and isinstance(stated, str):
        try:
            return str(Citation.parse(stated))
        except CitationError as error:
            raise FieldError(field, str(error), no_citation(stated)) from None
    en, sv = {
        "bool": ("true or false", "true eller false"),
        "int": ("a whole number", "ett heltal"),
        "choice": (" or ".join(fact.choices), " eller ".join(fact.choices)),
        "text": ("a text", "en text"),
        "agency": ("the code of an agency", "en myndighets kod"),
        "act": ("a citation such as 1962:700/4:1b", "en hänvisning som 1962:700/4:1b"),
    }[fact.type]
    raise FieldError(
        field,
        f"expected {en} (or unknown), found {stated!r}",
        f"ange {sv} (eller unknown); fann {stated!r}",
    )
