"""What is asked of an agency administrator, of the second person, and of a day to look at?"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.language import said, say
from samsyn.hub.guard.refusals import Invalid
from samsyn.hub.guard.rulebooks import current_organisation


def day_input() -> forms.DateInput:
    """A field for a day, as browsers draw it."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def reason_field(*, required: bool = True) -> forms.CharField:
    """Why something is asked or decided, in one's own words."""
    return forms.CharField(
        label=say("Skäl", "Reason"),
        required=required,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )


def take_fault(form: forms.Form, fault: Invalid) -> None:
    """Show at its field what an action would not take."""
    form.add_error(fault.field if fault.field in form.fields else None, said(fault.said))


class DayForm(forms.Form):
    """Which day, which name."""

    day = forms.DateField(label=say("Roller den dag", "Roles on the day"), widget=day_input())
    find = forms.CharField(
        label=say("Namn eller adress", "Name or address"), required=False, max_length=100
    )
    closed = forms.BooleanField(label=say("Visa stängda konton", "Show closed accounts"),
                                required=False)  # fmt: skip


class AccountForm(forms.Form):
    """A new account."""

    name = forms.CharField(label=say("Namn", "Name"), max_length=120)
    email = forms.EmailField(
        label=say("E-postadress i tjänsten", "Work e-mail address"),
        help_text=say(
            "Personens egen, inte en gemensam. Den kan inte ändras sedan.",
            "The person's own, not a shared one. It cannot be changed later.",
        ),
    )
    title = forms.CharField(label=say("Titel", "Title"), max_length=120, required=False)


class RoleForm(forms.Form):
    """A role for somebody, from a day to a day."""

    role = forms.ChoiceField(label=say("Roll", "Role"), widget=forms.RadioSelect)
    centre = forms.ChoiceField(
        label=say("Vid center", "At the centre"),
        required=False,
        help_text=say(
            "Om rollen gäller arbetet vid ett center.", "If the role is for work at a centre."
        ),
    )
    from_day = forms.DateField(label=say("Från och med", "From"), widget=day_input())
    to_day = forms.DateField(
        label=say("Till och med", "Until"), required=False, widget=day_input(),
        help_text=say("Tomt betyder tills vidare.", "Empty means until further notice."),
    )  # fmt: skip
    reason = reason_field(required=False)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation = current_organisation()
        two = str(say(" (två personer)", " (two persons)"))
        roles, centres = self.fields["role"], self.fields["centre"]
        assert isinstance(roles, forms.ChoiceField)
        assert isinstance(centres, forms.ChoiceField)
        roles.choices = [
            (code, f"{said(role.name)}{two if role.grave_for_raise else ''}: "
                   f"{said(role.description)}")
            for code, role in organisation.roles.items()
        ]  # fmt: skip
        centres.choices = [("", str(say("Nej, vid myndigheten", "No, at the agency")))] + [
            (code, said(centre.name))
            for code, centre in organisation.centres.items()
            if actor.agency in centre.agencies_on(actor.day)
        ]
        self.fields["from_day"].initial = actor.day
        self.fields["reason"].help_text = say(
            "Behövs för roller som tar två personer; den andra läser det.",
            "Needed for roles that take two persons; the other one reads it.",
        )

    def given(self) -> dict[str, Any]:
        """The values as the action takes them."""
        return {**self.cleaned_data, "to_day": self.cleaned_data.get("to_day")}


class ReasonForm(forms.Form):
    """Why something is asked for."""

    reason = reason_field()


class DecisionForm(forms.Form):
    """What the second person says."""

    answer = forms.ChoiceField(
        label=say("Beslut", "Decision"),
        widget=forms.RadioSelect,
        choices=[
            ("approve", say("Ja, gör det", "Yes, do it")),
            ("refuse", say("Nej", "No")),
        ],
    )
    reason = reason_field(required=False)


class SubjectForm(forms.Form):
    """Which person of the agency's own sign-in service."""

    service = forms.ChoiceField(label=say("Tjänst", "Service"))
    subject = forms.CharField(
        label=say("Identitet hos tjänsten (sub)", "Identity at the service (sub)"),
        max_length=255,
        help_text=say(
            "Den oföränderliga identiteten, inte e-postadressen. Myndighetens it vet.",
            "The identity that never changes, not the e-mail address. The agency's IT knows.",
        ),
    )

    def __init__(self, services: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["service"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = services


class LanguageForm(forms.Form):
    """In which language a person reads."""

    language = forms.ChoiceField(
        label=say("Språk", "Language"), choices=[("sv", "Svenska"), ("en", "English")]
    )


def day_of(text: str | None, today: date) -> date:
    """The day in an address, or today."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return today
