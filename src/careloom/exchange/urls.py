"""Addresses of files in and out, under /import/."""

from django.urls import path

from careloom.exchange.families import views as family_views
from careloom.exchange.hsds import views as directory_views
from careloom.exchange.hsds_api import page as directory_page

app_name = "exchange"
urlpatterns = [
    path("family/", family_views.upload, name="family_upload"),
    path("directory/", directory_views.upload, name="directory_upload"),
    path("directory/others/", directory_page.others, name="directory_others"),
    path("directory/<uuid:upload_id>/", directory_views.check, name="directory_check"),
]
