"""Addresses of opening from an EHR, under /ehr/."""

from django.urls import path

from careloom.exchange.smart import views

app_name = "ehr"
urlpatterns = [
    path("", views.choose, name="choose"),
    path("launch/", views.launch, name="launch"),
    path("back/", views.back, name="back"),
    path("<uuid:ehr_id>/", views.standalone, name="standalone"),
]
