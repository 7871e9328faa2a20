"""How does an act leave its row in the log, together with what it changed or not at all?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.db import connections, transaction

from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.policy import require

_ONE_ACT: ContextVar[bool] = ContextVar("one_act", default=False)


@contextmanager
def one_act() -> Iterator[None]:
    """The transaction under way does one act more, and nothing of it is kept if the act fails.

    There is then nothing to go back to, so no mark is set for it. Acts within the act set theirs.
    """
    before = _ONE_ACT.set(True)
    try:
        yield
    finally:
        _ONE_ACT.reset(before)


class Entry:
    """The log row of an act under way; filled while the act is done, written at its end.

    Attributes:
        case, matter: in which case and matter.
        ground: citation that the act rests on.
        rulebook: version of the rulebook that was asked.
        detail: codes that tell the act apart, never content.
        number: id of the log row once it is written.
    """

    def __init__(self, actor: Actor, act: str, case: UUID | None, matter: UUID | None) -> None:
        self.actor = actor
        self.act = act
        self.case = case
        self.matter = matter
        self.ground = ""
        self.rulebook = ""
        self.detail = ""
        self.number: int | None = None
        self._objects: list[str] = []

    def touches(self, *objects: object) -> None:
        """Name what the act touches, by id or by a row that has one."""
        self._objects += [str(getattr(item, "pk", item)) for item in objects]

    def write(self, using: str = "default") -> int:
        """Append the row; the database takes account and agency from the signed context."""
        if self.actor.token is not None:
            self.touches(self.actor.token)  # so that the log tells what a program did
        with connections[using].cursor() as cursor:
            cursor.execute(
                "select guard_append(%s, %s, %s, %s, %s, %s, %s, %s)",
                [
                    self.act,
                    self.case,
                    self.matter,
                    self.actor.purpose or "",
                    self.ground,
                    self.rulebook,
                    " ".join(dict.fromkeys(self._objects)),
                    self.detail,
                ],
            )
            self.number = int(cursor.fetchone()[0])
        return self.number


@contextmanager
def act(
    actor: Actor,
    code: str,
    *,
    case: UUID | None = None,
    matter: UUID | None = None,
    objects: Iterable[object] = (),
    ground: str = "",
    detail: str = "",
    using: str = "default",
    savepoint: bool = True,
) -> Iterator[Entry]:
    """One act: one transaction, with its row in the log at the end.

    INVARIANT: if the log row cannot be written, nothing of the act is kept.

    Args:
        savepoint: whether an act within another can fail by itself; an act that is a part of the
            other, and fails with it, does without.

    Raises:
        Refused: if none of the actor's roles permits the act.
    """
    require(actor, code)
    entry = Entry(actor, code, case or actor.case, matter or actor.matter)
    entry.ground, entry.detail = ground, detail
    entry.touches(*objects)
    alone = _ONE_ACT.get() and not connections[using].savepoint_ids
    with transaction.atomic(using=using, savepoint=savepoint and not alone):
        yield entry
        if entry.number is None:
            entry.write(using)


def look(
    actor: Actor,
    code: str,
    *,
    case: UUID | None = None,
    objects: Iterable[object] = (),
    detail: str = "",
) -> int:
    """Log a look at protected facts; the page is not shown if this fails."""
    entry = Entry(actor, code, case or actor.case, actor.matter)
    entry.detail = detail
    entry.touches(*objects)
    return entry.write()
