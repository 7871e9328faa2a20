"""Which forms does a receiver fill in: what came of it, and that a purpose has ended?"""

from __future__ import annotations

from typing import Any

from django import forms

from samsyn.hub.disclosures.choices import activities
from samsyn.hub.disclosures.forms import LONGEST_WORDS, set_choices
from samsyn.hub.disclosures.question_sets import known_questions
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.language import said, say


class ReportForm(forms.Form):
    """What came of it, for the giver."""

    code = forms.ChoiceField(
        label=say("Vad kom av det?", "What came of it?"),
        widget=forms.RadioSelect,
        error_messages={"required": say("Välj vad som kom av det.", "Choose what came of it.")},
    )
    words = forms.CharField(
        label=say("Egna ord till den som lämnade", "Words for the giver"),
        help_text=say(
            "Berätta inga uppgifter ur ert ärende; de kräver ett eget beslut.",
            "Tell no facts of your case; they take a decision of their own.",
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=LONGEST_WORDS,
    )
    activity = forms.ChoiceField(
        label=say("I vilken verksamhet hos er?", "In which activity with you?"),
        help_text=say(
            "Sekretessen för det som rapporten röjer beror på det.",
            "The secrecy of what the report reveals depends on it.",
        ),
    )
    weighing = forms.CharField(
        label=say("Din avvägning", "Your weighing"),
        help_text=say(
            "Vad som talar för och emot att den som lämnade får veta det. Stannar hos er.",
            "What speaks for and against the giver learning it. Stays with you.",
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=LONGEST_WORDS,
    )

    def __init__(self, *args: Any, actor: Actor, usual_activity: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reports = known_questions().reports.values()
        set_choices(self, "code", [(one.code, said(one.name)) for one in reports])
        set_choices(self, "activity", activities(actor.agency))
        self.fields["activity"].initial = usual_activity


class EndForm(forms.Form):
    """The day on which the purpose ended."""

    on = forms.DateField(
        label=say("Ändamålet tog slut", "The purpose ended"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
