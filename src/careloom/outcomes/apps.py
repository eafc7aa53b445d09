"""App configuration of outcomes."""

from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    """Counts and reports."""

    name = "careloom.outcomes"
    label = "outcomes"
