"""Addresses of the directory."""

from django.urls import path

from careloom.directory import views

app_name = "directory"
urlpatterns = [
    path("", views.search, name="search"),
    path("<uuid:service_id>/", views.service, name="service"),
    path("<uuid:service_id>/questions/", views.questions, name="questions"),
    path("<uuid:service_id>/room/", views.capacity, name="capacity"),
]
