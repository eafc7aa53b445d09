"""Addresses of who may be one person, under /people/."""

from django.urls import path

from careloom.people.views import joins, matches, search

app_name = "people"
urlpatterns = [
    path("", matches.matches, name="matches"),
    path("search/", search.search, name="search"),
    path("joins/", joins.joins, name="joins"),
    path("joins/<uuid:join_id>/", joins.join, name="join"),
    path("<uuid:match_id>/", matches.match, name="match"),
    path("<uuid:match_id>/same/", matches.answer, {"says_what": "same"}, name="same"),
    path("<uuid:match_id>/not-same/", matches.answer, {"says_what": "not-same"}, name="not_same"),
    path("<uuid:match_id>/later/", matches.answer, {"says_what": "later"}, name="later"),
]
