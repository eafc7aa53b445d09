"""Addresses of the directory for other systems, under /hsds/."""

from django.urls import path, re_path

from careloom.exchange.hsds_api import views
from careloom.exchange.hsds_api.resources import RESOURCES

app_name = "hsds"
urlpatterns = [
    path("v3/", views.about, name="about"),
    path("v3/openapi.json", views.openapi, name="openapi"),
    path("v3/datapackage.zip", views.datapackage, name="datapackage"),
    *(path(f"v3/{name}", views.listing, {"resource": name}, name=name) for name in RESOURCES),
    *(path(f"v3/{name}/<str:given>", views.one, {"resource": name}, name=f"{name}_one") for name in RESOURCES),
    re_path(r"^v3/(?P<rest>.+)$", views.nothing, name="nothing"),
]
