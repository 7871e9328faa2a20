"""Which address leads to which page of the obstacle register?"""

from __future__ import annotations

from django.urls import path

from samsyn.hub.obstacles import views, views_report

app_name = "obstacles"

urlpatterns = [
    path("hinder/", views.register, name="register"),
    path("hinder/nytt/", views.never_asked, name="never-asked"),
    path("arenden/<uuid:case_id>/hinder/nytt/", views.never_asked, name="never-asked-in-case"),
    path("hinder/<uuid:obstacle_id>/", views.row, name="row"),
    path("fragor/<uuid:question_id>/foljd/", views.consequence, name="consequence"),
    path("hinder/rapport/", views_report.report, name="report"),
    path("hinder/rapport.<slug:kind>", views_report.report_file, name="report-file"),
    path("hinder/om-lagen-vore/", views_report.if_it_were_law, name="what-if"),
]
