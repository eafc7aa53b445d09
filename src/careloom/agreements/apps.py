"""App configuration."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """Agreements between partners, from the first draft to the yearly look."""

    name = "careloom.agreements"
    label = "agreements"
