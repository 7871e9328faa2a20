"""The pages of people and roles, of two-person acts, and of one's own account."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsyn.hub.guard import actions, own_account, reads, two_persons
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import look
from samsyn.hub.guard.forms import (
    AccountForm,
    DayForm,
    DecisionForm,
    LanguageForm,
    ReasonForm,
    RoleForm,
    SubjectForm,
    day_of,
    take_fault,
)
from samsyn.hub.guard.lacking import lacking_at
from samsyn.hub.guard.language import say
from samsyn.hub.guard.models import Account, RoleAssignment, TwoPersonRequest
from samsyn.hub.guard.policy import require
from samsyn.hub.guard.refusals import Invalid
from samsyn.hub.guard.signin import identities, mail
from samsyn.hub.guard.signin.proof import fresh_sign_in, require_fresh
from samsyn.hub.guard.signin.reading import open_invitation, ways_of
from samsyn.kernel.text import Text

FORMS = require_http_methods(["GET", "HEAD", "POST"])


def acting_in(request: HttpRequest) -> Actor:
    """Who asks; these pages are for those who are signed in."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def done(request: HttpRequest, sv: str, en: str) -> None:
    """Tell on the next page that something was done."""
    messages.success(request, str(say(sv, en)))


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """The accounts of the agency, with their roles on a day."""
    actor = acting_in(request)
    day = day_of(request.GET.get("day"), actor.day)
    asked = {"day": day, "find": request.GET.get("find", ""), "closed": "closed" in request.GET}
    found = reads.people_on(actor, day, find=str(asked["find"]), closed=bool(asked["closed"]))
    look(actor, reads.READ, detail=f"list {day}")
    form, lacks = DayForm(initial=asked), lacking_at(actor)
    shown = {"people": found, "day": day, "form": form, "lacks": lacks, **_rights(actor)}
    return render(request, "guard/people.html", shown)


def _rights(actor: Actor) -> dict[str, object]:
    return {
        "may_change": actor.permits("account.approve"),
        "waiting": two_persons.waiting(actor).count(),
        "services": identities.services(),
    }


@require_GET
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One account: roles, ways to sign in, latest rows of the log."""
    actor = acting_in(request)
    account = reads.account_of_agency(actor, pk)
    look(actor, reads.READ, objects=[account])
    shows_log = reads.may_read_log(actor, account)
    ways = ways_of(account)
    shown = {
        "account": account,
        "held": reads.roles_of(actor, account, actor.day),
        "ways": ways,
        "invitation": None if ways else open_invitation(account),
        "lines": reads.log_of(actor, account) if shows_log else None,
        "oneself": account.pk == actor.account,
    }
    return render(request, "guard/person.html", {**shown, **_rights(actor)})


@FORMS
@fresh_sign_in("account.approve")
def new_person(request: HttpRequest) -> HttpResponse:
    """A new account, and the link that invites its owner."""
    actor = acting_in(request)
    require(actor, "account.approve")
    form = AccountForm(request.POST or None)
    if form.is_valid():
        try:
            account, token = actions.approve_account(actor, **form.cleaned_data)
            return _invited(request, account, token)
        except Invalid as fault:
            take_fault(form, fault)
    return _form(request, form, Text(sv="Nytt konto", en="New account"), reverse("guard:people"))


def _invited(request: HttpRequest, account: Account, token: str) -> HttpResponse:
    link = request.build_absolute_uri(reverse("signin_invitation", args=[token]))
    mailed = mail.send_invitation(account, link)
    shown = {"account": account, "link": link, "mailed": mailed}
    return render(request, "guard/invited.html", shown)


def _form(
    request: HttpRequest, form: Form, title: Text, back: str, *, lead: Text | None = None
) -> HttpResponse:
    shown = {"form": form, "title": title, "lead": lead, "back": back}
    return render(request, "guard/form.html", shown)


@require_POST
@fresh_sign_in("account.approve")
def invite(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new link for somebody who has not signed in yet."""
    account, token = actions.invite_again(acting_in(request), account_id=pk)
    return _invited(request, account, token)


