"""App configuration of keeping."""

from django.apps import AppConfig


class KeepingConfig(AppConfig):
    """Legal holds and expunging."""

    name = "careloom.keeping"
    label = "keeping"
