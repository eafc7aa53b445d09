"""Addresses of fetching a consented record, under /fetch/."""

from django.urls import path

from careloom.exchange.fetching import views

app_name = "fetch"
urlpatterns = [
    path("family/<uuid:identity_id>/", views.family, name="family"),
    path("<uuid:fetch_id>/", views.one, name="one"),
]