@FORMS
@fresh_sign_in("account.approve")
def bind(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say beforehand which person of the agency's own sign-in service somebody is."""
    actor = acting_in(request)
    account = reads.account_of_agency(actor, pk)
    form = SubjectForm([(s.id, s.name) for s in identities.services()], request.POST or None)
    if form.is_valid():
        service, subject = form.cleaned_data["service"], form.cleaned_data["subject"]
        try:
            actions.bind_identity(actor, account_id=pk, service_id=service, subject=subject)
            return redirect("guard:person", pk)
        except Invalid as fault:
            take_fault(form, fault)
    title = Text(sv=f"Knyt {account.name} till myndighetens inloggning",
                 en=f"Bind {account.name} to the agency's sign-in")  # fmt: skip
    return _form(request, form, title, reverse("guard:person", args=[pk]))


@FORMS
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close an account, at once."""
    actor = acting_in(request)
    require(actor, "account.close")
    account = reads.account_of_agency(actor, pk)
    if request.method == "POST":
        actions.close_account(actor, account_id=pk)
        done(request, "Kontot är stängt och sessionerna avslutade.",
             "The account is closed and its sessions have been ended.")  # fmt: skip
        return redirect("guard:person", pk)
    return render(request, "guard/close.html", {"account": account})


@FORMS
def give_role(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give somebody a role, or ask for the second person."""
    actor = acting_in(request)
    require(actor, "role.give")
    account = reads.account_of_agency(actor, pk)
    form = RoleForm(actor, request.POST or None)
    if form.is_valid():
        require_fresh(request, "role.give")
        try:
            given = actions.give_role(actor, account_id=pk, **form.given())
            return _given(request, given, pk)
        except Invalid as fault:
            take_fault(form, fault)
    title = Text(sv=f"Ny roll för {account.name}", en=f"New role for {account.name}")
    return _form(request, form, title, reverse("guard:person", args=[pk]))


def _given(
    request: HttpRequest, given: RoleAssignment | TwoPersonRequest, pk: UUID
) -> HttpResponse:
    if isinstance(given, TwoPersonRequest):
        done(request, "Rollen är begärd. En annan administratör avgör.",
             "The role has been asked for. Another administrator decides.")  # fmt: skip
        return redirect("guard:two-persons")
    done(request, "Rollen är given.", "The role has been given.")
    return redirect("guard:person", pk)


@FORMS
def withdraw_role(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back a role, at once."""
    actor = acting_in(request)
    require(actor, "role.withdraw")
    held = RoleAssignment.seen(actor).select_related("account").filter(pk=pk).first()
    if held is None or request.method == "POST":
        taken = actions.withdraw_role(actor, assignment_id=pk)
        done(request, "Rollen är tillbakatagen.", "The role has been withdrawn.")
        return redirect("guard:person", taken.account_id)
    return render(request, "guard/withdraw_role.html", {"held": held})


@FORMS
@fresh_sign_in("account.recover")
def recover(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for somebody to choose anew how to sign in."""
    actor = acting_in(request)
    require(actor, "account.recover")
    account = reads.account_of_agency(actor, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        actions.ask_recovery(actor, account_id=pk, reason=form.cleaned_data["reason"])
        done(request, "Begärt. En annan administratör avgör.",
             "Asked for. Another administrator decides.")  # fmt: skip
        return redirect("guard:two-persons")
    title = Text(sv=f"Återställ inloggningen för {account.name}",
                 en=f"Restore the sign-in of {account.name}")  # fmt: skip
    return _form(request, form, title, reverse("guard:person", args=[pk]), lead=RECOVERY)


RECOVERY = Text(
    sv="När en annan administratör har godkänt får personen en ny länk, och allt som kontot "
    "loggade in med slutar gälla. Kontrollera på annat sätt att det verkligen är personen som ber.",
    en="When another administrator has agreed, the person gets a new link, and everything the "
    "account signed in with stops working. Make sure in another way that it really is the person "
    "who asks.",
)


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for two persons, and that one may decide or has asked for."""
    actor = acting_in(request)
    asked = list(two_persons.waiting(actor))
    rows = [
        {
            "request": item,
            "told": told,
            "decides": two_persons.may_decide(actor, item),
            "own": item.asked_by == actor.account,
        }
        for item, told in zip(asked, two_persons.told_all(asked), strict=True)
    ]
    return render(request, "guard/two_persons.html", {"rows": rows})


@FORMS
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Agree or refuse, as the second person."""
    actor = acting_in(request)
    asked = TwoPersonRequest.seen_one(actor, pk=pk)
    form = DecisionForm(request.POST or None)
    if form.is_valid():
        require_fresh(request, two_persons.second_of(asked))
        approve = form.cleaned_data["answer"] == "approve"
        try:
            reason = form.cleaned_data["reason"]
            decision = two_persons.decide(actor, request_id=pk, approve=approve, reason=reason)
            return _decided(request, decision)
        except Invalid as fault:
            take_fault(form, fault)
    shown = {"asked": asked, "told": two_persons.told(asked), "form": form}
    shown["decides"] = two_persons.may_decide(actor, asked)
    return render(request, "guard/decide.html", shown)


def _decided(request: HttpRequest, decision: two_persons.Decision) -> HttpResponse:
    if decision.result and decision.request.act == "account.recover":
        account = reads.account_of_agency(
            acting_in(request), UUID(decision.request.about["account"])
        )
        return _invited(request, account, decision.result)
    done(request, "Beslutat.", "Decided.")
    return redirect("guard:two-persons")


@require_POST
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back what one asked for."""
    two_persons.withdraw(acting_in(request), request_id=pk)
    done(request, "Återtaget.", "Taken back.")
    return redirect("guard:two-persons")


@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """One's own account."""
    actor = acting_in(request)
    shown = own_account.shown(actor, request.session.session_key)
    form = LanguageForm(initial={"language": shown.account.language})
    return render(request, "guard/me.html", {**shown._asdict(), "form": form})


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language one reads in."""
    form = LanguageForm(request.POST)
    response = redirect("guard:me")
    if form.is_valid():
        own_account.choose_language(acting_in(request), form.cleaned_data["language"])
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, form.cleaned_data["language"],
            max_age=365 * 24 * 3600, secure=settings.LANGUAGE_COOKIE_SECURE, httponly=True,
            samesite="Strict",
        )  # fmt: skip
    return response
