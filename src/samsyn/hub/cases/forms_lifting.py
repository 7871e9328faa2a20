"""What is filled in to have a secrecy mark lifted, or a tip-giver's identity opened?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from samsyn.hub.cases.answering import ActForm
from samsyn.hub.cases.forms import textarea
from samsyn.hub.cases.phrases import short_cite
from samsyn.hub.cases.provisions import Provision
from samsyn.hub.cases.secrecy import MARK_NAMES
from samsyn.hub.guard.language import said, say
from samsyn.kernel.text import Text

LONGEST_REASON = 2000


def reason_field() -> forms.CharField:
    """Why, for the one who decides."""
    return forms.CharField(
        label=say("Skäl", "Reason"),
        widget=textarea(3),
        max_length=LONGEST_REASON,
        error_messages={
            "required": say("Skriv skälet med egna ord.", "Write the reason in your own words.")
        },
        help_text=say(
            "Läses av den som avgör, och står kvar. Skriv inget som ska vara hemligt.",
            "Read by whoever decides, and stays. Write nothing that is to be secret.",
        ),
    )


class LiftForm(ActForm):
    """Choose what to lift.

    Args:
        secrecy: provisions that may be lifted.
        marks: marks that may be.
    """

    act = "secrecy.lift"
    heading = Text(
        sv="Begär att sekretessmarkeringen hävs", en="Ask for the secrecy mark to be lifted"
    )
    button = Text(sv="Begär", en="Ask")

    secrecy = forms.MultipleChoiceField(
        label=say("Bestämmelser som hävs", "Provisions to lift"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    marks = forms.MultipleChoiceField(
        label=say("Märken som hävs", "Marks to lift"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reason = reason_field()

    def __init__(
        self,
        *args: Any,
        secrecy: Iterable[Provision],
        marks: Iterable[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["secrecy"].choices = [(one.cite, _named(one)) for one in secrecy]
        fields["marks"].choices = [
            (mark, said(MARK_NAMES[mark])) for mark in marks if mark in MARK_NAMES
        ]
        for name in ("secrecy", "marks"):
            if not fields[name].choices:
                del self.fields[name]


def _named(one: Provision) -> str:
    cite = short_cite(one.cite)
    return f"{cite} · {said(one.title)}" if one.title else cite


class OpenForm(ActForm):
    """Say why the identity of a tip-giver has to be read."""

    act = "tipster.open"
    heading = Text(sv="Begär att få öppna uppgiften", en="Ask to open the fact")
    button = Text(sv="Begär", en="Ask")

    reason = reason_field()
