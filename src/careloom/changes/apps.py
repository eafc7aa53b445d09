"""App configuration."""

from django.apps import AppConfig


class ChangesConfig(AppConfig):
    """Guidance, strategies, policies, pilots and what was learned from them."""

    name = "careloom.changes"
    label = "changes"
