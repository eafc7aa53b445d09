"""Registers the periodic jobs once Procrastinate's app is ready."""

from __future__ import annotations

from typing import Any


def on_app_ready(app: Any) -> None:
    """Import the modules that declare periodic jobs."""
    from careloom.config import jobs

    jobs.declare(app)
