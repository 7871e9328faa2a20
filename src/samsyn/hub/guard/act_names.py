"""What is an act in the log called, in words?"""

from __future__ import annotations

from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.kernel.text import Text

OUTSIDE_ROLES = {
    "signin.begin": Text(sv="loggade in", en="signed in"),
    "signin.end": Text(sv="loggade ut", en="signed out"),
    "signin.fail": Text(sv="misslyckad inloggning", en="failed to sign in"),
    "signin.enrol": Text(sv="valde hur kontot loggar in", en="chose how the account signs in"),
    "signin.factor_add": Text(sv="lade till sätt att logga in", en="added a way to sign in"),
    "signin.factor_remove": Text(sv="tog bort sätt att logga in", en="removed a way to sign in"),
    "signin.bind": Text(sv="knöt myndighetens inloggning", en="bound the agency's sign-in"),
    "signin.password": Text(sv="bytte lösenord", en="changed the password"),
    "signin.language": Text(sv="valde språk", en="chose language"),
    "token.make": Text(sv="gjorde nyckel för program", en="made a key for a program"),
    "token.revoke": Text(sv="tog tillbaka nyckel för program",
                         en="took back a key for a program"),
    "attempt.missing": Text(sv="frågade efter något som inte finns eller är dolt",
                            en="asked for something missing or hidden"),
    "attempt.refused": Text(sv="nekades", en="was refused"),
}  # fmt: skip
"""What is logged without any role permitting it: signing in, and what was refused."""


def act_name(code: str) -> Text:
    """An act in words; an unknown code as it came."""
    kind = current_organisation().acts.get(code)
    return kind.name if kind else OUTSIDE_ROLES.get(code, Text(sv=code, en=code))
