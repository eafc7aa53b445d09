"""Addresses of an agency's systems, under /agency/systems/."""

from django.urls import path

from careloom.fhir.clients import views
from careloom.fhir.hooks import views as hooks

app_name = "systems"
urlpatterns = [
    path("", views.systems, name="systems"),
    path("register/", views.register, name="register"),
    path("<uuid:client_id>/", views.system, name="system"),
    path("<uuid:client_id>/revoke/", views.revoke, name="revoke"),
    path("<uuid:client_id>/changes/", hooks.hook, name="hook"),
    path("<uuid:client_id>/changes/address/", hooks.address, name="hook_address"),
    path("<uuid:client_id>/changes/secret/", hooks.secret, name="hook_secret"),
    path("<uuid:client_id>/changes/do/", hooks.do, name="hook_do"),
]
