"""What are kinds of rows, steps of the policy, states and lines of a review called in words?"""

from __future__ import annotations

from collections.abc import Mapping

from samsyn.hub.cases.phrases import SUBJECTS
from samsyn.hub.disclosures.phrases import OUTCOME_NAMES
from samsyn.hub.guard.policy import VisibilityStep
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.kernel.text import Language, Text


def _t(sv: str, en: str) -> Text:
    return Text(sv=sv, en=en)


KINDS: Mapping[str, Text] = {
    **SUBJECTS,
    "case": _t("ärende", "case"),
    "fact": _t("uppgift", "fact"),
    "file": _t("fil", "file"),
    "register": _t("diariepost", "register entry"),
    "task": _t("att göra", "task"),
    "member": _t("plats i ärende", "place in a case"),
    "question": _t("fråga", "question"),
    "disclosure": _t("utlämnande", "disclosure"),
    "receipt": _t("mottagning", "receipt"),
    "release": _t("allmän handling", "public document"),
    "disposal": _t("gallringsbevis", "proof of disposal"),
    "request": _t("begäran", "request"),
    "account": _t("konto", "account"),
    "role": _t("roll", "role"),
    "other": _t("annat", "other"),
}
"""What an object of the log is. ``other`` is also what is hidden, missing or another agency's."""
MANY: Mapping[str, Text] = {
    "firm": _t("företag", "firms"),
    "workplace": _t("arbetsplatser", "workplaces"),
    "person": _t("personer", "persons"),
    "vehicle": _t("fordon", "vehicles"),
    "address": _t("adresser", "addresses"),
    "case": _t("ärenden", "cases"),
    "fact": _t("uppgifter", "facts"),
    "file": _t("filer", "files"),
    "register": _t("diarieposter", "register entries"),
    "member": _t("platser i ärenden", "places in cases"),
    "task": _t("att göra", "tasks"),
    "question": _t("frågor", "questions"),
    "disclosure": _t("utlämnanden", "disclosures"),
    "receipt": _t("mottagningar", "receipts"),
    "release": _t("allmänna handlingar", "public documents"),
    "disposal": _t("gallringsbevis", "proofs of disposal"),
    "request": _t("begäranden", "requests"),
    "account": _t("konton", "accounts"),
    "role": _t("roller", "roles"),
    "other": _t("andra", "others"),
}
"""The same, of more than one."""

