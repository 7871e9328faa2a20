"""Who works at the agencies, since when, at which centre and in which roles?

About sixty invented officers of nine agencies. Twelve of them can be tried in the demo, so that
each of the nine roles can be: four officers show the same matter from four agencies, and each of
the other eight roles has one person. Their accounts have the same ids whatever the seed number.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from samsyn.hub.guard.organisation import Organisation
from samsyn.hub.training.chance import Chance
from samsyn.hub.training.names import person_name
from samsyn.kernel.text import Text

FIRST_DAY: Final = date(2022, 6, 1)
"""From when on people have accounts."""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One of the people whom one can be in the demo.

    Attributes:
        account: id of the account.
        name: what the person is called.
        agency: code.
        role: code of the role.
        centre: code of the centre, empty if the role is not at one.
        look_at: what is worth seeing as this person.
    """

    account: UUID
    name: str
    agency: str
    role: str
    centre: str
    look_at: Text


def _demo(
    number: int, name: str, agency: str, role: str, centre: str, sv: str, en: str
) -> DemoPerson:
    account = UUID(f"00000000-0000-4000-8000-{number:012d}")
    return DemoPerson(account, name, agency, role, centre, Text(sv=sv, en=en))


DEMO_PEOPLE: Final[tuple[DemoPerson, ...]] = (
    _demo(
        1,
        "Malin Strömdal",
        "AV",
        "agency_officer",
        "norrkoping",
        "Ett nytt svar från Skatteverket, en fråga som väntar på Polisen och en försenad åtgärd.",
        "A new answer from the Tax Agency, a question waiting for the police and an overdue task.",
    ),
    _demo(
        2,
        "Tariq Hamdan",
        "SKV",
        "agency_officer",
        "norrkoping",
        "Frågor att besvara: lagen öppnar några, en kräver avvägning och en är försenad.",
        "Questions to answer: the law opens some, one takes a weighing and one is overdue.",
    ),
    _demo(
        3,
        "Jelena Sandmark",
        "MV",
        "agency_officer",
        "norrkoping",
        "Efterkontroll av arbetstillstånd med uppgifter från Arbetsmiljöverket och ett utkast.",
        "A check of work permits with facts from the Work Environment Authority, and a draft.",
    ),
    _demo(
        4,
        "Oskar Kivelä",
        "PM",
        "agency_officer",
        "norrkoping",
        "Brottsbekämpningens sida: underrättelser, ett stängt ärende och ett svar att lämna.",
        "The side of law enforcement: intelligence, a restricted case and an answer to give.",
    ),
    _demo(
        5,
        "Åsa Rehnberg",
        "AV",
        "secrecy_lawyer",
        "",
        "Begäran om att häva en sekretessmarkering, gallring att besluta och nya utlämnanden.",
        "A request to lift a secrecy mark, disposals to decide and recent disclosures.",
    ),
    _demo(
        6,
        "Leila Tesfaye",
        "JäMy",
        "victim_support_coordinator",
        "norrkoping",
        "Skyddsspåret: utsatta personer, skilt från kontrollen och osynligt för den.",
        "The protection track: exploited people, apart from control and unseen by it.",
    ),
    _demo(
        7,
        "Henrik Lövsund",
        "AV",
        "centre_coordinator",
        "norrkoping",
        "Planerar kontroller vid centret, frågar andra och väntar på svar; beslutar inte själv.",
        "Plans inspections at the centre, asks others and waits for answers; decides nothing.",
    ),
    _demo(
        8,
        "Ingrid Palmkvist",
        "AV",
        "auditor",
        "",
        "Loggen: vem som såg och lämnade ut vad, på vilken grund, utan innehållet.",
        "The log: who saw and disclosed what, on which ground, without the content.",
    ),
    _demo(
        9,
        "Kerstin Alvelid",
        "AV",
        "agency_administrator",
        "",
        "Konton och roller: en roll och en tappad telefon som två ska avgöra, nycklar för program.",
        "Accounts and roles: a role and a lost phone that two decide on, keys for programs.",
    ),
    _demo(
        10,
        "Samir Björkö",
        "AV",
        "inspector",
        "norrkoping",
        "Skriver ned vad som iakttas vid kontroller; frågar inte andra och lämnar inte ut.",
        "Writes down what is seen at inspections; asks no other agency and discloses nothing.",
    ),
    _demo(
        11,
        "Ulrika Dahlvik",
        "AV",
        "centre_head",
        "norrkoping",
        "Leder arbetet vid centret: den egna myndighetens ärenden, vem som gör vad och hinder.",
        "Leads the work at the centre: the agency's own cases, who does what, and obstacles.",
    ),
    _demo(
        12,
        "Gunvor Hällmark",
        "AV",
        "national_coordinator",
        "",
        "Hela landet utan ett enda ärende: centren och vilka myndigheter som deltar.",
        "The whole country without a single case: the centres and which agencies take part.",
    ),
)

