"""App configuration of screening."""

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    """Screening and assessment instruments and other forms about a family, filled on the form engine."""

    name = "careloom.screening"
    label = "screening"
