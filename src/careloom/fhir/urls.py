"""Addresses of the FHIR server, under /fhir."""

from django.urls import path

from careloom.fhir import views
from careloom.fhir.bulk import views as bulk

app_name = "fhir"
urlpatterns = [
    path("metadata", views.metadata, name="metadata"),
    path(".well-known/smart-configuration", views.smart, name="smart"),
    path("openapi.json", views.openapi, name="openapi"),
    path("token", views.token, name="token"),
    path("Patient/$export", bulk.kick_off, name="export_patients"),
    path("Group/<str:group>/$export", bulk.kick_off, name="export_group"),
    path("export/<uuid:export_id>", bulk.export, name="export"),
    path("export/<uuid:export_id>/<uuid:file_id>", bulk.file, name="export_file"),
    path("Binary/<str:id_>", views.papers, name="binary"),
    path("", views.server, name="root"),
    path("<path:rest>", views.server, name="server"),
]
