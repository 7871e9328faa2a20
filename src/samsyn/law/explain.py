"""Why is this the answer? The ordered steps of reasoning, and what a person has to do.

Worked out when somebody reads them, from the verdict that the interpreter left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from samsyn.kernel.citations import Citation, Pattern
from samsyn.kernel.text import Text
from samsyn.law import schema
from samsyn.law.case import OTHER_SECRECY, SUBJECT_KIND
from samsyn.law.interpreter import ON_REQUEST, UNLISTED, transfer_grounds
from samsyn.law.narrowing import exceptions_for
from samsyn.law.phrases import OUTCOMES, PROTECTS, STRENGTHS, TESTS, phrase, value_text

if TYPE_CHECKING:
    from samsyn.law.answer import Answer

WEIGHED = "may_after_balancing"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of reasoning.

    Attributes:
        stage: where in the order of the law it stands.
        cites: provisions it rests on.
        text: what it says.
    """

    stage: str
    cites: tuple[str, ...]
    text: Text


@dataclass(frozen=True, slots=True)
class HumanQuestions:
    """What a person weighs; the machine never does.

    Attributes:
        speaks_for: what may speak for disclosure.
        speaks_against: what may speak against it.
        at_receiver: what protects the item once it has been received.
    """

    speaks_for: tuple[Text, ...]
    speaks_against: tuple[Text, ...]
    at_receiver: tuple[Text, ...]


def steps(answer: Answer) -> tuple[Step, ...]:
    """The reasoning, in the order of the law."""
    return tuple(
        step
        for part in (_secrecy, _fallen, _locks, _rules, _request, _weighed, _receiver, _beside)
        for step in part(answer)
    ) + tuple(_open(answer))


def _names(answer: Answer) -> tuple[Text, Text]:
    agencies = answer.rulebook.vocabulary
    return agencies.agency(answer.question.giver).name, agencies.agency(
        answer.question.receiver
    ).name


def _secrecy(answer: Answer) -> Iterator[Step]:
    giver, _ = _names(answer)
    if answer.verdict.branch == "same_branch":
        yield Step("branch", answer.grounds, phrase("same_branch"))
        return
    for secrecy in answer.case.secrecy:
        rule = answer.epoch.secrecy_rule(secrecy.citation, answer.case.categories)
        if rule is None:
            yield Step("secrecy", (secrecy.text,), phrase("secret_unlisted", cite=secrecy.text))
            continue
        text = phrase(
            "secret",
            cite=secrecy.text,
            giver=giver,
            title=rule.title,
            strength=STRENGTHS[rule.strength],
            protects=PROTECTS[rule.protects],
        )
        yield Step("secrecy", (secrecy.text,), text)
    if answer.question.secrecy is None and answer.case.secrecy:
        yield Step("secrecy", (), phrase("proposed"))
    if answer.verdict.branch == UNLISTED:
        yield Step("secrecy", (), phrase("other_secrecy", giver=giver))
    source = answer.case.known.get("received_from")
    if isinstance(source, str):
        cites = transfer_grounds(answer.epoch, answer.case.somewhere())
        text = phrase("received", source=source, cites=", ".join(cites))
        yield Step("secrecy", cites, text)


def _fallen(answer: Answer) -> Iterator[Step]:
    giver, receiver = _names(answer)
    for gone in answer.verdict.fallen:
        text = phrase(
            f"fallen_{gone.why}", cite=gone.secrecy.text, by=gone.by or "", receiver=receiver
        )
        yield Step("not_secret", tuple(filter(None, (gone.by, gone.secrecy.text))), text)
    if answer.verdict.branch in ("same_branch", UNLISTED) or answer.verdict.left:
        return
    if not answer.case.secrecy:
        found = exceptions_for(answer.epoch, answer.case.somewhere())
        cites = tuple(rule.cite for rule in found)
        yield Step("not_secret", cites, phrase("no_secrecy", giver=giver))
    if answer.verdict.branch == "open_with_duty":
        ground = answer.grounds[0]
        yield Step("duty", (ground,), phrase("open_duty", ground=ground, giver=giver))


def _locks(answer: Answer) -> Iterator[Step]:
    for lock in answer.verdict.locks:
        text = phrase("lock", cite=lock.block.cite, title=lock.block.title)
        yield Step("lock", (lock.block.cite,), text)
    if answer.verdict.branch == "foreign" or answer.case.foreign:
        yield Step("foreign", ("2009:400/8:3",), phrase("foreign"))


