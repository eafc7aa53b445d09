"""The Django app that carries templates, the stylesheet and template tags."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, static files and tags of the look; it has no tables."""

    name = "careloom.infra.ui"
    label = "ui"
    verbose_name = "Look"
