"""The address of suggestions."""

from django.urls import path

from careloom.infra.wording import views

urlpatterns = [path("words/", views.words, name="words")]
