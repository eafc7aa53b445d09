"""App configuration of desk."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Workers' Today and family view."""

    name = "careloom.desk"
    label = "desk"
