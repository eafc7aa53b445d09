"""Addresses of an agency's systems, under /agency/systems/."""

from django.urls import path

from careloom.fhir.clients import views

app_name = "systems"
urlpatterns = [
    path("", views.systems, name="systems"),
    path("register/", views.register, name="register"),
    path("<uuid:client_id>/", views.system, name="system"),
    path("<uuid:client_id>/revoke/", views.revoke, name="revoke"),
]
