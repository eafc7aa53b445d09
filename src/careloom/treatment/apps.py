"""App configuration of treatment."""

from django.apps import AppConfig


class TreatmentConfig(AppConfig):
    """Treatment as its program keeps it: episodes, medication, the five components, tests, return to use, progress as a consent opens it."""

    name = "careloom.treatment"
    label = "treatment"
