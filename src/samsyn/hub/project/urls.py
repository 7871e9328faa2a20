"""Which address does which app answer?"""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("samsyn.hub.guard.signin.urls")),
    # Also for those who are not signed in: the sign-in is read in their language.
    path("sprak/", login_not_required(set_language), name="set_language"),
]
urlpatterns += [
    path("", include(f"samsyn.hub.{app}.urls"))
    for app in (
        "desk",
        "cases",
        "disclosures",
        "obstacles",
        "insight",
        "api",
        "guidance",
        "guard",
    )
]
