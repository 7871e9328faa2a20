"""What does an officer choose and write to answer a question, item by item?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import msgspec
from django import forms
from django.http import QueryDict

from samsyn.hub.cases.fact_kinds import kind_name, kinds_of
from samsyn.hub.cases.models import Fact
from samsyn.hub.cases.proposing import usual_activity
from samsyn.hub.disclosures.actions import NewFact
from samsyn.hub.disclosures.choices import activities
from samsyn.hub.disclosures.forms import LONGEST_WORDS, OnceForm, PrepareForm, set_choices
from samsyn.hub.disclosures.models import Question
from samsyn.hub.disclosures.refusing import read_ground
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.language import reading, said, say
from samsyn.hub.guard.refusals import Invalid

WHOLE, MORE = "whole", "more"
OWN_WORDS = "own"
"""Stands for the one item of a question in own words, in the names of fields alone."""


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """What a page shows of one item: its number and words, the facts that fit it and its fields."""

    number: int
    code: str
    item: Mapping[str, Any]
    facts: list[Fact]
    new: Any
    kind: Any
    activity: Any
    nothing: Any
    refuse: Any


class AnswerForm(OnceForm):
    """The answer: ticked facts, each with its item; a new fact or a no for each item; the words.

    The fields of an item carry its code: ``new-``, ``kind-``, ``activity-``, ``nothing-`` and
    ``refuse-``. A fact has a box ``facts`` and a choice ``answers-`` with its id.
    """

    completes = forms.ChoiceField(
        label=say("Är det här hela svaret?", "Is this the whole answer?"),
        widget=forms.RadioSelect,
        choices=[
            (WHOLE, say("ja, frågan är besvarad", "yes, the question is answered")),
            (MORE, say("nej, mer kommer", "no, more is to come")),
        ],
        initial=WHOLE,
    )
    told_title = PrepareForm.base_fields["told_title"]
    told_words = PrepareForm.base_fields["told_words"]
    words = forms.CharField(
        label=say("Sök i alla era ärenden", "Search in all your cases"),
        required=False,
        max_length=200,
    )

    def __init__(self, *args: Any, actor: Actor, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question, self.actor = question, actor
        self.items: dict[str, Mapping[str, Any]] = {
            item["code"]: item for item in question.items
        } or {OWN_WORDS: {"code": "", "sv": question.text, "en": question.text, "kinds": []}}
        for code, item in self.items.items():
            self._add_fields(code, item)

    def _add_fields(self, code: str, item: Mapping[str, Any]) -> None:
        kinds = list(item.get("kinds", ())) or [kind.code for kind in kinds_of(self.actor.agency)]
        self.fields[f"new-{code}"] = forms.CharField(
            label=say("Ny uppgift", "New fact"),
            required=False,
            max_length=LONGEST_WORDS,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        self.fields[f"kind-{code}"] = forms.ChoiceField(
            label=say("Slag av uppgift", "Kind of fact"), required=False
        )
        set_choices(
            self,
            f"kind-{code}",
            [(kind, kind_name(kind, reading()).capitalize()) for kind in kinds],
        )
        self.fields[f"activity-{code}"] = forms.ChoiceField(
            label=say("Verksamhet där den finns", "Activity it is held in"), required=False
        )
        set_choices(self, f"activity-{code}", activities(self.actor.agency))
        self.fields[f"activity-{code}"].initial = usual_activity(self.actor.agency, kinds[0])
        self.fields[f"nothing-{code}"] = forms.BooleanField(
            label=say("Skriv att vi inte vet något om det", "Write that we know nothing of it"),
            help_text=say(
                "Också det är en uppgift, som kan vara hemlig och prövas.",
                "That too is a fact, which may be secret and is assessed.",
            ),
            required=False,
        )
        self.fields[f"refuse-{code}"] = forms.CharField(
            label=say("Lämnas inte; hindras av", "Not given; barred by"),
            help_text=say(
                "Skriv som OSL 27:1. Den som frågade ser det.", "Write as OSL 27:1; the asker sees."
            ),
            required=False,
            max_length=60,
        )
        if code == OWN_WORDS:
            del self.fields[f"refuse-{code}"]

    def ticked(self) -> dict[UUID, str]:
        """Id of each fact that was ticked → code of the item that it answers."""
        if not self.is_bound:
            return {}
        found: dict[UUID, str] = {}
        assert isinstance(self.data, QueryDict)
        for text in self.data.getlist("facts")[:500]:
            try:
                pk = UUID(text)
            except ValueError:
                continue
            code = str(self.data.get(f"answers-{pk}", ""))
            found[pk] = code if code in self.items and code != OWN_WORDS else ""
        return found

    def written(self) -> list[NewFact]:
        """The facts that are to be written."""
        data = self.cleaned_data
        return [
            NewFact(
                item="" if code == OWN_WORDS else code,
                text=data[f"new-{code}"].strip() or f"Inget är känt hos oss om: {item['sv']}",
                kind=data[f"kind-{code}"],
                activity=data[f"activity-{code}"],
            )
            for code, item in self.items.items()
            if data[f"new-{code}"].strip() or data[f"nothing-{code}"]
        ]

    def refused(self) -> dict[str, str]:
        """Code of each item that is refused → the provision.

        Raises:
            Invalid: naming the field, if what is written is no provision.
        """
        found = {}
        for code in self.items:
            try:
                ground = read_ground(self.cleaned_data.get(f"refuse-{code}", ""))
            except Invalid as error:
                raise Invalid(f"refuse-{code}", error.said) from None
            if ground:
                found[code] = ground
        return found

    def sections(self, facts: Iterable[Fact]) -> tuple[list[Section], list[Fact]]:
        """The items with the facts that fit them or were put there, and the facts that fit none."""
        ticked, left = self.ticked(), list(facts)
        sections = []
        for number, (code, item) in enumerate(self.items.items(), start=1):
            here = [fact for fact in left if _belongs(fact, code, item, ticked)]
            left = [fact for fact in left if fact not in here]
            fields = {
                name: self[f"{name}-{code}"] if f"{name}-{code}" in self.fields else None
                for name in ("new", "kind", "activity", "nothing", "refuse")
            }
            sections.append(Section(number=number, code=code, item=item, facts=here, **fields))
        return sections, left

    def choices(self) -> list[tuple[str, str]]:
        """The items that a fact can answer."""
        language = reading()
        return [(code, str(item[language])) for code, item in self.items.items()]

    def put_right(self, error: Invalid) -> None:
        """Say beside the field what is wrong."""
        self.add_error(error.field if error.field in self.fields else None, said(error.said))


def _belongs(fact: Fact, code: str, item: Mapping[str, Any], ticked: Mapping[UUID, str]) -> bool:
    put = ticked.get(fact.pk, "")
    if put:
        return put == code
    return code == OWN_WORDS or fact.item_kind in item.get("kinds", ())
