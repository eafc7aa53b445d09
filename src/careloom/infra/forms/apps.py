"""App configuration of forms: it has templates and no tables."""

from django.apps import AppConfig


class FormsConfig(AppConfig):
    """The engine on which instruments and other forms are filled."""

    name = "careloom.infra.forms"
    label = "infra_forms"
