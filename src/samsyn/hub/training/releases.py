"""Which public documents has somebody asked AV for, and what became of it?

One request in each state: a case released with something masked, a document released whole, one
refused, and one that the lawyer has begun to mask. All by the acts of the hub.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from django.db.models import F

from samsyn.hub.cases.actions.cases import purpose_group
from samsyn.hub.cases.models import Case, Fact, RegisterEntry
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.context import acting
from samsyn.hub.insight.models import Release
from samsyn.hub.insight.reads_release import Shown, shown_of
from samsyn.hub.insight.releasing import decide, mask, take_up_request, treat
from samsyn.hub.training.documents import actor_of_demo
from samsyn.hub.training.people import DEMO_PEOPLE

_LAWYER: Final = DEMO_PEOPLE[4]
HARM: Final = "2009:400/28:15"
ASKERS: Final = ("Reporter, Östra Dagbrevet", "", "Ombud för bolaget", "Reporter, Östra Dagbrevet")
REASONS: Final = (
    "Det som är maskat gäller en enskilds personliga förhållanden, och det kan antas att den "
    "enskilde lider men om det röjs. Resten lämnas ut."
)
REFUSED: Final = (
    "Handlingen gäller en enskilds personliga förhållanden. Det kan antas att den enskilde lider "
    "men om den lämnas ut, och inget av den kan lämnas utan att det röjs."
)


def add_releases(today: date) -> int:
    """Take up four requests and decide three of them.

    Returns:
        How many were taken up.
    """
    lawyer = actor_of_demo(_LAWYER, today)
    with acting(lawyer):
        about, others = _cases(lawyer)
    cases = [*about[:1], *others[:1], *about[1:2], *others[1:2]]
    ways: tuple[Callable[[Actor, Case], None], ...] = (_in_part, _whole, _begun, _refused)
    for case, way in zip(cases, ways, strict=False):
        actor = lawyer.within(
            case=case.pk,
            matter=case.matter,
            purpose=case.purpose,
            purpose_group=purpose_group(case.purpose),
        )
        with acting(actor):
            way(actor, case)
    return len(cases)


def _cases(lawyer: Actor) -> tuple[list[Case], list[Case]]:
    """Closed cases with a fact that names a person, and closed cases with a document and none."""
    closed = Case.seen(lawyer).filter(state="closed", origin="opened", restricted=False)
    closed = closed.defer("search").order_by("-closed_on", "number")
    named = Fact.seen(lawyer).filter(
        state="current", received_from="", marks=[], text__contains=F("entity__name")
    )
    named = named.filter(entity__kind="person", entity__protected=False)
    plain = RegisterEntry.seen(lawyer).filter(document=None, mark_provision=[])
    about = list(closed.filter(pk__in=named.values("case"))[:2])
    others = closed.filter(pk__in=plain.values("case")).exclude(pk__in=[one.pk for one in about])
    return about, list(others[:2])


def _in_part(actor: Actor, case: Case) -> None:
    """The whole case: what is secret is masked or withheld, the rest leaves."""
    release = take_up_request(actor=actor, case=case, receiver="JOURNALIST", asked_by=ASKERS[0])
    _mask_first_fact(actor, release)
    for one in shown_of(actor, release):
        if not one.item.masks:
            _treat(actor, release, one)
    _decide(actor, release, REASONS)


def _whole(actor: Actor, case: Case) -> None:
    """One document of a case, by somebody who did not say who they were."""
    release = _of_document(actor, case, ASKERS[1])
    for one in shown_of(actor, release):
        _treat(actor, release, one)
    _decide(actor, release, REASONS)


def _begun(actor: Actor, case: Case) -> None:
    """A party asks for the case; the lawyer has begun and not decided."""
    release = take_up_request(actor=actor, case=case, receiver="PARTY", asked_by=ASKERS[2])
    _mask_first_fact(actor, release)


def _refused(actor: Actor, case: Case) -> None:
    """One document, none of which can leave."""
    release = _of_document(actor, case, ASKERS[3])
    for one in shown_of(actor, release):
        treat(actor=actor, release=release, shown=one, released=False, by=[HARM])
    _decide(actor, release, REFUSED)


def _of_document(actor: Actor, case: Case, asked_by: str) -> Release:
    lines = RegisterEntry.seen(actor).filter(case=case, document=None, mark_provision=[])
    document = lines.order_by("sequence")[0]
    return take_up_request(
        actor=actor, case=case, receiver="JOURNALIST", asked_by=asked_by, document=document
    )


def _mask_first_fact(actor: Actor, release: Release) -> None:
    """Leave the name of a person out of a fact, which otherwise leaves."""
    for one in shown_of(actor, release):
        if one.source.kind != "fact" or one.source.marks or one.source.row.entity is None:
            continue
        entity = one.source.row.entity
        if entity.kind == "person" and entity.name in one.source.text:
            mask(actor=actor, release=release, shown=one, words=entity.name, by=HARM)
            return


def _treat(actor: Actor, release: Release, one: Shown) -> None:
    """What names no person leaves; a fact, a person and what is protected stay."""
    open_kinds = ("heading", "subject", "document")
    named = one.source.title == "person" or one.source.fixed
    if one.source.kind in open_kinds and one.source.text and not named:
        treat(actor=actor, release=release, shown=one, released=True)
    elif one.item.released or not one.item.withheld_by:
        treat(actor=actor, release=release, shown=one, released=False, by=[HARM])


def _decide(actor: Actor, release: Release, reasons: str) -> None:
    now = Release.seen_one(actor, pk=release.pk)
    decide(actor=actor, release=now, version=now.version, reasons=reasons)
