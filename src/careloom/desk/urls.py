"""Addresses of the desk: a worker's day, her families, and one family's pages."""

from __future__ import annotations

from django.urls import path

from careloom.desk.views import families, family, late, sheet, today

app_name = "desk"
urlpatterns = [
    path("", today.home, name="home"),
    path("today/", today.today, name="today"),
    path("today/late/", late.late, name="late"),
    path("today/wishes/", late.wishes, name="wishes"),
    path("today/sheet/", sheet.sheet, name="sheet"),
    path("today/<uuid:obligation_id>/done/", today.done, name="done"),
    path("today/<uuid:obligation_id>/undo/", today.undo, name="undo"),
    path("today/<uuid:obligation_id>/take/", today.take, name="take"),
    path("today/<uuid:obligation_id>/hand-over/", today.hand_over, name="hand_over"),
    path("families/", families.families, name="families"),
    path("families/search/", families.search, name="search"),
    path("families/<uuid:identity_id>/", family.family, name="family"),
    path("families/<uuid:identity_id>/story/", family.story, name="story"),
    path("families/<uuid:identity_id>/appointments/", family.appointments, name="appointments"),
    path("families/<uuid:identity_id>/appointments/<uuid:appointment_id>/", family.appointment_state, name="appointment_state"),
    path("families/<uuid:identity_id>/knows/", family.knows, name="knows"),
    path("families/<uuid:identity_id>/documents/", family.documents, name="documents"),
    path("who-looked/", family.who_looked, name="who_looked"),
]
