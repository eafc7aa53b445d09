"""App configuration."""

from django.apps import AppConfig


class AimsConfig(AppConfig):
    """What a partnership aims at, and how it knows whether it gets there."""

    name = "careloom.aims"
    label = "aims"
