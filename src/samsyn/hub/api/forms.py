"""What is filled in to make a key for a program, name an address to be told, import a file?"""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms

from samsyn.hub.api.tokens import LONGEST_DAYS, acts_for_programs
from samsyn.hub.cases.forms import purpose_choices
from samsyn.hub.cases.models import Case
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.forms import day_input
from samsyn.hub.guard.language import said, say
from samsyn.hub.guard.rulebooks import current_organisation

USUAL_DAYS = 30
READING = "read"


class TokenForm(forms.Form):
    """A key for a program, with one of the person's roles."""

    name = forms.CharField(
        label=say("Vad nyckeln är till för", "What the key is for"),
        max_length=120,
        help_text=say("Som ”Ärendesystemet, hämtning”.", "As “The case system, fetching”."),
    )
    acts = forms.MultipleChoiceField(
        label=say("Vad programmet får göra", "What the program may do"),
        widget=forms.CheckboxSelectMultiple,
        help_text=say(
            "Det som kräver ny inloggning eller två personer görs aldrig av program.",
            "What takes signing in anew or two persons is never done by a program.",
        ),
    )
    purpose = forms.ChoiceField(
        label=say("Ändamål", "Purpose"),
        help_text=say(
            "Mottagna uppgifter läses bara för det ändamål de gavs för.",
            "Received facts are read only for the purpose they were given for.",
        ),
    )
    case = forms.CharField(
        label=say("Bara i ärendet", "Only in the case"),
        required=False,
        max_length=40,
        help_text=say(
            "Ärendets nummer; tomt för alla som du ser.", "Its number; empty for all that you see."
        ),
    )
    last_day = forms.DateField(
        label=say("Gäller till och med", "Works until"),
        widget=day_input(),
        help_text=say(f"Högst {LONGEST_DAYS} dagar.", f"At most {LONGEST_DAYS} days."),
    )

    def __init__(self, *args: Any, actor: Actor, role: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation = current_organisation()
        allowed = acts_for_programs(organisation, role)
        fields: dict[str, Any] = self.fields
        fields["acts"].choices = [(code, said(organisation.acts[code].name)) for code in allowed]
        fields["acts"].initial = [code for code in allowed if code.endswith(READING)]
        fields["purpose"].choices = purpose_choices()
        fields["last_day"].initial = actor.day + timedelta(days=USUAL_DAYS)
        self.actor, self.role = actor, role

    def clean_case(self) -> UUID | None:
        """The case of that number, if the person sees it."""
        number = self.cleaned_data["case"].strip()
        if not number:
            return None
        found = Case.seen(self.actor).filter(agency=self.actor.agency, number=number).first()
        if found is None:
            raise forms.ValidationError(
                str(
                    say(
                        "Inget ärende som du ser har det numret.", "You see no case of that number."
                    )
                )
            )
        return found.pk

    def values(self) -> dict[str, Any]:
        """What was filled in, with the role."""
        return {**self.cleaned_data, "role": self.role}


class ImportForm(forms.Form):
    """A file of facts from the agency's own system."""

    system = forms.CharField(
        label=say("Källsystem", "Source system"),
        max_length=60,
        help_text=say(
            "Samma uppgift ur samma system tas in en gång.",
            "The same fact of the same system is taken in once.",
        ),
    )
    file = forms.FileField(
        label=say("Fil", "File"),
        help_text=say("CSV eller JSON, högst 1 MB.", "CSV or JSON, at most 1 MB."),
    )


class ImportAgainForm(forms.Form):
    """The same file once more, now to be carried out."""

    system = forms.CharField(max_length=60, widget=forms.HiddenInput)
    name = forms.CharField(max_length=200, widget=forms.HiddenInput)
    content = forms.CharField(max_length=1_400_000, widget=forms.HiddenInput)
    valid_rows = forms.BooleanField(required=False)

    def data_of_file(self) -> bytes:
        """What the file holds."""
        try:
            return base64.b64decode(self.cleaned_data["content"], validate=True)
        except ValueError:
            return b""


class WebhookForm(forms.Form):
    """An address that is to be told."""

    address = forms.CharField(
        label=say("Adress", "Address"),
        max_length=300,
        help_text=say(
            "Som https://system.example.se/samsyn.", "As https://system.example.se/samsyn."
        ),
    )
    about = forms.CharField(
        label=say("Vad som tar emot", "What receives it"), max_length=120, required=False
    )
