"""What is asked of a person who signs in or adds a way to sign in?"""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password

from samsyn.hub.guard.language import say

CODE = say("Kod", "Code")
CODE_HELP = say("Sex siffror ur kodappen.", "Six digits from the code app.")
CODE_ATTRIBUTES = {
    "autocomplete": "one-time-code",
    "inputmode": "numeric",
    "maxlength": "8",
    "data-width": "short",
}


def as_code(field: forms.Field) -> None:
    """Make a field one for six digits."""
    field.label, field.help_text = CODE, CODE_HELP
    field.widget.attrs = dict(CODE_ATTRIBUTES)


class PasswordForm(LoginForm):
    """Address and password: the first half, after which a code is asked for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("remember", None)
        login, password = self.fields["login"], self.fields["password"]
        login.label = say("E-postadress i tjänsten", "Work e-mail address")
        login.widget.attrs = {"autocomplete": "username webauthn", "type": "email"}
        password.label, password.help_text = say("Lösenord", "Password"), ""
        password.widget.attrs = {"autocomplete": "current-password"}


class CodeForm(AuthenticateForm):
    """The code that makes a password count."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        as_code(self.fields["code"])


class CodeAgainForm(ReauthenticateForm):
    """The code before a grave act."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        as_code(self.fields["code"])


class PasskeyForm(AddWebAuthnForm):
    """A passkey: always one that signs in by itself, and asks for finger, face or PIN."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)
        name = self.fields["name"]
        name.label = say("Vad nyckeln ska heta", "What to call the passkey")
        name.help_text = say(
            "Så att du känner igen den: datorn på kontoret, telefonen, säkerhetsnyckeln.",
            "So that you recognise it: the office computer, the phone, the security key.",
        )
        name.widget.attrs = {"maxlength": "60", "autocomplete": "off"}

    def clean(self) -> dict[str, Any]:
        """Refuse a key that did not ask who holds it."""
        # The parent then insists on finger, face or PIN.
        self.cleaned_data["passwordless"] = True
        cleaned: dict[str, Any] = super().clean()
        return cleaned


class NewPassword(forms.Form):
    """A password, written twice."""

    password = forms.CharField(
        label=say("Lösenord", "Password"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=say(
            "Minst 12 tecken. En mening är lätt att minnas och svår att gissa.",
            "At least 12 characters. A sentence is easy to remember and hard to guess.",
        ),
    )
    again = forms.CharField(
        label=say("Lösenordet en gång till", "The password once more"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Refuse a password that is weak or was not written twice alike."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        check_password(self, cleaned, self.user)
        return cleaned


def check_password(form: forms.Form, cleaned: dict[str, Any], user: Any) -> None:
    """Say at its field what is wrong with a new password."""
    password, again = cleaned.get("password"), cleaned.get("again")
    if not password or not again:
        return
    if password != again:
        form.add_error("again", str(UNLIKE))
        return
    try:
        validate_password(password, user)
    except forms.ValidationError as faults:
        form.add_error("password", faults)


UNLIKE = say(
    "De två lösenorden är inte lika; skriv samma två gånger.",
    "The two passwords differ; write the same one twice.",
)


class CodeAppForm(ActivateTOTPForm):
    """A code app; together with it the password, if the account has none yet."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        as_code(self.fields["code"])
        self.sets_password = not self.user.has_usable_password()
        if self.sets_password:
            self.fields = {**NewPassword(user=self.user).fields, **self.fields}

    def clean(self) -> dict[str, Any]:
        """Refuse a password that is weak or was not written twice alike."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.sets_password:
            check_password(self, cleaned, self.user)
        return cleaned
