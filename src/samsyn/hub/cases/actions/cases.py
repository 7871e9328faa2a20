"""Open, change, assign and restrict a case."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import msgspec
from django.db import connections
from django.db.models import F

from samsyn.hub.cases.actions.states import require_not_archived
from samsyn.hub.cases.models import Case, CaseMember
from samsyn.hub.cases.numbering import next_number
from samsyn.hub.cases.telling import tell
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import act
from samsyn.hub.guard.context import enter
from samsyn.hub.guard.models import Account
from samsyn.hub.guard.policy import access_key
from samsyn.hub.guard.refusals import Conflict, Invalid, Refused
from samsyn.hub.guard.rulebooks import current_rulebook
from samsyn.hub.registry.searching import lexemes
from samsyn.kernel.text import Text
from samsyn.law.schema import Code


def purpose_group(purpose: str) -> str:
    """The group of a purpose, to which received facts are bound.

    Raises:
        Invalid: if the rulebook has no such purpose.
    """
    entry = current_rulebook().vocabulary.purposes.known.get(purpose)
    if isinstance(entry, Code):
        return str(entry.group)
    raise Invalid("purpose", Text(sv="Välj ett ändamål i listan.", en="Choose a purpose."))


def level_of(actor: Actor) -> str:
    """Where a new case lies: in the case work, or in the protection track."""
    if access_key(actor.agency) in actor.keys:
        return access_key(actor.agency)
    protection = access_key(actor.agency, "protection")
    if protection in actor.keys:
        return protection
    raise Refused(
        Text(
            sv="Din roll ser inga ärenden och kan inte öppna något.",
            en="Your role sees no cases and cannot open one.",
        )
    )


def open_case(
    *,
    actor: Actor,
    title: str,
    summary: str = "",
    purpose: str,
    centre: str = "",
    restricted: bool = False,
) -> Case:
    """Open a case at one's own agency; it is registered at once, and nobody else learns of it.

    Raises:
        Invalid: naming the field.
        Refused: if none of the actor's roles permits it.
    """
    if not title.strip():
        raise Invalid(
            "title", Text(sv="Ange vad ärendet gäller.", en="Say what the case is about.")
        )
    purpose_group(purpose)
    with act(actor, "case.open") as entry:
        case = Case.rows.create(
            visible_to=level_of(actor),
            agency=actor.agency,
            matter=uuid4(),
            number=next_number(actor.agency, actor.day),
            title=title.strip()[:200],
            summary=summary,
            purpose=purpose,
            centre=centre,
            opened_on=actor.day,
            opened_by=actor.account,
            opened_by_name=actor.name,
            search=lexemes(title, summary),
        )
        _index_number(case)
        entry.case, entry.matter = case.pk, case.matter
        entry.touches(case)
        tell(entry, case, about=case)
        _add_member(case, actor.account, actor.name, "owner", actor.day)
        if restricted:
            restrict_case(actor=actor, case=case)
    return case


def _index_number(case: Case) -> None:
    Case.rows.filter(pk=case.pk).update(search=lexemes(case.title, case.summary, case.number))


def edit_case(
    *, actor: Actor, case: Case, version: int, title: str, summary: str, purpose: str, centre: str
) -> None:
    """Change what a case is called and for what purpose it is worked on.

    Raises:
        Conflict: if somebody changed it since it was shown.
        Invalid: naming the field.
        Refused: if it is archived.
    """
    require_not_archived(case)
    if not title.strip():
        raise Invalid(
            "title", Text(sv="Ange vad ärendet gäller.", en="Say what the case is about.")
        )
    purpose_group(purpose)
    with act(actor, "case.write", case=case.pk, matter=case.matter, objects=[case]) as entry:
        changed = (
            Case.seen(actor)
            .filter(pk=case.pk, version=version)
            .update(
                title=title.strip()[:200],
                summary=summary,
                purpose=purpose,
                centre=centre,
                version=F("version") + 1,
                search=lexemes(title, summary, case.number),
            )
        )
        if not changed:
            raise Conflict(
                Text(
                    sv="Någon annan har ändrat ärendet sedan du öppnade sidan; inget är sparat.",
                    en="Somebody else has changed the case since you opened the page; nothing is "
                    "saved.",
                ),
                next_step=Text(
                    sv="Läs in sidan igen och gör ändringen på nytt.",
                    en="Load the page again and make the change anew.",
                ),
            )
        before = {"title": case.title, "purpose": case.purpose, "summary": case.summary}
        tell(entry, case, about=case, before=before, title=title.strip()[:200], purpose=purpose)


def take_up(*, actor: Actor, case: Case) -> None:
    """Take up a case that another agency has told of: it becomes one's own work."""
    with act(actor, "case.assign", case=case.pk, matter=case.matter, objects=[case]) as entry:
        Case.seen(actor).filter(pk=case.pk, state="told").update(state="open")
        _add_member(case, actor.account, actor.name, "owner", actor.day)
        entry.detail = "taken up"
        tell(entry, case, about=case, taken_up=True)


def assign(*, actor: Actor, case: Case, account: Account, duty: str = "handler") -> None:
    """Put a colleague of the own agency on a case.

    Raises:
        Invalid: if the person belongs to another agency or has left.
    """
    if account.agency != actor.agency or not account.is_active:
        raise Invalid(
            "account",
            Text(
                sv="Välj någon vid din egen myndighet; andra myndigheter får ett eget ärende.",
                en="Choose somebody at your own agency; other agencies get a case of their own.",
            ),
        )
    with act(actor, "case.assign", case=case.pk, matter=case.matter, objects=[account]) as entry:
        _add_member(case, account.pk, account.name, duty, actor.day)
        tell(entry, case, about=account, name=account.name, duty=duty)


def unassign(*, actor: Actor, case: Case, member: CaseMember) -> None:
    """Take a person off a case from tomorrow on; a restricted case closes to them at once."""
    last = actor.day - timedelta(days=1) if case.restricted else actor.day
    with act(actor, "case.assign", case=case.pk, matter=case.matter, objects=[member]) as entry:
        CaseMember.seen(actor).filter(pk=member.pk).update(
            to_day=max(last, member.from_day - timedelta(days=1))
        )
        entry.detail = "taken off"
        tell(entry, case, about=member, name=member.name, taken_off=True)


def restrict_case(*, actor: Actor, case: Case, restricted: bool = True) -> None:
    """Close a case to all but those assigned to it, or open it to the agency's case work again."""
    with act(actor, "case.restrict", case=case.pk, matter=case.matter, objects=[case]) as entry:
        if restricted:
            _add_member(case, actor.account, actor.name, "owner", actor.day)
        entry.detail = "closed" if restricted else "opened"
        tell(entry, case, about=case, restricted=restricted)
        with connections["default"].cursor() as cursor:
            cursor.execute("select cases_set_key(%s, %s)", [case.pk, restricted])
            case.visible_to = cursor.fetchone()[0]
        case.restricted = restricted
    if restricted:
        enter(with_key(actor, case.visible_to))


def with_key(actor: Actor, key: str) -> Actor:
    """The actor with one more key, for the rest of the transaction that gave it."""
    return msgspec.structs.replace(actor, keys=tuple(sorted({*actor.keys, key})))


def _add_member(case: Case, account: UUID | None, name: str, duty: str, day: date) -> None:
    if account is None:
        return
    there = CaseMember.rows.filter(case=case, account=account, to_day__isnull=True)
    if not there.exists():
        CaseMember.rows.create(
            visible_to=case.visible_to,
            case=case,
            account=account,
            name=name,
            duty=duty,
            from_day=day,
        )
