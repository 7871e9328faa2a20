"""Can each agency do what takes two persons? Asked as the worker, who sees the roles of all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import psycopg

from samsyn.hub.guard.lacking import LackShown, in_words, lacking
from samsyn.hub.guard.people import centre_holds
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.hub.project.checks.finding import Finding, warning

Database = psycopg.Connection[tuple[Any, ...]]


def second_person_findings(worker: Database, today: date) -> Iterator[Finding]:
    """What nobody can agree to, or only one person, at each agency that has accounts."""
    organisation = current_organisation()
    rows: list[tuple[str, UUID, str, str]] = worker.execute(
        "select a.agency, a.id, r.role, r.centre from guard_roleassignment r"
        " join guard_account a on a.id = r.account_id where a.is_active and r.from_day <= %s"
        " and (r.to_day is null or r.to_day >= %s)",
        [today, today],
    ).fetchall()
    for agency in sorted({row[0] for row in rows}):
        if not organisation.is_member(agency, today):
            continue
        held = [
            (account, role)
            for at, account, role, centre in rows
            if at == agency and centre_holds(organisation, agency, centre, today)
        ]
        for lack in in_words(organisation, lacking(organisation, held), {}):
            yield _finding(agency, lack)


def _finding(agency: str, lack: LackShown) -> Finding:
    """No name of a person goes to the log of whoever runs the hub."""
    swedish, english = (
        [", ".join(text.into(language) for text in texts) for texts in (lack.acts, lack.roles)]
        for language in ("sv", "en")
    )
    return warning(
        "no-second-person" if lack.stops else "one-second-person",
        sv=f"hos {agency} kan {'ingen' if lack.stops else 'bara en person'} godkänna det som tar "
        f"två personer i {lack.where.sv}: {swedish[0]}.",
        en=f"at {agency} {'nobody' if lack.stops else 'only one person'} can agree to what takes "
        f"two persons in {lack.where.en}: {english[0]}.",
        remedy_sv=f"Be myndighetens administratör ge en person till någon av: {swedish[1]}.",
        remedy_en=f"Ask the agency's administrator to give one more person one of: {english[1]}.",
    )
