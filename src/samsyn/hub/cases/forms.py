"""What is filled in to open, change, share out and close a case?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from samsyn.hub.cases.actions.states import KEPT_YEARS, MOST_YEARS
from samsyn.hub.cases.answering import ActForm
from samsyn.hub.cases.models import Case
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.language import said, say
from samsyn.hub.guard.models import Account
from samsyn.hub.guard.rulebooks import current_organisation, current_rulebook
from samsyn.kernel.dates import Period, read_end, read_start
from samsyn.kernel.text import Text
from samsyn.law.schema import Code

Choices = list[tuple[str, Any]]

WORKED_FOR = (
    "joint_inspection",
    "control",
    "law_enforcement",
    "welfare",
    "migration",
    "registration",
    "protection",
)
"""Groups of purposes that people work on a case for; the others are those of a request."""
GROUP_NAMES = {
    "joint_inspection": Text(sv="Myndighetsgemensam kontroll", en="Joint inspection"),
    "control": Text(sv="Egen kontroll", en="Own control"),
    "law_enforcement": Text(sv="Brottsbekämpning", en="Law enforcement"),
    "welfare": Text(sv="Förmåner och stöd", en="Benefits and support"),
    "migration": Text(sv="Migration", en="Migration"),
    "registration": Text(sv="Register och verkställighet", en="Registers and enforcement"),
    "protection": Text(sv="Skydd", en="Protection"),
}
DUTIES = {
    "owner": Text(sv="ansvarig", en="responsible"),
    "handler": Text(sv="handläggare", en="officer"),
    "reader": Text(sv="läser", en="reads"),
}


def purpose_choices() -> Choices:
    """Purposes to work for, by group."""
    groups: dict[str, list[tuple[str, str]]] = {code: [] for code in WORKED_FOR}
    for code, entry in current_rulebook().vocabulary.purposes.known.items():
        if isinstance(entry, Code) and entry.code == code and entry.group in groups:
            name = said(entry.name)
            groups[str(entry.group)].append((code, name[:1].upper() + name[1:]))
    return [(said(GROUP_NAMES[group]), found) for group, found in groups.items()]


def centre_choices(agency: str, day: date) -> Choices:
    """Centres open on a day in which the agency takes part, and none."""
    found = [
        (centre.code, said(centre.name))
        for centre in current_organisation().centres.values()
        if agency in centre.agencies_on(day)
        and Period(read_start(centre.opened), read_end(centre.closed)).holds(day) is not False
    ]
    return [("", say("Inget center", "No centre")), *sorted(found, key=lambda pair: pair[1])]


def textarea(rows: int = 4) -> forms.Textarea:
    """A field of several lines."""
    return forms.Textarea(attrs={"rows": rows})


def day_input() -> forms.DateInput:
    """A day, as the browser's own field."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class CaseForm(ActForm):
    """Open a case."""

    act = "case.open"
    heading = Text(sv="Nytt ärende", en="New case")
    button = Text(sv="Öppna ärendet", en="Open the case")

    title = forms.CharField(
        label=say("Vad ärendet gäller", "What the case is about"),
        max_length=200,
        help_text=say(
            "Kort och utan namn på privatpersoner. Ingen annan myndighet ser det.",
            "Short and without names of private persons. No other agency sees it.",
        ),
    )
    summary = forms.CharField(
        label=say("Sammanfattning", "Summary"),
        widget=textarea(),
        required=False,
        max_length=10_000,
    )
    purpose = forms.ChoiceField(
        label=say("Ändamål", "Purpose"),
        help_text=say(
            "Vad du arbetar för. Det som andra lämnar läses bara för det ändamål de lämnade det.",
            "What you work for. What others disclose is read only for the purpose they gave it.",
        ),
    )
    centre = forms.ChoiceField(label=say("Center", "Centre"), required=False)
    restricted = forms.BooleanField(
        label=say(
            "Stäng ärendet för andra än de tilldelade", "Close the case to all but the assigned"
        ),
        required=False,
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = purpose_choices()  # type: ignore[attr-defined]
        self.fields["centre"].choices = centre_choices(actor.agency, actor.day)  # type: ignore[attr-defined]
        if not actor.permits("case.restrict"):
            del self.fields["restricted"]


class EditForm(CaseForm):
    """Change what a case is called and worked on for."""

    act = "case.write"
    heading = Text(sv="Ändra ärendet", en="Change the case")
    button = Text(sv="Spara", en="Save")
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "title": case.title,
            "summary": case.summary,
            "purpose": case.purpose,
            "centre": case.centre,
            "version": case.version,
        }
        super().__init__(*args, **kwargs)
        self.fields.pop("restricted", None)
        _keep_choice(self.fields["purpose"], case.purpose)
        _keep_choice(self.fields["centre"], case.centre)


