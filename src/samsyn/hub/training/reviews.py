"""What has the secrecy lawyer of the demo to sign, to look at and to learn from?

A queue as it is on any day: two requests that wait, one that was signed and sent, one that was
returned, samples to look at and looked at, and earlier weighings that name nobody.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import ClassVar, Final

from samsyn.hub.disclosures.reviewing.measuring import Measured, Trait, risk_of, rule_for
from samsyn.hub.disclosures.reviewing.rules import review_rules
from samsyn.hub.training.copying import Words
from samsyn.hub.training.delivering import settle
from samsyn.hub.training.journal import Act
from samsyn.hub.training.people import Officer
from samsyn.hub.training.plots import Matter, some_fact
from samsyn.hub.training.room import Room
from samsyn.hub.training.rows import Cell, Row
from samsyn.hub.training.telling import Offer, prepare
from samsyn.hub.training.texts import kinds, words

JOINT: Final = "joint_inspection_plan"
SIGNED: Final = "Behovet är konkret, texten är det som behövs och inget mer. Avvägningen håller."
RETURNED: Final = (
    "Avvägningen säger inte vad som talar emot. Skriv vad uppgiften ska användas till vid besöket, "
    "och ta bort det som bara rör hälsan."
)
REMARKED: Final = "Rätt beslut, men nästa gång räcker det att säga att personen arbetar på platsen."
PRECEDENTS: Final = (
    (
        "Vem som arbetar på platsen, inför en gemensam kontroll",
        "for",
        "Kontrollen gick inte att planera utan att veta hur många som skulle träffas på. Uppgiften "
        "gick inte att få på annat sätt i tid.",
        "Uppgiften pekade ut enskilda. En del av den var gammal.",
        "Behovet var konkret och nära i tiden, och texten kortades till antal och roller. Hade "
        "kontrollen legat längre fram hade det vägt över emot.",
    ),
    (
        "Iakttagelser av hälsa vid ett besök",
        "against",
        "Mottagaren kunde ha gjort en snabbare utredning.",
        "Uppgiften gällde någons hälsa, var en gissning av den som besökte och behövdes inte för "
        "det som skulle kontrolleras.",
        "En iakttagelse som ingen kan bekräfta väger lätt mot den enskildes intresse. Det räckte "
        "att lämna att arbete pågick.",
    ),
    (
        "Brister på arbetsplatsen, till den som utreder brott",
        "for",
        "Bristerna var allvarliga, dokumenterade och visade samma mönster på flera platser.",
        "Ett bolag kan skadas av en misstanke som inte håller.",
        "Det som lämnades var egna iakttagelser med datum, inga slutsatser. Slutsatserna är "
        "mottagarens.",
    ),
)


@dataclass(slots=True, kw_only=True)
class ReviewRow(Row):
    """A disclosure that the secrecy lawyer looks at."""

    TABLE: ClassVar = "disclosures_review"
    id: str
    visible_to: str
    disclosure_id: str
    case_id: str
    agency: str
    kind: str
    rule: str
    state: str = "waiting"
    risk: int
    risk_reasons: list[str]
    version: int
    asked_by: str
    asked_by_name: str
    asked_at: datetime
    decided_by: str | None = None
    decided_by_name: str = ""
    decided_at: datetime | None = None
    words: str = ""
    entry: Cell = None


@dataclass(slots=True, kw_only=True)
class PrecedentRow(Row):
    """An earlier weighing."""

    TABLE: ClassVar = "disclosures_precedent"
    id: str
    visible_to: str
    agency: str
    title: str
    receiver: str
    purpose: str
    item_kinds: list[str]
    grounds: list[str]
    leans: str
    speaks_for: str
    speaks_against: str
    lesson: str
    disclosure: str | None = None
    made_by: str
    made_by_name: str
    made_at: datetime
    retired_at: datetime | None = None
    search: Cell = field(default=None)


def tell_reviews(matter: Matter, room: Room, lawyer: Officer, days: list[date]) -> None:
    """The lawyer's queue of the last days, all of one case.

    Args:
        matter, room: the matter, and the case of the lawyer's agency.
        lawyer: who signs.
        days: working days on which it happens, the first one first.
    """
    pace = matter.affair.pace
    pace.to(days[0])
    _sent_back(matter, room, lawyer)
    _signed(matter, room, lawyer)
    for state in ("passed", "remarked", "waiting"):
        _sample(matter, room, lawyer, state)
    pace.to(days[1])
    _precedents(room, lawyer)
    _asked(_offer(matter, room, "PM"))
    pace.to(days[2])
    _asked(_offer(matter, room, "PM"))


def _offer(matter: Matter, room: Room, receiver: str) -> Offer:
    """A draft about a person, on own initiative and weighed: what needs a second signature."""
    fact = some_fact(matter, room, kinds()["worker_on_site_while_on_sick_benefit"])
    offer = prepare(room, receiver, JOINT, [fact])
    offer.row.weighing = matter.affair.pick(words()["weigh_for"])
    return offer


def _measured(offer: Offer) -> Measured:
    row = offer.row
    traits = [
        Trait(
            item.outcome,
            tuple(item.grounds),
            tuple(fact.secrecy),
            tuple(fact.marks),
            fact.subject_kind,
        )
        for fact, item, _ in offer.leaving
    ]
    return Measured(
        agency=row.agency,
        receiver=row.receiver,
        initiative=row.initiative,
        protection=False,
        count=len(traits),
        with_files=False,
        traits=frozenset(traits),
    )


def _asked(offer: Offer) -> ReviewRow | None:
    """The officer asks for a countersignature; None where no rule wants one."""
    giver, row = offer.giver, offer.row
    entry = giver.act("review.request", row.id)
    rule = rule_for(_measured(offer), entry.at.date())
    if rule is None:
        return None
    row.state, row.countersign, row.version = "awaiting", rule.code, 2
    review = _review(offer, entry, "countersign", rule.code, 2)
    entry.detail = f"to {row.receiver} rule={rule.code} risk={review.risk}"
    giver.tell(entry, row.id, {"receiver": row.receiver, "asked": True})
    return review


def _review(offer: Offer, entry: Act, kind: str, rule: str, version: int) -> ReviewRow:
    giver = offer.giver
    risk = risk_of(_measured(offer), entry.at.date())
    review = ReviewRow(
        id=giver.affair.setting.chance.uuid(),
        visible_to=giver.key,
        disclosure_id=offer.row.id,
        case_id=giver.row.id,
        agency=giver.agency,
        kind=kind,
        rule=rule,
        risk=risk.points,
        risk_reasons=list(risk.reasons),
        version=version,
        asked_by=giver.officer.account,
        asked_by_name=giver.officer.name,
        asked_at=entry.at,
        entry=entry,
    )
    entry.rows.append(review)
    return review


def _decided(offer: Offer, review: ReviewRow, lawyer: Officer, state: str, said: str) -> None:
    """The lawyer signs, returns, or has looked."""
    giver = offer.giver
    code = "review.sample" if review.kind == "sample" else "disclosure.countersign"
    entry = giver.act(code, offer.row.id, detail=state, by=lawyer)
    review.state, review.words, review.entry = state, said, entry
    review.decided_by, review.decided_by_name = lawyer.account, lawyer.name
    review.decided_at = entry.at
    if review.kind == "countersign":
        giver.tell(
            entry,
            offer.row.id,
            {"receiver": offer.row.receiver, state: True},
            by=(lawyer.name, giver.agency),
        )
    _leave_later(entry, review)


def _leave_later(entry: Act, review: ReviewRow) -> None:
    """Let the row be left by the later act, whose number in the log it names."""
    if isinstance(before := review.entry, Act) and before is not entry:
        before.rows = [row for row in before.rows if row is not review]
    if review not in entry.rows:
        entry.rows.append(review)


def _sent_back(matter: Matter, room: Room, lawyer: Officer) -> None:
    offer = _offer(matter, room, "EBM")
    review = _asked(offer)
    if review is not None:
        _move(review)
        offer.giver.affair.pace.now += timedelta(minutes=95)
        _decided(offer, review, lawyer, "returned", RETURNED)
        offer.row.state, offer.row.countersign, offer.row.version = "draft", "", 3


def _signed(matter: Matter, room: Room, lawyer: Officer) -> None:
    offer = _offer(matter, room, "PM")
    review = _asked(offer)
    if review is not None:
        _move(review)
        offer.giver.affair.pace.now += timedelta(minutes=40)
        _decided(offer, review, lawyer, "approved", SIGNED)
        settle(offer, matter.rooms, favour=True)
        offer.row.version = 4


def _move(review: ReviewRow) -> None:
    """Take the row from the act that asked; the one that decides leaves it."""
    if isinstance(review.entry, Act):
        review.entry.rows = [row for row in review.entry.rows if row is not review]


def _sample(matter: Matter, room: Room, lawyer: Officer, state: str) -> None:
    fact = some_fact(matter, room, kinds()["inspection_findings"])
    offer = prepare(room, "SKV", JOINT, [fact])
    if settle(offer, matter.rooms, favour=True) is None:
        return
    rate = review_rules().sample_on(room.agency, offer.entry.at.date())
    if rate is None:
        return
    number = room.affair.setting.chance.between(0, int(rate.per_cent * 100) - 1)
    offer.entry.detail += f" sample={rate.code} rate={rate.per_cent:g}% draw={number}/10000 drawn"
    review = _review(offer, offer.entry, "sample", rate.code, offer.row.version)
    if state != "waiting":
        _move(review)
        _decided(offer, review, lawyer, state, REMARKED if state == "remarked" else "")


def _precedents(room: Room, lawyer: Officer) -> None:
    chance = room.affair.setting.chance
    found = ("worker_on_site_while_on_sick_benefit", "work_environment_deficiencies")
    for place, (title, leans, for_, against, lesson) in enumerate(PRECEDENTS):
        entry = room.act("precedent.write", detail="written", by=lawyer)
        row = PrecedentRow(
            id=chance.uuid(),
            visible_to=room.agency,
            agency=room.agency,
            title=title,
            receiver="SKV" if place == 0 else "PM",
            purpose=JOINT,
            item_kinds=[found[1] if place == 2 else found[0]],
            grounds=["2024:307/4", "2009:400/10:28"],
            leans=leans,
            speaks_for=for_,
            speaks_against=against,
            lesson=lesson,
            made_by=lawyer.account,
            made_by_name=lawyer.name,
            made_at=entry.at,
            search=Words(title, for_, against, lesson),
        )
        entry.objects.append(row.id)
        entry.rows.append(row)
