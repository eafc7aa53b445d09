"""App configuration of departing."""

from django.apps import AppConfig


class DepartingConfig(AppConfig):
    """Exports of everything that an agency owns, asked for on a page."""

    name = "careloom.departing"
    label = "departing"
