"""Addresses of keeping, under /agency/keeping/."""

from django.urls import path

from careloom.keeping.views import expunging, holds

app_name = "keeping"

urlpatterns = [
    path("holds/", holds.holds, name="holds"),
    path("holds/new/", holds.place, name="place"),
    path("holds/<uuid:hold_id>/lift/", holds.lift, name="lift"),
    path("expunge/", expunging.every, name="expungings"),
    path("expunge/new/", expunging.propose, name="propose"),
    path("expunge/<uuid:expunging_id>/", expunging.one, name="expunging"),
]
