"""Addresses of sign-in by a provider, under /account/sso/."""

from django.urls import path

from careloom.sso import views

app_name = "sso"
urlpatterns = [
    path("", views.find, name="find"),
    path("back/", views.back, name="back"),
    path("metadata/", views.metadata, name="metadata"),
    path("<uuid:provider_id>/", views.start, name="start"),
]
