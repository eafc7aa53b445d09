"""Addresses of the register of EHRs, under /agency/ehrs/."""

from django.urls import path

from careloom.exchange.smart import admin

app_name = "ehrs"
urlpatterns = [
    path("", admin.ehrs, name="ehrs"),
    path("register/", admin.register, name="register"),
    path("<uuid:ehr_id>/end/", admin.end, name="end"),
]
