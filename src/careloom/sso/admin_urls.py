"""Addresses of the register of providers, under /agency/sign-in/."""

from django.urls import path

from careloom.sso import admin

app_name = "providers"
urlpatterns = [
    path("", admin.providers, name="providers"),
    path("register/", admin.register, name="register"),
    path("groups/", admin.shared, name="shared"),
    path("<uuid:provider_id>/", admin.provider, name="provider"),
    path("<uuid:provider_id>/end/", admin.end, name="end"),
]
