"""Addresses of the integration position, under /position/."""

from django.urls import path

from careloom.position import file_views, views
from careloom.position.entry_views import correct, entry, entry_print

app_name = "position"
urlpatterns = [
    path("", views.caseload, name="caseload"),
    path("of/<uuid:identity_id>/", views.family, name="family"),
    path("referrals/", views.referrals, name="referrals"),
    path("days/", views.days, name="days"),
    path("holders/", views.holders, name="holders"),
    path("entry/", entry, name="entry"),
    path("entry/file/", file_views.check, name="entry_file"),
    path("entry/plans/", file_views.plans, name="entry_plans"),
    path("files/", file_views.made, name="files"),
    path("files/<uuid:state_file_id>/", file_views.again, name="file"),
    path("contact/<uuid:contact_id>/", correct, name="correct"),
    path("entry/print/", entry_print, name="entry_print"),
]
