"""What is filled in to confirm, to ask why, to propose disposal and to release a document?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from samsyn.hub.cases.answering import ActForm
from samsyn.hub.cases.forms import purpose_choices
from samsyn.hub.guard.forms import day_input, reason_field
from samsyn.hub.guard.language import said, say
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.hub.insight.actions import NOTE, OUTCOMES
from samsyn.hub.insight.phrases import RECEIVER_NAMES
from samsyn.hub.insight.reads_why import WhyAsked
from samsyn.kernel.text import Text


class ConfirmForm(ActForm):
    """What came of looking at something that stands out."""

    act = "oversight.confirm"
    outcome = forms.ChoiceField(label=say("Bedömning", "Conclusion"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=say("Anteckning", "Note"),
        help_text=say(NOTE.sv, NOTE.en),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, said(text)) for code, text in OUTCOMES.items()]
        self.fields["outcome"].choices = choices  # type: ignore[attr-defined]


class WhyForm(forms.Form):
    """Whose sight of what is asked about."""

    person = forms.ChoiceField(
        label=say("Person", "Person"),
        required=False,
        help_text=say(
            "Välj ingen för att i stället prova en påhittad person med rollerna nedan.",
            "Choose nobody to try an invented person with the roles below instead.",
        ),
    )
    role = forms.MultipleChoiceField(
        label=say("Roller hos den påhittade personen", "Roles of the invented person"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    day = forms.DateField(label=say("Den dag det gäller", "On the day"), widget=day_input())
    thing = forms.CharField(
        label=say("Vad det gäller", "About what"),
        max_length=60,
        help_text=say(
            "Ett ärendes diarienummer, eller ett id ur loggen.",
            "The register number of a case, or an id from the log.",
        ),
    )
    purpose = forms.ChoiceField(
        label=say("Personen arbetar i ärendet, för", "The person works in the case, for"),
        required=False,
        help_text=say(
            "Det som en annan myndighet har lämnat läses bara i sitt ärende och för sitt ändamål.",
            "What another agency has given is read only in its case and for its purpose.",
        ),
    )

    def __init__(self, people: Iterable[tuple[UUID, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nobody = said(Text(sv="Påhittad person", en="Invented person"))
        outside = said(Text(sv="Utanför ärende", en="Outside any case"))
        roles = current_organisation().roles.values()
        for field, choices in (
            ("person", [("", nobody), *((str(pk), name) for pk, name in people)]),
            ("role", [(role.code, said(role.name)) for role in roles]),
            ("purpose", [("", outside), *purpose_choices()]),
        ):
            self.fields[field].choices = choices  # type: ignore[attr-defined]

    def asked(self) -> WhyAsked:
        """What was filled in."""
        filled = self.cleaned_data
        return WhyAsked(
            person=UUID(filled["person"]) if filled["person"] else None,
            roles=tuple(filled["role"]),
            day=filled["day"],
            thing=filled["thing"].strip(),
            purpose=filled["purpose"],
        )


class ProposeForm(ActForm):
    """Why a case is to lose its content."""

    act = "disposal.propose"
    reason = reason_field()


class ProposeDeliveryForm(ProposeForm):
    """Why and how what another agency gave is to go."""

    how = forms.ChoiceField(label=say("Hur", "How"), widget=forms.RadioSelect)
    field_order = ("how", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        remove = Text(sv="Ta bort: innehållet är borta för gott",
                      en="Remove: the content is gone for good")  # fmt: skip
        lock = Text(sv="Spärra: ingen ser det, men det finns kvar",
                    en="Lock: nobody sees it, but it is still there")  # fmt: skip
        choices = [("remove", said(remove)), ("lock", said(lock))]
        self.fields["how"].choices = choices  # type: ignore[attr-defined]


class ReleaseForm(ActForm):
    """What somebody has asked for."""

    act = "register.write"
    number = forms.CharField(label=say("Diarienummer", "Register number"), max_length=40)
    sequence = forms.IntegerField(
        label=say("Handling nr i ärendet", "Document no. in the case"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=say("Tomt betyder hela ärendet.", "Empty means the whole case."),
    )
    receiver = forms.ChoiceField(label=say("Vem frågar", "Who asks"), widget=forms.RadioSelect)
    asked_by = forms.CharField(
        label=say("Till", "To"),
        required=False,
        max_length=200,
        help_text=say(
            "Bara om den som frågar vill säga det: myndigheten får inte efterforska vem det är "
            "(TF 2 kap. 18 §).",
            "Only if whoever asks wants to say so: the agency may not find out who it is "
            "(TF ch. 2 s. 18).",
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, said(text)) for code, text in RECEIVER_NAMES.items()]
        self.fields["receiver"].choices = choices  # type: ignore[attr-defined]
        self.fields["receiver"].initial = "JOURNALIST"


class PieceForm(forms.Form):
    """What is done to one piece of a release."""

    do = forms.ChoiceField(
        choices=[(code, code) for code in ("mask", "unmask", "release", "withhold")]
    )
    words = forms.CharField(required=False, max_length=5000)
    by = forms.CharField(required=False, max_length=100)
    number = forms.IntegerField(required=False, min_value=0, max_value=100_000)


class DecideForm(ActForm):
    """The decision on a release."""

    act = "register.release"
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    reasons = forms.CharField(
        label=say("Skäl", "Reasons"),
        required=False,
        max_length=8000,
        widget=forms.Textarea({"rows": 6}),
        help_text=say(
            "Varför det maskade och innehållna inte lämnas ut: vilken skada, för vem. Skälen "
            "lämnas till den som frågade, så skriv inget hemligt.",
            "Why what is masked and withheld is not released: which harm, to whom. The reasons go "
            "to whoever asked, so write nothing secret.",
        ),
    )

    def __init__(self, *args: Any, outcome: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reasons"].required = outcome != "whole"
