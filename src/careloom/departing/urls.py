"""Addresses of an agency's exports, under /agency/leaving/."""

from django.urls import path

from careloom.departing import views

app_name = "departing"
urlpatterns = [
    path("", views.home, name="home"),
    path("<uuid:departure_id>/", views.one, name="one"),
    path("<uuid:departure_id>/decide/", views.decide, name="decide"),
    path("<uuid:departure_id>/download/", views.download, name="download"),
]
