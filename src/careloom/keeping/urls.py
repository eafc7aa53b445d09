"""Addresses of keeping, under /agency/keeping/."""

from django.urls import path

from careloom.keeping.views import holds

app_name = "keeping"

urlpatterns = [
    path("holds/", holds.holds, name="holds"),
    path("holds/new/", holds.place, name="place"),
    path("holds/<uuid:hold_id>/lift/", holds.lift, name="lift"),
]
