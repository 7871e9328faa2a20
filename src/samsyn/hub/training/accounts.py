"""Which accounts and roles do the invented people have, and how were they given?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from samsyn.hub.training.chance import Chance
from samsyn.hub.training.days import at
from samsyn.hub.training.journal import Act, Journal
from samsyn.hub.training.people import Officer, Staff
from samsyn.hub.training.rows import AccountRow, RoleRow, Row, TwoPersonRow
from samsyn.hub.training.texts import words

_ADMIN: Final = "agency_administrator"
_ORDINARY: Final = frozenset(
    {"agency_officer", "centre_coordinator", "inspector", "national_coordinator"}
)
"""Roles that one administrator gives alone."""
_MAIL = {"JäMy": "jamy", "ÅM": "am"}
_TITLES = {
    "agency_officer": "handläggare",
    "centre_coordinator": "samordnare",
    "inspector": "inspektör",
    "secrecy_lawyer": "sekretessjurist",
    "centre_head": "centerchef",
    "national_coordinator": "nationell samordnare",
    "victim_support_coordinator": "samordnare för stöd till utsatta",
    "agency_administrator": "myndighetsadministratör",
    "auditor": "granskare",
}


def write_accounts(staff: Staff, journal: Journal, chance: Chance) -> None:
    """Accounts and roles, given by an administrator and, where they are grave, by two.

    An agency's administrators come first, with the installation: nobody was there to approve them.
    """
    used: set[str] = set()
    for officer in staff.officers:
        first, second = (
            other
            for other in staff.officers
            if other.agency == officer.agency and other.role == _ADMIN
        )
        if officer.role == _ADMIN:
            _installed(officer, used, journal, chance)
        else:
            _approved(officer, first, second, used, journal, chance)
        if officer.until is not None:
            left = at(officer.until, chance.between(400, 500))
            _note(journal, left, first, "account.close", [officer.account])


def _installed(officer: Officer, used: set[str], journal: Journal, chance: Chance) -> None:
    moment = at(officer.since, chance.between(5, 40))
    account, role = _account(officer, None, moment, used), _role(officer, moment, chance)
    entry = Act(
        at=moment,
        account=None,
        agency=officer.agency,
        act="account.approve",
        objects=[account.id, role.id],
        detail="installation",
        rows=[account, role],
    )
    journal.add(entry)


def _approved(
    officer: Officer,
    first: Officer,
    second: Officer,
    used: set[str],
    journal: Journal,
    chance: Chance,
) -> None:
    moment = at(officer.since, chance.between(60, 300))
    account = _account(officer, first, moment, used)
    _note(journal, moment, first, "account.approve", [account.id], rows=[account])
    moment += timedelta(minutes=chance.between(1, 9))
    role = _role(officer, moment, chance)
    role.given_by = first.account
    if officer.role in _ORDINARY:
        objects = [account.id, role.id]
        _note(journal, moment, first, "role.give", objects, detail=officer.role, rows=[role])
        return
    request = _request(officer, first, moment, chance)
    objects = [request.id, account.id]
    _note(journal, moment, first, "role.raise", objects, detail="asked", rows=[request])
    moment += timedelta(minutes=chance.between(5, 90))
    role.second_by, role.given_at = second.account, moment
    request.decided_by, request.decided_by_name = second.account, second.name
    request.decided_at, request.outcome = moment, "approved"
    _note(journal, moment, second, "role.second", objects, "role.raise approved", [role])


def _note(
    journal: Journal,
    moment: datetime,
    by: Officer,
    code: str,
    objects: list[str],
    detail: str = "",
    rows: list[Row] | None = None,
) -> None:
    entry = Act(
        at=moment,
        account=by.account,
        agency=by.agency,
        act=code,
        objects=objects,
        detail=detail,
        rows=rows or [],
    )
    journal.add(entry)


def ask_for_role(
    officer: Officer, by: Officer, role: str, moment: datetime, journal: Journal, chance: Chance
) -> None:
    """An administrator asks for a grave role for somebody; nobody has agreed yet."""
    wanted = replace(officer, role=role, centre="", since=moment.date())
    request = _request(wanted, by, moment, chance)
    objects = [request.id, officer.account]
    _note(journal, moment, by, "role.raise", objects, detail="asked", rows=[request])


def ask_for_recovery(
    officer: Officer, by: Officer, moment: datetime, journal: Journal, chance: Chance
) -> None:
    """An administrator asks that somebody who lost a phone chooses anew how to sign in."""
    request = _request(officer, by, moment, chance)
    request.act, request.about = "account.recover", {"account": officer.account}
    request.reason = "Tjänstetelefonen är borttappad; identiteten är kontrollerad på plats."
    objects = [request.id, officer.account]
    _note(journal, moment, by, "account.recover", objects, detail="asked", rows=[request])


def _request(officer: Officer, by: Officer, moment: datetime, chance: Chance) -> TwoPersonRow:
    return TwoPersonRow(
        id=chance.uuid(),
        visible_to=f"{officer.agency}/people",
        act="role.raise",
        about={
            "account": officer.account,
            "role": officer.role,
            "centre": officer.centre,
            "from": officer.since.isoformat(),
            "to": "",
        },
        case=None,
        reason=chance.pick(words()["raise_reasons"]),
        asked_by=by.account,
        asked_by_name=by.name,
        asked_at=moment,
    )


def _account(officer: Officer, by: Officer | None, moment: datetime, used: set[str]) -> AccountRow:
    return AccountRow(
        id=officer.account,
        email=_mail(officer, used),
        name=officer.name,
        agency=officer.agency,
        title=_TITLES[officer.role],
        is_active=officer.until is None,
        made_at=moment,
        made_by=by.account if by else None,
        ended_on=officer.until,
    )


def _role(officer: Officer, moment: datetime, chance: Chance) -> RoleRow:
    return RoleRow(
        id=chance.uuid(),
        account_id=officer.account,
        agency=officer.agency,
        role=officer.role,
        centre=officer.centre,
        from_day=officer.since,
        to_day=officer.until or officer.leaves,
        given_at=moment,
    )


def _mail(officer: Officer, used: set[str]) -> str:
    plain = officer.name.casefold().translate(str.maketrans("åäöéćáž ", "aaoecaz."))
    plain = "".join(sign for sign in plain if sign.isascii())
    domain = _MAIL.get(officer.agency, officer.agency.casefold())
    mail, place = f"{plain}@{domain}.example", 2
    while mail in used:
        mail, place = f"{plain}{place}@{domain}.example", place + 1
    used.add(mail)
    return mail
