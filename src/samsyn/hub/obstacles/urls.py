"""Which address leads to which page of the obstacle register?"""

from __future__ import annotations

from django.urls import path

from samsyn.hub.obstacles import views, views_national, views_report

app_name = "obstacles"

urlpatterns = [
    path("hinder/", views.register, name="register"),
    path("hinder/nytt/", views.never_asked, name="never-asked"),
    path("arenden/<uuid:case_id>/hinder/nytt/", views.never_asked, name="never-asked-in-case"),
    path("hinder/<uuid:obstacle_id>/", views.row, name="row"),
    path("fragor/<uuid:question_id>/foljd/", views.consequence, name="consequence"),
    path("hinder/rapport/", views_report.report, name="report"),
    path("hinder/rapport.<slug:kind>", views_report.report_file, name="report-file"),
    path("hinder/lamna-in/", views_national.hand_in, name="hand-in"),
    path("hinder/lamna-in/<uuid:handed_id>/aterta/", views_national.withdraw, name="withdraw"),
    path("hinder/tillsammans/", views_national.together, name="national"),
    path("hinder/tillsammans.<slug:kind>", views_national.together_file, name="national-file"),
    path("hinder/om-lagen-vore/", views_report.if_it_were_law, name="what-if"),
]
