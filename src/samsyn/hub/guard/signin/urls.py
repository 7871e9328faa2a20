"""The addresses of the sign-in: those of the package that we use, and no other of it."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as codes
from allauth.mfa.webauthn import views as passkeys
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import path

from samsyn.hub.guard.signin import demo, views

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("login/passkey/", views.login_by_passkey, name="mfa_login_webauthn"),
    path("login/code/", codes.authenticate, name="mfa_authenticate"),
    path("logout/", login_not_required(account.logout), name="account_logout"),
    path("closed/", views.closed, name="account_inactive"),
    path("again/passkey/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("again/code/", codes.reauthenticate, name="mfa_reauthenticate"),
    path("again/<slug:provider_id>/", views.again_by_service, name="signin_again_identity"),
    path("invitation/<str:token>/", views.invitation, name="signin_invitation"),
    path("ways/", views.choose, name="signin_choose"),
    path("ways/passkey/", views.add_passkey, name="mfa_add_webauthn"),
    path("ways/code/", views.add_code_app, name="mfa_activate_totp"),
    path("ways/password/", views.change_password, name="signin_password"),
    path("ways/<int:pk>/remove/", views.remove_factor, name="signin_remove_factor"),
    path("sessions/end/", views.sign_out_others, name="signin_end_others"),
    path("oidc/<slug:provider_id>/login/", views.login_by_service, name="openid_connect_login"),
    path(
        "oidc/<slug:provider_id>/login/callback/",
        views.back_from_service,
        name="openid_connect_callback",
    ),
]

# INVARIANT: outside the demo there is no address at which anybody signs in without proof.
if settings.SAMSYN.demo:
    urlpatterns += [
        path("demo/", demo.switch, name="demo_switch"),
        path("demo/again/", demo.confirm, name="demo_again"),
    ]
