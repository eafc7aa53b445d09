"""Addresses of bringing families in from a spreadsheet, under /import/sheets/."""

from django.urls import path

from careloom.exchange.sheets import views

app_name = "sheets"
urlpatterns = [
    path("", views.home, name="home"),
    path("mapping/<uuid:mapping_id>.json", views.mapping, name="mapping"),
    path("<uuid:sheet_id>/", views.one, name="one"),
    path("<uuid:sheet_id>/refused.csv", views.refused, name="refused"),
]
