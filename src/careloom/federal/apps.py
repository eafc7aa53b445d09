"""App configuration of federal."""

from django.apps import AppConfig


class FederalConfig(AppConfig):
    """The federal files of a state: NCANDS Child and Agency File and AFCARS, checked and reconciled."""

    name = "careloom.federal"
    label = "federal"
