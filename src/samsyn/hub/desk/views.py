"""The pages of the desk: the front page, my day, search, settings, help."""

from __future__ import annotations

from typing import Any

from django.conf import settings as django_settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from samsyn.hub.cases.models import Case
from samsyn.hub.cases.room import enter_case
from samsyn.hub.desk.explained import WORDS
from samsyn.hub.desk.forms import SettingsForm
from samsyn.hub.desk.frame import SCHEME_COOKIE, SCHEMES, SIZE_COOKIE, SIZES, chosen
from samsyn.hub.desk.reads import day_of
from samsyn.hub.desk.reads_office import SOON_DAYS, WATCHED_DAYS, office_day
from samsyn.hub.desk.results import results
from samsyn.hub.desk.search import MOST, PAGE, Wanted, suggestions, wanted_from
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.language import reading
from samsyn.hub.guard.own_account import choose_language
from samsyn.kernel.text import Text

SAVED = Text(sv="Inställningarna är sparade.", en="The settings are saved.")
YEAR = 365 * 24 * 3600


def actor_in(request: HttpRequest) -> Actor:
    """Who asks; these pages are for those who are signed in."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


@login_not_required
@require_GET
def my_day(request: HttpRequest) -> HttpResponse:
    """What needs me today; for those who are not signed in, what this is."""
    actor: Actor | None = request.actor  # type: ignore[attr-defined]
    if actor is None:
        return render(request, "desk/front.html")
    if actor.permits("case.read"):
        return render(request, "desk/my_day.html", {"day": day_of(actor)})
    context = {"day": office_day(actor), "soon": SOON_DAYS, "watched": WATCHED_DAYS}
    return render(request, "desk/my_day_office.html", context)


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Search everything one may see, or one case."""
    wanted = wanted_from(request.GET)
    case = enter_case(request, wanted.case) if wanted.case else None
    if case is not None:
        request.matter_name = f"{case.number} {case.title}"  # type: ignore[attr-defined]
    groups = results(actor_in(request), wanted)
    context = {"wanted": wanted, "case": case, "groups": groups, **_told(wanted, case, groups)}
    part = request.headers.get("HX-Target") == "found"
    return render(request, "desk/search_found.html" if part else "desk/search.html", context)


@require_GET
def suggest(request: HttpRequest) -> HttpResponse:
    """Names that begin as what is being typed, as choices of the search field."""
    names = suggestions(actor_in(request), request.GET.get("q", "")[:100])
    return render(request, "desk/search_suggestions.html", {"names": names})


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """What a person sets for themselves."""
    if request.method != "POST":
        return render(request, "desk/settings.html", {"form": SettingsForm(initial=_now(request))})
    form = SettingsForm(request.POST)
    if not form.is_valid():
        return render(request, "desk/settings.html", {"form": form}, status=422)
    if form.cleaned_data["language"] != reading():
        choose_language(actor_in(request), form.cleaned_data["language"])
    messages.success(request, SAVED.into(form.cleaned_data["language"]))
    return _kept(redirect("desk:settings"), form.cleaned_data)


@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """Keys, words, and whom to turn to."""
    return render(request, "desk/help.html", {"words": WORDS, "actor": actor_in(request)})


def _told(wanted: Wanted, case: Case | None, groups: list[Any]) -> dict[str, Any]:
    shown = next((group for group in groups if group.kind == wanted.kind), None)
    return {
        "shown": shown,
        "nothing": bool(wanted.question) and not any(group.met.count for group in groups),
        "broad": any(group.met.more for group in groups),
        "next_rows": wanted.rows + PAGE
        if shown and shown.shown.count > len(shown.rows) and wanted.rows < MOST
        else None,
        "most": MOST,
    }


def _now(request: HttpRequest) -> dict[str, str]:
    return {
        "language": reading(),
        "scheme": chosen(request, SCHEME_COOKIE, SCHEMES),
        "size": chosen(request, SIZE_COOKIE, SIZES),
    }


def _kept(response: HttpResponse, values: dict[str, Any]) -> HttpResponse:
    cookies = {
        SCHEME_COOKIE: values["scheme"],
        SIZE_COOKIE: values["size"],
        django_settings.LANGUAGE_COOKIE_NAME: values["language"],
    }
    for name, value in cookies.items():
        response.set_cookie(
            name,
            value,
            max_age=YEAR,
            secure=django_settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Strict",
        )
    return response
