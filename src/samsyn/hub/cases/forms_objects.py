"""What is filled in to say whom a case is about, and to hand in a document?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from samsyn.hub.cases.answering import ActForm
from samsyn.hub.cases.forms import provisions_in
from samsyn.hub.cases.forms_facts import mark_choices, marks_field
from samsyn.hub.cases.models import Fact
from samsyn.hub.cases.phrases import SUBJECTS
from samsyn.hub.guard.language import said, say
from samsyn.kernel.text import Text


class SubjectForm(ActForm):
    """Say what a case is about."""

    act = "case.write"
    heading = Text(sv="Nytt objekt", en="New object")
    button = Text(sv="Lägg till", en="Add")

    kind = forms.ChoiceField(label=say("Vad det är", "What it is"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=say("Namn", "Name"),
        max_length=200,
        help_text=say(
            "Företagets firma, arbetsplatsens eller personens namn, fordonets märke, adressen.",
            "The firm's, workplace's or person's name, the vehicle's make, the address.",
        ),
    )
    number = forms.CharField(
        label=say("Nummer", "Number"),
        max_length=40,
        required=False,
        help_text=say(
            "Organisations-, person-, samordnings- eller arbetsställenummer, eller "
            "registreringsnummer. Med eller utan bindestreck.",
            "Organisation, personal, coordination or workplace number, or plate. With or without "
            "a hyphen.",
        ),
    )
    foreign = forms.BooleanField(
        label=say(
            "Numret är utländskt eller bara uppgivet", "The number is foreign or only stated"
        ),
        required=False,
    )
    uncertain = forms.BooleanField(
        label=say("Identiteten är osäker", "The identity is uncertain"),
        required=False,
        help_text=say(
            "Vanligt när handlingar saknas; skriv det som är känt.",
            "Common where papers are missing; write what is known.",
        ),
    )
    protected = forms.BooleanField(
        label=say("Skyddade personuppgifter", "Protected personal data"),
        required=False,
        help_text=say(
            "Namn och nummer visas först när någon begär det, och det loggas.",
            "Name and number are shown only when somebody asks, and that is logged.",
        ),
    )
    address = forms.CharField(label=say("Adress", "Address"), max_length=200, required=False)
    municipality = forms.CharField(
        label=say("Kommun", "Municipality"), max_length=60, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (code, said(name).capitalize()) for code, name in SUBJECTS.items()
        ]

    def values(self) -> dict[str, Any]:
        """As the act takes it."""
        values = super().values()
        values["certain"] = not values.pop("uncertain")
        return values


class FileForm(ActForm):
    """Hand in a document."""

    act = "file.add"
    heading = Text(sv="Ny handling", en="New document")
    button = Text(sv="Lägg till och diarieför", en="Add and register")

    file = forms.FileField(
        label=say("Fil", "File"),
        help_text=say(
            "Högst 30 MB. Originalet låses; det som visas är en rensad kopia.",
            "At most 30 MB. The original is sealed; what is shown is a cleaned copy.",
        ),
    )
    direction = forms.ChoiceField(
        label=say("Handlingen", "The document"),
        widget=forms.RadioSelect,
        choices=[
            ("in", say("har kommit in", "came in")),
            ("drawn_up", say("har upprättats här", "was drawn up here")),
        ],
    )
    counterpart = forms.CharField(
        label=say("Från vem", "From whom"), max_length=200, required=False
    )
    fact = forms.ChoiceField(
        label=say("Hör till uppgift", "Belongs to the fact"),
        required=False,
        help_text=say(
            "Lämnas uppgiften ut kan filen följa med.",
            "If the fact is disclosed the file can go with it.",
        ),
    )
    secrecy = forms.CharField(
        label=say("Sekretess", "Secrecy"),
        max_length=200,
        required=False,
        help_text=say(
            "Bestämmelser, som OSL 27:1, med komma emellan. Lämna tomt om ingen gäller.",
            "Provisions, as OSL 27:1, with commas between. Leave empty if none applies.",
        ),
    )
    marks = marks_field()

    def __init__(self, *args: Any, facts: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = {str(row.fact.pk): row.fact for row in facts if row.own}
        fields: dict[str, Any] = self.fields
        fields["marks"].choices = mark_choices()
        fields["fact"].choices = [
            ("", say("Ingen", "None")),
            *((code, fact.text[:80]) for code, fact in self.own.items()),
        ]

    def clean_fact(self) -> Fact | None:
        """The fact chosen."""
        return self.own.get(self.cleaned_data["fact"])

    def clean_secrecy(self) -> list[str]:
        """The provisions, one by one."""
        return provisions_in(self.cleaned_data["secrecy"])

    def values(self) -> dict[str, Any]:
        """As the act takes it: the name and the octets, nothing else of the upload."""
        values = super().values()
        upload = values.pop("file")
        return {**values, "name": str(upload.name), "data": upload.read()}
