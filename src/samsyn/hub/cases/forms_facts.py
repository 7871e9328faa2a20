"""What is filled in to write a fact, mark it, and say whom it is about?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from samsyn.hub.cases.answering import ActForm
from samsyn.hub.cases.fact_kinds import kinds_of
from samsyn.hub.cases.forms import Choices, day_input, provisions_in, textarea
from samsyn.hub.cases.models import Case, Fact
from samsyn.hub.cases.phrases import short_cite
from samsyn.hub.cases.proposing import Proposal, propose
from samsyn.hub.cases.reads_facts import received_in, subject_choices, subject_of_case
from samsyn.hub.cases.secrecy import MARK_NAMES
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.language import said, say
from samsyn.hub.guard.rulebooks import current_rulebook
from samsyn.hub.registry.models import Entity
from samsyn.kernel.text import Text
from samsyn.law.schema import Code


def kind_choices(agency: str) -> list[tuple[Any, Any]]:
    """Kinds of facts: those usual at the agency, then the others."""
    usual = [(kind.code, said(kind.name)) for kind in kinds_of(agency) if agency in kind.holders]
    others = [
        (kind.code, said(kind.name)) for kind in kinds_of(agency) if agency not in kind.holders
    ]
    return [
        ("", say("Välj slag", "Choose the kind")),
        (say("Vanliga hos oss", "Usual with us"), usual),
        (say("Andra slag", "Other kinds"), others),
    ]


def activity_choices(agency: str) -> Choices:
    """Activities of the agency, and what is usual for the kind."""
    vocabulary = current_rulebook().vocabulary
    found = [
        (code, said(entry.name))
        for code in vocabulary.activities_of(agency)
        if isinstance(entry := vocabulary.activities.known.get(code), Code)
    ]
    return [("", say("Den vanliga för slaget", "The usual one for the kind")), *found]


def mark_choices() -> Choices:
    """Handling marks."""
    return [(code, said(name)) for code, name in MARK_NAMES.items()]


def marks_field() -> forms.MultipleChoiceField:
    """Handling marks to tick."""
    return forms.MultipleChoiceField(
        label=say("Märken", "Marks"), widget=forms.CheckboxSelectMultiple, required=False
    )


class SecrecyForm(forms.Form):
    """Confirm which of the proposed provisions make something secret.

    Args:
        proposed: provisions from the rulebook, each a box to leave ticked or not.
        kept: provisions that stay whatever is ticked, as those inherited.
    """

    secrecy = forms.MultipleChoiceField(
        label=say("Bestämmelser som gör uppgiften hemlig", "Provisions that make it secret"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    more_secrecy = forms.CharField(
        label=say("Annan bestämmelse", "Another provision"),
        required=False,
        max_length=200,
        help_text=say("Som OSL 27:1; flera med komma.", "As OSL 27:1; several with commas."),
    )
    none_secret = forms.BooleanField(
        label=say(
            "Jag har prövat: ingen sekretess gäller", "I have assessed it: no secrecy applies"
        ),
        required=False,
    )

    def __init__(
        self, *args: Any, proposed: Iterable[Any] = (), ticked: Iterable[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["secrecy"].choices = [(one.cite, _named(one)) for one in proposed]
        fields["secrecy"].initial = list(ticked)
        if not fields["secrecy"].choices:
            fields["secrecy"].help_text = say(
                "Regelboken föreslår ingen bestämmelse.", "The rulebook proposes no provision."
            )

    def clean(self) -> dict[str, Any]:
        """Either a provision, or the word that none applies; never silence."""
        cleaned = super().clean() or {}
        chosen = [*cleaned.get("secrecy", []), *provisions_in(cleaned.get("more_secrecy", ""))]
        if not chosen and not cleaned.get("none_secret"):
            self.add_error(
                "none_secret",
                say(
                    "Bekräfta en bestämmelse, eller att ingen sekretess gäller.",
                    "Confirm a provision, or that no secrecy applies.",
                ),
            )
        if chosen and cleaned.get("none_secret"):
            self.add_error(
                "none_secret",
                say(
                    "Du har också bekräftat en bestämmelse; välj det ena.",
                    "You have confirmed a provision too; choose one.",
                ),
            )
        cleaned["chosen"] = chosen
        return cleaned


def _named(one: Any) -> str:
    cite = short_cite(one.cite)
    return f"{cite} · {said(one.title)}" if one.title else cite


class MarksForm(ActForm, SecrecyForm):
    """Confirm secrecy and marks of what has been written already."""

    act = "fact.mark"
    heading = Text(sv="Bekräfta sekretess", en="Confirm the secrecy")
    button = Text(sv="Bekräfta", en="Confirm")

    marks = marks_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["marks"].choices = mark_choices()  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What was confirmed."""
        return {"secrecy": self.cleaned_data["chosen"], "marks": self.cleaned_data["marks"]}


