"""Which sentence does a line of the timeline say?

One sentence an act; where an act does several things, the word that :func:`tell` wrote says which.
The names in braces are words of the event. What stands in them is data and never a pattern.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from samsyn.hub.cases.fact_kinds import kind_name
from samsyn.hub.cases.secrecy import MARK_NAMES
from samsyn.hub.guard.rulebooks import current_organisation, current_rulebook
from samsyn.kernel.text import LANGUAGES, Language, Text


class Phrase(msgspec.Struct, frozen=True):
    """What an act says.

    Attributes:
        said: the sentence, with words of the event in braces.
        more: a second line, shown smaller; nothing when one of its words is empty.
        when: the word that has to be there, and true; empty for every event of the act.
    """

    said: Text
    more: Text | None = None
    when: str = ""


def _p(sv: str, en: str, *, when: str = "", more: tuple[str, str] | None = None) -> Phrase:
    return Phrase(Text(sv=sv, en=en), Text(sv=more[0], en=more[1]) if more else None, when)


_WHY = ("{reason}", "{reason}")

PHRASES: Mapping[str, tuple[Phrase, ...]] = {
    "case.open": (_p("Ärendet öppnades", "The case was opened"),),
    "case.write": (
        _p("Lade till {subject}: {name}", "Added {subject}: {name}", when="subject"),
        _p("Ändrade vad ärendet gäller", "Changed what the case is about", more=("{title}",) * 2),
    ),
    "case.assign": (
        _p("Tog upp ärendet", "Took up the case", when="taken_up"),
        _p("{name} lämnade ärendet", "{name} left the case", when="taken_off"),
        _p("{name} arbetar med ärendet", "{name} works on the case"),
    ),
    "case.restrict": (
        _p(
            "Stängde ärendet för andra än de tilldelade",
            "Closed the case to all but the assigned",
            when="restricted",
        ),
        _p(
            "Öppnade ärendet för myndighetens handläggare",
            "Opened the case to the agency's officers",
        ),
    ),
    "case.pause": (
        _p("Tog upp ärendet igen", "Resumed the case", when="resumed", more=_WHY),
        _p("Lade ärendet vilande", "Paused the case", more=_WHY),
    ),
    "case.archive": (
        _p(
            "Arkiverade ärendet",
            "Archived the case",
            more=("bevaras till {keep_until}", "kept until {keep_until}"),
        ),
    ),
    "case.close": (
        _p("Öppnade ärendet igen", "Opened the case again", when="reopened", more=_WHY),
        _p("Avslutade ärendet", "Closed the case"),
    ),
    "fact.write": (
        _p("Rättade en uppgift", "Corrected a fact", when="corrected", more=_WHY),
        _p(
            "Skrev en uppgift som bygger på mottaget: {kind}",
            "Wrote a fact that builds on what was received: {kind}",
            when="derived",
        ),
        _p("Skrev en uppgift: {kind}", "Wrote a fact: {kind}"),
    ),
    "fact.mark": (
        _p(
            "Skärpt märkning infördes hos {reached}",
            "Stricter marking carried out at {reached}",
            when="reached",
        ),
        _p(
            "Bekräftade sekretess för en stängd handling",
            "Confirmed the secrecy of a closed document",
            when="closed",
            more=("{secrecy} {marks}",) * 2,
        ),
        _p(
            "Bekräftade sekretess för handlingen {name}",
            "Confirmed the secrecy of the document {name}",
            when="file",
            more=("{secrecy} {marks}",) * 2,
        ),
        _p(
            "Bekräftade sekretess för en uppgift",
            "Confirmed the secrecy of a fact",
            more=("{secrecy} {marks}",) * 2,
        ),
    ),
    "file.add": (
        _p("Lade till en stängd handling", "Added a closed document", when="closed"),
        _p("Lade till en handling: {name}", "Added a document: {name}"),
    ),
    "register.write": (
        _p("Diarieförde {direction}", "Registered {direction}", more=("nr {sequence}",) * 2),
    ),
    "task.write": (
        _p("Gjorde klart: {what}", "Finished: {what}", when="done"),
        _p("Stoppade klockan: {clock}", "Stopped the clock: {clock}", when="stopped"),
        _p("Pausade klockan: {clock}", "Paused the clock: {clock}", when="paused"),
        _p("Startade klockan igen: {clock}", "Started the clock again: {clock}", when="resumed"),
        _p(
            "Startade en klocka: {clock}",
            "Started a clock: {clock}",
            when="clock",
            more=("{working_days} arbetsdagar", "{working_days} working days"),
        ),
        _p("Att göra: {what}", "To do: {what}", more=("{name}",) * 2),
    ),
    "question.ask": (
        _p(
            "Skrev ett utkast till fråga till {holder}",
            "Drafted a question to {holder}",
            when="draft",
        ),
        _p("Frågade {holder}", "Asked {holder}", when="sent"),
        _p("Drog tillbaka en fråga", "Withdrew a question", when="withdrawn"),
    ),
    "question.answer": (
        _p(
            "Tog emot en fråga från {asker} i ärendet",
            "Placed a question from {asker} here",
            when="placed",
        ),
        _p("Avslog en fråga", "Refused a question", when="refused"),
    ),
    "question.refused": (
        _p("Frågan avslogs", "The question was refused", more=("{grounds}",) * 2),
    ),
    "question.withdrawn": (_p("Frågan drogs tillbaka", "The question was withdrawn"),),
    "question.answered": (_p("Frågan besvarades", "The question was answered"),),
    "disclosure.prepare": (
        _p(
            "Förberedde ett utlämnande till {receiver}",
            "Prepared a disclosure to {receiver}",
            more=("{items}",) * 2,
        ),
    ),
    "disclosure.decide": (
        _p(
            "Avslog utlämnande till {receiver}", "Refused to disclose to {receiver}", when="refused"
        ),
        _p(
            "Beslutade och lämnade ut till {receiver}",
            "Decided and disclosed to {receiver}",
            more=("{items} med stöd av {ground}", "{items} under {ground}"),
        ),
    ),
    "disclosure.countersign": (
        _p(
            "Lämnade tillbaka utlämnandet till {receiver} utan att kontrasignera",
            "Returned the disclosure to {receiver} without countersigning",
            when="returned",
        ),
        _p(
            "Kontrasignerade utlämnandet till {receiver}",
            "Countersigned the disclosure to {receiver}",
            when="receiver",
        ),
        _p("Kontrasignerade ett utlämnande", "Countersigned a disclosure"),
    ),
    "review.request": (
        _p(
            "Tog tillbaka begäran om kontrasignering",
            "Took back the request for a countersignature",
            when="taken_back",
        ),
        _p(
            "Begärde kontrasignering av utlämnandet till {receiver}",
            "Asked for a countersignature on the disclosure to {receiver}",
        ),
    ),
    "disclosure.recall": (
        _p(
            "Återkallade utlämnandet till {receiver}",
            "Recalled the disclosure to {receiver}",
            when="read",
            more=("Redan läst: {read}", "Read already: {read}"),
        ),
        _p(
            "Återkallade utlämnandet till {receiver}",
            "Recalled the disclosure to {receiver}",
            more=("Inget hade lästs", "Nothing had been read"),
        ),
    ),
    "disclosure.arrive": (
        _p(
            "Tog emot uppgifter",
            "Received facts",
            when="items",
            more=("{items} med stöd av {ground}", "{items} under {ground}"),
        ),
        _p("Fick veta att ärendet finns", "Was told of the case", more=("{ground}",) * 2),
    ),
    "disclosure.recalled": (
        _p("Återkallade det som hade lämnats hit", "Recalled what had been disclosed here"),
    ),
    "disclosure.remarked": (
        _p(
            "Märkningen har skärpts av {giver}",
            "The marking was made stricter by {giver}",
            more=("Det gäller er kopia från och med nu", "It holds for your copy from now on"),
        ),
    ),
    "disclosure.report": (_p("Återrapporterade till {giver}", "Reported back to {giver}"),),
    "disclosure.reported": (_p("Berättade vad som kom av det", "Told what came of it"),),
    "disclosure.lock": (
        _p("Låste det som kom från {giver}", "Locked what came from {giver}", when="locked"),
        _p(
            "Ändamålet med det som kom från {giver} är slut",
            "The purpose of what came from {giver} has ended",
            more=("{ended}",) * 2,
        ),
    ),
    "disclosure.locked": (
        _p(
            "Låste det som hade lämnats dit: ändamålet är slut",
            "Locked what had been disclosed: the purpose has ended",
        ),
    ),
    "obstacle.write": (
        _p(
            "Berättade vad som följde av ett avslag",
            "Told what followed a refusal",
            when="consequence",
        ),
        _p(
            "Antecknade ett hinder: något behövdes från {giver} men frågades inte",
            "Noted an obstacle: something was needed from {giver} and not asked for",
        ),
    ),
    "export.run": (_p("Exporterade ärendet", "Exported the case", more=("{items}",) * 2),),
    "secrecy.lift": (
        _p(
            "Begärde att en sekretessmarkering hävs",
            "Asked to lift a secrecy mark",
            more=("{secrecy} {marks}",) * 2,
        ),
    ),
    "secrecy.second": (
        _p(
            "Godkände hävd sekretessmarkering",
            "Agreed to lift a secrecy mark",
            more=("{secrecy} {marks}",) * 2,
        ),
    ),
    "tipster.open": (
        _p("Begärde att få läsa vem en tipsare är", "Asked to read who a tip-giver is"),
    ),
    "tipster.second": (
        _p("Godkände att det öppnas vem en tipsare är", "Agreed to open who a tip-giver is"),
    ),
    "disposal.propose": (_p("Föreslog gallring", "Proposed disposal"),),
    "disposal.decide": (_p("Beslutade om gallring", "Decided on disposal"),),
}
SUBJECTS = {
    "firm": Text(sv="företag", en="firm"),
    "workplace": Text(sv="arbetsplats", en="workplace"),
    "person": Text(sv="person", en="person"),
    "vehicle": Text(sv="fordon", en="vehicle"),
    "address": Text(sv="adress", en="address"),
}
DIRECTION_NAMES = {
    "in": Text(sv="inkommen handling", en="a document that came in"),
    "out": Text(sv="utgången handling", en="a document that went out"),
    "drawn_up": Text(sv="upprättad handling", en="a document that was drawn up"),
}
PROTECTED = Text(sv="skyddad person", en="protected person")


def sentence(act: str, words: Mapping[str, Any]) -> Text:
    """What a line of the timeline says; an act nobody has a sentence for says its name."""
    chosen = _chosen(act, words)
    if chosen is None:
        known = current_organisation().acts.get(act)
        return known.name if known else Text(sv=act, en=act)
    return _filled(chosen.said, words)


def more(act: str, words: Mapping[str, Any]) -> Text | None:
    """What more it says, smaller; None when there is nothing."""
    chosen = _chosen(act, words)
    if chosen is None or chosen.more is None:
        return None
    said = _filled(chosen.more, words)
    return said if said.sv.strip() and "  " not in said.sv else None


def _chosen(act: str, words: Mapping[str, Any]) -> Phrase | None:
    for phrase in PHRASES.get(act, ()):
        if not phrase.when or words.get(phrase.when):
            return phrase
    return None


class _Words(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def _filled(text: Text, words: Mapping[str, Any]) -> Text:
    said = {
        language: text.into(language).format_map(
            _Words({name: _value(name, value, language) for name, value in words.items()})
        )
        for language in LANGUAGES
    }
    return Text(sv=said["sv"].strip(), en=said["en"].strip())


def _value(name: str, value: Any, language: Language) -> str:
    if name == "kind":
        return kind_name(str(value), language)
    if name == "name" and value is None:
        return PROTECTED.into(language)
    for key, names in (("subject", SUBJECTS), ("direction", DIRECTION_NAMES)):
        if name == key and value in names:
            return names[value].into(language)
    if name == "marks":
        return ", ".join(MARK_NAMES[mark].into(language) for mark in value if mark in MARK_NAMES)
    if name in ("secrecy", "grounds"):
        return ", ".join(short_cite(cite) for cite in value)
    if name == "ground":
        return short_cite(str(value))
    if name in ("items", "read"):
        return counted_facts(int(value), language)
    return "" if value is None else str(value)


def counted_facts(number: int, language: Language) -> str:
    """A number of facts with its word."""
    if language == "en":
        return f"{number} fact" if number == 1 else f"{number} facts"
    return f"{number} uppgift" if number == 1 else f"{number} uppgifter"


def short_cite(cite: str) -> str:
    """A citation as people write it among colleagues: OSL 10:27, lag 2024:307 § 4."""
    act, _, place = cite.partition("/")
    short = next(
        (
            head.abbreviations[0]
            for head, _ in current_rulebook().content.acts
            if head.act == act and head.abbreviations
        ),
        act,
    )
    if not place:
        return short
    return f"{short} {place}" if ":" in place else f"{short} § {place}"
