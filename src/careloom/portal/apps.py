"""App configuration of portal."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The mother's own pages."""

    name = "careloom.portal"
    label = "portal"
