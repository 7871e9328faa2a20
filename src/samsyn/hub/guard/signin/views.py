"""The pages of the sign-in: in, out, anew, by invitation, and the ways to sign in."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import get_totp_secret
from allauth.mfa.webauthn import views as passkeys
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.socialaccount.providers.openid_connect import views as openid
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from requests import RequestException

from samsyn.hub.guard.language import say
from samsyn.hub.guard.refusals import Missing
from samsyn.hub.guard.signin import factors, identities, invitations, proof, records
from samsyn.hub.guard.signin.codes import code_picture
from samsyn.hub.guard.signin.forms import CodeAppForm, NewPassword, PasskeyForm
from samsyn.kernel.text import Text

FORMS = require_http_methods(["GET", "HEAD", "POST"])
SILENT = Text(
    sv="Myndighetens inloggning svarar inte just nu. Försök igen om en stund, eller använd en "
    "nyckel om du har en.",
    en="The agency's sign-in does not answer just now. Try again in a while, or use a passkey if "
    "you have one.",
)


class Login(LoginView):
    """The page where one signs in, with the agencies' own services on it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page shows."""
        shown: dict[str, Any] = super().get_context_data(**kwargs)
        return {**shown, "services": identities.services()}


login = Login.as_view()
login_by_passkey = login_not_required(passkeys.login_webauthn)


@login_not_required
@FORMS
def login_by_service(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Off to an agency's sign-in service."""
    return _or_silent(request, openid.login, provider_id)


@login_not_required
@require_GET
def back_from_service(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Back from it, with what it says."""
    return _or_silent(request, openid.callback, provider_id)


def _or_silent(request: HttpRequest, view: openid.View, provider_id: str) -> HttpResponseBase:
    try:
        answer: HttpResponseBase = view(request, provider_id)
    except RequestException:
        return render(request, "socialaccount/authentication_error.html", {"why": SILENT},
                      status=503)  # fmt: skip
    return answer


@login_not_required
@require_GET
def closed(request: HttpRequest) -> HttpResponse:
    """An account that is closed."""
    return render(request, "account/account_inactive.html", status=403)


@login_not_required
@FORMS
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A link that somebody was given. It counts when the person says go, not when it is opened."""
    found = invitations.find(token)
    if found is None:
        return render(request, "guard/invitation_over.html", status=410)
    if request.method != "POST":
        return render(request, "guard/invitation.html", {"invitation": found})
    invitations.accept(request, found)
    return redirect("signin_choose")


@login_not_required
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """How does an invited person want to sign in?"""
    account, invited = factors.choosing(request)
    shown = {"account": account, "invitation": invited, "services": identities.services()}
    return render(request, "guard/choose.html", shown)


@login_not_required
@FORMS
def add_passkey(request: HttpRequest) -> HttpResponse:
    """Make a passkey."""
    account, invited = factors.choosing(request)
    form = PasskeyForm(request.POST or None, user=account)
    if form.is_valid():
        name, credential = form.cleaned_data["name"], form.cleaned_data["credential"]
        factors.add_passkey(request, account, name=name, credential=credential, invitation=invited)
        return _added(request, invited is not None)
    options = {"creation_options": begin_registration(account, passwordless=True)}
    shown = {"form": form, "js_data": options, "invitation": invited}
    return render(request, "mfa/webauthn/add_form.html", shown)


@sensitive_post_parameters("password", "again", "code")
@login_not_required
@FORMS
def add_code_app(request: HttpRequest) -> HttpResponse:
    """Connect a code app, and choose the password that goes with it."""
    account, invited = factors.choosing(request)
    if Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists():
        return redirect("guard:me")
    form = CodeAppForm(request.POST or None, user=account)
    if form.is_valid():
        password = form.cleaned_data.get("password")
        factors.add_code_app(
            request, account, secret=form.secret, password=password, invitation=invited
        )
        return _added(request, invited is not None)
    shown = {"form": form, "invitation": invited, "secret": get_totp_secret()}
    shown["picture"] = code_picture(account, get_totp_secret())
    return render(request, "mfa/totp/activate_form.html", shown)


@sensitive_post_parameters("password", "again")
@FORMS
def change_password(request: HttpRequest) -> HttpResponse:
    """Another password, for an account that has one."""
    account, _ = factors.choosing(request)
    if not account.has_usable_password():
        raise Missing
    form = NewPassword(request.POST or None, user=account)
    if form.is_valid():
        factors.change_password(request, account, password=form.cleaned_data["password"])
        messages.success(request, str(say("Lösenordet är bytt.", "The password was changed.")))
        return redirect("guard:me")
    title = Text(sv="Byt lösenord", en="Change the password")
    shown = {"form": form, "title": title, "back": reverse("guard:me")}
    return render(request, "guard/form.html", shown)


def _added(request: HttpRequest, invited: bool) -> HttpResponseRedirect:
    messages.success(request, str(say("Klart. Så loggar du in.", "Done. That is how you sign in.")))
    return redirect("/" if invited else "guard:me")


@FORMS
def remove_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away a passkey or a code app."""
    account, _ = factors.choosing(request)
    factor = Authenticator.objects.filter(user=account, pk=pk).first()
    if factor is None:
        raise Missing
    if request.method != "POST":
        return render(request, "guard/remove_factor.html", {"factor": factor})
    factors.remove(account, factor)
    messages.success(request, str(say("Borttaget.", "Removed.")))
    return redirect("guard:me")


@require_GET
def again_by_service(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Prove anew who one is at the agency's sign-in service."""
    account = records.account_of(request)
    services = identities.services_of(account) if account else []
    service = next((item for item in services if item.id == provider_id), None)
    if service is None:
        raise Missing
    shown = {"service": service, "next": request.GET.get("next", "/")}
    return render(request, "guard/again_service.html", shown)


@require_POST
def sign_out_others(request: HttpRequest) -> HttpResponse:
    """End every other session of one's own."""
    proof.end_others(request)
    messages.success(
        request,
        str(say("Alla andra sessioner är avslutade.", "All other sessions have been ended.")),
    )
    return redirect("guard:me")
