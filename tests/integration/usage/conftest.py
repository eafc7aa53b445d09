"""Agencies whose forms were filled over some months, and browsers of those who read about it."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.test import Client

from careloom.agencies.models import Agency, Membership
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.kernel.clocks import start_of_day
from careloom.people.models import FamilyMember
from careloom.usage.periods import whole_months

FORM = "people.FamilyMember:MemberForm"


def entered(member: Membership) -> Client:
    """A browser in which the member is signed in."""
    client = Client()
    client.force_login(member.worker.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def last_month(days: int = 1) -> datetime:
    """An instant so many days before the end of the last whole month of the county."""
    return start_of_day(day=whole_months(clock.today()).until, zone="America/New_York") - timedelta(days=days)


def relatives(agency: Agency, *, rows: int, with_phone: int, at: datetime | None = None, provenance: str = "originating") -> UUID:
    """Rows of people whom a mother counts as family, some with a phone number; whose identity they are about."""
    identity = uuid4()
    with acting_as(system(System.JOB, holder_id=agency.pk)):
        FamilyMember.objects.bulk_create(
            FamilyMember(
                holder_id=agency.pk, identity_id=identity, category="posc.plan_core", provenance=provenance, name="A practice aunt", relation="aunt",
                kind="KIN", at=at or last_month(), phone="555-0100" if number < with_phone else "",
            )
            for number in range(rows)
        )  # fmt: skip
    return identity
