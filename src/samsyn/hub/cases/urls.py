"""Which addresses has the case room?"""

from __future__ import annotations

from django.urls import URLPattern, path

from samsyn.hub.cases import (
    views,
    views_case,
    views_export,
    views_facts,
    views_lifting,
    views_objects,
    views_states,
)

app_name = "cases"
CASE = "arenden/<uuid:case_id>/"
FACT = f"{CASE}uppgifter/<uuid:fact_id>/"
FILE = f"{CASE}handlingar/<uuid:file_id>/"

urlpatterns: list[URLPattern] = [
    path("arenden/", views.case_list, name="list"),
    path("arenden/nytt/", views.case_new, name="new"),
    path(CASE, views.room, name="room"),
    path(f"{CASE}andamal/", views.purpose, name="purpose"),
    path(f"{CASE}ta-upp/", views.taken_up, name="take-up"),
    path(f"{CASE}logg/", views.log, name="log"),
    path(f"{CASE}andra/", views_case.edit, name="edit"),
    path(f"{CASE}avsluta/", views_states.close, name="close"),
    path(f"{CASE}oppna-igen/", views_states.reopen, name="reopen"),
    path(f"{CASE}vila/", views_states.pause, name="pause"),
    path(f"{CASE}ater/", views_states.resume, name="resume"),
    path(f"{CASE}arkivera/", views_states.archive, name="archive"),
    path(f"{CASE}stang/", views_case.restrict, name="restrict"),
    path(f"{CASE}exportera/", views_export.export, name="export"),
    path(f"{CASE}personer/", views_case.people, name="people"),
    path(f"{CASE}personer/<uuid:member_id>/bort/", views_case.unassigned, name="unassign"),
    path(f"{CASE}att-gora/nytt/", views_case.task_new, name="task-new"),
    path(f"{CASE}att-gora/<uuid:task_id>/klart/", views_case.task_done, name="task-done"),
    path(f"{CASE}klockor/ny/", views_case.clock_new, name="clock-new"),
    path(f"{CASE}klockor/<uuid:clock_id>/pausa/", views_case.clock_pause, name="clock-pause"),
    path(f"{CASE}klockor/<uuid:clock_id>/<slug:do>/", views_case.clock_change, name="clock-change"),
    path(f"{CASE}uppgifter/", views.facts, name="facts"),
    path(f"{CASE}uppgifter/ny/", views_facts.fact_new, name="fact-new"),
    path(f"{CASE}uppgifter/forslag/", views_facts.fact_proposal, name="fact-proposal"),
    path(FACT, views_facts.fact, name="fact"),
    path(f"{FACT}ratta/", views_facts.fact_correct, name="fact-correct"),
    path(f"{FACT}sekretess/", views_facts.fact_secrecy, name="fact-secrecy"),
    path(f"{FACT}varfor/", views_facts.fact_why, name="fact-why"),
    path(f"{FACT}hav/", views_lifting.fact_lift, name="fact-lift"),
    path(f"{FACT}oppna/", views_lifting.fact_open, name="fact-open"),
    path(f"{CASE}objekt/", views_objects.subjects, name="subjects"),
    path(f"{CASE}objekt/nytt/", views_objects.subject_new, name="subject-new"),
    path(f"{CASE}objekt/<uuid:entity_id>/visa/", views_objects.subject_shown, name="subject-show"),
    path(f"{CASE}handlingar/", views_objects.files, name="files"),
    path(f"{CASE}handlingar/ny/", views_objects.file_new, name="file-new"),
    path(FILE, views_objects.file, name="file"),
    path(f"{FILE}sida/<int:number>/", views_objects.file_page, name="file-page"),
    path(f"{FILE}original/", views_objects.file_original, name="file-original"),
    path(f"{FILE}sekretess/", views_objects.file_secrecy, name="file-secrecy"),
    path(f"{FILE}hav/", views_lifting.file_lift, name="file-lift"),
    path(f"{FILE}oppna/", views_lifting.file_open, name="file-open"),
    path(f"{CASE}diarium/", views_objects.register, name="register"),
    path(f"{CASE}diarium/ny/", views_objects.register_new, name="register-new"),
    path(f"{CASE}diarium/<uuid:line_id>/hav/", views_lifting.register_lift, name="register-lift"),
    path("diarium/", views_objects.agency_register, name="agency-register"),
    path("diarium/utdrag/", views_objects.register_extract, name="register-extract"),
]
