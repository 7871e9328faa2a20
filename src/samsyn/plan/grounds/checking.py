"""May everybody in a plan be there, in that capacity, on that ground, on that day?

The rules are those of JO 4476-2017: each officer acts for their own agency, on that agency's own
ground, knows which, and does not mix helping another with controlling for oneself. The check tells
what stops a plan, what is still to be answered, and what those who go have to know.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from samsyn.kernel.text import Text
from samsyn.plan.grounds.entries import (
    CAPACITIES,
    PERMISSIONS,
    PLACES,
    Guest,
    OperationPlan,
    Participant,
    Power,
)
from samsyn.plan.grounds.loading import Grounds

Weight = Literal["stops", "open", "know"]

JOINT = "2024:307/4 st1"
"""The provision on disclosure for joint inspections, which takes two of the nine agencies."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing about the grounds of a plan.

    Attributes:
        weight: ``stops``: the plan may not be carried out so; ``open``: to be answered before
            leaving; ``know``: for those who go.
        field: of the plan, ``participants[2].ground``.
        says: what it is.
        remedy: what to do about it.
        cites: the provisions that say so.
    """

    weight: Weight
    field: str
    says: Text
    remedy: Text
    cites: tuple[str, ...] = ()


def check_grounds(grounds: Grounds, plan: OperationPlan) -> list[Remark]:
    """Every remark on a plan, in its own order; none of weight ``stops`` means it may go ahead.

    Args:
        grounds: of the rulebook.
        plan: who takes part, in which capacity and on which ground.
    """
    remarks = list(_of_the_whole(grounds, plan))
    for index, one in enumerate(plan.participants):
        remarks += _of_participant(grounds, plan, f"participants[{index}]", one)
    remarks += _two_hats(grounds, plan)
    for index, guest in enumerate(plan.guests):
        remarks += _of_guest(grounds, f"guests[{index}]", guest)
    return remarks


def held(grounds: Grounds, plan: OperationPlan, one: Participant) -> Power | None:
    """The power a participant acts on, if it is the agency's own and holds on the day."""
    power = grounds.powers.get(one.ground)
    if power is None or power.agency != one.agency or not power.period.holds(plan.day):
        return None
    return power


def _of_the_whole(grounds: Grounds, plan: OperationPlan) -> Iterator[Remark]:
    kind = grounds.types.get(plan.type)
    if kind is None or not kind.period.holds(plan.day):
        known = ", ".join(sorted(grounds.types))
        yield Remark(
            "stops",
            "type",
            Text(
                sv=f"{plan.type} är ingen typ av insats den {plan.day}.",
                en=f"{plan.type} is no kind of operation on {plan.day}.",
            ),
            Text(sv=f"Välj en av: {known}.", en=f"Choose one of: {known}."),
        )
    else:
        yield from _lead(grounds, plan, kind.leads)
        if kind.presence:
            yield from _way_in(grounds, plan)
    agencies = {one.agency for one in plan.participants} & grounds.members
    if len(agencies) < 2:
        yield Remark(
            "open",
            "participants",
            Text(
                sv="Minst två av de nio myndigheterna behövs för en gemensam kontroll.",
                en="A joint inspection takes at least two of the nine agencies.",
            ),
            Text(
                sv="Ta med en till, eller gör den som en egen kontroll; då gäller inte "
                "uppgiftsskyldigheten för gemensamma kontroller.",
                en="Add another, or carry it out as an inspection of one's own; the duty to "
                "disclose for joint inspections does not apply then.",
            ),
            (JOINT,),
        )


def _lead(grounds: Grounds, plan: OperationPlan, leads: str) -> Iterator[Remark]:
    fits = {
        "agency": {one.agency for one in plan.participants},
        "police": {"PM"} & {one.agency for one in plan.participants},
        "guest": {guest.body for guest in plan.guests},
    }[leads]
    if plan.lead not in fits:
        named = ", ".join(sorted(fits))
        yield Remark(
            "stops",
            "lead",
            Text(
                sv=f"{plan.lead} kan inte leda en insats av den typen.",
                en=f"{plan.lead} cannot lead an operation of that kind.",
            ),
            Text(
                sv=f"Välj en av dem som är med: {named}." if named else "Ta med den som ska leda.",
                en=f"Choose one that takes part: {named}." if named else "Add who is to lead.",
            ),
        )


