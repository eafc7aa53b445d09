"""Riverbend's coordinator holds the integration position: some engaged mothers, contacts entered and not, and support, by the product's actions."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from careloom.demo.load.ground import Ground
from careloom.infra.access import acting_as
from careloom.infra.answers import Done
from careloom.kernel.clocks import local_day
from careloom.plans.models import OPEN_STATES, PlanOfSafeCare
from careloom.position.actions import Gave, Met, mark_entered, name_holder, note_contact, note_support
from careloom.position.queries import holders_of

ADMINISTRATOR, HOLDER = "oldmarsh", "whitlock"
MOST = 5
#: Days before the present, type, place, minutes, whether she took part, and whether it was entered.
CONTACTS = (
    (26, "PHONE", "OFFICE", 0, False, True),
    (23, "FACE_TO_FACE", "PROVIDER", 45, True, True),
    (12, "HOME_VISIT", "HOME", 60, True, False),
    (1, "PHONE", "OFFICE", 15, True, False),
)


def position(ground: Ground, *, at: datetime) -> None:
    """Give the position and write its log. Doing it again changes nothing."""
    admin, by = ground.viewer(ADMINISTRATOR), ground.viewer(HOLDER)
    if by.holder_id is None or by.worker_id is None or holders_of(agency_id=by.holder_id):
        return
    with transaction.atomic(), acting_as(admin):
        name_holder(by=admin, at=at, worker_id=by.worker_id, holds_it=True)
    with transaction.atomic(), acting_as(by):
        led = PlanOfSafeCare.objects.filter(holder_id=by.holder_id, lead_worker_id=by.worker_id, status__in=OPEN_STATES)
        mothers = list(led.order_by("started_at", "pk").values_list("identity_id", flat=True)[:MOST])
        entered = []
        for number, mother in enumerate(mothers):
            for place, (days, kind, where, minutes, took_part, done) in enumerate(CONTACTS[: 4 - number % 3]):
                met = Met(at=at - timedelta(days=days, hours=number), kind=kind, place=where, minutes=minutes, took_part=took_part)
                kept = note_contact(by=by, at=at, identity_id=mother, met=met, request_key=f"demo:{mother}:{place}")
                if done and isinstance(kept, Done):
                    entered.append(kept.row_id)
            day = local_day(at=at, zone="America/New_York") - timedelta(days=number + 2)
            gave = Gave(on=day, to_whom="CASE_MANAGER" if number % 2 else "PROVIDER", code="SCHEDULING" if number % 2 else "CONSULT", minutes=30)
            note_support(by=by, at=at, identity_id=mother, gave=gave, request_key=f"demo:{mother}:support")
        mark_entered(by=by, at=at, contact_ids=entered, on=local_day(at=at, zone="America/New_York") - timedelta(days=20))
