"""The nightly batch: opens what hospitals sealed, shuffles it, and writes the de-identified rows.

INVARIANT: each night that brings anything, the whole table is written anew in the order of its random receipts. So every row has the same
transaction and its place on disk says nothing: a night with one birth, or with one correction, tells no more than a night with a hundred.
"""

from __future__ import annotations

import logging
from typing import Any

from django.db import connection, transaction

from careloom.infra.access import System, acting_as, system
from careloom.infra.keys import KeyProblem
from careloom.notifications.actions.seal import OUTGOING, unseal
from careloom.notifications.models import DeidentifiedNotification, SealedOutgoing

_log = logging.getLogger(__name__)
FIELDS = ("year", "state", "answers", "has_plan", "has_referral")


@transaction.atomic
def run_batch() -> int:
    """Write all waiting rows and return how many. Safe to run at any time and twice; what is written is taken off the list with it.

    A row that its hospital's key no longer opens stays on the list and does not hold up the others.
    """
    with acting_as(system(System.JOB)):
        _one_at_a_time()
        opened = {row.pk: body for row in SealedOutgoing.objects.all() if (body := _open(row)) is not None}
        adds = [_row(body) for body in opened.values() if body["do"] == "ADD"]
        DeidentifiedNotification.objects.bulk_create(adds, ignore_conflicts=True)
        # Within a night the later word on a receipt wins; the instant is inside the seal and is written nowhere.
        for body in sorted((b for b in opened.values() if b["do"] != "ADD"), key=lambda b: str(b["at"])):
            _change(body)
        SealedOutgoing.objects.filter(pk__in=list(opened)).delete()
        if opened:
            _write_all_anew()
    return len(opened)


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('notifications.run_batch'))")


def _open(row: SealedOutgoing) -> dict[str, Any] | None:
    try:
        return unseal(holder_id=row.holder_id, sealed=row.sealed, purpose=OUTGOING)
    except KeyProblem:
        _log.warning("a waiting notification of agency %s cannot be opened with its key; restore the keys folder of this data", row.holder_id)
        return None


def _write_all_anew() -> None:
    # A new file on disk: neither live rows nor dead ones keep the order in which they came (migration 0003).
    with connection.cursor() as cursor:
        cursor.execute("SELECT notifications_write_anew()")


def _row(body: dict[str, Any]) -> DeidentifiedNotification:
    return DeidentifiedNotification(receipt=body["receipt"], **{name: body[name] for name in FIELDS})


def _change(body: dict[str, Any]) -> None:
    rows = DeidentifiedNotification.objects.filter(receipt=body["receipt"])
    if body["do"] == "WITHDRAW":
        rows.update(withdrawn=True)
    elif body["do"] == "CORRECT":
        rows.update(answers=body["answers"])
        if body["has_plan"]:
            rows.update(has_plan=True)
    else:  # COUNTS
        rows.update(has_plan=body["has_plan"], has_referral=body["has_referral"])
