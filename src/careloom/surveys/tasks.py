"""What the clock does for the questionnaires by itself: what may not be answered any more is counted, and its key is gone. Safe to repeat."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careloom.infra.access import System, acting_as, system
from careloom.partnership.actions.keeping import today
from careloom.surveys import secrecy
from careloom.surveys.actions.rounds import count
from careloom.surveys.models import Round


def run(*, at: datetime) -> int:
    """Count every round whose last day is over, and destroy the keys of all that are closed; how many were counted (decision 0012)."""
    over = Round.objects.filter(state="OPEN", closes_on__lt=today(at)).order_by("pk").values_list("pk", flat=True)
    counted = 0
    for pk in over:
        with transaction.atomic(), acting_as(system(System.JOB)):
            row = Round.objects.select_for_update().filter(pk=pk, state="OPEN").first()
            if row is not None:
                count(row, by=system(System.JOB), at=at)
                counted += 1
    # A crash after the count leaves a key, and a request that came late makes one again.
    for pk in Round.objects.filter(pk__in=secrecy.rounds_with_a_key()).exclude(state="OPEN").values_list("pk", flat=True):
        secrecy.destroy_key(pk)
    return counted
