"""Which forms are filled in to ask another agency, and to say what one's own words tell?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from samsyn.hub.cases.fact_kinds import kind_name
from samsyn.hub.cases.models import Fact
from samsyn.hub.disclosures.choices import activities, named, others, purposes
from samsyn.hub.disclosures.forms import AGENCY_IN_A_BOX, LONGEST_WORDS, OnceForm, set_choices
from samsyn.hub.disclosures.question_sets import QuestionSet
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.language import reading, said, say
from samsyn.hub.registry.models import Entity

NOTHING, FACTS = "nothing", "facts"
LONGEST_SHOWN = 160


class WordsForm(OnceForm):
    """Own words that go to another agency, and what the officer says that they tell."""

    tells = forms.ChoiceField(
        label=say(
            "Berättar orden något som står i ett ärende hos er?",
            "Do the words tell anything that stands in a case of yours?",
        ),
        help_text=say(
            "Det som orden berättar lämnas ut med frågan och prövas därför för sig.",
            "What the words tell leaves with the question, and is assessed for that reason.",
        ),
        widget=forms.RadioSelect,
        required=False,
        choices=[
            (NOTHING, say("nej, bara vad vi frågar efter", "no, only what we ask for")),
            (FACTS, say("ja, uppgifterna nedan", "yes, the facts below")),
        ],
    )
    repeats = forms.MultipleChoiceField(
        label=say("Uppgifter som orden berättar", "Facts that the words tell"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, facts: Iterable[Fact] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts = {str(fact.pk): fact for fact in facts}
        set_choices(self, "repeats", [(pk, _in_short(fact)) for pk, fact in self.facts.items()])
        if not self.facts:
            del self.fields["repeats"]

    def clean(self) -> dict[str, Any]:
        """Whoever writes words says what they tell; and what is told is named."""
        data = super().clean() or self.cleaned_data
        tells, named_facts = data.get("tells"), data.get("repeats") or []
        if self.has_words(data) and not tells:
            self.add_error(
                "tells", str(say("Säg om orden berättar något.", "Say whether the words tell."))
            )
        if tells == FACTS and not named_facts:
            self.add_error(
                "repeats" if "repeats" in self.fields else "tells",
                str(say("Kryssa för uppgifterna.", "Tick the facts.")),
            )
        if tells == NOTHING and named_facts:
            self.add_error(
                "tells",
                str(say("Du har kryssat för uppgifter.", "You have ticked facts.")),
            )
        return data

    def has_words(self, data: dict[str, Any]) -> bool:
        """Whether there are own words at all."""
        return bool(str(data.get("text", "")).strip())

    def named(self) -> tuple[Fact, ...]:
        """The facts that the officer says the words tell."""
        return tuple(self.facts[pk] for pk in self.cleaned_data.get("repeats") or ())


def _in_short(fact: Fact) -> str:
    text = " ".join(str(fact.text).split())
    short = text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN].rsplit(' ', 1)[0]} …"
    came = say(" (mottagen från {})", " (received from {})").format(fact.received_from)
    kind = kind_name(fact.item_kind, reading()).capitalize()
    return f"{kind}{came if fact.received_from else ''}: {short}"


class AskForm(WordsForm):
    """A question to one agency or several; none learns that others are asked."""

    holders = forms.MultipleChoiceField(
        label=say("Vem frågar du?", "Whom do you ask?"),
        help_text=say(
            "Var och en får en egen fråga. Ingen av dem ser om någon annan är tillfrågad.",
            "Each gets a question of its own. None of them sees whether another is asked.",
        ),
        widget=AGENCY_IN_A_BOX,
        error_messages={"required": say("Välj minst en myndighet.", "Choose at least one agency.")},
    )
    items = forms.MultipleChoiceField(
        label=say("Det här frågas", "This is asked"),
        help_text=say("Ta bort det ni inte behöver.", "Take away what you do not need."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": say("Fråga om minst en sak.", "Ask for one thing at least.")},
    )
    entity = forms.ChoiceField(
        label=say("Vad gäller frågan?", "What is it about?"),
        help_text=say(
            "Namn, nummer och adress följer med frågan. Välj inget om du kan fråga utan att nämna "
            "någon.",
            "Name, number and address go with the question. Choose nothing if you can ask without "
            "naming anybody.",
        ),
        required=False,
    )
    purpose = forms.ChoiceField(
        label=say("Vad ska svaret användas till?", "What is the answer for?"),
        help_text=say(
            "Svaret får bara läsas för detta ändamål.",
            "The answer may be read for this purpose only.",
        ),
    )
    activity = forms.ChoiceField(
        label=say("I vilken verksamhet frågar ni?", "In which activity do you ask?"),
        help_text=say(
            "Sekretessen för det ni själva röjer genom att fråga beror på det.",
            "The secrecy of what you reveal by asking depends on it.",
        ),
    )
    text = forms.CharField(
        label=say("Frågan", "The question"),
        help_text=say(
            "Fråga om det ni behöver och inte mer. Frågan blir en inkommen handling hos den som "
            "får den.",
            "Ask for what you need and no more. The question becomes a document at the receiver.",
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONGEST_WORDS,
        error_messages={"required": say("Skriv frågan.", "Write the question.")},
    )
    due_on = forms.DateField(
        label=say("Svar behövs senast", "Answer needed by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(
        self,
        *args: Any,
        actor: Actor,
        entities: list[Entity],
        usual_activity: str,
        chosen: QuestionSet | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        agencies = others(actor)
        if chosen is None:
            del self.fields["items"]
        else:
            agencies = [(code, name) for code, name in agencies if code in chosen.agencies]
            set_choices(self, "items", [(item.code, said(item.text)) for item in chosen.items])
            self.fields["items"].initial = [item.code for item in chosen.items]
            self.fields["text"].required = False
            self.fields["text"].label = say("Egna ord till frågan", "Words of your own")
            self.fields["text"].widget.attrs["rows"] = 3
        set_choices(self, "holders", agencies)
        set_choices(
            self, "entity", [("", say("ingen namngiven", "nobody named")), *named(entities)]
        )
        set_choices(self, "purpose", _purposes(chosen))
        set_choices(self, "activity", activities(actor.agency))
        self.fields["activity"].initial = usual_activity


def _purposes(chosen: QuestionSet | None) -> list[tuple[str, Any]]:
    """All purposes; the usual ones of a set stand first, under a heading of their own."""
    every = purposes()
    if chosen is None:
        return list(every)
    usual = [pair for code in chosen.purposes for pair in every if pair[0] == code]
    return [
        (str(say("Vanliga för frågan", "Usual for the question")), usual),
        (str(say("Andra", "Others")), [pair for pair in every if pair not in usual]),
    ]


class QuestionDraftForm(WordsForm):
    """The words of a question that has not been sent, and the weighing."""

    text = AskForm.base_fields["text"]
    due_on = AskForm.base_fields["due_on"]
    weighing = forms.CharField(
        label=say("Din avvägning", "Your weighing"),
        help_text=say(
            "Vad som talar för och emot att mottagaren får veta att ni intresserar er för detta, "
            "och varför det ena väger över. Stannar hos er.",
            "What speaks for and against the receiver learning that you take an interest in this, "
            "and why one outweighs. Stays with you.",
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=LONGEST_WORDS,
    )

    def __init__(self, *args: Any, kept_text: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept_text = kept_text

    def has_words(self, data: dict[str, Any]) -> bool:
        """Words that have been assessed already need not be spoken for again."""
        return super().has_words(data) and str(data.get("text")).strip() != self.kept_text


class SendManyForm(forms.Form):
    """One weighing for several questions that were written together."""

    weighing = QuestionDraftForm.base_fields["weighing"]