def _way_in(grounds: Grounds, plan: OperationPlan) -> Iterator[Remark]:
    """Somebody needs a right to enter, or everybody is there as long as the holder agrees."""
    powers = [held(grounds, plan, one) for one in plan.participants]
    here = [power for power in powers if power is not None and plan.place in power.places]
    if not any("access" in power.permits for power in here):
        yield Remark(
            "know",
            "participants",
            Text(
                sv="Ingen i planen har rätt att gå in mot ett nej.",
                en="Nobody in the plan has a right to enter against a no.",
            ),
            Text(
                sv="Kontrollen bygger på att den som råder över platsen säger ja. Ta med den som "
                "har rätt till tillträde om det inte räcker.",
                en="The inspection rests on the holder of the place saying yes. Add somebody with "
                "a right of access if that is not enough.",
            ),
        )


def _of_participant(
    grounds: Grounds, plan: OperationPlan, field: str, one: Participant
) -> Iterator[Remark]:
    power = held(grounds, plan, one)
    if power is None:
        yield _no_ground(grounds, plan, field, one)
        return
    if plan.place not in power.places:
        places = power.places
        yield Remark(
            "stops",
            f"{field}.ground",
            Text(
                sv=f"{power.name.sv} gäller inte i {PLACES[plan.place].sv}.",
                en=f"{power.name.en} does not hold in a {PLACES[plan.place].en}.",
            ),
            Text(
                sv="Den gäller i: " + ", ".join(sorted(PLACES[place].sv for place in places)) + ".",
                en="It holds in: " + ", ".join(sorted(PLACES[place].en for place in places)) + ".",
            ),
            power.cites,
        )
    if power.capacity == "assistance":
        yield from _assistance(grounds, plan, field, one, power)
    yield from _conditions(field, one, power)
    yield Remark("know", f"{field}.ground", power.limits, _permitted(power), power.cites)


def _no_ground(grounds: Grounds, plan: OperationPlan, field: str, one: Participant) -> Remark:
    power = grounds.powers.get(one.ground)
    own = grounds.of_agency(one.agency, plan.day)
    remedy = Text(
        sv="Välj en egen grund: " + ", ".join(f"{p.code} ({p.name.sv})" for p in own) + ".",
        en="Choose one of its own: " + ", ".join(f"{p.code} ({p.name.en})" for p in own) + ".",
    )
    if not own:
        remedy = Text(
            sv=f"{one.agency} har ingen egen grund den dagen; ta bort {one.who} ur planen eller "
            "för in dem som gäst med gästens egen grund.",
            en=f"{one.agency} has no ground of its own on that day; take {one.who} out of the "
            "plan or enter them as a guest with the guest's own ground.",
        )
    if power is None:
        says = Text(
            sv=f"{one.ground} är ingen grund i regelboken.",
            en=f"{one.ground} is no ground in the rulebook.",
        )
        return Remark("stops", f"{field}.ground", says, remedy)
    if power.agency != one.agency:
        says = Text(
            sv=f"{one.who} kommer från {one.agency} och kan inte handla på "
            f"{power.agency}:s grund ({power.name.sv}). Var och en handlar på sin egen "
            "myndighets grund (JO 4476-2017).",
            en=f"{one.who} comes from {one.agency} and cannot act on the ground of "
            f"{power.agency} ({power.name.en}). Each acts on the ground of their own agency "
            "(JO 4476-2017).",
        )
        return Remark("stops", f"{field}.ground", says, remedy, power.cites)
    says = Text(
        sv=f"{power.name.sv} gäller inte säkert den {plan.day}.",
        en=f"{power.name.en} does not hold for certain on {plan.day}.",
    )
    return Remark("stops", f"{field}.ground", says, remedy, power.cites)


def _assistance(
    grounds: Grounds, plan: OperationPlan, field: str, one: Participant, power: Power
) -> Iterator[Remark]:
    helped = {grounds.powers[code].agency for code in power.assists}
    present = {
        other.agency
        for other in plan.participants
        if other.ground in power.assists and held(grounds, plan, other) is not None
    }
    named = ", ".join(sorted(helped))
    if not present:
        yield Remark(
            "stops",
            f"{field}.ground",
            Text(
                sv=f"{one.who} ska bistå {named}, som inte har någon egen kontroll i planen.",
                en=f"{one.who} is to assist {named}, who has no control of its own in the plan.",
            ),
            Text(
                sv=f"Ta med {named} med egen kontroll, eller välj en egen grund för {one.agency}.",
                en=f"Add {named} with a control of its own, or choose a ground of {one.agency}'s.",
            ),
            power.cites,
        )
    elif one.asked_by not in present:
        yield Remark(
            "open",
            f"{field}.asked_by",
            Text(
                sv=f"Det framgår inte att {', '.join(sorted(present))} har bett om biträdet.",
                en=f"The plan does not say that {', '.join(sorted(present))} asked for the help.",
            ),
            Text(sv="Skriv vem som bad om det.", en="Write who asked for it."),
            power.cites,
        )


