"""App configuration of exchange."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Files in and out."""

    name = "careloom.exchange"
    label = "exchange"
