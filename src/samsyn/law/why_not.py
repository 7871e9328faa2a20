"""Why is it not this provision that decides? For whoever had thought that it was."""

from __future__ import annotations

from collections.abc import Iterator

from samsyn.kernel.citations import Citation
from samsyn.kernel.dates import ONE_DAY
from samsyn.kernel.text import Text
from samsyn.law.answer import Answer
from samsyn.law.case import Case, OpenFact
from samsyn.law.epochs import Rule, period_of
from samsyn.law.fitting import concerns
from samsyn.law.phrases import value_text
from samsyn.law.schema import FactValue

REASONS = {
    "not_yet": Text(
        sv="{cite} gällde inte den dagen. Bestämmelsen gäller från och med {day}.",
        en="{cite} was not in force that day. The provision holds from {day}.",
    ),
    "no_longer": Text(
        sv="{cite} gällde inte längre den dagen. Sista dagen var {day}.",
        en="{cite} was no longer in force that day. Its last day was {day}.",
    ),
    "secrecy": Text(
        sv="{cite} är den sekretess som gäller. Den säger inte om den får brytas.",
        en="{cite} is the secrecy that holds. It does not say whether it may be broken.",
    ),
    "no_rule": Text(
        sv="{cite} bryter ingen sekretess.",
        en="{cite} breaks no secrecy.",
    ),
    "giver": Text(
        sv="{giver} hör inte, i den verksamheten, till dem som lämnar uppgifter enligt {cite}.",
        en="{giver} is not, in that activity, among those who give items under {cite}.",
    ),
    "receiver": Text(
        sv="{receiver} hör inte, i den funktionen, till dem som får uppgifter enligt {cite}.",
        en="{receiver} is not, in that function, among those who get items under {cite}.",
    ),
    "initiative_request": Text(
        sv="{cite} gäller bara när mottagaren begär uppgiften.",
        en="{cite} holds only when the receiver asks for the item.",
    ),
    "initiative_own": Text(
        sv="{cite} gäller bara när myndigheten lämnar på eget initiativ.",
        en="{cite} holds only when the agency gives on its own initiative.",
    ),
    "purpose": Text(
        sv="{cite} gäller inte för ändamålet ”{purpose}”.",
        en="{cite} does not hold for the purpose “{purpose}”.",
    ),
    "items": Text(
        sv="{cite} gäller inte uppgifter av det här slaget.",
        en="{cite} does not concern items of this kind.",
    ),
    "fact": Text(
        sv="{cite} kräver ett annat svar på frågan: {question} ({wanted})",
        en="{cite} asks for another answer to: {question} ({wanted})",
    ),
    "unless": Text(
        sv="Ett undantag i {cite} gäller här.",
        en="An exception in {cite} holds here.",
    ),
    "does_not_open": Text(
        sv="{cite} bryter inte {secrecy}.",
        en="{cite} does not break {secrecy}.",
    ),
    "lock": Text(
        sv="{lock} stänger ute {cite}.",
        en="{lock} shuts out {cite}.",
    ),
    "weaker": Text(
        sv="{ground} går före {cite}: en skyldighet prövas före en möjlighet, och den lindrigare "
        "prövningen före den strängare.",
        en="{ground} goes before {cite}: a duty is tried before a permission, and the milder test "
        "before the stricter.",
    ),
    "not_alone": Text(
        sv="{cite} räcker inte ensam: varje sekretess måste brytas.",
        en="{cite} is not enough alone: every secrecy must be broken.",
    ),
}


def why_not(answer: Answer, cite: str) -> tuple[Text, ...]:
    """What keeps a provision from deciding an answer; nothing when it does decide it.

    Args:
        answer: what the law says.
        cite: a provision that somebody thought of.
    """
    wanted = Citation.parse(cite)
    if any(Citation.parse(ground).within(wanted) for ground in answer.grounds):
        return ()
    rules = [rule for rule in answer.epoch.rules if _same(rule, wanted)]
    current = [rule for rule in rules if rule.in_force]
    if not current:
        return (_not_now(answer, cite, wanted),)
    return min((tuple(_reasons(answer, rule, cite)) for rule in current), key=len)


def _same(rule: Rule, wanted: Citation) -> bool:
    own = Citation.parse(rule.cite)
    return own.within(wanted) or wanted.within(own)


