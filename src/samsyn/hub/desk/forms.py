"""What can a person set for themselves?"""

from __future__ import annotations

from django import forms

from samsyn.hub.guard.language import say


class SettingsForm(forms.Form):
    """Language, light and dark, size of letters."""

    language = forms.ChoiceField(
        label=say("Språk", "Language"),
        choices=[("sv", "Svenska"), ("en", "English")],
        widget=forms.RadioSelect,
        help_text=say(
            "Följer ditt konto till andra datorer.", "Follows your account to other computers."
        ),
    )
    scheme = forms.ChoiceField(
        label=say("Ljust eller mörkt", "Light or dark"),
        choices=[
            ("auto", say("Som datorn", "As the computer")),
            ("light", say("Ljust", "Light")),
            ("dark", say("Mörkt", "Dark")),
        ],
        widget=forms.RadioSelect,
        help_text=say("Gäller i den här webbläsaren.", "Holds in this browser."),
    )
    size = forms.ChoiceField(
        label=say("Textens storlek", "Size of text"),
        choices=[
            ("sm", say("Vanlig", "Usual")),
            ("md", say("Stor", "Large")),
            ("lg", say("Större", "Larger")),
        ],
        widget=forms.RadioSelect,
        help_text=say("Gäller i den här webbläsaren.", "Holds in this browser."),
    )
