"""Which addresses has the desk: the day, search, settings, help?"""

from __future__ import annotations

from django.urls import path

from samsyn.hub.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.my_day, name="my-day"),
    path("sok/", views.search, name="search"),
    path("sok/forslag/", views.suggest, name="suggest"),
    path("installningar/", views.settings, name="settings"),
    path("hjalp/", views.help_page, name="help"),
]