def _rules(answer: Answer) -> Iterator[Step]:
    giver, _ = _names(answer)
    verdict = answer.verdict
    if not verdict.left:
        return
    for cite in answer.excluded_by if verdict.weighed != "against" else ():
        if cite not in {lock.block.cite for lock in verdict.locks}:
            known = any(secrecy.text == cite for secrecy in verdict.left)
            if not known:
                yield Step("nearly", (cite,), phrase("near", cite=cite))
    by_rule: dict[str, list[str]] = {}
    for opening in verdict.openings:
        by_rule.setdefault(opening.ground, []).append(opening.secrecy.text)
    for opening in {opening.ground: opening for opening in verdict.openings}.values():
        block = opening.rule.block
        text = phrase(
            "duty" if opening.rule.duty else "permission",
            ground=opening.ground,
            giver=giver,
            secrecy=", ".join(by_rule[opening.ground]),
            title=block.title,
            test=TESTS[block.test],
        )
        yield Step(block.force, (opening.ground, *block.grounds_with), text)
    if verdict.branch == "reservation":
        yield Step("reservation", answer.grounds, phrase("reservation"))
    if verdict.branch == "closed":
        cites = tuple(secrecy.text for secrecy in verdict.left)
        yield Step("closed", cites, phrase("none_opens", secrecy=", ".join(cites)))


def _request(answer: Answer) -> Iterator[Step]:
    _, receiver = _names(answer)
    if ON_REQUEST in answer.grounds:
        yield Step("request", (ON_REQUEST,), phrase("on_request", receiver=receiver))
    elif answer.verdict.branch == "permissions" and not answer.case.on_request:
        yield Step("request", (), phrase("own_initiative"))


def _weighed(answer: Answer) -> Iterator[Step]:
    if answer.verdict.weighed == "for":
        yield Step("weighed", (), phrase("weighed_for"))
    if answer.verdict.weighed == "against":
        cites = answer.excluded_by
        yield Step("weighed", cites, phrase("weighed_against", cites=", ".join(cites)))
    yield Step("outcome", answer.grounds, OUTCOMES[answer.outcome])


def _receiver(answer: Answer) -> Iterator[Step]:
    if answer.outcome in ("public", "must_not") or answer.verdict.branch == "same_branch":
        return
    _, receiver = _names(answer)
    stated = answer.case.known.get("receiver_secrecy")
    if isinstance(stated, str):
        text = phrase("receiver_stated", receiver=receiver, value=stated)
        yield Step("receiver", (), text)
    cites = receiver_secrecy(answer)
    if cites:
        text = phrase("receiver_protected", receiver=receiver, cites=", ".join(cites))
        yield Step("receiver", cites, text)
    elif answer.case.receiver_is_authority:
        yield Step("receiver", ("2009:400/7:2",), phrase("receiver_open", receiver=receiver))


def receiver_secrecy(answer: Answer) -> tuple[str, ...]:
    """Primary rules made for the receiver that may protect such an item there."""
    case = answer.case
    return tuple(
        rule.cite
        for rule in answer.epoch.secrecy
        if rule.usual
        and rule.givers.any is None
        and case.receiver in answer.epoch.admitted(rule.givers, "giver")
        and (not rule.items.categories or case.categories.intersection(rule.items.categories))
        and (not rule.items.marks or case.marks.intersection(rule.items.marks))
        and (not rule.items.subjects or case.subject_kind in (None, *rule.items.subjects))
    )


def _beside(answer: Answer) -> Iterator[Step]:
    question = answer.question
    for note in answer.epoch.notes:
        if note.unverified and note.givers and _is_giver(answer, note.givers):
            text = phrase("unverified", cite=note.cite, title=note.title)
            yield Step("unverified", (note.cite,), text)
    if answer.outcome not in ("must_not", "public"):
        for regime in data_protection(answer):
            text = phrase("data_protection", note=regime.note, cite=regime.cite)
            yield Step("data_protection", (regime.cite,), text)
    for block in protections(answer):
        yield Step(
            "protection", (block.cite,), phrase("advice", note=block.advice, cite=block.cite)
        )
    vocabulary = answer.rulebook.vocabulary
    kind = question.item_kind
    if (
        kind
        and question.categories is None
        and answer.case.categories
        and not vocabulary.listed(kind)
    ):
        names = [vocabulary.categories[code].name for code in sorted(answer.case.categories)]
        joined = Text(sv=", ".join(n.sv for n in names), en=", ".join(n.en for n in names))
        yield Step("input", (), phrase("inferred", kind=kind, categories=joined))
    giver, _ = _names(answer)
    for remark in question.remarks:
        known = f"remark_{remark}" if remark == "activity" else "remark"
        yield Step("input", (), phrase(known, field=remark, giver=giver))


def _is_giver(answer: Answer, parties: schema.Parties) -> bool:
    """True if the giver is or may be among the parties."""
    question = answer.question
    places = answer.epoch.party_places(parties, question.giver, "giver")
    return any(question.activity is None or place.includes(question.activity) for place in places)


