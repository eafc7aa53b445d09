"""Who listens to which event, and who is told of a new segment. The one place where the floors are joined upwards."""

from __future__ import annotations

from careloom.consents.materialise import materialise
from careloom.infra.access import segments


def join() -> None:
    """Join events to handlers; done once when the process starts."""
    segments.on_new_segment(materialise)
