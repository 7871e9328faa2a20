"""Who saw or sent what, when, in which case and on which ground? Without what it said.

For the auditor of an agency, about that agency's log alone; the row policies of the log hold it a
second time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.db import connections
from django.db.models import QuerySet
from django.utils import timezone

from samsyn.hub.cases.secrecy import read_secrecy
from samsyn.hub.guard import log_rows
from samsyn.hub.guard.act_names import act_name
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.log_proofs import NotProvable, prove, seal_of
from samsyn.hub.guard.log_rows import Connection
from samsyn.hub.guard.models import Account, LogEntry, LogSeal
from samsyn.hub.guard.policy import require
from samsyn.hub.guard.references import NoReference, number_of, reference
from samsyn.hub.guard.refusals import Invalid, Missing
from samsyn.hub.guard.seal_statement import Heads, Seal
from samsyn.hub.insight.models import LogCheck
from samsyn.kernel.text import Text

READ = "oversight.read"
PAGE = 50
MOST_SORTED = 20
"""Objects of one line whose kind is looked up; of the rest only the number is shown."""
MOST_PEOPLE = 1000
ATTEMPTS = ("attempt.refused", "attempt.missing")


class LogAsked(msgspec.Struct, frozen=True, kw_only=True):
    """What the log is asked for. Every part is a part of the page's address.

    Attributes:
        person: account.
        act: code of the act.
        number: register number of a case.
        ground: a provision, as the log has it.
        since, until: first and last day.
        attempts: only what was refused, or asked for and missing or hidden.
        after: number of the entry where the page before ended; 0 at the beginning.
    """

    person: UUID | None = None
    act: str = ""
    number: str = ""
    ground: str = ""
    since: date | None = None
    until: date | None = None
    attempts: bool = False
    after: int = 0

    @property
    def narrowed(self) -> bool:
        """Whether anything but everything is asked for."""
        return self != LogAsked(after=self.after)


class LogLine(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as it is shown.

    Attributes:
        who: the person's name; empty for a job.
        what: the act in words.
        number: register number of the case; empty outside one, or where it is another agency's.
        kinds: kind of object and how many; ``other`` for what is not, or not any more, the
            agency's own.
        more: objects beyond those that were sorted by kind.
    """

    entry: LogEntry
    who: str
    what: Text
    number: str
    kinds: list[tuple[str, int]]
    more: int = 0


class LogPage(msgspec.Struct, frozen=True, kw_only=True):
    """Fifty entries, who there is to choose among, and where the next fifty begin."""

    lines: list[LogLine]
    people: list[tuple[UUID, str]]
    after: int


def asked_from(query: Any) -> LogAsked:
    """What a page's address asks for; what it cannot mean is left out."""
    return LogAsked(
        person=uuid_in(query.get("person", "")),
        act=query.get("handelse", "")[:60],
        number=query.get("arende", "").strip()[:40],
        ground=provision_in(query.get("grund", "").strip()[:200]),
        since=day_in(query.get("fran", "")),
        until=day_in(query.get("till", "")),
        attempts=query.get("nekat") == "1",
        after=_entry_in(query.get("efter", "")),
    )


def log_page(actor: Actor, asked: LogAsked) -> LogPage:
    """The entries that answer, the latest first.

    Raises:
        Refused: if none of the asker's roles examines the log.
    """
    require(actor, READ)
    people = names_of(actor)
    found = _answering(actor, asked)
    entries = list(found.order_by("-id")[: PAGE + 1])
    lines = _lines(entries[:PAGE], people)
    after = entries[PAGE - 1].pk if len(entries) > PAGE else 0
    chosen = sorted(people.items(), key=lambda one: one[1].casefold())
    return LogPage(lines=lines, people=chosen, after=after)


def names_of(actor: Actor) -> dict[UUID, str]:
    """The people of the agency by account, those who left too."""
    found = Account.seen(actor).order_by("name").values_list("pk", "name")[:MOST_PEOPLE]
    return dict(found)


def entry_of(actor: Actor, number: int) -> LogLine:
    """One entry of the agency's log.

    Raises:
        Missing: if there is none, or it is another agency's; both look the same.
        Refused: if none of the asker's roles examines the log.
    """
    require(actor, READ)
    own = LogEntry.rows.filter(agency=actor.agency)
    entry = own.filter(pk=number).first()
    if entry is None:
        raise Missing
    return _lines([entry], names_of(actor), most=1000)[0]


def named_objects(entry: LogEntry) -> list[str]:
    """What an entry touched; another entry, kept by its number, by what it is called."""
    return [reference(int(one)) if one.isdigit() else one for one in entry.objects.split()]


def objects_of(entry: LogEntry) -> list[tuple[str, str]]:
    """Each object of an entry with its kind; ``other`` for what is not the agency's own."""
    ids = named_objects(entry)
    kinds = kinds_of([found for one in ids if (found := uuid_in(one))])
    return [(one, kinds.get(uuid_in(one), "other")) for one in ids]


class ChainPlace(msgspec.Struct, frozen=True, kw_only=True):
    """Where an entry stands in the chain.

    Attributes:
        intact: whether its hash is that of its content.
        seal: the seal that took it in; None while it waits.
    """

    intact: bool
    seal: Seal | None


