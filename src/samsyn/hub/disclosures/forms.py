"""Which forms are filled in to place, answer, refuse and recall? To ask: ``forms_asking``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django import forms

from samsyn.hub.cases.models import Case
from samsyn.hub.cases.phrases import short_cite
from samsyn.hub.cases.provisions import provision
from samsyn.hub.disclosures.choices import named, others, purposes
from samsyn.hub.disclosures.phrases import function_names
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.language import said, say
from samsyn.hub.registry.models import Entity
from samsyn.kernel.text import Text

LONGEST_WORDS = 4000
AGENCY_IN_A_BOX = forms.CheckboxSelectMultiple


class OnceForm(forms.Form):
    """A form that is sent once, however often its button is pressed."""

    token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = uuid4


class PlaceForm(forms.Form):
    """Where a question that came in belongs."""

    where = forms.ChoiceField(
        label=say("Var hör frågan hemma?", "Where does the question belong?"),
        widget=forms.RadioSelect,
        error_messages={"required": say("Välj ett ärende.", "Choose a case.")},
    )
    number = forms.CharField(
        label=say("Ärendets diarienummer", "Register number of the case"),
        help_text=say("Om du valde ett annat ärende ovan.", "If you chose another case above."),
        required=False,
        max_length=40,
    )
    title = forms.CharField(
        label=say("Vad det nya ärendet gäller", "What the new case is about"),
        help_text=say(
            "Om du valde ett nytt ärende ovan. Ingen annan myndighet ser det.",
            "If you chose a new case above. No other agency sees it.",
        ),
        required=False,
        max_length=200,
    )

    def __init__(self, *args: Any, cases: list[Case], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(str(case.pk), f"{case.number} {case.title}") for case in cases]
        set_choices(
            self,
            "where",
            [
                *known,
                ("number", say("ett annat av våra ärenden", "another case of ours")),
                ("new", say("ett nytt ärende", "a new case")),
            ],
        )


class PrepareForm(OnceForm):
    """What is to be told, to whom and for what."""

    receivers = forms.MultipleChoiceField(
        label=say("Till vem?", "To whom?"),
        help_text=say(
            "Var och en får ett eget beslut. Ingen av dem ser vilka andra som får något.",
            "Each gets a decision of its own. None of them sees who else gets anything.",
        ),
        widget=AGENCY_IN_A_BOX,
        error_messages={"required": say("Välj minst en myndighet.", "Choose at least one agency.")},
    )
    purpose = forms.ChoiceField(
        label=say("Vad ska mottagaren använda det till?", "What does the receiver need it for?"),
        help_text=say(
            "Uppgifterna får bara läsas för detta ändamål. Lagens svar hänger på det.",
            "The facts may be read for this purpose only. The law's answer hangs on it.",
        ),
    )
    function = forms.ChoiceField(
        label=say("I vilken verksamhet tas det emot?", "In which capacity is it received?"),
        required=False,
    )
    facts = forms.MultipleChoiceField(
        label=say("Uppgifter", "Facts"),
        error_messages={"required": say("Välj minst en uppgift.", "Choose at least one fact.")},
    )
    told_title = forms.CharField(
        label=say("Rubrik hos mottagaren", "Heading at the receiver"),
        help_text=say(
            "Står i mottagarens diarium. Skriv inget som själv är hemligt.",
            "Stands in the receiver's register. Write nothing that is itself secret.",
        ),
        required=False,
        max_length=200,
    )
    told_words = forms.CharField(
        label=say("Ord till mottagaren", "Words for the receiver"),
        help_text=say(
            "Lämnas ut tillsammans med uppgifterna. Skriv inga nya uppgifter här: lagen prövas "
            "bara på uppgifterna ovan.",
            "Leaves with the facts. Write no new facts here: the law is asked about the facts "
            "above only.",
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_WORDS,
    )
    common = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, actor: Actor, facts: Iterable[UUID], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "receivers", others(actor))
        set_choices(self, "purpose", purposes())
        usual = say("den vanliga för myndigheten", "the agency's usual one")
        functions = [(code, said(name)) for code, name in function_names().items()]
        set_choices(self, "function", [("", usual), *functions])
        set_choices(self, "facts", [(str(fact), str(fact)) for fact in facts])


class NominateForm(OnceForm):
    """An object named as fit for a joint inspection, without saying why."""

    entity = forms.ChoiceField(label=say("Arbetsplats eller företag", "Workplace or firm"))
    receivers = forms.MultipleChoiceField(
        label=say("Till vem?", "To whom?"),
        widget=AGENCY_IN_A_BOX,
        error_messages={"required": say("Välj minst en myndighet.", "Choose at least one agency.")},
    )

    def __init__(self, *args: Any, actor: Actor, entities: list[Entity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "receivers", others(actor))
        set_choices(self, "entity", named(entities))


class RecallForm(forms.Form):
    """Why something is recalled; for the own agency, and not sent to the receiver."""

    reason = forms.CharField(
        label=say("Skäl", "Reason"),
        help_text=say(
            "Stannar hos er. Mottagaren ser att och när det återkallades, inte varför.",
            "Stays with you. The receiver sees that and when it was recalled, not why.",
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_WORDS,
        error_messages={"required": say("Skriv varför du återkallar.", "Say why you recall it.")},
    )


class RefuseForm(forms.Form):
    """A no to whoever asked: the provision, the words, and what can be done instead."""

    grounds = forms.MultipleChoiceField(
        label=say("Bestämmelser som hindrar", "Provisions that stand in the way"),
        help_text=say("Den som frågade ser dem.", "The asker sees them."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    other_ground = forms.CharField(
        label=say("Annan bestämmelse", "Another provision"),
        help_text=say("Skriv som OSL 27:1.", "Write it as OSL 27:1."),
        required=False,
        max_length=60,
    )
    words = forms.CharField(
        label=say("Besked till den som frågade", "Words for the asker"),
        help_text=say(
            "Röj inte om uppgiften finns eller vad den säger.",
            "Do not reveal whether the item exists or what it says.",
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONGEST_WORDS,
        error_messages={
            "required": say("Skriv vad den som frågade får veta.", "Write what the asker may know.")
        },
    )
    instead = forms.MultipleChoiceField(
        label=say("Vad den som frågade kan göra i stället", "What the asker can do instead"),
        help_text=say(
            "Det du kryssar för läggs sist i beskedet.", "What you tick is put last in the words."
        ),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self, *args: Any, actor: Actor, grounds: list[str], instead: list[Text], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "grounds", [(cite, _provision(cite, actor)) for cite in grounds])
        self.ways = instead
        set_choices(self, "instead", [(str(at), said(text)) for at, text in enumerate(instead)])
        if not grounds:
            del self.fields["grounds"]

    def told(self) -> str:
        """The words with what can be done instead put last."""
        ways = [said(self.ways[int(at)]) for at in self.cleaned_data["instead"]]
        lead = say("Vad ni kan göra i stället:", "What you can do instead:")
        tail = [str(lead), *(f"– {way}" for way in ways)] if ways else []
        return "\n".join([self.cleaned_data["words"].strip(), *(["", *tail] if tail else [])])


class RefuseDraftForm(forms.Form):
    """A no that stays within the own agency: nobody has asked."""

    reason = forms.CharField(
        label=say("Skäl för att inte lämna ut", "Reasons not to disclose"),
        help_text=say(
            "Din avvägning mot utlämnande. Stannar hos er, med de bestämmelser som hindrade.",
            "Your weighing against disclosure. Stays with you, with the provisions that stood in "
            "the way.",
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_WORDS,
        error_messages={"required": say("Skriv varför.", "Say why.")},
    )


def _provision(cite: str, actor: Actor) -> str:
    title = provision(cite, actor.day).title
    return f"{short_cite(cite)} {said(title)}" if title else short_cite(cite)


def set_choices(form: forms.Form, name: str, choices: list[tuple[Any, Any]]) -> None:
    """Give a field of a form what there is to choose from."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
