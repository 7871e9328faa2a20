"""What does the law ask an officer about, as a form?"""

from __future__ import annotations

from typing import Any

from django import forms

from samsyn.hub.disclosures.choices import agency_names
from samsyn.hub.disclosures.phrases import CHOICES, HARM_ASSUMED, NOT_STATED
from samsyn.hub.guard.language import said
from samsyn.hub.guard.rulebooks import current_rulebook
from samsyn.kernel.text import Text
from samsyn.law import schema


class StatedForm(forms.Form):
    """What the law asks about, answered by the officer for the whole disclosure."""

    def __init__(self, *args: Any, codes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        facts = current_rulebook().vocabulary.facts
        for code in codes:
            if code in facts:
                self.fields[field_name(code)] = _fact_field(facts[code])
        self.codes = [code for code in codes if code in facts]

    def stated(self) -> dict[str, Any]:
        """The facts that were answered, by code."""
        found = {code: self.cleaned_data.get(field_name(code)) for code in self.codes}
        read = {"true": True, "false": False}
        return {
            code: read.get(value, value) if isinstance(value, str) else value
            for code, value in found.items()
            if value not in ("", None)
        }


def field_name(code: str) -> str:
    """The form field of a fact of the law."""
    return f"fact-{code}"


def _fact_field(fact: schema.Fact) -> forms.Field:
    label = said(fact.question)
    if fact.type in ("bool", "choice"):
        codes = fact.choices or ("true", "false")
        empty = HARM_ASSUMED if fact.code == "harm" else NOT_STATED
        choices = [(code, said(CHOICES.get(code, Text(sv=code, en=code)))) for code in codes]
        return forms.ChoiceField(label=label, required=False, choices=[("", said(empty)), *choices])
    if fact.type == "int":
        return forms.IntegerField(label=label, required=False, min_value=0, max_value=1200)
    if fact.type == "agency":
        agencies = [(code, name) for code, name in agency_names().items()]
        return forms.ChoiceField(
            label=label, required=False, choices=[("", said(NOT_STATED)), *agencies]
        )
    return forms.CharField(label=label, required=False, max_length=200)
