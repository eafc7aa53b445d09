"""App configuration."""

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    """What partners know of each other: profiles, words, roles, training, champions."""

    name = "careloom.knowledge"
    label = "knowledge"
