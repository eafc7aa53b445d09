"""App configuration of wording."""

from django.apps import AppConfig


class WordingConfig(AppConfig):
    """Person-first words: suggestions, and how often each was made in an agency."""

    name = "careloom.infra.wording"
    label = "wording"
