"""Which secrecy, activity and inheritance does the machine propose before a fact is saved?

It proposes; the officer sees the whole of it and confirms or changes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from uuid import UUID

import msgspec

from samsyn.hub.cases.derived import Inheritance, inherit
from samsyn.hub.cases.fact_kinds import fact_kinds
from samsyn.hub.cases.models import Fact
from samsyn.hub.cases.provisions import Provision, provisions
from samsyn.hub.cases.secrecy import MARK_NAMES, propose_secrecy
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.rulebooks import current_rulebook
from samsyn.kernel.text import Text
from samsyn.law.schema import Code


class Proposal(msgspec.Struct, kw_only=True, frozen=True):
    """What is shown before a fact is saved.

    Attributes:
        activity, activity_name: where at the agency the fact is held.
        chosen: whether the officer chose the activity; otherwise it is the usual one.
        subject_kind: ``person``, ``company`` or empty.
        provisions: what makes it secret, own and inherited.
        inherited: what it takes over from received facts it repeats or builds on.
        inherited_marks: their marks, in words.
        sources: those facts.
        signature: changes when anything of this does.
    """

    activity: str
    activity_name: Text
    chosen: bool
    subject_kind: str
    provisions: list[Provision]
    inherited: Inheritance
    inherited_marks: list[Text]
    sources: list[Fact]
    signature: str


def propose(
    actor: Actor,
    *,
    text: str,
    kind: str,
    activity: str,
    entity_kind: str,
    marks: Sequence[str],
    received: Sequence[Fact],
    builds_on: Iterable[UUID] = (),
) -> Proposal:
    """What the rulebook and what was received say of a fact that is being written.

    Args:
        actor: who writes it.
        text, kind, marks: as filled in.
        activity: as chosen; the usual one of the kind when empty.
        entity_kind: kind of what it is about; empty for nothing.
        received: received facts of the case that the writer sees.
        builds_on: ids of those that the writer says it builds on.
    """
    inherited = inherit(text, received, builds_on)
    where = activity or usual_activity(actor.agency, kind)
    about = usual_subject(kind, entity_kind)
    cites = dict.fromkeys(
        (
            *propose_secrecy(
                holder=actor.agency,
                activity=where,
                item_kind=kind,
                subject_kind=about,
                marks=tuple(dict.fromkeys((*marks, *inherited.marks))),
                on=actor.day,
            ),
            *inherited.secrecy,
        )
    )
    parts = (where, about, *cites, *map(str, inherited.sources), *inherited.marks)
    return Proposal(
        activity=where,
        activity_name=activity_name(where),
        chosen=bool(activity),
        subject_kind=about,
        provisions=provisions(list(cites), actor.day),
        inherited=inherited,
        inherited_marks=[MARK_NAMES[mark] for mark in inherited.marks],
        sources=[fact for fact in received if fact.pk in inherited.sources],
        signature=sha256(" ".join(parts).encode()).hexdigest()[:32],
    )


def usual_activity(agency: str, kind: str) -> str:
    """The activity in which a kind of fact usually arises at an agency."""
    known = fact_kinds().get(kind)
    if known and agency in known.holders:
        return known.holders[agency]
    # With another kind than its usual ones, an agency works in what it does most.
    ours = [entry.holders[agency] for entry in fact_kinds().values() if agency in entry.holders]
    return (
        max(ours, key=ours.count)
        if ours
        else current_rulebook().vocabulary.activities_of(agency)[0]
    )


def usual_subject(kind: str, entity_kind: str = "") -> str:
    """Whom a fact is about, from what it is tied to, else from its kind."""
    if entity_kind:
        return "person" if entity_kind == "person" else "company"
    known = fact_kinds().get(kind)
    return known.subject if known else ""


def activity_name(code: str) -> Text:
    """What an activity is called; an unknown code as it came."""
    entry = current_rulebook().vocabulary.activities.known.get(code)
    return entry.name if isinstance(entry, Code) else Text(sv=code, en=code)
