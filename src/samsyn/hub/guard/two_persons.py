"""How does a grave act get its second person: one asks, another of the same agency decides?

What is done when the second person agrees is registered by whoever owns the act, and is done in
the transaction of the decision. The database holds that the two are two, and that each acts in
their own name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import act
from samsyn.hub.guard.models import Account, TwoPersonRequest
from samsyn.hub.guard.policy import access_key
from samsyn.hub.guard.refusals import Conflict, Invalid, Refused
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.kernel.text import Text

APPROVED, REFUSED, WITHDRAWN = "approved", "refused", "withdrawn"
VALID_DAYS = 14
"""A request that nobody decided in this time is asked anew: reasons grow old."""

Executor = Callable[[Actor, TwoPersonRequest], str]
"""Does the act; gives back what the second person is shown once, usually nothing."""
Words = Callable[[Sequence[TwoPersonRequest]], list[Text]]
"""What was asked for, in words: of many requests at once, so that a list asks few questions."""

_executors: dict[str, Executor] = {}
_words: dict[str, Words] = {}

DECIDED = Text(
    sv="Begäran är redan avgjord eller återtagen.",
    en="The request has already been decided or withdrawn.",
)
OWN = Text(
    sv="Du har själv begärt det, så någon annan måste avgöra det.",
    en="You asked for it yourself, so somebody else must decide it.",
)
OLD = Text(
    sv=f"Begäran är äldre än {VALID_DAYS} dagar, så skälen kan ha ändrats.",
    en=f"The request is older than {VALID_DAYS} days, so the reasons may have changed.",
)
ASK_ANEW = Text(
    sv="Be den som begärde det att begära det på nytt.",
    en="Ask whoever asked for it to ask anew.",
)
ASKER_GONE = Text(
    sv="Den som begärde det har inte längre ett konto vid myndigheten.",
    en="Whoever asked for it no longer has an account at the agency.",
)
REASON = Text(sv="Skriv skälet med egna ord.", en="Write the reason in your own words.")


class Decision(NamedTuple):
    """What came of a decision.

    Attributes:
        request: as it now stands.
        result: what is shown once to whoever decided, such as a link; usually empty.
    """

    request: TwoPersonRequest
    result: str


def register(code: str, *, executor: Executor, words: Words) -> None:
    """Say what an act does when two persons agree, and how a request for it is told."""
    if code not in current_organisation().two_person_acts:
        raise ValueError(f"{code} is not an act that takes two persons")
    _executors[code], _words[code] = executor, words


def told(request: TwoPersonRequest) -> Text:
    """What was asked for, in words."""
    return told_all([request])[0]


def told_all(requests: Sequence[TwoPersonRequest]) -> list[Text]:
    """What was asked for in each of some requests, in words; for a list, with few questions."""
    said: dict[UUID, Text] = {}
    for code in {request.act for request in requests}:
        alike = [request for request in requests if request.act == code]
        words = _words.get(code)
        texts = words(alike) if words else [current_organisation().acts[code].name] * len(alike)
        said.update(zip((request.pk for request in alike), texts, strict=True))
    return [said[request.pk] for request in requests]


def ask(
    actor: Actor,
    *,
    code: str,
    about: Mapping[str, object],
    reason: str,
    case: UUID | None = None,
    visible_to: str | None = None,
) -> TwoPersonRequest:
    """Ask for an act that takes two persons.

    Args:
        actor: who asks, and may do the act.
        code: the act.
        about: what it is done to, ids only.
        reason: why, for the one who decides.
        case: the case it is about, if any.
        visible_to: access key of those who may see the request; by what the act needs if None.

    Raises:
        Invalid: if the reason is missing.
        Refused: if the same has been asked and is not yet decided, or the role is lacking.
    """
    if not reason.strip():
        raise Invalid("reason", REASON)
    assert actor.account is not None  # jobs ask for nothing
    with act(actor, code, case=case, detail="asked") as entry:
        same = TwoPersonRequest.rows.filter(
            act=code, about=dict(about), outcome="", asked_at__gte=_oldest()
        )
        if same.filter(visible_to__in=actor.keys).exists():
            raise Refused(
                Text(sv="Det är redan begärt och väntar på beslut.",
                     en="It has already been asked for and awaits a decision."),
                next_step=Text(sv="Se listan över det som väntar på två personer.",
                               en="See the list of what waits for two persons."),
            )  # fmt: skip
        request = TwoPersonRequest(
            act=code,
            about=dict(about),
            case=case,
            reason=reason.strip(),
            asked_by=actor.account,
            asked_by_name=actor.name,
            visible_to=visible_to or key_for(actor.agency, code),
        )
        request.save(force_insert=True)
        entry.touches(request, *about.values())
    return request


def key_for(agency: str, code: str) -> str:
    """Who sees a request for an act: those who read what the act is about."""
    needs = current_organisation().acts[code].needs
    level = next((level for level in ("people", "cases", "protection") if level in needs), "cases")
    return access_key(agency, level)


def decide(actor: Actor, *, request_id: UUID, approve: bool, reason: str) -> Decision:
    """Agree to what another asked, and it is done; or refuse it, and nothing is.

    Raises:
        Missing: if there is no such request that the person may see.
        Refused: if it is one's own, too old, or its asker is gone.
        Conflict: if it was decided meanwhile.
        Invalid: if a refusal gives no reason.
    """
    shown = TwoPersonRequest.seen_one(actor, pk=request_id)
    second = second_of(shown)
    if not approve and not reason.strip():
        raise Invalid("reason", REASON)
    outcome = APPROVED if approve else REFUSED
    with act(actor, second, case=shown.case, detail=f"{shown.act} {outcome}") as entry:
        request = _locked(actor, request_id)
        if request.asked_by == actor.account:
            raise Refused(OWN)
        if approve:
            _require_still_asked(actor, request)
        _close(actor, request, outcome, reason)
        entry.touches(request, *request.about.values())
        result = _executors[request.act](actor, request) if approve else ""
    return Decision(request, result)


def withdraw(actor: Actor, *, request_id: UUID) -> TwoPersonRequest:
    """Take back what one asked for oneself."""
    shown = TwoPersonRequest.seen_one(actor, pk=request_id, asked_by=actor.account)
    with act(actor, shown.act, case=shown.case, detail=WITHDRAWN, objects=[shown]):
        request = _locked(actor, request_id)
        _close(actor, request, WITHDRAWN, "")
    return request


def second_of(request: TwoPersonRequest) -> str:
    """The act by which the second person agrees."""
    return current_organisation().two_person_acts[request.act]


def waiting(actor: Actor) -> QuerySet[TwoPersonRequest]:
    """What is not yet decided and that this person may decide or has asked for."""
    pairs = current_organisation().two_person_acts
    decides = [code for code, second in pairs.items() if actor.permits(second)]
    return (
        TwoPersonRequest.seen(actor)
        .filter(outcome="", asked_at__gte=_oldest())
        .filter(Q(act__in=decides) | Q(asked_by=actor.account))
        .order_by("asked_at")
    )


def may_decide(actor: Actor, request: TwoPersonRequest) -> bool:
    """Whether this person is one who can be the second."""
    second = current_organisation().two_person_acts.get(request.act)
    return (
        second is not None
        and not request.outcome
        and request.asked_by != actor.account
        and actor.permits(second)
    )


def _oldest() -> datetime:
    return timezone.now() - timedelta(days=VALID_DAYS)


def _locked(actor: Actor, request_id: UUID) -> TwoPersonRequest:
    # Whoever decides at the same time waits, and then finds it decided.
    request = (
        TwoPersonRequest.seen(actor).select_for_update().filter(pk=request_id, outcome="").first()
    )
    if request is None:
        raise Conflict(DECIDED)
    return request


def _require_still_asked(actor: Actor, request: TwoPersonRequest) -> None:
    if request.asked_at < _oldest():
        raise Refused(OLD, next_step=ASK_ANEW)
    asker = Account.rows.filter(pk=request.asked_by, agency=actor.agency, is_active=True)
    if not asker.exists():
        raise Refused(ASKER_GONE)


def _close(actor: Actor, request: TwoPersonRequest, outcome: str, reason: str) -> None:
    request.decided_by, request.decided_by_name = actor.account, actor.name
    request.decided_at, request.outcome = timezone.now(), outcome
    request.decision_reason = reason.strip()
    request.save(
        update_fields=[
            "decided_by", "decided_by_name", "decided_at", "outcome", "decision_reason",
        ]
    )  # fmt: skip
