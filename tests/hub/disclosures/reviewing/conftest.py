"""A tax agency with officers and a secrecy lawyer, and a draft that needs a second signature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from samsyn.hub.cases.actions import open_case, write_fact
from samsyn.hub.cases.models import Case, Fact
from samsyn.hub.disclosures.actions import keep_draft, prepare_disclosure
from samsyn.hub.disclosures.models import DisclosedFact, Disclosure
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import Account
from tests.hub.support import Hub

WEIGHING = "Kontrollen kan inte planeras utan uppgiften; den enskildes intresse väger lättare."
WORDS = "Avvägningen håller: behovet är konkret och texten är kortad."
PROTECTED = "Den anställde arbetar natt på platsen och har skyddade personuppgifter."
PLAIN = "Redovisade löner täcker fyra av elva som arbetar på platsen."


@dataclass
class Desk:
    """The people and the case.

    Attributes:
        officer, lawyer: who decides, and who signs.
        receiver: an officer of the agency that gets it.
        protected, plain: a fact that needs a second signature, and one that does not.
    """

    hub: Hub
    officer_account: Account
    lawyer_account: Account
    officer: Actor
    lawyer: Actor
    receiver: Actor
    case: Case
    protected: Fact
    plain: Fact

    def draft(self, *facts: Fact, **changes: Any) -> Disclosure:
        """A draft to the work environment authority, weighed."""
        return drafted(self.officer, self.case, facts or (self.protected,), **changes)


def drafted(actor: Actor, case: Case, facts: Any, **changes: Any) -> Disclosure:
    """A draft with its weighing written and every fact chosen that the law opens."""
    with acting(actor):
        draft = prepare_disclosure(
            actor=actor,
            case=case,
            facts=facts,
            **{"receiver": "AV", "purpose": "joint_inspection_plan", **changes},
        )
        items = DisclosedFact.seen(actor).filter(disclosure=draft, left_out=False)
        keep_draft(
            actor=actor,
            draft=draft,
            version=draft.version,
            leaving={item.pk for item in items},
            texts={},
            valid_to=draft.valid_to,
            told_title=draft.told_title,
            weighing=WEIGHING,
        )
        draft.refresh_from_db()
    return draft


@pytest.fixture
def desk(hub: Hub) -> Desk:
    """The tax agency's case with two facts; nothing has been prepared."""
    officer_account = hub.person("SKV", "agency_officer", name="Sanna Ekholm")
    lawyer_account = hub.person("SKV", "secrecy_lawyer", name="Juni Ahlström")
    officer, lawyer = hub.actor(officer_account), hub.actor(lawyer_account)
    with acting(officer):
        case = open_case(actor=officer, title="Björklunds Bygg", purpose="joint_inspection_plan")
        protected = fact_of(officer, case, PROTECTED, marks=["protected"])
        plain = fact_of(officer, case, PLAIN)
    return Desk(
        hub,
        officer_account,
        lawyer_account,
        officer,
        lawyer,
        hub.officer("AV"),
        case,
        protected,
        plain,
    )


def fact_of(actor: Actor, case: Case, text: str, **changes: Any) -> Fact:
    """A fact of the tax agency."""
    return write_fact(
        actor=actor,
        case=case,
        text=text,
        **{
            "item_kind": "payroll_and_vat_figures",
            "activity": "taxation",
            "subject_kind": "company",
            "secrecy": ["2009:400/27:1"],
            **changes,
        },
    )
