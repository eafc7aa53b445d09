"""App configuration of permanency."""

from django.apps import AppConfig


class PermanencyConfig(AppConfig):
    """In-home case, custody, placement, hearings and the three clocks."""

    name = "careloom.permanency"
    label = "permanency"
