"""Who is asked to look at a possible match: in each agency that holds one of the records, somebody who may read both and may say so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse

from careloom.agencies.models import Agency
from careloom.agencies.queries import agencies_by_id, viewer_of, workers_of
from careloom.agencies.roles import Permission, Role
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.people.matching.model import load_model
from careloom.people.models import PersonRecord, PossibleMatch
from careloom.people.models.matching import LATER, OPEN

KIND = "IDENTITY_REVIEW"


def found(match_id: UUID, *, at: datetime, owe: Callable[..., Any]) -> int:
    """Ask one reviewer in each agency that may look at both records; how many were asked. Where nobody may read both, nobody is told."""
    with acting_as(system(System.MATCHING)):
        match = PossibleMatch.objects.filter(pk=match_id, state=OPEN).first()
        records = list(PersonRecord.objects.filter(pk__in=[match.left_id, match.right_id])) if match else []
    agencies = agencies_by_id(ids={row.holder_id for row in records})
    asked = 0
    for agency in agencies.values():
        own = next(row for row in records if row.holder_id == agency.pk)
        reviewer = _reviewer(agency, match_id=match_id, at=at)
        if reviewer is None:
            continue
        about = own.mother_identity_id or own.identity_id
        owe(
            by=system(System.JOB, holder_id=agency.pk), at=at, holder_id=agency.pk, kind=KIND, family_id=about, identity_id=own.identity_id,
            link=reverse("people:match", args=[match_id]), request_key=f"match:{match_id}", worker_id=reviewer,
            due_at=at + timedelta(days=load_model().look_within_days), about_id=match_id, about_kind="MATCH", category=own.category,
        )  # fmt: skip
        asked += 1
    return asked


def answered(match_id: UUID, *, state: str, at: datetime, meet: Callable[..., Any], put_off: Callable[..., Any]) -> None:
    """Nobody owes a look any more, or not before the day to which it was put off."""
    with acting_as(system(System.MATCHING)):
        match = PossibleMatch.objects.filter(pk=match_id).first()
        ids = [match.left_id, match.right_id] if match else []
        holders = set(PersonRecord.objects.filter(pk__in=ids).values_list("holder_id", flat=True))
    for holder in holders:
        job = system(System.JOB, holder_id=holder)
        if state == LATER and match and match.look_again_on:
            due = datetime.combine(match.look_again_on, time(8), tzinfo=clock.zone(agencies_by_id(ids={holder})[holder].zone))
            with acting_as(job):
                put_off(by=job, about_id=match_id, kind=KIND, due_at=due)
        elif state != OPEN:
            meet(by=job, at=at, holder_id=holder, about_id=match_id, kind=KIND)


def _reviewer(agency: Agency, *, match_id: UUID, at: datetime) -> UUID | None:
    """The first who may say it and reads both records: supervisors before others, then by name."""
    members = sorted(workers_of(agency_id=agency.pk, at=at), key=lambda m: Role.SUPERVISOR.value not in m.roles)
    for member in members:
        member.agency = agency
        viewer = viewer_of(member)
        if not viewer.can(Permission.IDENTITY_JOIN):
            continue
        with acting_as(viewer):
            if PossibleMatch.objects.filter(pk=match_id).exists():
                return member.worker_id
    return None
