"""Addresses of the integration position, under /position/."""

from django.urls import path

from careloom.position import views
from careloom.position.entry_views import entry, entry_file, entry_print

app_name = "position"
urlpatterns = [
    path("", views.caseload, name="caseload"),
    path("of/<uuid:identity_id>/", views.family, name="family"),
    path("referrals/", views.referrals, name="referrals"),
    path("days/", views.days, name="days"),
    path("holders/", views.holders, name="holders"),
    path("entry/", entry, name="entry"),
    path("entry/file/", entry_file, name="entry_file"),
    path("entry/print/", entry_print, name="entry_print"),
]
