"""App configuration of consents."""

from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    """Releases and the grants that follow from them."""

    name = "careloom.consents"
    label = "consents"
