"""App configuration of position."""

from django.apps import AppConfig


class PositionConfig(AppConfig):
    """The integration position."""

    name = "careloom.position"
    label = "position"
