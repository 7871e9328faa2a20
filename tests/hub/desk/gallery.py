"""The gallery: every component of the desk on one page, served without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import include, path

from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.language import say
from samsyn.hub.guard.refusals import Missing, Refused
from samsyn.hub.project.headers import CONTENT_SECURITY_POLICY
from samsyn.kernel.text import Text

HERE = Path(__file__).parent
ACTOR = Actor(
    account=UUID(int=7),
    name="Maja Lindqvist",
    agency="AV",
    roles=("agency_officer",),
    acts=("case.*", "disclosure.*", "question.*", "search.run", "disposal.propose"),
    case=UUID(int=1),
    matter=UUID(int=2),
    purpose="joint_inspection_plan",
    purpose_group="joint_inspection",
    day=date(2026, 11, 24),
)
AT = datetime(2026, 11, 24, 9, 12, tzinfo=UTC)


class NoteForm(forms.Form):
    """A form with each kind of field."""

    subject = forms.CharField(label=say("Rubrik", "Heading"), max_length=80)
    text = forms.CharField(
        label=say("Anteckning", "Note"),
        help_text=say(
            "Skriv vad du såg, inte vad du tror.", "Write what you saw, not what you think."
        ),
        widget=forms.Textarea,
    )
    day = forms.DateField(
        label=say("Dag", "Day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    purpose = forms.ChoiceField(
        label=say("Ändamål", "Purpose"),
        choices=[
            ("plan", say("Planera kontroll", "Plan an inspection")),
            ("own", say("Egen tillsyn", "Own supervision")),
        ],
    )
    kind = forms.ChoiceField(
        label=say("Sekretess", "Secrecy"),
        help_text=say("Regelbokens förslag är förvalt.", "The rulebook's proposal is chosen."),
        widget=forms.RadioSelect,
        choices=[("30:23", "OSL 30 kap. 23 §"), ("none", say("Ingen", "None"))],
    )
    sure = forms.BooleanField(
        label=say("Jag har läst igenom det som lämnas ut", "I have read what is disclosed")
    )


def context() -> dict[str, Any]:
    """What the gallery shows."""
    facts = [
        {
            "title": say(
                "Fyra personer utan personalliggare", "Four people without a staff ledger"
            ),
            "kind": say("Iakttagelse vid kontroll", "Observation at an inspection"),
            "level": "secret",
            "provisions": ["2009:400/30:23"],
            "holder": "AV",
            "ground": "2009:400/10:15a",
            "valid_to": date(2027, 5, 24),
        },
        {
            "title": say("Ansökan om arbetstillstånd 2026", "Application for a work permit 2026"),
            "kind": say("Registeruppgift", "Register entry"),
            "level": "protected",
            "provisions": ["2009:400/37:1", "2009:400/21:3"],
            "holder": "MV",
            "ground": "2024:307/4 st3",
            "valid_to": date(2027, 1, 31),
        },
        {
            "title": say("Organisationsnummer och säte", "Organisation number and seat"),
            "kind": say("Registeruppgift", "Register entry"),
            "level": "open",
            "provisions": [],
            "holder": "AV",
            "ground": "",
            "valid_to": None,
        },
        {
            "title": say("Uppgift från skyddsombud", "Statement of a safety representative"),
            "kind": say("Anteckning", "Note"),
            "level": "unassessed",
            "provisions": [],
            "holder": "AV",
            "ground": "",
            "valid_to": None,
        },
    ]
    cases = [
        (
            "2026/1184",
            "Norrstråk Bygg AB",
            "Kv. Ejdern, Umeå",
            "open",
            say("Pågår", "Open"),
            6,
            "PM",
        ),
        (
            "2026/1179",
            "Kontur Städ i Norr AB",
            "Handelsområdet, Umeå",
            "waiting",
            say("Väntar på svar", "Waiting for answer"),
            2,
            "SKV",
        ),
        (
            "2026/1160",
            "Lövåsens Skogsvård KB",
            "Vindeln",
            "late",
            say("Försenad", "Overdue"),
            -2,
            "FK",
        ),
        ("2026/1142", "Restaurang Tvillingfyren AB", "Umeå", "done", say("Klar", "Done"), 11, "AV"),
        (
            "2026/1131",
            "Ångström & Łuczak Montage HB",
            "Skellefteå",
            "refused",
            say("Avslagen", "Refused"),
            4,
            "MV",
        ),
    ]
    return {"facts": facts, "cases": cases, "at": AT, "due": date(2026, 12, 2)}


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component."""
    if request.GET.get("notice"):
        messages.success(request, say("Anteckningen är sparad.", "The note is saved."))
    after = request.GET.get("after")
    page = {"next": "" if after == "10" else "/?after=10" if after else "/?after=5"}
    return render(request, "gallery.html", {**context(), **page})


