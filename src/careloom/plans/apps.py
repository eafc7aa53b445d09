"""App configuration of plans."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Plans of safe care."""

    name = "careloom.plans"
    label = "plans"
