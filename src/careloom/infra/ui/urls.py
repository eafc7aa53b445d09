"""Addresses of the look's own pages, and of the language switch."""

from django.urls import path
from django.views.i18n import set_language

from careloom.infra.ui import views

urlpatterns = [
    path("gallery/", views.gallery_page, name="gallery"),
    path("offline/", views.offline, name="offline"),
    path("worker.js", views.page_worker, name="page_worker"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("about/", views.about, name="about"),
    path("help/", views.help_page, name="help"),
    path("language/", set_language, name="set_language"),
]
