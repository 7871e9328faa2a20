"""Let everything of a matter leave as a package people can read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samsyn.hub.cases.answering import actor_in
from samsyn.hub.cases.export import export_case
from samsyn.hub.cases.models import Case
from samsyn.hub.cases.room import in_case
from samsyn.hub.cases.serving import attachment
from samsyn.hub.cases.views import mark_read, room_url
from samsyn.hub.guard.policy import require
from samsyn.hub.guard.signin.proof import fresh_sign_in
from samsyn.kernel.text import Text

ASKED = {
    "title": Text(sv="Exportera ärendet?", en="Export the case?"),
    "lead": Text(
        sv="Du får en zip-fil med allt du ser i ärendet för det valda ändamålet: en sida att läsa, "
        "tabeller, JSON och handlingarnas original.",
        en="You get a zip file with all that you see in the case for the chosen purpose: a page to "
        "read, tables, JSON and the originals of the documents.",
    ),
    "submit": Text(sv="Exportera", en="Export"),
    "consequences": [
        Text(
            sv="Filen ligger sedan utanför Samsyn: en återkallelse når den inte.",
            en="The file then lies outside Samsyn: a recall does not reach it.",
        ),
        Text(
            sv="De som har lämnat uppgifter får veta att de har exporterats.",
            en="Those who have disclosed facts learn that they have been exported.",
        ),
        Text(
            sv="Exporten antecknas i loggen och i ärendets händelser.",
            en="The export is noted in the log and in the case's timeline.",
        ),
    ],
}


@fresh_sign_in("export.run")
@in_case
def export(request: HttpRequest, case: Case) -> HttpResponse:
    """The package, after asking and after signing in anew."""
    actor = actor_in(request)
    require(actor, "export.run")
    if request.method != "POST":
        context = {**ASKED, "cancel_url": room_url(case)}
        return render(request, "cases/export_confirm.html", context)
    package = export_case(actor=actor, case=case)
    mark_read(package.received, exported=True)
    return attachment(package.data, package.name, "application/zip")
