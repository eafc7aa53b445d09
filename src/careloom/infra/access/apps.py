"""App configuration of access."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Row security, grants, the access log."""

    name = "careloom.infra.access"
    label = "access"
