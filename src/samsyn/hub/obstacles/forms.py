"""Which forms are filled in about what never came?"""

from __future__ import annotations

from typing import Any

from django import forms

from samsyn.hub.cases.answering import ActForm
from samsyn.hub.cases.fact_kinds import kinds_of
from samsyn.hub.disclosures.choices import others, purposes
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.language import said, say
from samsyn.hub.obstacles.codes import obstacle_codes

LONGEST_WORDS = 2000
STAYS = say("Stannar hos er myndighet.", "Stays at your agency.")


def _words(label: Any, help_text: Any = STAYS) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _options(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", say("Välj …", "Choose …")), *choices]
    field.error_messages["required"] = say("Välj i listan.", "Choose from the list.")


class NeverAskedForm(ActForm):
    """What somebody needs, and from whom, and believes that they may not have."""

    act = "obstacle.write"
    giver = forms.ChoiceField(label=say("Vem har uppgiften?", "Who holds it?"))
    item_kind = forms.ChoiceField(label=say("Vad behöver du?", "What do you need?"))
    purpose = forms.ChoiceField(label=say("För vilket ändamål?", "For which purpose?"))
    needed_for = forms.ChoiceField(label=say("Vad är det till?", "What is it for?"))
    needed_words = _words(
        say("Med egna ord", "In your own words"),
        say("Frivilligt. Stannar hos er myndighet.", "Optional. Stays at your agency."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _options(self, "giver", others(actor))
        kinds = sorted(kinds_of(actor.agency), key=lambda kind: said(kind.name))
        _options(self, "item_kind", [(kind.code, said(kind.name)) for kind in kinds])
        _options(self, "purpose", purposes())
        _options(self, "needed_for", _named(obstacle_codes().needs))


class FollowedForm(ActForm):
    """What followed of something in the register."""

    act = "obstacle.write"
    consequence = forms.ChoiceField(label=say("Vad följde?", "What followed?"))
    consequence_words = _words(say("Med egna ord", "In your own words"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _options(self, "consequence", _named(obstacle_codes().consequences))


class ConsequenceForm(FollowedForm):
    """What a refused answer was needed for, and what followed."""

    needed_for = forms.ChoiceField(label=say("Vad behövdes svaret till?", "What was it for?"))
    needed_words = _words(say("Mer om behovet", "More about the need"))
    field_order = ("needed_for", "needed_words", "consequence", "consequence_words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _options(self, "needed_for", _named(obstacle_codes().needs))


class HandInForm(ActForm):
    """That the figures of a period are handed in; which figures, the hub counts."""

    act = "figures.hand_in"
    period = forms.CharField(max_length=20, widget=forms.HiddenInput)


class WithdrawForm(ActForm):
    """Why figures that were handed in are taken back."""

    act = "figures.withdraw"
    why = forms.CharField(
        label=say("Varför tas de tillbaka?", "Why are they withdrawn?"),
        help_text=STAYS,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": say("Skriv varför.", "Say why.")},
    )


def _named(choices: Any) -> list[tuple[str, Any]]:
    return [(code, said(name)) for code, name in choices.items()]
