"""Which addresses has the guard: people and roles, two-person acts, one's own account?"""

from __future__ import annotations

from django.urls import path

from samsyn.hub.guard import views

app_name = "guard"
urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/new/", views.new_person, name="new-person"),
    path("people/<uuid:pk>/", views.person, name="person"),
    path("people/<uuid:pk>/invite/", views.invite, name="invite"),
    path("people/<uuid:pk>/bind/", views.bind, name="bind"),
    path("people/<uuid:pk>/close/", views.close, name="close"),
    path("people/<uuid:pk>/role/", views.give_role, name="give-role"),
    path("people/<uuid:pk>/recover/", views.recover, name="recover"),
    path("roles/<uuid:pk>/withdraw/", views.withdraw_role, name="withdraw-role"),
    path("two-persons/", views.waiting, name="two-persons"),
    path("two-persons/<uuid:pk>/", views.decide, name="decide"),
    path("two-persons/<uuid:pk>/take-back/", views.take_back, name="take-back"),
    path("me/", views.me, name="me"),
    path("me/language/", views.language, name="language"),
]