ACCESS: Mapping[str, tuple[Text, Text]] = {
    "leaver": (
        _t("Har slutat men har roller kvar", "Has left but still has roles"),
        _t(
            "Kontot är stängt eller har ett slutdatum som har passerat, men rollen gäller än.",
            "The account is closed or its last day has passed, but the role is still in force.",
        ),
    ),
    "left_member": (
        _t("Har slutat men står kvar i stängda ärenden", "Has left but is still on closed cases"),
        _t(
            "Ett ärende som är stängt för andra än de tilldelade har någon tilldelad som slutat.",
            "A case closed to all but the assigned has somebody assigned who has left.",
        ),
    ),
    "centre_left": (
        _t("Roller vid center som myndigheten lämnat", "Roles at centres the agency has left"),
        _t(
            "Rollen öppnar inget där längre, men står kvar och gäller igen om centret gör det.",
            "The role opens nothing there any more, but is in force again if the centre is.",
        ),
    ),
    "unused": (
        _t("Roller som ingen har använt", "Roles that nobody has used"),
        _t(
            "Inget som rollen ger rätt till har gjorts på länge, enligt loggen.",
            "Nothing that the role permits has been done for long, by the log.",
        ),
    ),
    "ending": (
        _t("Roller som snart tar slut", "Roles that soon end"),
        _t(
            "Förlängs rollen inte stänger den av sig själv efter sista dagen.",
            "Unless it is prolonged, the role closes by itself after its last day.",
        ),
    ),
}
CONFIRMED = {
    "in_order": _t("i sin ordning", "in order"),
    "follow_up": _t("följs upp", "to be followed up"),
}
COUNTS = {
    "cases": _t("ärende", "case"),
    "facts": _t("uppgifter", "facts"),
    "files": _t("filer", "files"),
    "tasks": _t("att göra", "tasks"),
    "clocks": _t("klockor", "clocks"),
    "events": _t("rader i händelselistan", "lines of the timeline"),
    "questions": _t("frågor", "questions"),
    "disclosures": _t("utlämnanden", "disclosures"),
    "disclosed_facts": _t("utlämnade lydelser", "disclosed wordings"),
    "receipts": _t("mottagningar", "receipts"),
    "entities": _t("företag, platser och personer", "firms, places and persons"),
    "releases": _t("utlämnade handlingar", "released documents"),
}
RELEASED = {
    "draft": _t("under arbete", "under way"),
    "whole": _t("lämnades ut helt", "released whole"),
    "part": _t("lämnades ut med maskning", "released with masks"),
    "refused": _t("avslogs", "refused"),
}
RECEIVER_NAMES = {
    "JOURNALIST": _t("Vem som helst", "Anybody"),
    "PARTY": _t("Part i ärendet", "Party to the case"),
}
PIECES = {
    "heading": _t("Vad ärendet gäller", "What the case is about"),
    "document": _t("Diariepost", "Register entry"),
}
_STEPS: Mapping[tuple[str, bool], Text] = {
    ("member", True): _t(
        "Myndigheten {0} deltog i samarbetet den {1}.",
        "The agency {0} took part in the cooperation on {1}.",
    ),
    ("member", False): _t(
        "Myndigheten {0} deltog inte i samarbetet den {1}. Då öppnas inget.",
        "The agency {0} took no part in the cooperation on {1}. Then nothing is opened.",
    ),
    ("roles", True): _t("Roller i kraft den dagen: {all}.", "Roles in force that day: {all}."),
    ("roles", False): _t("Ingen roll var i kraft den dagen.", "No role was in force that day."),
    ("keys", True): _t("Rollerna ger nycklarna {all}.", "The roles give the keys {all}."),
    ("keys", False): _t("Rollerna ger ingen nyckel.", "The roles give no key."),
    ("row_key", True): _t(
        "Raden bär nyckeln {0}, och den finns bland dem.",
        "The row carries the key {0}, which is among them.",
    ),
    ("row_key", False): _t(
        "Raden bär nyckeln {0}, och den finns inte bland dem.",
        "The row carries the key {0}, which is not among them.",
    ),
    ("matter", True): _t(
        "Raden är bunden till den sak som personen arbetar i.",
        "The row is bound to the matter that the person works in.",
    ),
    ("matter", False): _t(
        "Raden är bunden till en sak, och personen arbetar inte i den.",
        "The row is bound to a matter, and the person does not work in it.",
    ),
    ("purpose", True): _t(
        "Den är bunden till ändamålsgruppen {0}, och personen arbetar för den.",
        "It is bound to the purpose group {0}, and the person works for it.",
    ),
    ("purpose", False): _t(
        "Den är bunden till ändamålsgruppen {0}, och personen arbetar inte för den.",
        "It is bound to the purpose group {0}, and the person does not work for it.",
    ),
    ("valid", True): _t("Den får läsas till och med {0}.", "It may be read until {0}."),
    ("valid", False): _t(
        "Dess sista dag var {0}; den {1} var den redan stängd.",
        "Its last day was {0}; on {1} it was closed already.",
    ),
}
_KEY_NOTES = (
    ("/case/", _t("bara de tilldelade i ett stängt ärende", "only those on a closed case")),
    ("/protection", _t("skyddsspåret", "the protection track")),
    ("/log", _t("loggen", "the log")),
    ("/people", _t("konton och roller", "accounts and roles")),
)
NOBODY = _t("ingen: återkallad eller spärrad", "nobody: recalled or locked")
CASE_WORK = _t("ärendearbetet", "case work")


def step_said(step: VisibilityStep) -> Text:
    """A step of the policy as a sentence."""
    said = _STEPS[step.code, step.holds]
    return Text(sv=_filled(said.sv, step, "sv"), en=_filled(said.en, step, "en"))


def _filled(sentence: str, step: VisibilityStep, language: Language) -> str:
    if step.code == "roles":
        values = [_role(code, language) for code in step.values]
    elif step.code in ("keys", "row_key"):
        values = [f"{key} ({key_said(key).into(language)})" for key in step.values]
    else:
        values = list(step.values)
    return sentence.format(*values, all=", ".join(values))


def key_said(key: str) -> Text:
    """Whom a key lets in."""
    if key == "-":
        return NOBODY
    return next((text for part, text in _KEY_NOTES if part in key), CASE_WORK)


def law_said(outcome: str) -> Text:
    """What the law answers about a piece, in a few words."""
    known = OUTCOME_NAMES.get(outcome)
    return known.name if known else _t("Inte prövad av regelboken", "Not assessed by the rulebook")


def _role(code: str, language: Language) -> str:
    known = current_organisation().roles.get(code)
    return known.name.into(language) if known else code
