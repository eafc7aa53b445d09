"""Who answers for papers in an agency: requests, agreements, rights."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from careloom.agencies.models import Membership
from careloom.agencies.queries import workers_of
from careloom.agencies.roles import Permission, Role, permissions_of


def keeper_of(*, agency_id: UUID, at: datetime) -> UUID | None:
    """The worker who is asked: the first privacy officer of the agency by name, else the first who keeps papers; None where nobody does."""
    return next(iter(_keepers(agency_id=agency_id, at=at)), None)


def above(*, agency_id: UUID, worker_id: UUID | None, at: datetime) -> UUID | None:
    """Who hears that a keeper of papers is late: her supervisor in this agency, else another keeper of papers; None where there is nobody else."""
    members = workers_of(agency_id=agency_id, at=at)
    named = next((m.supervisor_id for m in members if m.worker_id == worker_id and m.supervisor_id), None)
    others = [pk for pk in _keepers(agency_id=agency_id, at=at) if pk != worker_id]
    return named if named in {m.worker_id for m in members} else next(iter(others), None)


def _keepers(*, agency_id: UUID, at: datetime) -> list[UUID]:
    members = workers_of(agency_id=agency_id, at=at)
    officers = [m.worker_id for m in members if Role.PRIVACY_OFFICER.value in m.roles]
    keeping = [m.worker_id for m in members if Permission.PAPERS_KEEP.value in permissions_of(frozenset(m.roles))]
    return list(dict.fromkeys([*officers, *keeping]))


def boss_of(*, agency_id: UUID, worker_id: UUID | None, at: datetime) -> UUID | None:
    """Who stands above a worker in an agency, also after she left it: her supervisor, else another who may assign work; None where nobody does."""
    members = workers_of(agency_id=agency_id, at=at)
    named = Membership.objects.filter(agency_id=agency_id, worker_id=worker_id).values_list("supervisor_id", flat=True).first()
    if named is not None and named != worker_id and named in {m.worker_id for m in members}:
        return named
    assigning = (m.worker_id for m in members if Permission.ASSIGN_WORK.value in permissions_of(frozenset(m.roles)))
    return next((pk for pk in assigning if pk != worker_id), None)
