"""Loads what the first pages need before the web server forks, so that its processes share these pages of memory and no request waits for them."""

from __future__ import annotations

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.template import engines
from django.urls import get_resolver
from django.utils import translation


def warm() -> None:
    """Load addresses with their views, templates and words. Asks the database nothing; doing it twice costs little."""
    get_resolver()._populate()  # type: ignore[attr-defined]  # Django offers no public way to import every view.
    load = engines["django"].get_template
    for name in _templates():
        load(name)
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            translation.gettext("")


def _templates() -> list[str]:
    """Our own templates; those of packages are loaded by the pages that need them."""
    folders = [Path(app.path) / "templates" for app in apps.get_app_configs() if app.name.startswith("careloom.")]
    return sorted(str(file.relative_to(folder)) for folder in folders for file in folder.rglob("*.html"))
