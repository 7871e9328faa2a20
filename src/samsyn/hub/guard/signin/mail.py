"""How does an invitation reach the one it is for, where mail is set up?"""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction

from samsyn.hub.guard.models import Account
from samsyn.hub.guard.signin.invitations import HOURS
from samsyn.kernel.text import Language, Text

SUBJECT = Text(sv="Inbjudan till Samsyn", en="Invitation to Samsyn")


def send_invitation(account: Account, link: str) -> bool:
    """Mail the link once all is kept; False where no mail is set up."""
    if settings.SAMSYN.mail is None:
        return False
    language: Language = "en" if account.language == "en" else "sv"
    text = _text(account.name, link).into(language)
    transaction.on_commit(lambda: send_mail(SUBJECT.into(language), text, None, [account.email]))
    return True


def _text(name: str, link: str) -> Text:
    return Text(
        sv=f"Hej {name},\n\ndu har fått ett konto i Samsyn. Välj hur du vill logga in här, inom "
        f"{HOURS} timmar:\n\n{link}\n\nLänken fungerar en gång och är bara för dig. Väntade du "
        "dig inte det här, säg till myndighetsadministratören.\n",
        en=f"Hello {name},\n\nyou have been given an account in Samsyn. Choose how to sign in "
        f"here, within {HOURS} hours:\n\n{link}\n\nThe link works once and is for you alone. If "
        "you did not expect this, tell the agency administrator.\n",
    )
