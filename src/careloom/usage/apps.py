"""App configuration of usage."""

from django.apps import AppConfig


class UsageConfig(AppConfig):
    """Which screens are used, and which fields are never filled."""

    name = "careloom.usage"
    label = "usage"
