"""Addresses of the register of sources, under /agency/sources/."""

from django.urls import path

from careloom.exchange.fetching import admin

app_name = "sources"
urlpatterns = [
    path("", admin.listed, name="sources"),
    path("register/", admin.register, name="register"),
    path("key/", admin.change_key, name="change_key"),
    path("<uuid:agency_id>/jwks.json", admin.jwks, name="jwks"),
    path("<uuid:source_id>/end/", admin.end, name="end"),
]
