"""Which addresses has the guard: one's own account, people and roles, two-person acts?"""

from __future__ import annotations

from django.urls import URLPattern, path
from django.http import HttpResponse

app_name = "guard"
urlpatterns: list[URLPattern] = [path("me/", lambda r: HttpResponse("me"), name="me")]
