"""What workers do of what they owe, each by the action that the screen of that duty calls; and what they have done by now.

A story tells what happened with a family; what a worker does about it afterwards is here, for the county of today and for a walked year alike.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from careloom.demo.draw import ZONE
from careloom.demo.load import treating
from careloom.demo.load.family import Family
from careloom.following.actions import keep_offers
from careloom.following.models import Outreach
from careloom.infra.access import NotVisible, Viewer
from careloom.infra.packs import current_pack
from careloom.messages.actions import read_thread
from careloom.messages.models import Thread
from careloom.treatment.models import CheckIn
from careloom.work.actions import meet_obligation, take
from careloom.work.models import Obligation

DONE_BY_NOW = frozenset(
    {
        "REFERRAL_ASK_FAMILY", "REFERRAL_NEXT", "REFERRAL_CALL", "REFERRAL_SAY_OUTCOME", "REFERRAL_SAY_VISIT", "REFERRAL_VISIT",
        "REFERRAL_PLAN_VISIT", "REFERRAL_MISSED", "REFERRAL_OUTREACH", "REFERRAL_HELP_NO", "REFERRAL_HELP_PARTLY", "REFERRAL_CONSENT",
        "MEETING_AGREED",
    }
)  # fmt: skip
BY_OPENING = frozenset({"TEAM_JOINED", "MESSAGE_WAITING"})
"""Kinds without a day: they count from the day on which they came."""


class Owed(Protocol):
    """One thing that is owed."""

    @property
    def id(self) -> UUID: ...
    @property
    def kind(self) -> str: ...
    @property
    def worker_id(self) -> UUID | None: ...
    @property
    def request_key(self) -> str: ...
    @property
    def about_id(self) -> UUID | None: ...


Way = Callable[[Owed, Family, Viewer, datetime], None]


def tidy(family: Family, *, at: datetime) -> None:
    """What a worker had to do by last week she has done by now; one family in seven waits two weeks longer."""
    since = at - timedelta(days=18 if family.story.number % 7 == 0 else 4)
    kinds = (DONE_BY_NOW | set(WAYS)) - BY_OPENING
    seats = {family.agency_of(seat.worker_key) for seat in family.story.care_team if seat.worker_key}
    for key in sorted({family.lead_agency, *(row.to_agency_key for row in family.story.referrals), *seats}):
        with family.office(key) as job:
            waiting = Obligation.objects.filter(holder_id=job.holder_id, family_id__in=[family.her, *family.infants.values()], met_at=None)
            rows = list(waiting.filter(Q(kind__in=kinds, due_at__lte=since) | Q(kind__in=BY_OPENING, opened_at__lte=since)))
        for row in rows:
            who = next((k for k, m in family.ground.members.items() if m.worker_id == row.worker_id), family.hand(key))
            try:
                with transaction.atomic(), family.acting(who) as by:
                    WAYS.get(row.kind, done)(row, family, by, at)
            except NotVisible:
                continue  # what was opened for a worker who does not see it any more stays with who does


def done(duty: Owed, family: Family, by: Viewer, at: datetime) -> None:
    """What is said to be done on Today, with one press."""
    if duty.worker_id is None:
        take(by=by, at=at, obligation_id=duty.id)
    meet_obligation(by=by, at=at, request_key=duty.request_key)


def offer(duty: Owed, family: Family, by: Viewer, at: datetime) -> None:
    """A family that nobody reaches is offered another way, in writing where she takes mail. Nobody is reported."""
    row = Outreach.objects.seen_by(by).filter(plan_id=duty.about_id, holder_id=by.holder_id).first()
    if row is None:
        mail, day = family.story.mother.contact.may_mail, at.astimezone(ZONE).date()
        language = "es" if family.story.mother.language == "es" else "en"
        family.count(keep_offers(
            by=by, at=at, plan_id=duty.about_id, offers=_two_offers(), written_on=day if mail else None,  # type: ignore[arg-type]
            written_in=language if mail else "", row_version=0,
        ))  # fmt: skip


def _two_offers() -> tuple[str, ...]:
    """The first two offers of the pack for a family that nobody reaches."""
    return tuple(one.code for one in current_pack().following.disengagement.offers[:2])


def check_in(duty: Owed, family: Family, by: Viewer, at: datetime) -> None:
    """She is asked how she is."""
    row = CheckIn.objects.seen_by(by).filter(pk=duty.about_id, held_on=None).first()
    if row is not None:
        treating.hold_check_in(family, row, by=by, at=at)


def read(duty: Owed, family: Family, by: Viewer, at: datetime) -> None:
    """A message is read."""
    thread = Thread.objects.seen_by(by).filter(pk=duty.about_id).first()
    if thread is not None:
        read_thread(by=by, at=at, thread=thread)


WAYS: dict[str, Way] = {"UNREACHED": offer, "STRESS_CHECK": check_in, "MESSAGE_WAITING": read}
