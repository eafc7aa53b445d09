"""Addresses of consents."""

from __future__ import annotations

from django.urls import path

from careloom.consents.views import builder, family, one, orders, register, why

app_name = "consents"
urlpatterns = [
    path("stopped/", family.after_stop, name="after_stop"),
    path("of/<uuid:identity_id>/", family.family, name="family"),
    path("of/<uuid:identity_id>/looked/", family.looked, name="looked"),
    path("of/<uuid:identity_id>/history/", family.history, name="history"),
    path("of/<uuid:identity_id>/why/", why.why, name="why"),
    path("of/<uuid:identity_id>/orders/", orders.of_family, name="family_orders"),
    path("of/<uuid:identity_id>/orders/new/", orders.new, name="order_new"),
    path("orders/", orders.orders, name="orders"),
    path("orders/<uuid:order_id>/", orders.order, name="order"),
    path("orders/<uuid:order_id>/end/", orders.end, name="order_end"),
    path("orders/<uuid:order_id>/scan/", orders.scan, name="order_scan"),
    path("register/", register.register, name="register"),
    path("register/new/", register.new, name="clause_new"),
    path("register/<uuid:clause_id>/", register.clause, name="clause"),
    path("register/<uuid:clause_id>/review/", register.review, name="clause_review"),
    path("register/<uuid:clause_id>/end/", register.end, name="clause_end"),
    path("wish/<uuid:identity_id>/", builder.wishes, name="wishes"),
    path("new/<uuid:identity_id>/", builder.new, name="new"),
    path("new/<uuid:identity_id>/sign/", builder.sign, name="sign"),
    path("new/<uuid:identity_id>/paper/", builder.paper, name="paper"),
    path("<uuid:consent_id>/", one.one, name="one"),
    path("<uuid:consent_id>/stop/", one.stop, name="stop"),
    path("<uuid:consent_id>/happened/", one.happened, name="happened"),
    path("<uuid:consent_id>/holds/", one.holds, name="holds"),
    path("<uuid:consent_id>/member/", one.member, name="member"),
    path("<uuid:consent_id>/scan/", one.scan, name="scan"),
    path("<uuid:consent_id>/copy/", one.copy, name="copy"),
]
