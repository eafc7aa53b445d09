"""App configuration of messages."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """Messages, appointments, safe contact."""

    name = "careloom.messages"
    label = "careloom_messages"
