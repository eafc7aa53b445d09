"""App configuration of health."""

from django.apps import AppConfig


class HealthConfig(AppConfig):
    """Clinical facts with their holder."""

    name = "careloom.health"
    label = "health"
