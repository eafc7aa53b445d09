"""Addresses of what comes first, under /first/."""

from django.urls import path

from careloom.conduct import views

app_name = "conduct"

urlpatterns = [
    path("", views.mine, name="mine"),
    path("agency/", views.asked, name="asked"),
    path("agency/new/", views.ask, name="ask"),
    path("agency/<uuid:demand_id>/", views.one, name="one"),
    path("agency/<uuid:demand_id>/anew/", views.anew, name="anew"),
    path("agency/<uuid:demand_id>/end/", views.end, name="end"),
]
