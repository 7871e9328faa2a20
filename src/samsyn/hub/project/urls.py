"""Which address does which app answer?"""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("samsyn.hub.guard.signin.urls"))
]
urlpatterns += [
    path("", include(f"samsyn.hub.{app}.urls"))
    for app in ("desk", "cases", "disclosures", "insight", "registry", "guard")
    if find_spec(f"samsyn.hub.{app}.urls")
]
