"""An agency with something to examine: an officer, a lawyer, an auditor, and their acts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import connections

from samsyn.hub.cases.actions import add_subject, archive_case, close_case, open_case, write_fact
from samsyn.hub.cases.models import Case, Fact
from samsyn.hub.guard import seals
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import look
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.log_rows import Connection
from samsyn.hub.guard.models import Account
from samsyn.hub.guard.seal_keys import signing_key
from tests.hub.support import Browser, Hub

PURPOSE = "detect_rule_breach"
SECRET = "Arbetsgivaren Gunnar Ekvall betalade kontant till elva personer i kvarteret Ejdern."
KEY = signing_key(bytes(range(32)))


@dataclass
class Office:
    """The work environment authority with its people.

    Attributes:
        case: an open case with one fact, ``fact``.
    """

    hub: Hub
    officer: Account
    lawyer: Account
    auditor: Account
    admin: Account
    case: Case
    fact: Fact

    def actor(self, account: Account, case: Case | None = None) -> Actor:
        """Who somebody is today, perhaps in a case."""
        actor = self.hub.actor(account)
        if case is None:
            return actor
        return actor.within(
            case=case.pk, matter=case.matter, purpose=PURPOSE, purpose_group="control"
        )

    def client(self, account: Account) -> Browser:
        """A signed-in browser whose session is not written anew in the middle of a test."""
        client = self.hub.client(account)
        client.get("/me/")
        return client

    def looks(self, account: Account, times: int = 1, **what: Any) -> None:
        """Somebody looks, as a page would log it."""
        actor = self.actor(account)
        with acting(actor):
            for _ in range(times):
                look(actor, what.get("act", "fact.read"), objects=what.get("objects", ()),
                     case=what.get("case"), detail=what.get("detail", ""))  # fmt: skip

    def seal(self) -> None:
        """Seal the log."""
        seals.seal_all(raw_worker(), KEY)

    def due_case(
        self,
        title: str = "Gammalt ärende om Ekvalls Bygg",
        fill: Callable[[Actor, Case], Any] | None = None,
    ) -> Case:
        """An archived case whose time of keeping is over, with facts and a firm, and more."""
        actor = self.hub.actor(self.officer)
        with acting(actor):
            case = open_case(actor=actor, title=title, summary="Om Ekvall", purpose=PURPOSE)
            firm = add_subject(actor=actor, case=case, kind="firm", name="Ekvalls Bygg AB")
            write_fact(actor=actor, case=case, text=SECRET, item_kind="inspection_findings",
                       activity="supervision", subject_kind="company", entity=firm)  # fmt: skip
            if fill is not None:
                fill(actor, case)
            close_case(actor=actor, case=case, outcome="Ekvall fick ett föreläggande.")
            archive_case(actor=actor, case=case)
        self.changed("update cases_case set keep_until = %s where id = %s",
                     self.hub.today - timedelta(days=1), case.pk)  # fmt: skip
        case.refresh_from_db(using="owner")
        return case

    def changed(self, query: str, *values: Any) -> None:
        """Change something as only an operator can, for the sake of the story."""
        with self.hub.owner() as owner, owner.transaction():
            owner.execute("set local session_replication_role = replica")
            owner.execute(query, values)

    def value(self, query: str, *values: Any) -> Any:
        """The one value that the owner finds."""
        with self.hub.owner() as owner:
            row = owner.execute(query, values or None).fetchone()
        return row[0] if row else None


def make_office(hub: Hub) -> Office:
    """Act it out."""
    officer = hub.person("AV", name="Olga Officer")
    lawyer = hub.person("AV", "secrecy_lawyer", name="Lars Jurist")
    auditor = hub.person("AV", "auditor", name="Greta Granskare")
    admin = hub.person("AV", "agency_administrator", name="Adam Administratör")
    actor = hub.actor(officer)
    with acting(actor):
        case = open_case(actor=actor, title="Ekvalls Bygg i Ejdern", purpose=PURPOSE)
        fact = write_fact(
            actor=actor,
            case=case,
            text=SECRET,
            item_kind="inspection_findings",
            activity="supervision",
            subject_kind="company",
        )
    return Office(hub, officer, lawyer, auditor, admin, case, fact)


def raw_worker() -> Connection:
    """The connection of the jobs."""
    connections["worker"].ensure_connection()
    connection: Connection = connections["worker"].connection
    return connection


def nowhere() -> str:
    """An id that nothing has."""
    return str(uuid4())
