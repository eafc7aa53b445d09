"""Joins events to their handlers when the process starts."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The wiring."""

    name = "careloom.config"
    label = "config"

    def ready(self) -> None:
        from careloom.config import subscriptions

        subscriptions.join()
