"""App configuration of work."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    """Obligations: what Today lists."""

    name = "careloom.work"
    label = "work"
