"""A systematically built space of questions on which engine and oracle can be compared.

Every giver is asked about no secrecy, each provision that fits it, each pair of these, and the
excluded or locked kinds alone and beside the first provision; by every receiver, for each of its
purposes, on own initiative and on request, with every profile of facts in ``profiles.py``.

Pruned as follows, so that the space stays near one and a half million questions:

* days: the main profiles with at most one provision are asked on all days of ``space_tables.py``
  (on own initiative from 2024 only), the other profiles and all pairs on both sides of the two
  changes that matter most for the purpose, the other profiles of pairs only of the first of these;
* an agency asks itself only where ``SAME_AGENCY`` says so;
* private receivers ask; only suppliers and safety representatives also get items unasked;
* reviews, audits and disciplinary proceedings are on request, reports on children are not;
* provisions and agencies are used only on days on which they exist.

Nothing is drawn at random: the same call always gives the same questions in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any, NamedTuple

from . import provisions as p
from .profiles import Profile, profiles
from .space_tables import (
    AGENCY_SINCE,
    ASKERS,
    GIVERS,
    NEW_DAYS,
    OLD_DAYS,
    ONLY_PURPOSES,
    OTHER_TURNING_DAYS,
    SAME_AGENCY,
    TURNING_DAYS,
    Asker,
    Giver,
)

Question = dict[str, Any]

_ON_REQUEST_ONLY = ("review_of_decision", "audit_of_giver", "discipline_at_giver")
_CHILD_REPORTS_UNDECIDED = ("KOMMUN", "KOMMUN_SOC", "AKASSA")


class Setting(NamedTuple):
    """A question without its facts and its day."""

    giver: Giver
    secrecy: tuple[str, ...]
    asker: Asker
    purpose: str
    initiative: str


def chunk(index: int, chunks: int) -> Iterator[Question]:
    """Part ``index`` of ``chunks`` parts of the space, nearly equal in size."""
    if not 0 <= index < chunks:
        raise ValueError(f"there is no part {index} of {chunks}")
    for number, setting in enumerate(_settings()):
        if number % chunks == index:
            yield from _questions(setting)


def every() -> Iterator[Question]:
    """The whole space."""
    return chunk(0, 1)


def count() -> int:
    """How many questions there are."""
    return sum(
        len(_days(setting, profile))
        for setting in _settings()
        for profile in profiles(
            setting.giver, setting.asker, setting.purpose, setting.initiative, setting.secrecy
        )
    )


def _settings() -> Iterator[Setting]:
    for giver in GIVERS:
        for secrecy in _secrecy_sets(giver):
            for asker in ASKERS:
                for purpose in asker.purposes:
                    for initiative in _initiatives(giver, asker, purpose):
                        yield Setting(giver, secrecy, asker, purpose, initiative)


def _secrecy_sets(giver: Giver) -> Iterator[tuple[str, ...]]:
    yield ()
    for section in giver.singles + giver.hard:
        yield (section,)
    yield from combinations(giver.singles, 2)
    for section in giver.hard:
        if giver.singles:
            yield (giver.singles[0], section)


def _initiatives(giver: Giver, asker: Asker, purpose: str) -> tuple[str, ...]:
    """On whose initiative this giver can be asked this; nothing where it is undecided."""
    same = (giver.agency, giver.activity, asker.function)
    if giver.agency == asker.code and same not in SAME_AGENCY:
        return ()
    if giver.agency in ONLY_PURPOSES and purpose not in ONLY_PURPOSES[giver.agency]:
        return ()
    if giver.activity == "criminal_records" and asker.code not in ("AV", "AF", "FK", "JäMy"):
        return ()
    police = giver.agency == "EBM" and giver.activity == "criminal_investigation"
    if purpose == "org_crime_cooperation" and police:
        return ()
    if purpose == "confiscation_inquiry" and giver.agency == "SKV":
        return ("own",)
    if purpose == "protect_child":
        return () if giver.agency in _CHILD_REPORTS_UNDECIDED else ("own",)
    if purpose in _ON_REQUEST_ONLY:
        return ("request",)
    if asker.function == "private" and asker.code not in ("SUPPLIER", "SAFETY_REP"):
        return ("request",)
    return ("request", "own")


def _days(setting: Setting, profile: Profile) -> list[str]:
    days: tuple[str, ...]
    turning = TURNING_DAYS.get(setting.purpose, OTHER_TURNING_DAYS)
    pair = len(setting.secrecy) > 1
    if profile.main and not pair:
        days = OLD_DAYS + NEW_DAYS if setting.initiative == "request" else NEW_DAYS
    elif profile.main or not pair:
        days = turning
    else:
        days = turning[:2]
    first = max(
        AGENCY_SINCE.get(setting.giver.agency, ""),
        AGENCY_SINCE.get(setting.asker.code, ""),
        *(p.SECRECY_SINCE.get(section, "") for section in setting.secrecy),
    )
    return [day for day in days if day >= first]


def _questions(setting: Setting) -> Iterator[Question]:
    giver, secrecy, asker, purpose, initiative = setting
    citations = [p.OSL + section for section in secrecy]
    for profile in profiles(giver, asker, purpose, initiative, secrecy):
        subject = {
            "kind": profile.kind,
            "victim": profile.child,
            "child": profile.child,
            "protected": False,
        }
        categories = list(profile.categories)
        item = categories[0] if categories else "plain_item"
        for day in _days(setting, profile):
            yield {
                "on": day,
                "giver": giver.agency,
                "activity": giver.activity,
                "item_kind": item,
                "categories": categories,
                "subject": subject,
                "secrecy": citations,
                "receiver": asker.code,
                "receiver_function": asker.function,
                "purpose": purpose,
                "initiative": initiative,
                "facts": profile.facts,
            }
