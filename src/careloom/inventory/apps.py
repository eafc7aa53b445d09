"""App configuration."""

from django.apps import AppConfig


class InventoryConfig(AppConfig):
    """Which services there are, what is missing, and what will last."""

    name = "careloom.inventory"
    label = "inventory"
