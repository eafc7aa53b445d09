"""Addresses of consents."""

from __future__ import annotations

from django.urls import path

from careloom.consents.views import builder, family, one

app_name = "consents"
urlpatterns = [
    path("stopped/", family.after_stop, name="after_stop"),
    path("of/<uuid:identity_id>/", family.family, name="family"),
    path("of/<uuid:identity_id>/looked/", family.looked, name="looked"),
    path("of/<uuid:identity_id>/history/", family.history, name="history"),
    path("wish/<uuid:identity_id>/", builder.wishes, name="wishes"),
    path("new/<uuid:identity_id>/", builder.new, name="new"),
    path("new/<uuid:identity_id>/sign/", builder.sign, name="sign"),
    path("new/<uuid:identity_id>/paper/", builder.paper, name="paper"),
    path("<uuid:consent_id>/", one.one, name="one"),
    path("<uuid:consent_id>/stop/", one.stop, name="stop"),
    path("<uuid:consent_id>/happened/", one.happened, name="happened"),
    path("<uuid:consent_id>/holds/", one.holds, name="holds"),
    path("<uuid:consent_id>/scan/", one.scan, name="scan"),
    path("<uuid:consent_id>/copy/", one.copy, name="copy"),
]
