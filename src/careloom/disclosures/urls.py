"""Addresses of disclosures, under /disclosures/."""

from django.urls import path

from careloom.disclosures.views import emergency, family, given, requests, review

app_name = "disclosures"
urlpatterns = [
    path("", requests.register, name="register"),
    path("new/", requests.new, name="new"),
    path("requests/<uuid:request_id>/", requests.one, name="request"),
    path("requests/<uuid:request_id>/person/", requests.person, name="person"),
    path("requests/<uuid:request_id>/release/", requests.release, name="release"),
    path("requests/<uuid:request_id>/answer/", requests.deny, name="deny"),
    path("requests/<uuid:request_id>/letter/", requests.letter, name="letter"),
    path("of/<uuid:identity_id>/", family.family, name="family"),
    path("of/<uuid:identity_id>/ask/", family.ask, name="ask"),
    path("of/<uuid:identity_id>/more/", family.more, name="more"),
    path("of/<uuid:identity_id>/by-hand/", family.by_hand, name="by_hand"),
    path("given/<uuid:given_id>/", given.given, name="given"),
    path("given/<uuid:given_id>/paper/", given.paper, name="paper"),
    path("more/<uuid:reached_id>/", review.more_reached, name="more_reached"),
    path("emergency/", emergency.find, name="emergency"),
    path("emergency/lately/", review.openings, name="openings"),
    path("emergency/of/<uuid:identity_id>/", emergency.start, name="start"),
    path("emergency/<uuid:opening_id>/", emergency.look, name="look"),
    path("emergency/<uuid:opening_id>/left/", emergency.left, name="left"),
    path("emergency/<uuid:opening_id>/close/", emergency.close, name="close"),
    path("emergency/<uuid:opening_id>/go-on/", emergency.go_on, name="go_on"),
    path("emergency/<uuid:opening_id>/review/", review.review, name="review"),
    path("emergency/findings/<uuid:finding_id>/", review.finding, name="finding"),
]
