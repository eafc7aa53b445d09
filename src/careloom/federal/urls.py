"""Addresses of the federal files, under /numbers/federal/."""

from django.urls import path

from careloom.federal import views

app_name = "federal"
urlpatterns = [
    path("", views.home, name="home"),
    path("mend/", views.mend, name="mend"),
    path("layouts/<slug:code>/", views.layout, name="layout"),
    path("<uuid:federal_file_id>/", views.one, name="file"),
    path("<uuid:federal_file_id>/preview/", views.preview, name="preview"),
    path("<uuid:federal_file_id>/agreement/", views.agreement, name="agreement"),
    path("<uuid:federal_file_id>/faults.csv", views.faults, name="faults"),
    path("<uuid:federal_file_id>/download/", views.download, name="download"),
]
