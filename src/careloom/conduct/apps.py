"""App configuration of conduct."""

from django.apps import AppConfig


class ConductConfig(AppConfig):
    """Codes of conduct and trainings that come first."""

    name = "careloom.conduct"
    label = "conduct"
