"""As whom, for which agency, in which matter and for which purpose does someone act?"""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec

SIGN_IN = "signin"
"""Access key of a request in which nobody is known yet: it opens the sign-in tables only."""
WORKER = "worker"
"""Access key of the jobs; no row of an agency carries it."""


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who acts in one request, as of one day. Made anew for every request.

    Attributes:
        account: id of the account; None for a job.
        name: the person's name, for the log of what was decided.
        agency: code of the agency the person belongs to; everything done is done for it.
        roles: role codes in force on the day.
        acts: act codes and prefixes (``case.*``) that the roles permit.
        keys: access keys: rows whose ``visible_to`` is one of them may be seen.
        centres: codes of the centres where the person serves on the day.
        case: the case acted in, None outside one.
        matter: what ties the cases of several agencies together, None outside one.
        purpose: code of the purpose acted for, None outside a case.
        purpose_group: group of that purpose; received facts are bound to it.
        day: the day that roles, memberships and validity are judged on.
        request: id of the web request, to tie log lines to log entries.
        token: the key by which a program acts as the person; None when it is the person.
        only_case: the one case that this key holds for; None for all that the person sees.
    """

    account: UUID | None
    name: str
    agency: str
    roles: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    centres: tuple[str, ...] = ()
    case: UUID | None = None
    matter: UUID | None = None
    purpose: str | None = None
    purpose_group: str | None = None
    day: date
    request: str = ""
    token: UUID | None = None
    only_case: UUID | None = None

    def within(
        self, *, case: UUID, matter: UUID, purpose: str | None, purpose_group: str | None
    ) -> Actor:
        """The same person acting in a case for a purpose."""
        return msgspec.structs.replace(
            self, case=case, matter=matter, purpose=purpose, purpose_group=purpose_group
        )

    def permits(self, act: str) -> bool:
        """Whether one of the roles permits an act."""
        return any(
            act == allowed or (allowed.endswith(".*") and act.startswith(allowed[:-1]))
            for allowed in self.acts
        )
