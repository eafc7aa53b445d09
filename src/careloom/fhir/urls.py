"""Addresses of the FHIR server, under /fhir."""

from django.urls import path

from careloom.fhir import views

app_name = "fhir"
urlpatterns = [
    path("metadata", views.metadata, name="metadata"),
    path(".well-known/smart-configuration", views.smart, name="smart"),
    path("token", views.token, name="token"),
    path("", views.server, name="root"),
    path("<path:rest>", views.server, name="server"),
]
