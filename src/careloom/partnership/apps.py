"""App configuration of the partnership."""

from django.apps import AppConfig


class PartnershipConfig(AppConfig):
    """Collaboratives, who sits in them, and what they decide."""

    name = "careloom.partnership"
    label = "partnership"
