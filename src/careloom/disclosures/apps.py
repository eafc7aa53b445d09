"""App configuration of disclosures."""

from django.apps import AppConfig


class DisclosuresConfig(AppConfig):
    """Requests for records, what was given by hand or on paper, looks in a medical emergency, and questions for more."""

    name = "careloom.disclosures"
    label = "disclosures"
