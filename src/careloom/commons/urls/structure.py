"""Addresses of collaboratives, their partners, bodies and seats."""

from django.urls import path

from careloom.commons.views import bodies, home, partners, seats

urlpatterns = [
    path("", home.home, name="home"),
    path("new/", home.begin, name="begin"),
    path("mine/", home.mine, name="mine"),
    path("<uuid:collaborative_id>/", home.rooms, name="rooms"),
    path("<uuid:collaborative_id>/missing/", home.missing, name="missing"),
    path("<uuid:collaborative_id>/vision/", home.vision, name="vision"),
    path("<uuid:collaborative_id>/partners/", partners.listed, name="partners"),
    path("<uuid:collaborative_id>/partners/new/", partners.new, name="partner_new"),
    path("<uuid:collaborative_id>/partners/<uuid:partner_id>/", partners.edit, name="partner"),
    path("<uuid:collaborative_id>/bodies/new/", bodies.new, name="body_new"),
    path("<uuid:collaborative_id>/bodies/<uuid:body_id>/", bodies.body, name="body"),
    path("<uuid:collaborative_id>/bodies/<uuid:body_id>/edit/", bodies.edit, name="body_edit"),
    path("<uuid:collaborative_id>/bodies/<uuid:body_id>/charter/", bodies.charter, name="charter"),
    path("<uuid:collaborative_id>/bodies/<uuid:body_id>/confirm/", bodies.confirm, name="body_confirm"),
    path("<uuid:collaborative_id>/bodies/<uuid:body_id>/seats/new/", seats.new, name="seat_new"),
    path("<uuid:collaborative_id>/seats/<uuid:seat_id>/", seats.edit, name="seat"),
    path("<uuid:collaborative_id>/seats/<uuid:seat_id>/leave/", seats.leave, name="seat_leave"),
    path("<uuid:collaborative_id>/seats/<uuid:seat_id>/commit/", seats.commit, name="seat_commit"),
]
