"""App configuration of the outbox."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """The outbox."""

    name = "careloom.infra.events"
    label = "events"
