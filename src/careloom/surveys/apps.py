"""App configuration."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Instruments that a partnership holds up to itself, answered by nobody in particular."""

    name = "careloom.surveys"
    label = "surveys"
