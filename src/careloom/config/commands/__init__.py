"""The subcommands of ``careloom``, one module each, and what they share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from careloom.config.environment import Environment, load
from careloom.infra.postgres import database


class CommandProblem(Exception):
    """A command cannot do its work; the text is a sentence with the next step and holds no personal data."""


def environment() -> Environment:
    """The settings, with what child processes and the database programs read put into the process environment."""
    settings = load()
    os.environ["CARELOOM_HOME"] = str(settings.home)
    if settings.pg_bin is not None:
        os.environ["CARELOOM_PG_BIN"] = str(settings.pg_bin)
    return settings


@contextmanager
def django_with_database() -> Iterator[Environment]:
    """Django set up and the database running inside ``with``; the embedded server stops after it when nobody else uses it."""
    settings = environment()
    with database(settings):
        set_up_django()
        try:
            yield settings
        finally:
            from django.db import connections

            connections.close_all()


def set_up_django() -> None:
    """Load Django with our settings, once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careloom.config.settings")
    import django

    django.setup()
