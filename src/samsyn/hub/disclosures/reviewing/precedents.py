"""What is learnt from an earlier weighing, told without a word of who it was about?

INVARIANT: the library is read by the whole agency, so nothing that names anybody of the case is
kept, unless the lawyer has seen the words that were found and says that they name nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.contrib.postgres.search import SearchQuery
from django.db.models import Case as Choice
from django.db.models import IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from samsyn.hub.cases.fact_kinds import kind_name
from samsyn.hub.disclosures.models import DisclosedFact, Disclosure, Precedent
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import act
from samsyn.hub.guard.lawwords import agency_name, cited, purpose_name
from samsyn.hub.guard.policy import access_key
from samsyn.hub.guard.refusals import Invalid, Refused
from samsyn.hub.registry.models import Entity
from samsyn.hub.registry.searching import lexemes
from samsyn.kernel.search_words import to_tsquery_text
from samsyn.kernel.text import LANGUAGES, Text

SIMILAR = 3
A_PAGE = 50
SHORTEST_NAME = 3
_NUMBER = re.compile(r"\b(?:\d{2})?\d{6}[-+ ]?\d{4}\b")
"""A personal, coordination or organisation number, of whomever."""
_OF_A_FIRM = {"ab", "hb", "kb", "ek", "för", "aktiebolag", "handelsbolag", "och", "i", "the"}
_LIKE = (("receiver", 3), ("purpose", 2), ("item_kinds__overlap", 2), ("grounds__overlap", 2))
LEAST_ALIKE = 4


def write_precedent(
    *,
    actor: Actor,
    disclosure: Disclosure,
    title: str,
    speaks_for: str,
    speaks_against: str,
    lesson: str,
    confirmed: bool = False,
) -> Precedent:
    """Tell of a weighing for others to learn from.

    Args:
        actor, disclosure: the lawyer, and the decision it is made from.
        title, speaks_for, speaks_against, lesson: written for this, naming nobody.
        confirmed: the lawyer has seen what was found in the text and says that it names nobody.

    Raises:
        Invalid: naming the field, when something is missing or a text may name somebody.
        Refused: if nothing has been weighed and decided.
    """
    assert actor.account is not None  # a job writes none
    leans = leaning(disclosure)
    texts = {
        "title": title.strip(),
        "speaks_for": speaks_for.strip(),
        "speaks_against": speaks_against.strip(),
        "lesson": lesson.strip(),
    }
    for field, text in texts.items():
        if not text:
            raise Invalid(field, Text(sv="Skriv något här.", en="Write something here."))
    found = names_in(actor, disclosure, texts.values())
    if found and not confirmed:
        raise Invalid("confirmed", _named(found))
    items = DisclosedFact.seen(actor).filter(disclosure=disclosure).select_related("fact")
    kinds = sorted({item.fact.item_kind for item in items})
    with act(actor, "precedent.write", case=disclosure.case_id, objects=[disclosure]) as entry:
        entry.detail = "written, names confirmed" if found else "written"
        made = Precedent.rows.create(
            visible_to=access_key(actor.agency),
            agency=actor.agency,
            receiver=disclosure.receiver,
            purpose=disclosure.purpose,
            item_kinds=kinds,
            grounds=disclosure.grounds,
            leans=leans,
            disclosure=disclosure.pk,
            made_by=actor.account,
            made_by_name=actor.name,
            search=_words(disclosure, kinds, texts.values()),
            **texts,
        )
        entry.touches(made)
    return made


def retire_precedent(*, actor: Actor, precedent: Precedent) -> None:
    """Take it out of the library: the law or the judgement has changed. It is kept, not shown."""
    with act(actor, "precedent.write", objects=[precedent], detail="retired"):
        Precedent.seen(actor).filter(pk=precedent.pk, retired_at__isnull=True).update(
            retired_at=timezone.now()
        )


def leaning(disclosure: Disclosure) -> str:
    """How the weighing of a decision ended.

    Raises:
        Refused: if nothing has been weighed and decided.
    """
    if disclosure.state in ("delivered", "recalled", "refused") and disclosure.weighing_outcome:
        return disclosure.weighing_outcome
    raise Refused(
        Text(
            sv="Bara ett beslut som vilar på en avvägning kan bli en lärande avvägning.",
            en="Only a decision that rests on a weighing can become one to learn from.",
        )
    )


def names_in(actor: Actor, disclosure: Disclosure, texts: Iterable[str]) -> list[str]:
    """What in some texts names whom the case or the decision is about, as it is written there."""
    whole = "\n".join(texts)
    digits = re.sub(r"\D+", "", whole)
    about = Entity.seen(actor).filter(
        Q(cases__case=disclosure.case_id) | Q(facts__disclosed__disclosure=disclosure.pk)
    )
    found = [match[0] for match in _NUMBER.finditer(whole)]
    for entity in about.distinct():
        wanted = [entity.name, entity.address, *_parts(entity)]
        found += [word for word in wanted if word and _stands_in(word, whole)]
        number = re.sub(r"\D+", "", entity.number)
        if entity.number and (
            _stands_in(entity.number, whole) or (len(number) >= 6 and number in digits)
        ):
            found.append(entity.written or entity.number)
    found += [
        word
        for word in (disclosure.case.number, disclosure.case.title)
        if word and _stands_in(word, whole)
    ]
    return list(dict.fromkeys(found))


def _parts(entity: Entity) -> list[str]:
    """The words of a name that point to somebody by themselves."""
    words = re.findall(r"[\w'’-]+", entity.name)
    street = re.findall(r"[^\W\d_][\w'’-]+", entity.address)
    telling = [
        word
        for word in (*words, *street[:1])
        if len(word) >= SHORTEST_NAME and word.lower() not in _OF_A_FIRM
    ]
    # Of a firm the first word is its name; the others say what it does.
    return telling if entity.kind in ("person", "address") else [*telling[:1], *street[:1]]


def _stands_in(word: str, text: str) -> bool:
    """Whether a word or name stands in a text, whatever the case, also with an ending."""
    return re.search(rf"(?<!\w){re.escape(word)}(?:s|:s)?(?!\w)", text, re.IGNORECASE) is not None


def _named(found: list[str]) -> Text:
    shown = ", ".join(f"”{word}”" for word in found[:5])
    return Text(
        sv=f"Texten innehåller {shown}, som finns i ärendet. Skriv om den så att ingen kan kännas "
        "igen, eller bekräfta att orden inte pekar ut någon.",
        en=f"The text contains {shown}, which stands in the case. Rewrite it so that nobody can be "
        "recognised, or confirm that the words point to nobody.",
    )


def _words(disclosure: Disclosure, kinds: list[str], texts: Iterable[str]) -> object:
    """What it is found by: its text, and receiver, purpose, kinds and provisions in words."""
    said = [
        word
        for language in LANGUAGES
        for word in (
            agency_name(disclosure.receiver, language),
            purpose_name(disclosure.purpose, language),
            *(kind_name(kind, language) for kind in kinds),
            *(cited(ground, language) for ground in disclosure.grounds),
        )
    ]
    return lexemes(*texts, disclosure.receiver, *said)


def library(
    actor: Actor, words: str = "", receiver: str = "", leans: str = "", page: int = 1
) -> tuple[list[Precedent], bool]:
    """A page of the library, the newest first, narrowed by sloppy words.

    Returns:
        The rows, and whether there are more.
    """
    rows = _standing(actor)
    if words.strip():
        asked = to_tsquery_text(words)
        query = SearchQuery(asked, config="simple", search_type="raw")
        rows = rows.filter(search=query) if asked else rows.none()
    if receiver:
        rows = rows.filter(receiver=receiver)
    if leans in ("for", "against"):
        rows = rows.filter(leans=leans)
    start = (page - 1) * A_PAGE
    found = list(rows.order_by("-made_at")[start : start + A_PAGE + 1])
    return found[:A_PAGE], len(found) > A_PAGE


def similar(
    actor: Actor, disclosure: Disclosure, kinds: Iterable[str], grounds: Iterable[str]
) -> list[Precedent]:
    """Earlier weighings most like this one: by receiver, purpose, kind and ground."""
    values = {
        "receiver": disclosure.receiver,
        "purpose": disclosure.purpose,
        "item_kinds__overlap": sorted({*kinds}) or [""],
        "grounds__overlap": sorted({*grounds}) or [""],
    }
    parts = [
        Choice(
            When(Q(**{name: values[name]}), then=Value(points)),
            default=Value(0),
            output_field=IntegerField(),
        )
        for name, points in _LIKE
    ]
    alike = _standing(actor).annotate(alike=parts[0] + parts[1] + parts[2] + parts[3])
    return list(alike.filter(alike__gte=LEAST_ALIKE).order_by("-alike", "-made_at")[:SIMILAR])


def _standing(actor: Actor) -> QuerySet[Precedent]:
    return Precedent.seen(actor).filter(retired_at__isnull=True).defer("search")
