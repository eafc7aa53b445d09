"""The nightly batch: opens what hospitals sealed, shuffles it, and writes the de-identified rows.

INVARIANT: rows of all hospitals are written together in a random order, with no time and no maker, so that neither the order on disk nor the
transaction of a row tells which family it came from.
"""

from __future__ import annotations

from secrets import SystemRandom
from typing import Any

from django.db import transaction

from careloom.infra.access import System, acting_as, system
from careloom.notifications.actions.seal import OUTGOING, unseal
from careloom.notifications.models import DeidentifiedNotification, SealedOutgoing

FIELDS = ("year", "state", "answers", "has_plan", "has_referral")


@transaction.atomic
def run_batch() -> int:
    """Write all waiting rows and return how many. Safe to run at any time and twice; what is written is taken off the list with it."""
    with acting_as(system(System.JOB)):
        waiting = list(SealedOutgoing.objects.select_for_update(skip_locked=True))
        bodies = [unseal(holder_id=row.holder_id, sealed=row.sealed, purpose=OUTGOING) for row in waiting]
        SystemRandom().shuffle(bodies)
        adds = [_row(body) for body in bodies if body["do"] == "ADD"]
        # The key is random too: written in key order, neither ctid nor index says which came first.
        DeidentifiedNotification.objects.bulk_create(sorted(adds, key=lambda row: row.receipt), ignore_conflicts=True)
        for body in (b for b in bodies if b["do"] != "ADD"):
            _change(body)
        SealedOutgoing.objects.filter(pk__in=[row.pk for row in waiting]).delete()
    return len(bodies)


def _row(body: dict[str, Any]) -> DeidentifiedNotification:
    return DeidentifiedNotification(receipt=body["receipt"], **{name: body[name] for name in FIELDS})


def _change(body: dict[str, Any]) -> None:
    rows = DeidentifiedNotification.objects.filter(receipt=body["receipt"])
    if body["do"] == "WITHDRAW":
        rows.update(withdrawn=True)
    elif body["do"] == "CORRECT":
        rows.update(answers=body["answers"])
    else:  # COUNTS
        rows.update(has_plan=body["has_plan"], has_referral=body["has_referral"])
