"""App configuration of the rooms."""

from django.apps import AppConfig


class CommonsConfig(AppConfig):
    """Pages of the partnership."""

    name = "careloom.commons"
    label = "commons"
