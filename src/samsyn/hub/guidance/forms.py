"""What is asked on the pages of the guidance: a day, and the answer to an exercise."""

from __future__ import annotations

from typing import Any

from django import forms

from samsyn.hub.guard.language import reading, said, say
from samsyn.hub.guard.lawwords import act_title, cited
from samsyn.hub.guidance.entries import Exercise
from samsyn.hub.guidance.exercising import CHOICES, Given


class DayForm(forms.Form):
    """The day a question is asked on."""

    dag = forms.DateField(
        label=say("En annan dag", "Another day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "invalid": say("Skriv dagen som 2026-03-01.", "Write the day as 2026-03-01."),
            "required": say("Välj en dag.", "Choose a day."),
        },
    )


class AnswerForm(forms.Form):
    """What somebody answers to an exercise."""

    outcome = forms.ChoiceField(
        label=say("Vad gäller?", "What holds?"),
        widget=forms.RadioSelect,
        error_messages={"required": say("Välj vad som gäller.", "Choose what holds.")},
    )
    ground = forms.ChoiceField(
        label=say("Vilken bestämmelse avgör?", "Which provision decides?"),
        widget=forms.RadioSelect,
        help_text=say(
            "Den som öppnar eller ålägger. Får uppgiften inte lämnas: den som står i vägen.",
            "The one that opens or obliges. If the item must not be given: the one in the way.",
        ),
        error_messages={"required": say("Välj en bestämmelse.", "Choose a provision.")},
    )
    leave_out = forms.MultipleChoiceField(
        label=say("Vad ska utelämnas?", "What has to be left out?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=say("Kryssa för det som inte ska med.", "Tick what is not to go along."),
    )

    def __init__(self, *args: Any, exercise: Exercise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["outcome"].choices = [(code, said(text)) for code, text in CHOICES.items()]
        fields["ground"].choices = [(cite, _named(cite)) for cite in exercise.grounds]
        if exercise.parts:
            fields["leave_out"].choices = [(one.code, said(one.text)) for one in exercise.parts]
        else:
            del fields["leave_out"]

    @property
    def given(self) -> Given:
        """The answer, once it is valid."""
        data = self.cleaned_data
        return Given(data["outcome"], data["ground"], tuple(data.get("leave_out", ())))


def _named(cite: str) -> str:
    """A provision and the name of its act, where the citation does not say it."""
    written, title = cited(cite, reading()), act_title(cite.split("/")[0], reading())
    return f"{written}: {title}" if title and "(" in written else written