def place_of(entry: LogEntry) -> ChainPlace:
    """Where an entry stands, whether it still says what was hashed, and who sealed it."""
    connection = _connection()
    with log_rows.snapshot(connection):
        row = log_rows.one_row(connection, entry.pk)
        if row is None:
            raise Missing
        try:
            seal = seal_of(connection, row)
        except NotProvable:
            seal = None
    return ChainPlace(intact=row.intact(), seal=seal)


def proof_of(entry: LogEntry) -> dict[str, Any]:
    """The proof that an entry stands in the sealed log; it tells nothing of other entries.

    Raises:
        NotProvable: if it was changed, or no seal holds it yet.
    """
    return prove(_connection(), entry.pk, _leaves)


class LogState(msgspec.Struct, frozen=True, kw_only=True):
    """How the log as a whole stands: the last checks, the latest first, and the last seal."""

    checks: list[LogCheck]
    seal: LogSeal | None = None

    @property
    def last(self) -> LogCheck | None:
        """The last check."""
        return self.checks[0] if self.checks else None


def log_state(actor: Actor, most: int) -> LogState:
    """The last checks of the whole log, and its last seal."""
    state = last_check(actor, most)
    return msgspec.structs.replace(state, seal=LogSeal.rows.order_by("-id").first())


def last_check(actor: Actor, most: int = 1) -> LogState:
    """The last checks of the whole log."""
    require(actor, READ)
    return LogState(checks=list(LogCheck.rows.order_by("-id")[:most]))


def numbers_of(cases: Iterable[UUID]) -> dict[UUID, str]:
    """Register numbers of the agency's own cases."""
    return dict(_asked("select id, number from insight_numbers(%s)", [list(set(cases))]))


def kinds_of(ids: Iterable[UUID]) -> dict[UUID | None, str]:
    """What the agency's own rows are, by id."""
    return dict(_asked("select id, kind from insight_rows(%s)", [list(set(ids))]))


def case_numbered(number: str) -> UUID | None:
    """The agency's case of a register number."""
    found = _asked("select insight_case_of(%s)", [number])
    return found[0][0] if found else None


def uuid_in(text: str) -> UUID | None:
    """An id in a text; None if it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _entry_in(text: str) -> int:
    """The number of a log entry that a text names; 0 if it names none."""
    try:
        return number_of(text)
    except NoReference:
        return 0


def day_in(text: str) -> date | None:
    """A day in a text; None if it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def provision_in(text: str) -> str:
    """A provision as the log has it: OSL 10:27 becomes 2009:400/10:27."""
    if not text:
        return ""
    try:
        return read_secrecy([text])[0]
    except Invalid:
        return text


def begins(day: date) -> datetime:
    """The first moment of a day here."""
    return timezone.make_aware(datetime.combine(day, time()))


def _answering(actor: Actor, asked: LogAsked) -> QuerySet[LogEntry]:
    found = LogEntry.rows.filter(agency=actor.agency)
    if asked.person:
        found = found.filter(account=asked.person)
    if asked.act:
        found = found.filter(act=asked.act)
    if asked.number:
        found = found.filter(case_id=case_numbered(asked.number) or UUID(int=0))
    if asked.ground:
        found = found.filter(ground__startswith=asked.ground)
    if asked.attempts:
        found = found.filter(act__in=ATTEMPTS)
    if asked.since:
        found = found.filter(at__gte=begins(asked.since))
    if asked.until and asked.until < date.max:
        found = found.filter(at__lt=begins(asked.until + timedelta(days=1)))
    return found.filter(pk__lt=asked.after) if asked.after else found


def _lines(
    entries: list[LogEntry], people: Mapping[UUID, str], most: int = MOST_SORTED
) -> list[LogLine]:
    numbers = numbers_of(entry.case_id for entry in entries if entry.case_id)
    objects = {entry.pk: entry.objects.split() for entry in entries}
    sorted_out = {pk: [uuid_in(one) for one in ids[:most]] for pk, ids in objects.items()}
    kinds = kinds_of(one for ids in sorted_out.values() for one in ids if one)
    return [
        LogLine(
            entry=entry,
            who=people.get(entry.account, "") if entry.account else "",
            what=act_name(entry.act),
            number=numbers.get(entry.case_id, "") if entry.case_id else "",
            kinds=Counter(kinds.get(one, "other") for one in sorted_out[entry.pk]).most_common(),
            more=max(len(objects[entry.pk]) - most, 0),
        )
        for entry in entries
    ]


def _connection() -> Connection:
    connections["default"].ensure_connection()
    connection: Connection = connections["default"].connection
    return connection


def _leaves(connection: Connection, heads: Heads) -> list[str]:
    spans = {lane: span for lane, span in heads.lanes.items() if span.count}
    arrays = (
        list(spans),
        [span.first for span in spans.values()],
        [span.last for span in spans.values()],
    )
    query = "select insight_leaves(%s::smallint[], %s::bigint[], %s::bigint[])"
    return [text for (text,) in connection.execute(query, arrays)]


def _asked(query: str, values: list[Any]) -> list[Any]:
    with connections["default"].cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())
