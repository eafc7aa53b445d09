"""App configuration of notifications."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """CAPTA/CARA notifications."""

    name = "careloom.notifications"
    label = "notifications"