def _keep_choice(field: Any, code: str) -> None:
    """What a case already has stays choosable though nobody would choose it anew."""
    known = [pair for entry in field.choices for pair in _pairs(entry)]
    if code and code not in known:
        field.choices = [*field.choices, (code, code)]


def _pairs(entry: tuple[Any, Any]) -> list[str]:
    value, label = entry
    return [code for code, _ in label] if isinstance(label, list) else [str(value)]


class PurposeForm(forms.Form):
    """Act for another purpose."""

    purpose = forms.ChoiceField(label=say("Ändamål", "Purpose"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = purpose_choices()  # type: ignore[attr-defined]


class TaskForm(ActForm):
    """Something to be done."""

    act = "task.write"
    heading = Text(sv="Nytt att göra", en="New task")
    button = Text(sv="Lägg till", en="Add")

    what = forms.CharField(label=say("Vad som ska göras", "What is to be done"), max_length=200)
    account = forms.ChoiceField(label=say("Av vem", "By whom"), required=False)
    due_on = forms.DateField(
        label=say("Senast", "At the latest"), widget=day_input(), required=False
    )

    def __init__(self, *args: Any, people: Iterable[Account], me: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        self.fields["account"].choices = [  # type: ignore[attr-defined]
            ("", say("Jag själv", "Myself")),
            *(
                (code, person.name)
                for code, person in self.people.items()
                if person.pk != me.account
            ),
        ]

    def clean_account(self) -> Account | None:
        """The colleague chosen."""
        return self.people.get(self.cleaned_data["account"])


class MemberForm(ActForm):
    """Put a colleague on the case."""

    act = "case.assign"
    heading = Text(sv="Personer", en="People")
    button = Text(sv="Tilldela", en="Assign")

    account = forms.ChoiceField(label=say("Kollega", "Colleague"))
    duty = forms.ChoiceField(label=say("Uppgift", "Duty"), initial="handler")

    def __init__(
        self, *args: Any, people: Iterable[Account], there: Sequence[Any] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people if person.pk not in there}
        self.fields["account"].choices = [  # type: ignore[attr-defined]
            ("", say("Välj", "Choose")),
            *((code, _with_title(person)) for code, person in self.people.items()),
        ]
        self.fields["duty"].choices = [(code, said(name)) for code, name in DUTIES.items()]  # type: ignore[attr-defined]

    def clean_account(self) -> Account:
        """The colleague chosen."""
        return self.people[self.cleaned_data["account"]]


def _with_title(person: Account) -> str:
    return f"{person.name}, {person.title}" if person.title else person.name


class ClockForm(ActForm):
    """A time within which something must happen."""

    act = "task.write"
    heading = Text(sv="Ny klocka", en="New clock")
    button = Text(sv="Starta klockan", en="Start the clock")

    what = forms.CharField(
        label=say("Vad som ska ha skett", "What must have happened"), max_length=200
    )
    working_days = forms.IntegerField(
        label=say("Arbetsdagar", "Working days"),
        initial=10,
        help_text=say(
            "Räknas från nästa arbetsdag. Klockan står still medan en fråga är ute.",
            "Counted from the next working day. The clock stands still while a question is out.",
        ),
    )


class ReasonForm(ActForm):
    """A few words that an act asks for."""

    reason = forms.CharField(label=say("Skäl", "Reason"), widget=textarea(3), max_length=2000)


class PauseForm(ReasonForm):
    """Why a clock stands still."""

    act = "task.write"
    heading = Text(sv="Pausa klockan", en="Pause the clock")
    button = Text(sv="Pausa", en="Pause")


class CloseForm(ActForm):
    """What came of a case."""

    act = "case.close"
    heading = Text(sv="Avsluta ärendet", en="Close the case")
    button = Text(sv="Avsluta", en="Close")

    outcome = forms.CharField(
        label=say("Vad det blev av ärendet", "What came of the case"),
        widget=textarea(),
        max_length=4000,
        help_text=say(
            "Ärendet ligger kvar och kan öppnas igen tills det gallras.",
            "The case stays and can be opened again until it is disposed of.",
        ),
    )


class ReopenForm(ReasonForm):
    """Why a closed case is opened again."""

    act = "case.close"
    heading = Text(sv="Öppna ärendet igen", en="Open the case again")
    button = Text(sv="Öppna igen", en="Open again")


class PauseCaseForm(ReasonForm):
    """Why a case rests."""

    act = "case.pause"
    heading = Text(sv="Lägg ärendet vilande", en="Pause the case")
    button = Text(sv="Lägg vilande", en="Pause")


class ResumeForm(ReasonForm):
    """Why one goes on with it."""

    act = "case.pause"
    heading = Text(sv="Ta upp ärendet igen", en="Resume the case")
    button = Text(sv="Ta upp igen", en="Resume")


class ArchiveForm(ActForm):
    """For how long a case is kept."""

    act = "case.archive"
    heading = Text(sv="Arkivera ärendet", en="Archive the case")
    button = Text(sv="Arkivera", en="Archive")

    years = forms.IntegerField(
        label=say("Bevaras i år", "Kept for years"),
        initial=KEPT_YEARS,
        min_value=1,
        max_value=MOST_YEARS,
        help_text=say(
            "Som er gallringsplan säger, räknat från i dag. Därefter föreslås ärendet för "
            "gallring, och två personer avgör.",
            "As your disposal plan says, counted from today. After that it is proposed for "
            "disposal, and two persons decide.",
        ),
    )


class RegisterForm(ActForm):
    """Register a document (OSL 5:1-2)."""

    act = "register.write"
    heading = Text(sv="Diarieför en handling", en="Register a document")
    button = Text(sv="Diarieför", en="Register")

    direction = forms.ChoiceField(
        label=say("Handlingen", "The document"),
        widget=forms.RadioSelect,
        choices=[
            ("in", say("har kommit in", "came in")),
            ("out", say("har gått ut", "went out")),
            ("drawn_up", say("har upprättats här", "was drawn up here")),
        ],
    )
    dated = forms.DateField(label=say("Dag", "Day"), widget=day_input(), required=False)
    counterpart = forms.CharField(
        label=say("Från eller till vem", "From or to whom"),
        max_length=200,
        required=False,
        help_text=say(
            "Behövs när den kom in eller gick ut.", "Needed when it came in or went out."
        ),
    )
    about = forms.CharField(
        label=say("Vad den rör, i korthet", "What it is about, in short"),
        max_length=200,
        help_text=say(
            "Skriv så att det kan stå öppet, eller bocka för nedan.",
            "Write it so that it can stand openly, or tick below.",
        ),
    )
    secrecy = forms.CharField(
        label=say("Sekretessmarkering", "Secrecy mark"),
        max_length=200,
        required=False,
        help_text=say(
            "Bestämmelser, som OSL 27:1, med komma emellan. Markeringen får dagens datum och din "
            "myndighet (OSL 5:5).",
            "Provisions, as OSL 27:1, with commas between. The mark gets today's date and your "
            "agency (OSL 5:5).",
        ),
    )
    counterpart_secret = forms.BooleanField(
        label=say(
            "Utelämna avsändare eller mottagare i det offentliga utdraget",
            "Leave sender or receiver out of the public extract",
        ),
        required=False,
    )
    about_secret = forms.BooleanField(
        label=say(
            "Utelämna vad den rör i det offentliga utdraget",
            "Leave the subject out of the public extract",
        ),
        required=False,
    )

    def clean_secrecy(self) -> list[str]:
        """The provisions, one by one."""
        return provisions_in(self.cleaned_data["secrecy"])


def provisions_in(text: str) -> list[str]:
    """Provisions that were written in one field, one by one."""
    return [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