def data_protection(answer: Answer) -> list[schema.DataProtection]:
    """Data protection rules that run beside secrecy, for giver and receiver."""
    question = answer.question
    force = "duty" if answer.verdict.branch in ("duties", "open_with_duty") else "permission"
    found = []
    for block in answer.epoch.data_protection:
        if block.forces and force not in block.forces:
            continue
        sides = ("giver", "receiver") if block.side == "both" else (block.side,)
        for side in sides:
            code = question.giver if side == "giver" else question.receiver
            place = question.activity if side == "giver" else question.receiver_function
            if answer.epoch.is_party(block.parties, code, place, side):
                found.append(block)
                break
    return found


def protections(answer: Answer) -> list[schema.Protection]:
    """Protection of victims, tip-givers, children and parties that this item calls for."""
    case = answer.case
    found = []
    for block in answer.epoch.protections:
        items = block.items
        if not _is_giver(answer, block.givers):
            continue
        if items.categories and not case.categories.intersection(items.categories):
            continue
        if items.marks and not case.marks.intersection(items.marks):
            continue
        if any(case.known.get(code) != value for code, value in block.facts.items()):
            continue
        if items.categories or items.marks or block.facts:
            found.append(block)
    return found


def _open(answer: Answer) -> Iterator[Step]:
    ask = answer.ask_first
    if ask is None:
        return
    outcomes = answer.outcomes
    joined = Text(
        sv="; ".join(OUTCOMES[outcome].sv.rstrip(".") for outcome in outcomes),
        en="; ".join(OUTCOMES[outcome].en.rstrip(".") for outcome in outcomes),
    )
    text = phrase("open_fact", question=question_text(answer, ask.key), outcomes=joined)
    yield Step("open", (), text)
    shown = [
        (question_text(answer, key), _word(answer, key, value))
        for key, value in answer.chosen.assumed.items()
    ]
    if shown:
        assumed = Text(
            sv=" ".join(f"{asked.sv} {word.sv}." for asked, word in shown),
            en=" ".join(f"{asked.en} {word.en}." for asked, word in shown),
        )
        yield Step("open", (), phrase("assumed", assumed=assumed))


def _word(answer: Answer, key: str, value: schema.FactValue) -> Text:
    """How a value of something open is written for a reader."""
    vocabulary = answer.rulebook.vocabulary
    codes = {"activity": vocabulary.activities, "receiver_function": vocabulary.functions}
    if key in codes and value in codes[key].known:
        return codes[key].known[str(value)].name
    return value_text(value)


def question_text(answer: Answer, key: str) -> Text:
    """How a person is asked about something open."""
    if key in ("activity", "receiver_function", SUBJECT_KIND, OTHER_SECRECY):
        return phrase(f"key_{key}")
    if key.startswith(("amended:", "member:")):
        return phrase("key_window", what=key.split(":", 1)[1])
    code, _, rest = key.partition(" ")
    fact = answer.rulebook.vocabulary.facts[code]
    if rest.startswith(">="):
        return phrase("key_threshold", question=fact.question, limit=rest[3:])
    return fact.question


def human_questions(answer: Answer) -> HumanQuestions:
    """What speaks for, what against, and what protects the item at the receiver."""
    if answer.outcome != WEIGHED:
        return HumanQuestions((), (), ())
    rules = {opening.rule.cite: opening.rule.block for opening in answer.verdict.openings}
    weighed = [block for block in rules.values() if block.test != "none"]
    against = [text for block in weighed for text in block.weigh.against]
    for limit in answer.epoch.limits:
        if any(
            Pattern.parse(pattern).touches(secrecy.citation)
            for pattern in limit.secrecy
            for secrecy in answer.verdict.left
        ):
            against.append(limit.against)
    against.extend(block.advice for block in protections(answer))
    return HumanQuestions(
        tuple(text for block in weighed for text in block.weigh.for_),
        tuple(against),
        tuple(text for block in weighed for text in block.weigh.receiver),
    )


def records(answer: Answer) -> list[schema.Record]:
    """What must be written down about this disclosure or refusal."""
    return [
        block
        for block in answer.epoch.records
        if (not block.outcomes or answer.outcome in block.outcomes)
        and (not block.initiatives or answer.question.initiative in block.initiatives)
    ]


def arguable(answer: Answer) -> list[tuple[str, Text]]:
    """Open legal questions about the rules this answer rests on."""
    blocks: list[schema.Block] = [opening.rule.block for opening in answer.verdict.openings]
    for secrecy in answer.verdict.left:
        rule = answer.epoch.secrecy_rule(Citation.parse(secrecy.text))
        if rule is not None:
            blocks.append(rule)
    found = {block.cite: block.arguable for block in blocks if block.arguable is not None}
    return list(found.items())