def _said(key: str, **parts: Text | str) -> Text:
    def fill(language: str) -> str:
        words = {
            name: part if isinstance(part, str) else getattr(part, language)
            for name, part in parts.items()
        }
        sentence = str(getattr(REASONS[key], language)).format(**words)
        return sentence[0].upper() + sentence[1:]  # an agency's name may begin it in small letters

    return Text(sv=fill("sv"), en=fill("en"))


def _not_now(answer: Answer, cite: str, wanted: Citation) -> Text:
    """A provision without a rule on that day: not yet, no longer, or none that breaks secrecy."""
    day = answer.question.on
    periods = [
        period_of(placed.block)
        for placed in answer.rulebook.content.blocks
        if Citation.parse(placed.block.cite).within(wanted)
    ]
    later = [period.start.latest for period in periods if period.start.latest > day]
    if periods and len(later) == len(periods):
        return _said("not_yet", cite=cite, day=min(later).isoformat())
    earlier = [period.end.latest for period in periods if period.end.latest <= day]
    if periods and len(earlier) == len(periods):
        return _said("no_longer", cite=cite, day=(max(earlier) - ONE_DAY).isoformat())
    held = any(secrecy.citation.within(wanted) for secrecy in answer.case.secrecy)
    return _said("secrecy" if held else "no_rule", cite=cite)


def _reasons(answer: Answer, rule: Rule, cite: str) -> Iterator[Text]:
    found = list(_misfits(answer, rule, cite))
    yield from found
    left = answer.verdict.left
    closed = [secrecy.text for secrecy in left if not rule.opens(secrecy)]
    if closed:
        yield _said("does_not_open", cite=cite, secrecy=", ".join(closed))
    locks = [lock for lock in answer.verdict.locks if lock.shuts_out(rule)]
    for lock in locks:
        yield _said("lock", lock=lock.block.cite, cite=cite)
    if found or closed or locks:
        return
    used = any(opening.rule is rule for opening in answer.verdict.openings)
    ground = answer.grounds[0] if answer.grounds else ""
    yield (
        _said("weaker", ground=ground, cite=cite)
        if ground and not used
        else _said("not_alone", cite=cite)
    )


def _misfits(answer: Answer, rule: Rule, cite: str) -> Iterator[Text]:
    case, block, words = answer.case, rule.block, answer.rulebook.vocabulary
    if not _inside(rule, case, "giver"):
        yield _said("giver", giver=words.agency(case.giver).name, cite=cite)
    if not _inside(rule, case, "receiver"):
        yield _said("receiver", receiver=words.agency(case.receiver).name, cite=cite)
    if block.initiative not in ("both", case.initiative):
        yield _said(f"initiative_{block.initiative}", cite=cite)
    if rule.purposes and case.purpose not in rule.purposes:
        yield _said("purpose", cite=cite, purpose=words.purposes.known[case.purpose].name)
    try:
        if not concerns(rule, case):
            yield _said("items", cite=cite)
        yield from _unmet_facts(answer, rule, cite)
        if block.unless and case.meets_any({code: v} for code, v in block.unless.items()):
            yield _said("unless", cite=cite)
    except OpenFact:
        return


def _inside(rule: Rule, case: Case, side: str) -> bool:
    places = rule.givers.get(case.giver) if side == "giver" else rule.receivers.get(case.receiver)
    place = case.activity if side == "giver" else case.function
    return any(place is None or entry.includes(place) for entry in places or ())


def _unmet_facts(answer: Answer, rule: Rule, cite: str) -> Iterator[Text]:
    """The facts of the alternative that misses least."""
    case = answer.case
    if case.meets_any(rule.alternatives):
        return
    unmet = [
        {code: value for code, value in alternative.items() if not case.meets({code: value})}
        for alternative in rule.alternatives
    ]
    for code, value in min(unmet, key=len).items():
        question = answer.rulebook.vocabulary.facts[code].question
        yield _said("fact", cite=cite, question=question, wanted=_wanted(value))


def _wanted(value: FactValue | dict[str, FactValue]) -> Text:
    if isinstance(value, dict):
        limit = value.get("at_least")
        return (
            Text(sv=f"minst {limit}", en=f"at least {limit}")
            if limit is not None
            else Text(sv="något av dem som räknas upp", en="one of those listed")
        )
    return value_text(value)
