"""App configuration."""

from django.apps import AppConfig


class BarriersConfig(AppConfig):
    """What stands in the way of families, how it rises, and what comes back."""

    name = "careloom.barriers"
    label = "barriers"
