"""App configuration of agencies."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Agencies, workers, roles, sign-in."""

    name = "careloom.agencies"
    label = "agencies"
