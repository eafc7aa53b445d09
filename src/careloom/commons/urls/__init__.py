"""Addresses of the partnership's rooms, under /partnership/. Each room has a module of its own."""

from careloom.commons.urls import agreements, aims, barriers, changes, inventory, knowledge, meetings, structure, surveys

app_name = "commons"
urlpatterns = [
    *structure.urlpatterns,
    *aims.urlpatterns,
    *barriers.urlpatterns,
    *meetings.urlpatterns,
    *knowledge.urlpatterns,
    *inventory.urlpatterns,
    *surveys.urlpatterns,
    *changes.urlpatterns,
    *agreements.urlpatterns,
]
