"""The facts that are laid on a question, purpose by purpose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from . import provisions as p
from .rules import CRIME_FIGHTING, JOINT_INSPECTION
from .space_tables import CATEGORY_OF, DECISIONS, ON_FIRMS, Asker, Giver

Facts = dict[str, Any]


class Profile(NamedTuple):
    """One set of facts with the kind of item and of person that it belongs to."""

    facts: Facts
    categories: tuple[str, ...] = ()
    kind: str = ""
    child: bool = False
    main: bool = False  # asked on more days than the others


def _crime(
    act: str | None = None,
    prison: bool = True,
    more: bool = True,
    months: int = 0,
    **others: object,
) -> Facts:
    crime: Facts = {"committed": True, "prison_in_scale": prison}
    crime |= {"expected_more_than_fine": more, "min_months": months}
    if act:
        crime["act"] = act
    return {"crime": crime | others}


_NO_CRIME: Final[Facts] = {"crime": {"committed": False}}
_FINE_ONLY: Final = _crime("1977:1160/8:2", prison=False, more=False)
_PRISON: Final = _crime("1962:700/3:10")
_PRISON_BUT_FINE: Final = _crime("1962:700/3:10", more=False)
_CRIMES: Final[tuple[Facts, ...]] = (
    _PRISON_BUT_FINE,
    _crime("1962:700/9:3", months=6),
    _crime(months=12),
    _crime("1962:700/4:1a", months=24),
    _crime("1962:700/9:3", months=6, attempt=True),
    _crime(months=12, attempt=True),
    _crime("1962:700/4:1a", months=24, attempt=True),
)
_BENEFIT: Final = _crime("2007:612/2")
_TAX: Final = _crime("1971:69/2")
_TAX_SIMPLE: Final = _crime("1971:69/2", more=False)
_AGAINST_CHILD: Final = _crime("1962:700/4:1b", grade="normal", against_child=True)
_BENEFIT_GIVERS: Final = (
    "FK", "AF", "MV", "PENS", "KOMMUN", "KOMMUN_SOC", "AKASSA", "AV", "SKV",
)  # fmt: skip
_TIPS: Final = ("28:14", "37:1 st2", "35:2", "32:3b")


def profiles(
    giver: Giver, asker: Asker, purpose: str, initiative: str, secrecy: tuple[str, ...]
) -> Iterator[Profile]:
    """Every profile that makes sense for this question, the treaty and the reporter stated."""
    foreign: tuple[Facts, ...] = ({},)
    if asker.code == "FOREIGN":
        yes = {"compatible_with_swedish_interests": True}
        foreign = (yes, {"compatible_with_swedish_interests": False})
    treaty: tuple[Facts, ...] = ({},)
    if "27:5" in secrecy or "37:2" in secrecy:
        treaty = ({"treaty_forbids": True}, {"treaty_forbids": False})
    for profile in _by_purpose(giver, asker, purpose, initiative, secrecy):
        for abroad in foreign:
            for agreed in treaty:
                yield profile._replace(facts=profile.facts | abroad | agreed)


def _by_purpose(
    giver: Giver, asker: Asker, purpose: str, initiative: str, secrecy: tuple[str, ...]
) -> Iterator[Profile]:
    harm: Facts = {"harm": "met" if secrecy else "not_applicable"}
    kind = "company" if not secrecy or secrecy[0] in ON_FIRMS else "person"
    if purpose == "party_access":
        kind = "company" if asker.code == "COMPANY_SELF" else "person"
    base: Facts = dict(harm)
    if purpose in JOINT_INSPECTION:
        base["joint_inspection"] = True
    elif purpose == "org_crime_cooperation":
        base["org_crime_cooperation"] = True
    elif purpose in CRIME_FIGHTING:
        base |= _PRISON if purpose == "crime_investigation" else _NO_CRIME
    elif purpose == "protect_child":
        base["child_at_risk"] = True
        kind = "person"
    if asker.code == "PERSON_REPORTED":
        base["tip_giver"] = True
    main = Profile(base, kind=kind, main=True)
    yield main
    if secrecy:
        yield Profile(base | {"harm": "not_met"}, kind=kind)
        yield from _overlays(main, asker, initiative, secrecy)
    yield from _items(main, giver, purpose, secrecy)
    yield from _special(main, giver, asker, purpose, initiative, harm)
    yield from _received(main, giver, purpose, secrecy)


def _overlays(
    main: Profile, asker: Asker, initiative: str, secrecy: tuple[str, ...]
) -> Iterator[Profile]:
    """Facts that can be laid on any question about a secret item."""
    yield main._replace(facts=main.facts | {"weighing_outcome": "for"}, main=False)
    yield main._replace(facts=main.facts | {"weighing_outcome": "against"}, main=False)
    yield main._replace(facts=main.facts | {"consent": True}, main=False)
    yield main._replace(facts=main.facts | {"necessary_for_giver": True}, main=False)
    if main.kind == "person" and asker.code in ("JäMy", "UNION", "KOMMUN_SOC", "PM", "AV"):
        for guardian in ("by_guardian", "by_suspected_guardian"):
            facts = main.facts | {"consent": guardian}
            yield main._replace(facts=facts, child=True, main=False)
    if any(p.SECRECY[section][0] == "public" for section in secrecy):
        facts = main.facts | {"public_interest_harm": False}
        yield main._replace(facts=facts, main=False)
        yield main._replace(facts=facts | {"consent": True}, main=False)
        yield main._replace(facts=facts | {"weighing_outcome": "against"}, main=False)
    if any(section in _TIPS for section in secrecy) and "tip_giver" not in main.facts:
        categories = ("tip_giver_identity",)
        yield main._replace(facts=main.facts | {"tip_giver": True}, categories=categories)
    if asker.function == "private" and initiative == "request":
        for removes in (True, False):
            facts = main.facts | {"reservation_removes_harm": removes}
            yield main._replace(facts=facts, main=False)


def _items(
    main: Profile, giver: Giver, purpose: str, secrecy: tuple[str, ...]
) -> Iterator[Profile]:
    """Kinds of items that a duty asks for or that a provision leaves out."""
    for category in CATEGORY_OF.get((giver.agency, purpose), ()):
        yield main._replace(categories=(category,), kind="person")
        if secrecy:
            facts = main.facts | {"harm": "not_met"}
            yield main._replace(facts=facts, categories=(category,), kind="person", main=False)
    if purpose == "social_insurance_case" and main.kind == "company":
        yield main._replace(kind="person")
    decisions = [DECISIONS[section] for section in secrecy if section in DECISIONS]
    if not secrecy:
        decisions = [DECISIONS[section] for section in giver.singles if section in DECISIONS]
    for category in decisions:
        yield main._replace(categories=(category,), main=False)


def _special(
    main: Profile, giver: Giver, asker: Asker, purpose: str, initiative: str, harm: Facts
) -> Iterator[Profile]:
    """Facts that only matter for this purpose."""
    base = main.facts
    if purpose in JOINT_INSPECTION:
        yield main._replace(facts=base | {"joint_inspection": False}, main=False)
    elif purpose == "prevent_wrong_payment":
        suspected = {"wrong_payment_suspected": True}
        categories = ("wrong_payment_circumstance",)
        yield main._replace(facts=base | suspected, categories=categories)
        facts = base | suspected | {"special_reasons_against": True}
        yield main._replace(facts=facts, categories=categories, main=False)
    elif purpose == "protect_child":
        yield main._replace(facts=base | {"child_at_risk": False}, main=False)
    elif purpose == "crime_investigation":
        yield from _offences(main, giver, asker, harm)
    elif purpose in CRIME_FIGHTING and giver.activity in ("social_services", "health_care"):
        for risk in ("youth_crime_risk", "terrorism_risk", "serious_violence_risk"):
            yield main._replace(facts=base | {risk: True}, kind="person", main=False)
            facts = base | {risk: True, "unsuitable": True}
            yield main._replace(facts=facts, kind="person", main=False)
    if purpose in CRIME_FIGHTING and initiative == "request":
        facts = base | {"contact_detail": True}
        yield main._replace(facts=facts, categories=("contact_details",), kind="person")
        facts |= {"weighing_outcome": "against"}
        contact = main._replace(facts=facts, categories=("contact_details",), main=False)
        yield contact._replace(kind="person")


def _offences(main: Profile, giver: Giver, asker: Asker, harm: Facts) -> Iterator[Profile]:
    for crime in (_NO_CRIME, _FINE_ONLY):
        yield main._replace(facts=harm | crime)
    for crime in _CRIMES:
        yield main._replace(facts=harm | crime, main=False)
    yield main._replace(facts=harm | _PRISON_BUT_FINE | {"weighing_outcome": "against"}, main=False)
    yield main._replace(facts=harm | _AGAINST_CHILD, kind="person", child=True, main=False)
    if giver.agency in _BENEFIT_GIVERS:
        yield main._replace(facts=harm | _BENEFIT, main=False)
    if giver.activity in ("taxation", "tax_control", "tax_crime_unit"):
        for crime in (_TAX, _TAX_SIMPLE):
            yield main._replace(facts=harm | crime, main=False)
            yield main._replace(facts=harm | crime | {"tax_sanction_unlikely": True}, main=False)


def _received(
    main: Profile, giver: Giver, purpose: str, secrecy: tuple[str, ...]
) -> Iterator[Profile]:
    """Data that the giver has from another agency."""
    if purpose not in ("transparency", "own_supervision", "detect_rule_breach"):
        return
    facts = main.facts | {"received_from": "FK" if giver.agency == "SKV" else "SKV"}
    if not secrecy and giver.activity in ("gender_equality", "company_registration", "licensing"):
        yield main._replace(facts=facts, main=False)
    if secrecy in (("28:15",), ("28:14",)) and giver.activity == "supervision":
        yield main._replace(facts=facts | {"harm": "not_met"}, main=False)
