"""The Django app that carries templates, the stylesheet and template tags."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, static files, tags and the form language; it has no tables."""

    name = "careloom.infra.ui"
    label = "ui"
    verbose_name = "Look"

    def ready(self) -> None:
        """Teach Django's form fields to say what to do next."""
        from careloom.infra.ui.renderer import teach_errors

        teach_errors()
