"""What does an officer choose on the page of the act: what leaves, until when, with which words?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from samsyn.hub.disclosures.actions import keep_draft
from samsyn.hub.disclosures.forms import LONGEST_WORDS, PrepareForm
from samsyn.hub.disclosures.forms_answering import MORE, WHOLE, AnswerForm
from samsyn.hub.disclosures.models import DisclosedFact, Disclosure
from samsyn.hub.disclosures.shown import Chosen
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.language import said, say
from samsyn.hub.guard.refusals import Invalid


class DraftForm(forms.Form):
    """What goes along with the facts, the weighing, and for each fact whether and how it leaves.

    The fields of a fact carry its id: ``leave-``, ``text-`` and ``files-``. They are read from
    what was sent and drawn by the page itself, beside what the law says of the fact.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    told_title = PrepareForm.base_fields["told_title"]
    told_words = PrepareForm.base_fields["told_words"]
    valid_to = forms.DateField(
        label=say("Får läsas till och med", "May be read until"),
        help_text=say(
            "Därefter stängs det av sig självt hos mottagaren i Samsyn.",
            "After that it closes by itself at the receiver in Samsyn.",
        ),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": say("Ange en sista dag.", "Give a last day.")},
    )
    completes = AnswerForm.base_fields["completes"]
    weighing = forms.CharField(
        label=say("Din avvägning", "Your weighing"),
        help_text=say(
            "Vad som talar för, vad som talar emot och varför det ena väger över. Stannar hos er: "
            "mottagaren ser att en avvägning är gjord, inte vad den säger.",
            "What speaks for, what against, and why one outweighs. Stays with you: the receiver "
            "sees that a weighing was made, not what it says.",
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        max_length=LONGEST_WORDS,
    )

    def __init__(
        self,
        *args: Any,
        items: list[DisclosedFact],
        draft: Disclosure,
        beside: Iterable[DisclosedFact] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if draft.question is None or draft.question.state != "sent":
            del self.fields["completes"]
        self.items = items
        self.beside = list(beside)
        self.faults: dict[str, str] = {}

    @classmethod
    def of(cls, draft: Disclosure, items: list[DisclosedFact]) -> DraftForm:
        """The form as the draft stands."""
        names = ("version", "told_title", "told_words", "valid_to", "weighing")
        initial = {name: getattr(draft, name) for name in names}
        initial["completes"] = WHOLE if draft.completes else MORE
        return cls(items=items, draft=draft, initial=initial)

    def keep(self, actor: Actor, draft: Disclosure) -> bool | None:
        """Keep what was chosen in the draft.

        Returns:
            Whether what would leave is another now; None when something has to be put right.

        Raises:
            Conflict: if the draft has changed since it was shown.
        """
        data = self.cleaned_data
        try:
            return keep_draft(
                actor=actor,
                draft=draft,
                version=data["version"],
                leaving=self._ticked("leave") | self._beside(),
                texts={
                    item.pk: self.data[f"text-{item.pk}"]
                    for item in self.items
                    if f"text-{item.pk}" in self.data
                },
                with_files=self._ticked("files")
                | {item.pk for item in self.beside if item.with_files},
                valid_to=data["valid_to"],
                told_title=data["told_title"],
                told_words=data["told_words"],
                weighing=data["weighing"],
                completes=data["completes"] == WHOLE if "completes" in data else None,
            )
        except Invalid as error:
            self.put_right(error)
            return None

    def put_right(self, error: Invalid) -> None:
        """Say beside the field what is wrong."""
        if error.field in self.fields:
            self.add_error(error.field, said(error.said))
        else:
            self.faults[error.field.removeprefix("text-")] = said(error.said)
            self.add_error(None, said(error.said))

    def chosen(self) -> dict[UUID, Chosen]:
        """What was sent for each fact, with its fault; nothing when nothing was sent."""
        if not self.is_bound:
            return {}
        leaving, files = self._ticked("leave"), self._ticked("files")
        return {
            item.pk: Chosen(
                leaves=item.pk in leaving,
                text=self.data.get(f"text-{item.pk}", item.text),
                with_files=item.pk in files,
                fault=self.faults.get(str(item.pk), ""),
            )
            for item in self.items
        }

    def choose(self, among: set[UUID], *, leave: bool) -> None:
        """Choose all of a group, or none of it, whatever its boxes said."""
        for item in (*self.items, *self.beside):
            if item.pk in among:
                item.left_out = not leave
        self.beside += [item for item in self.items if item.pk in among]
        self.items = [item for item in self.items if item.pk not in among]

    def _beside(self) -> set[UUID]:
        """Facts that stand on another page and leave as they are kept."""
        return {item.pk for item in self.beside if not item.left_out}

    def _ticked(self, what: str) -> set[UUID]:
        """Facts whose box was ticked; one that the law does not open has none."""
        return {item.pk for item in self.items if f"{what}-{item.pk}" in self.data}
