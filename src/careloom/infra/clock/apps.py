"""App configuration of the clock."""

from django.apps import AppConfig


class ClockConfig(AppConfig):
    """The clock."""

    name = "careloom.infra.clock"
    label = "clock"
    default_auto_field = "django.db.models.AutoField"
