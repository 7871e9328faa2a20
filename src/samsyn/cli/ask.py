"""``samsyn law ask``: one question, by prompts, by options or as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

from samsyn.cli.render import as_json, as_text
from samsyn.kernel.faults import FieldError
from samsyn.kernel.text import Language, Text
from samsyn.law.question import UNKNOWN
from samsyn.law.rulebook import Rulebook
from samsyn.law.vocabulary import Codes

PROMPTS = {
    "on": Text(sv="Vilken dag (ÅÅÅÅ-MM-DD)?", en="On which day (YYYY-MM-DD)?"),
    "giver": Text(sv="Vilken myndighet har uppgiften?", en="Which agency holds the item?"),
    "activity": Text(
        sv="I vilken verksamhet? (tomt om okänt)", en="In which activity? (empty if unknown)"
    ),
    "item_kind": Text(sv="Vad är det för uppgift?", en="What is the item?"),
    "subject": Text(
        sv="Vem gäller den: person eller company? Lägg till victim, child eller protected om "
        "personen kan vara utsatt, är barn eller har skyddade uppgifter.",
        en="Whom is it about: person or company? Add victim, child or protected if the person may "
        "be a victim, is a child or has protected data.",
    ),
    "secrecy": Text(
        sv="Vilka sekretessbestämmelser, med komma? (tomt: regelboken föreslår, inga: -)",
        en="Which secrecy provisions, with commas? (empty: the rulebook proposes, none: -)",
    ),
    "receiver": Text(sv="Vem ska få den?", en="Who is to get it?"),
    "receiver_function": Text(
        sv="I vilken funktion? (tomt om okänt)", en="In which function? (empty if unknown)"
    ),
    "purpose": Text(sv="För vilket ändamål?", en="For which purpose?"),
    "initiative": Text(
        sv="På begäran (request) eller eget initiativ (own)?",
        en="On request (request) or own initiative (own)?",
    ),
}
CHOICES = Text(sv="välj bland", en="choose from")
FACT_ANSWERS = Text(sv="(svara, eller tomt om okänt)", en="(answer, or empty if unknown)")
REQUIRED = ("on", "giver", "receiver", "purpose", "initiative")
MOST_PROMPTS = 8


def run_ask(options: argparse.Namespace) -> int:
    """Ask one question.

    Raises:
        FieldError: naming the option or field and the remedy.
    """
    language: Language = options.language
    rulebook = Rulebook.load(options.rulebook)
    raw = _question(options)
    if not any(name in raw for name in REQUIRED) and sys.stdin.isatty() and not options.json:
        return _by_prompts(rulebook, language)
    answer = rulebook.ask(rulebook.read(raw))
    if options.json:
        print(json.dumps(as_json(answer, language), ensure_ascii=False, indent=2))
    else:
        print(as_text(answer, language))
    return 0


def _question(options: argparse.Namespace) -> dict[str, Any]:
    raw = _from_options(options)
    if options.question:
        return {**_from_file(options.question), **raw}
    if not raw and not sys.stdin.isatty():
        return _from_file("-")
    return raw


def _from_file(name: str) -> dict[str, Any]:
    try:
        if name == "-":
            text = sys.stdin.read()
        else:
            with open(name, encoding="utf-8") as file:
                text = file.read()
        raw = json.loads(text)
    except OSError as error:
        raise FieldError(
            "--question",
            f"{name} cannot be read: {error.strerror}",
            f"{name} kan inte läsas: {error.strerror}",
        ) from None
    except ValueError as error:
        raise FieldError("--question", f"is not JSON: {error}", f"är inte JSON: {error}") from None
    if not isinstance(raw, dict):
        raise FieldError(
            "--question",
            "expected a JSON object with the fields of a question",
            "ange ett JSON-objekt med en frågas fält",
        )
    return raw


def _from_options(options: argparse.Namespace) -> dict[str, Any]:
    raw: dict[str, Any] = {}
    for name in (*REQUIRED, "activity", "item_kind", "receiver_function"):
        value = getattr(options, name)
        if value is not None:
            raw[name] = value
    if options.subject or options.mark:
        raw["subject"] = {"kind": options.subject, **dict.fromkeys(options.mark, True)}
    if options.secrecy or options.no_secrecy:
        raw["secrecy"] = options.secrecy or []
    if options.fact:
        raw["facts"] = facts_from_options(options.fact)
    return raw


def facts_from_options(pairs: list[str]) -> dict[str, Any]:
    """Facts written as ``code=value``; true, false and whole numbers are read as such.

    Raises:
        FieldError: if a pair has no ``=``.
    """
    facts: dict[str, Any] = {}
    for pair in pairs:
        code, separator, value = pair.partition("=")
        if not separator:
            raise FieldError(
                "--fact", f"expected CODE=VALUE, found {pair}", f"ange KOD=VÄRDE; fann {pair}"
            )
        facts[code.strip()] = fact_word(value.strip())
    return facts


def fact_word(word: str) -> Any:
    """A typed value for a word: ja/yes/true, nej/no/false, whole numbers, else the word."""
    if word.lower() in ("true", "yes", "ja", "j", "y"):
        return True
    if word.lower() in ("false", "no", "nej", "n"):
        return False
    return int(word) if word.isdigit() else word


def _by_prompts(rulebook: Rulebook, language: Language) -> int:
    raw: dict[str, Any] = {}
    lists: Mapping[str, Codes] = {
        "giver": rulebook.vocabulary.agencies,
        "receiver": rulebook.vocabulary.agencies,
        "purpose": rulebook.vocabulary.purposes,
        "activity": rulebook.vocabulary.activities,
        "receiver_function": rulebook.vocabulary.functions,
    }
    for field, prompt in PROMPTS.items():
        _prompt(rulebook, raw, field, prompt.into(language), lists.get(field), language)
    facts: dict[str, Any] = {}
    for _ in range(MOST_PROMPTS):
        answer = rulebook.ask(rulebook.read({**raw, "facts": facts}))
        ask = answer.ask_first
        code = ask.key.split(" ")[0] if ask else ""
        if ask is None or code not in rulebook.vocabulary.facts or code in facts:
            break
        question = rulebook.vocabulary.facts[code].question.into(language)
        choices = rulebook.vocabulary.facts[code].choices or ("ja/yes", "nej/no")
        reply = input(f"{question} [{', '.join(choices)}] {FACT_ANSWERS.into(language)} ").strip()
        facts[code] = fact_word(reply) if reply else UNKNOWN
    print()
    print(as_text(rulebook.ask(rulebook.read({**raw, "facts": facts})), language))
    return 0


def _prompt(
    rulebook: Rulebook,
    raw: dict[str, Any],
    field: str,
    prompt: str,
    codes: Codes | None,
    language: Language,
) -> None:
    convert: Callable[[str], Any] = _CONVERT.get(field, str)
    while True:
        reply = input(f"{prompt} ").strip()
        if reply == "?" and codes is not None:
            for code, entry in codes.known.items():
                print(f"  {code}: {entry.name.into(language)}")
            continue
        if not reply and field not in REQUIRED:
            return
        try:
            rulebook.read({**_EXAMPLE, **raw, field: convert(reply)})
        except FieldError as error:
            print(f"  {error.said.into(language)}")
            continue
        raw[field] = convert(reply)
        return


_EXAMPLE = {
    "on": "2026-01-01",
    "giver": "AV",
    "receiver": "SKV",
    "purpose": "own_supervision",
    "initiative": "own",
}
"""Filled in behind a half-answered form, so that each reply can be tried by itself."""

_CONVERT: dict[str, Callable[[str], Any]] = {
    "subject": lambda reply: {
        "kind": next(iter(reply.replace(",", " ").split()), None),
        **dict.fromkeys(reply.replace(",", " ").split()[1:], True),
    },
    "secrecy": lambda reply: (
        [] if reply == "-" else [part.strip() for part in reply.split(",") if part.strip()]
    ),
}