class FactForm(ActForm):
    """Write a fact; its secrecy is proposed from what is filled in here and then confirmed."""

    act = "fact.write"
    heading = Text(sv="Ny uppgift", en="New fact")
    button = Text(sv="Spara uppgiften", en="Save the fact")

    text = forms.CharField(
        label=say("Uppgiften", "The fact"),
        widget=textarea(5),
        max_length=20_000,
        help_text=say(
            "En sak i taget: då kan den lämnas ut, rättas och gallras för sig.",
            "One thing at a time: then it can be disclosed, corrected and disposed of by itself.",
        ),
    )
    item_kind = forms.ChoiceField(label=say("Slag av uppgift", "Kind of fact"))
    entity = forms.ChoiceField(
        label=say("Om vem eller vad", "About whom or what"),
        required=False,
        help_text=say("Objekt i ärendet.", "Objects of the case."),
    )
    activity = forms.ChoiceField(
        label=say("Verksamhet", "Activity"),
        required=False,
        help_text=say(
            "Var hos oss uppgiften finns; sekretessen beror på det.",
            "Where with us it is held; the secrecy depends on it.",
        ),
    )
    source = forms.CharField(label=say("Källa", "Source"), max_length=200, required=False)
    observed_on = forms.DateField(
        label=say("Iakttaget", "Observed"), widget=day_input(), required=False
    )
    marks = marks_field()
    derived_from = forms.MultipleChoiceField(
        label=say("Bygger på", "Builds on"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=say(
            "Det som upprepar en mottagen uppgift känns igen av sig självt.",
            "What repeats a received fact is recognised by itself.",
        ),
    )

    def __init__(self, *args: Any, actor: Actor, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.received = list(received_in(actor, case))
        fields: dict[str, Any] = self.fields
        fields["item_kind"].choices = kind_choices(actor.agency)
        fields["activity"].choices = activity_choices(actor.agency)
        fields["marks"].choices = mark_choices()
        fields["entity"].choices = [
            ("", say("Ingen särskild", "Nobody in particular")),
            *((code, said(name)) for code, name in subject_choices(actor, case)),
        ]
        fields["derived_from"].choices = [
            (str(fact.pk), f"{fact.received_from}: {fact.text[:80]}") for fact in self.received
        ]
        if not self.received:
            del self.fields["derived_from"]
        self.actor, self.case = actor, case
        self.proposal: Proposal | None = None
        self.confirm: SecrecyForm | None = None
        self.changed = False

    def is_valid(self) -> bool:
        """Whether everything is filled in and the secrecy that was shown is confirmed."""
        if not super().is_valid():
            return False
        if self.confirm is None:
            self._propose()
        return bool(self.confirm and self.confirm.is_bound and self.confirm.is_valid())

    def _propose(self) -> None:
        filled = self.cleaned_data
        entity = filled["entity"]
        self.proposal = propose(
            self.actor,
            text=filled["text"],
            kind=filled["item_kind"],
            activity=filled["activity"],
            entity_kind=entity.kind if entity else "",
            marks=tuple(filled["marks"]),
            received=self.received,
            builds_on=[UUID(pk) for pk in filled.get("derived_from", [])],
        )
        shown = self.data.get("shown")
        agreed = shown == self.proposal.signature
        # What was confirmed is what was shown: another proposal is shown before it is saved.
        self.changed = shown is not None and not agreed
        self.confirm = SecrecyForm(
            self.data if agreed else None,
            proposed=self.proposal.provisions,
            ticked=[one.cite for one in self.proposal.provisions],
        )

    def clean_entity(self) -> Entity | None:
        """The object chosen."""
        chosen = self.cleaned_data["entity"]
        return subject_of_case(self.actor, self.case, UUID(chosen)) if chosen else None

    def values(self) -> dict[str, Any]:
        """As the act takes it, with the secrecy that was confirmed."""
        assert self.proposal is not None
        assert self.confirm is not None
        return {
            **super().values(),
            "activity": self.proposal.activity,
            "subject_kind": self.proposal.subject_kind,
            "secrecy": self.confirm.cleaned_data["chosen"],
            "derived_from": [UUID(pk) for pk in self.cleaned_data.get("derived_from", [])],
        }


class CorrectForm(ActForm):
    """Correct a fact; what it said is kept."""

    act = "fact.write"
    heading = Text(sv="Rätta uppgiften", en="Correct the fact")
    button = Text(sv="Spara rättelsen", en="Save the correction")

    text = forms.CharField(
        label=say("Vad som är rätt", "What is right"), widget=textarea(5), max_length=20_000
    )
    reason = forms.CharField(
        label=say("Vad som var fel", "What was wrong"),
        max_length=500,
        help_text=say(
            "Den gamla uppgiften ligger kvar och visas som ersatt.",
            "The old wording stays and is shown as replaced.",
        ),
    )

    def __init__(self, *args: Any, fact: Fact, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"text": fact.text})
        super().__init__(*args, **kwargs)
