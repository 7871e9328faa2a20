"""What do the people of the demo do by the real acts, once the story is loaded?

What draws secrets, seals files or makes a page that leaves is no part of what a seed number
decides: documents, requests for public documents, keys for programs, addresses that are told,
and what the auditor and the administrator have said of what stands out.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Final

from django.conf import settings
from django.db import connections

from samsyn.hub.api.models import Token
from samsyn.hub.api.tokens import acts_for_programs, arrive, make_token, revoke_token
from samsyn.hub.api.webhooks.registering import register, stop
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.hub_keys import public_keys
from samsyn.hub.guard.jobs import seal_log
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.hub.insight.actions import confirm_access, confirm_anomaly
from samsyn.hub.insight.log_checking import check_log
from samsyn.hub.insight.reads_access import access_lines
from samsyn.hub.insight.reads_anomalies import anomalies, period_from
from samsyn.hub.training.documents import actor_of_demo, add_documents
from samsyn.hub.training.handed_in import add_handed_in
from samsyn.hub.training.people import DEMO_PEOPLE
from samsyn.hub.training.releases import add_releases

_AV, _SKV, _AUDITOR, _ADMIN = (DEMO_PEOPLE[place] for place in (0, 1, 7, 8))
_KEYS: Final = (
    (_AV, "Ärendesystemet: hämtar svar varje natt", "own_supervision", ("case.read", "fact.read")),
    (_AV, "Provkörning våren", "own_supervision", ("case.read",)),
    (_SKV, "Inläsning av uppgifter ur granskningen", "own_tax_control", ("fact.read", "case.read")),
)
"""Of which the first and the last have been used, and the second is taken back."""
_ADDRESSES: Final = (
    ("https://mottag.av.example/samsyn", "Ärendesystemet hämtar det som är nytt"),
    ("https://prov.av.example/samsyn", "Provmiljön, stoppad efter provet"),
)
_SEEN: Final = {
    "exports": ("in_order", "Paketet gick till myndighetens eget arkiv; skälet finns i ärendet."),
    "many_cases": (
        "in_order",
        "Centerchefen fördelade veckans arbete. Det syns i tilldelningarna.",
    ),
    "same_surname": ("follow_up", "Frågat chefen om det finns ett släktskap. Svar väntas."),
}


def done_by_hand(today: date) -> None:
    """All of it, in the order in which it may happen on a day."""
    add_documents(today)
    add_releases(today)
    add_keys(today)
    add_addresses(today)
    examine(today)
    add_handed_in(today)
    # As the jobs of the night do, so that the first who looks sees a log that was checked.
    seal_log(0)
    connections["worker"].ensure_connection()
    check_log(connections["worker"].connection, public_keys(), settings.SAMSYN.witness_dir)


def add_keys(today: date) -> int:
    """Keys for programs: one in use, one taken back, one of another agency.

    Returns:
        How many were made.
    """
    for place, (person, name, purpose, wanted) in enumerate(_KEYS):
        actor = actor_of_demo(person, today)
        allowed = acts_for_programs(current_organisation(), person.role)
        with acting(actor):
            token, secret = make_token(
                actor=actor,
                name=name,
                role=person.role,
                acts=[act for act in wanted if act in allowed],
                purpose=purpose,
                last_day=today + timedelta(days=60),
            )
            if place == 1:
                revoke_token(actor=actor, token_id=token.pk)
            else:
                arrive(secret)
    return Token.rows.using("owner").count()


def add_addresses(today: date) -> None:
    """Addresses that are told: one that runs and one that was stopped."""
    actor = actor_of_demo(_ADMIN, today)
    for place, (address, about) in enumerate(_ADDRESSES):
        with acting(actor):
            # Invented names lead nowhere; the first try to send says so on the page.
            hook, _ = register(actor=actor, address=address, about=about, names=_stands_for)
            if place:
                stop(actor=actor, hook_id=hook.pk)


def _stands_for(host: str, port: int) -> list[str]:
    """Somewhere outside the own network, for an invented name that no resolver knows."""
    return ["1.2.3.4"]


def examine(today: date) -> int:
    """What the auditor and the administrator have looked at and said of it.

    Returns:
        How much was confirmed.
    """
    said = 0
    auditor, admin = (actor_of_demo(person, today) for person in (_AUDITOR, _ADMIN))
    with acting(auditor):
        found = anomalies(auditor, period_from({}, today))
        for rule in found:
            if rule.rule.code in _SEEN and rule.hits and rule.hits[0].account != auditor.account:
                outcome, note = _SEEN[rule.rule.code]
                confirm_anomaly(actor=auditor, hit=rule.hits[0], outcome=outcome, note=note)
                said += 1
    with acting(admin):
        others = [line for line in access_lines(admin)["unused"] if line.account != admin.account]
        confirm = partial(confirm_access, actor=admin, outcome="in_order")
        for line in others[:2]:
            confirm(line=line, note="Personen är föräldraledig och kommer tillbaka i vår.")
            said += 1
    return said