def _conditions(field: str, one: Participant, power: Power) -> Iterator[Remark]:
    known = {condition.code for condition in power.conditions}
    for code in sorted(set(one.answers) - known):
        yield Remark(
            "open",
            f"{field}.answers.{code}",
            Text(
                sv=f"{code} är inget villkor för {power.name.sv}.",
                en=f"{code} is no condition of {power.name.en}.",
            ),
            Text(sv="Ta bort svaret.", en="Take the answer away."),
        )
    for condition in power.conditions:
        answer = one.answers.get(condition.code)
        place = f"{field}.answers.{condition.code}"
        if answer is False and condition.before:
            no = Text(sv="Svaret är nej: ", en="The answer is no: ")
            says = Text(sv=no.sv + condition.ask.sv, en=no.en + condition.ask.en)
            remedy = Text(
                sv="Grunden kan inte användas. Välj en annan, eller ta bort deltagaren.",
                en="The ground cannot be used. Choose another, or take the participant away.",
            )
            yield Remark("stops", place, says, remedy, (condition.cite,))
        elif answer is not True:
            remedy = Text(sv="Svara före avfärd.", en="Answer before leaving.")
            if not condition.before:
                remedy = Text(
                    sv="Ska besvaras på platsen innan grunden används, och skrivas ner.",
                    en="To be answered on site before the ground is used, and written down.",
                )
            weight: Weight = "open" if condition.before else "know"
            yield Remark(weight, place, condition.ask, remedy, (condition.cite,))


def _permitted(power: Power) -> Text:
    kinds = [PERMISSIONS[kind] for kind in PERMISSIONS if kind in power.permits]
    return Text(
        sv="Rätt till: " + (", ".join(kind.sv for kind in kinds) or "ingenting mot ett nej") + ".",
        en="Right to: " + (", ".join(kind.en for kind in kinds) or "nothing against a no") + ".",
    )


def _two_hats(grounds: Grounds, plan: OperationPlan) -> Iterator[Remark]:
    """One person does not assist another agency and control for their own at the same time."""
    met: dict[tuple[str, str], tuple[int, Power]] = {}
    for index, one in enumerate(plan.participants):
        power = held(grounds, plan, one)
        if power is None:
            continue
        index_before, before = met.setdefault((one.agency, one.who), (index, power))
        if before.capacity != power.capacity:
            first, second = CAPACITIES[before.capacity], CAPACITIES[power.capacity]
            yield Remark(
                "stops",
                f"participants[{index}].ground",
                Text(
                    sv=f"{one.who} står med två uppgifter samtidigt: {first.sv} och {second.sv} "
                    f"(rad {index_before + 1} och {index + 1}). De får inte blandas "
                    "(JO 4476-2017).",
                    en=f"{one.who} stands with two tasks at the same time: {first.en} and "
                    f"{second.en} (rows {index_before + 1} and {index + 1}). They may not be "
                    "mixed (JO 4476-2017).",
                ),
                Text(
                    sv="Låt olika personer ha de två uppgifterna.",
                    en="Let different people have the two tasks.",
                ),
                before.cites + power.cites,
            )


def _of_guest(grounds: Grounds, field: str, guest: Guest) -> Iterator[Remark]:
    if guest.body in grounds.members:
        yield Remark(
            "stops",
            f"{field}.body",
            Text(
                sv=f"{guest.body} är en av de nio och är ingen gäst.",
                en=f"{guest.body} is one of the nine and no guest.",
            ),
            Text(
                sv="För in dem bland deltagarna med en egen grund.",
                en="Enter them among the participants with a ground of their own.",
            ),
        )
    if not guest.ground.strip():
        yield Remark(
            "open",
            f"{field}.ground",
            Text(
                sv=f"{guest.who} har inte sagt på vilken grund de är med.",
                en=f"{guest.who} has not said on which ground they take part.",
            ),
            Text(sv="Be gästen ange sin egen grund.", en="Ask the guest to state its own ground."),
        )
    yield Remark(
        "know",
        f"{field}.body",
        Text(
            sv=f"{guest.body} omfattas inte av uppgiftsskyldigheten för gemensamma kontroller.",
            en=f"{guest.body} is outside the duty to disclose for joint inspections.",
        ),
        Text(
            sv="Gästen får bara veta det som en annan bestämmelse tillåter.",
            en="The guest may be told only what another provision permits.",
        ),
        (JOINT,),
    )
