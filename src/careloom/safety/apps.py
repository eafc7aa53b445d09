"""App configuration of safety."""

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    """Child welfare's safety assessment and safety plan, apart from the plan of safe care and from a case."""

    name = "careloom.safety"
    label = "safety"
