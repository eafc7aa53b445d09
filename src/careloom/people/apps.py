"""App configuration of people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Person records, identities, the family as the mother defines it."""

    name = "careloom.people"
    label = "people"
