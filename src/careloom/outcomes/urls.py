"""Addresses of the numbers."""

from django.urls import path

from careloom.outcomes import views

app_name = "outcomes"
urlpatterns = [
    path("", views.home, name="home"),
    path("federal-three.csv", views.download, name="download"),
]
