"""What the clock does for the meetings by itself: series are kept made ahead. Safe to repeat."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careloom.infra.access import System, acting_as, system
from careloom.meetings.actions.scheduling import make_ahead
from careloom.meetings.models import Series
from careloom.partnership.turns import take_turn


def run(*, at: datetime) -> int:
    """Make the meetings of every live series as far ahead as the pack says; how many were made (R-189)."""
    made = 0
    for row in Series.objects.filter(ends_on=None, body__ends_on=None).order_by("pk"):
        with transaction.atomic(), acting_as(system(System.JOB)):
            take_turn(f"meetings:{row.body_id}")
            made += make_ahead(by=system(System.JOB), at=at, series=row)
    return made
