"""Which forms does the secrecy lawyer fill in?"""

from __future__ import annotations

from django import forms

from samsyn.hub.guard.language import say

LONGEST = 4000
NEEDED = {"required": say("Skriv något här.", "Write something here.")}
_BOX = forms.Textarea(attrs={"rows": 4})


class ReviewForm(forms.Form):
    """What the lawyer says to the officer."""

    words = forms.CharField(
        label=say("Ord till handläggaren", "Words to the officer"),
        help_text=say(
            "Vad du har vägt, eller vad som ska ändras. Stannar hos er och följer beslutet.",
            "What you have weighed, or what to change. Stays with you and goes with the decision.",
        ),
        widget=_BOX,
        required=False,
        max_length=LONGEST,
    )


class PrecedentForm(forms.Form):
    """An earlier weighing, written for others to learn from."""

    title = forms.CharField(
        label=say("Rubrik", "Heading"),
        help_text=say(
            "Till exempel: Löneuppgifter om ett bolag inför gemensam kontroll.",
            "For instance: Wage figures of a company before a joint inspection.",
        ),
        max_length=160,
        error_messages=NEEDED,
    )
    speaks_for = forms.CharField(
        label=say("Talade för", "Spoke for"), widget=_BOX, max_length=LONGEST, error_messages=NEEDED
    )
    speaks_against = forms.CharField(
        label=say("Talade emot", "Spoke against"),
        widget=_BOX,
        max_length=LONGEST,
        error_messages=NEEDED,
    )
    lesson = forms.CharField(
        label=say("Det här kan andra lära", "What others can learn"),
        help_text=say(
            "Varför det ena vägde över, och när det hade blivit tvärtom.",
            "Why one outweighed the other, and when it would have been the other way round.",
        ),
        widget=_BOX,
        max_length=LONGEST,
        error_messages=NEEDED,
    )
    confirmed = forms.BooleanField(
        label=say(
            "Orden som hittades pekar inte ut någon", "The words that were found point to nobody"
        ),
        required=False,
        widget=forms.HiddenInput,
    )

    def ask_to_confirm(self) -> None:
        """Show the box: the text holds words of the case."""
        self.fields["confirmed"].widget = forms.CheckboxInput()


class LibraryForm(forms.Form):
    """What is looked for in the library."""

    q = forms.CharField(label=say("Sök", "Search"), required=False, max_length=200)
    till = forms.ChoiceField(label=say("Till", "To"), required=False)
    utfall = forms.ChoiceField(
        label=say("Vägde över", "Outweighed"),
        required=False,
        choices=[
            ("", say("för eller emot", "for or against")),
            ("for", say("för", "for")),
            ("against", say("emot", "against")),
        ],
    )

    def __init__(self, data: object, agencies: list[tuple[str, str]]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        choices = [("", say("alla", "all")), *agencies]
        self.fields["till"].choices = choices  # type: ignore[attr-defined]
