"""Addresses under /forms/."""

from django.urls import path

from careloom.screening.views import family, filling, library, results

app_name = "screening"

urlpatterns = [
    path("library/", library.library, name="library"),
    path("fill/<uuid:draft_id>/", filling.fill, name="fill"),
    path("fill/<uuid:draft_id>/save/", filling.save, name="save"),
    path("fill/<uuid:draft_id>/both/", filling.both, name="both"),
    path("fill/<uuid:draft_id>/discard/", filling.discard, name="discard"),
    path("one/<uuid:response_id>/", results.one, name="one"),
    path("one/<uuid:response_id>/done/", results.follow_up, name="follow_up"),
    path("one/<uuid:response_id>/correct/", results.correct, name="correct"),
    path("one/<uuid:response_id>/take-back/", results.take_back, name="take_back"),
    path("<uuid:identity_id>/", family.family, name="family"),
    path("<uuid:identity_id>/start/", family.start, name="start"),
    path("<uuid:identity_id>/protocol/", family.shown, name="protocol"),
]