def form(request: HttpRequest) -> HttpResponse:
    """A form that shows its faults and, when right, leads on."""
    note = NoteForm(request.POST or None, initial={"kind": "30:23"})
    if request.method == "POST" and note.is_valid():
        return redirect("/")
    secret = "secret" in request.GET
    return render(request, "form.html", {"form": note, "secret": secret})


def confirm(request: HttpRequest) -> HttpResponse:
    """A question before a grave act."""
    consequences = [
        Text(
            sv="Skatteverket kan inte längre läsa uppgifterna.",
            en="The tax agency can no longer read the facts.",
        ),
        Text(
            sv="Det som redan skrivits ut eller lästs kan inte tas tillbaka.",
            en="What was printed or read cannot be taken back.",
        ),
    ]
    asked = {
        "title": Text(
            sv="Återkalla utlämnandet till Skatteverket?",
            en="Recall the disclosure to the tax agency?",
        ),
        "lead": Text(sv="Tre uppgifter i ärende 2026/1184.", en="Three facts in case 2026/1184."),
        "submit": Text(sv="Återkalla", en="Recall"),
        "consequences": consequences,
        "cancel_url": "/",
        "danger": True,
    }
    return render(request, "desk/confirm.html", asked)


def refused(request: HttpRequest) -> HttpResponse:
    """A lawful no."""
    raise Refused(
        Text(
            sv="Uppgiften får inte lämnas till Skatteverket för egen skattekontroll.",
            en="The fact may not be told to the tax agency for its own tax control.",
        ),
        next_step=Text(
            sv="Fråga om ändamålet kan vara den gemensamma kontrollen, eller lämna ut "
            "i allmän form.",
            en="Ask whether the purpose can be the joint inspection, or disclose in general form.",
        ),
        ground="2009:400/8:1",
    )


def missing(request: HttpRequest) -> HttpResponse:
    """What is not there."""
    raise Missing


def expired(request: HttpRequest) -> HttpResponse:
    """A session that is over."""
    request.actor = None  # type: ignore[attr-defined]
    return render(request, "desk/session_expired.html")


def broken(request: HttpRequest) -> HttpResponse:
    """The page of a fault of ours."""
    return render(request, "500.html")


def signed_out(request: HttpRequest) -> HttpResponse:
    """Where signing out leads."""
    return redirect("/session-expired/")


class Signed:
    """Middleware: everyone is the actor of the gallery; a no becomes its page."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as the actor, with the hub's own content security policy."""
        request.actor = ACTOR  # type: ignore[attr-defined]
        request.matter_name = "2026/1184 Norrstråk Bygg AB"  # type: ignore[attr-defined]
        response: HttpResponse = self.get_response(request)
        response.headers["Content-Security-Policy"] = "; ".join(
            f"{name} {' '.join(sources)}" for name, sources in CONTENT_SECURITY_POLICY.items()
        )
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The same templates as the guard shows."""
        if isinstance(error, Refused):
            return render(request, "403.html", {"refusal": error}, status=403)
        if isinstance(error, Missing):
            return render(request, "404.html", status=404)
        return None


def lost(request: HttpRequest) -> HttpResponse:
    """A list whose session is over before the next rows are asked for."""
    if request.headers.get("HX-Request"):
        return redirect("/session-expired/")
    return render(request, "gallery.html", {**context(), "next": "/lost/?after=5"})


urlpatterns = [
    path(
        "",
        include(
            (
                [
                    path("", gallery, name="my-day"),
                    path("search/", gallery, name="search"),
                    path("settings/", gallery, name="settings"),
                ],
                "desk",
            )
        ),
    ),
    path("cases/", include(([path("", gallery, name="list")], "cases"))),
    path("disclosures/", include(([path("", gallery, name="list")], "disclosures"))),
    path("insight/", include(([path("", gallery, name="overview")], "insight"))),
    path("form/", form),
    path("confirm/", confirm),
    path("refused/", refused),
    path("missing/", missing),
    path("session-expired/", expired),
    path("broken/", broken),
    path("lost/", lost),
    path("i18n/", include("django.conf.urls.i18n")),
    path("sign-out/", signed_out, name="account_logout"),
]

SETTINGS: dict[str, Any] = {
    "ROOT_URLCONF": __name__,
    "MIDDLEWARE": [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.locale.LocaleMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "tests.hub.desk.gallery.Signed",
    ],
    "SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies",
    "SESSION_COOKIE_NAME": "s",
    "SESSION_COOKIE_SECURE": False,
    "CSRF_COOKIE_NAME": "c",
    "CSRF_COOKIE_SECURE": False,
    "LANGUAGE_COOKIE_SECURE": False,
    "SECURE_SSL_REDIRECT": False,
    "ALLOWED_HOSTS": ["*"],
}


def application() -> Any:
    """The gallery as a WSGI application, with the static files of all apps."""
    return StaticFilesHandler(WSGIHandler())