# Agency → role → the centres at which somebody has it; empty for the agency as a whole.
_POSTS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "AV": {
        "agency_officer": ("umea", "goteborg", "stockholm"),
        "inspector": ("malmo", "goteborg"),
        "centre_coordinator": ("umea",),
        "centre_head": ("goteborg",),
        "victim_support_coordinator": ("", ""),
        "agency_administrator": ("",),
    },
    "SKV": {
        "agency_officer": ("umea", "goteborg", "stockholm", "malmo"),
        "centre_coordinator": ("uppsala",),
        "secrecy_lawyer": ("",),
        "centre_head": ("stockholm",),
        "agency_administrator": ("", ""),
        "auditor": ("",),
    },
    "PM": {
        "agency_officer": ("umea", "goteborg", "stockholm"),
        "centre_coordinator": ("malmo",),
        "centre_head": ("orebro",),
        "secrecy_lawyer": ("",),
        "victim_support_coordinator": ("", ""),
        "agency_administrator": ("", ""),
        "auditor": ("",),
    },
    "AF": {"agency_officer": ("goteborg", "orebro"), "agency_administrator": ("", "")},
    "FK": {"agency_officer": ("umea", "stockholm"), "agency_administrator": ("", "")},
    "MV": {
        "agency_officer": ("goteborg", "malmo"),
        "victim_support_coordinator": ("", ""),
        "agency_administrator": ("", ""),
        "auditor": ("",),
    },
    "EBM": {
        "agency_officer": ("goteborg", "stockholm", "norrkoping"),
        "agency_administrator": ("", ""),
    },
    "JäMy": {
        "agency_officer": ("",),
        "victim_support_coordinator": ("goteborg",),
        "agency_administrator": ("", ""),
    },
    "ÅM": {"agency_officer": ("goteborg", "stockholm"), "agency_administrator": ("", "")},
}
_GONE: Final = (("AV", "inspector", "umea"), ("SKV", "agency_officer", "orebro"))
"""Posts whose holders have left."""
_LEAVING: Final = ("AV", "inspector", "goteborg", 9)
"""A post whose holder leaves so many days after the last one of the story."""


@dataclass(slots=True)
class Officer:
    """A person at work.

    Attributes:
        until: last day of the role; None while it lasts.
        leaves: last day of the role, when it is known but still to come.
    """

    account: str
    name: str
    agency: str
    role: str
    centre: str
    since: date
    until: date | None = None
    leaves: date | None = None


@dataclass
class Staff:
    """Everybody at work, found by agency, role, centre and day."""

    officers: list[Officer]
    _of: dict[tuple[str, str], list[Officer]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for officer in self.officers:
            self._of.setdefault((officer.agency, officer.role), []).append(officer)

    def has(self, agency: str, role: str) -> bool:
        """Whether the agency has somebody in the role."""
        return bool(self._of.get((agency, role)))

    def find(self, agency: str, role: str, centre: str, day: date) -> Officer:
        """Somebody with the role on the day, at the centre if there is one."""
        there = [
            officer
            for officer in self._of.get((agency, role), ())
            if officer.since <= day and (officer.until is None or day <= officer.until)
        ]
        for officer in there:
            if officer.centre == centre:
                return officer
        return there[len(centre) % len(there)]

    def other(self, officer: Officer) -> Officer:
        """A colleague in the same role, such as the second of two administrators."""
        alike = self._of[officer.agency, officer.role]
        return next(one for one in alike if one is not officer and one.until is None)

    def demo(self, number: int) -> Officer:
        """One of the people of the demo, counted from 1."""
        account = str(DEMO_PEOPLE[number - 1].account)
        return next(officer for officer in self.officers if officer.account == account)


def hire(chance: Chance, organisation: Organisation, last: date) -> Staff:
    """The invented staff, with the roles they have had until a last day."""
    officers = [
        Officer(str(p.account), p.name, p.agency, p.role, p.centre, _since(organisation, p.centre))
        for p in DEMO_PEOPLE
    ]
    for agency, posts in _POSTS.items():
        for role, centres in posts.items():
            for centre in centres:
                since = _since(organisation, centre)
                officers.append(
                    Officer(chance.uuid(), person_name(chance), agency, role, centre, since)
                )
    for agency, role, centre in _GONE:
        since = _since(organisation, centre)
        gone = since + timedelta(days=500 + chance.between(0, 60))
        officers.append(
            Officer(chance.uuid(), person_name(chance), agency, role, centre, since, gone)
        )
    leaver = next(one for one in officers if (one.agency, one.role, one.centre) == _LEAVING[:3])
    leaver.leaves = last + timedelta(days=_LEAVING[3])
    return Staff(officers)


def _since(organisation: Organisation, centre: str) -> date:
    if not centre:
        return FIRST_DAY
    return max(organisation.centres[centre].first_day, FIRST_DAY)
