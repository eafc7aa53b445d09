"""Addresses of the reports about use, under /agency/usage/."""

from django.urls import path

from careloom.usage import views

app_name = "usage"
urlpatterns = [
    path("", views.screens, name="screens"),
    path("screens.csv", views.screens_file, name="screens_file"),
    path("fields/", views.fields, name="fields"),
    path("fields.csv", views.fields_file, name="fields_file"),
    path("all/", views.all_screens, name="all_screens"),
    path("all/screens.csv", views.all_screens_file, name="all_screens_file"),
    path("all/fields/", views.all_fields, name="all_fields"),
    path("all/fields.csv", views.all_fields_file, name="all_fields_file"),
]
