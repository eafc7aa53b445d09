"""App configuration of rights."""

from django.apps import AppConfig


class RightsConfig(AppConfig):
    """What a patient asks of a holder: a copy, a correction, lists of disclosures, limits, another way to be reached."""

    name = "careloom.rights"
    label = "rights"
