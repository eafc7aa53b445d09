"""Puts the practice county's agencies, workers and directory into the database, through the same actions that an administrator uses."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from careloom.agencies.actions import make_agency, make_worker
from careloom.agencies.models import Agency, Membership
from careloom.agencies.queries import viewer_of
from careloom.agencies.roles import Role
from careloom.demo import people
from careloom.demo.story import County
from careloom.directory.actions import import_directory
from careloom.directory.seed import seed_facts
from careloom.infra import clock
from careloom.infra.access import System, Viewer, acting_as, system
from careloom.kernel.agency_kinds import AgencyKind

PASSWORD = "practice-county-only"
PIN = "274913"

# The generator names more seats than there are roles; each takes the role whose work it does.
ROLE_OF = {
    "CHILD_WELFARE_WORKER": Role.CPS_WORKER,
    "COLLABORATIVE_COORDINATOR": Role.PARTNERSHIP_COORDINATOR,
    "AUDITOR": Role.PRIVACY_OFFICER,
    "RECORDS_CLERK": Role.CARE_COORDINATOR,
    "SERVICE_WORKER": Role.CARE_COORDINATOR,
}


FRONT = frozenset({Role.CARE_COORDINATOR, Role.HOSPITAL_SOCIAL_WORKER, Role.HOME_VISITOR, Role.CPS_WORKER, Role.TRIBAL_WORKER})
# Small clinics where the clinician is also who answers referrals.
ALSO = {"CLINICIAN": Role.CARE_COORDINATOR}


def fixed_id(*words: str) -> UUID:
    """The id that these words always have in a practice world, so that loading twice finds the same row."""
    return uuid5(NAMESPACE_URL, "/".join(("careloom-practice", *words)))


@dataclass(kw_only=True)
class Ground:
    """The county as it stands in the database: agencies and memberships by their key in the stories."""

    agencies: dict[str, Agency] = field(default_factory=dict)
    members: dict[str, Membership] = field(default_factory=dict)

    def viewer(self, worker_key: str) -> Viewer:
        """A worker of the stories as the viewer that she is when signed in; where she left, whoever took over from her."""
        return viewer_of(self.member(worker_key))

    def member(self, worker_key: str) -> Membership:
        """Who does the work of this seat now: the worker herself, or after she left her supervisor, else a colleague."""
        seat, now = self.members[worker_key], clock.now()
        if seat.ends_at > now:
            return seat
        there = [m for m in self.members.values() if m.agency_id == seat.agency_id and m.ends_at > now]
        return next((m for m in there if m.worker_id == seat.supervisor_id), there[0] if there else seat)

    def keys_at(self, agency_id: UUID) -> list[str]:
        """The keys of everybody who has or had a seat in an agency."""
        return [key for key, member in self.members.items() if member.agency_id == agency_id]

    def anyone_of(self, agency_id: UUID) -> str:
        """The key of somebody in an agency who works with families, else of anybody there."""
        keys = self.keys_at(agency_id)
        works = [key for key in keys if FRONT & set(self.members[key].roles)]
        return sorted(works or keys)[0]

    def anyone_at(self, agency_key: str) -> str:
        """The key of a front-line worker of an agency, the first by name."""
        return self.anyone_of(self.agencies[agency_key].pk)


def lay_ground(county: County, *, at: datetime) -> Ground:
    """Make (or find again) every agency, worker and service of the county."""
    ground, by = Ground(), system(System.IMPORT)
    with acting_as(by):
        for agency in county.agencies:
            ground.agencies[agency.key] = _agency(agency, by=by, at=at)
        # Supervisors first, because a membership names one of the same agency.
        for worker in sorted(county.workers, key=lambda w: (w.supervisor_key is not None, w.key)):
            ground.members[worker.key] = _worker(worker, ground=ground, by=by, at=at)
        import_directory(facts=seed_facts(), by=by, at=at)
    return ground


def find_ground(county: County) -> Ground | None:
    """The county as it was laid before, without writing anything; None when a part of it is missing."""
    agencies = {row.pk: row for row in Agency.objects.filter(pk__in=[fixed_id("agency", a.key) for a in county.agencies])}
    ids = {fixed_id("worker", worker.key): worker for worker in county.workers}
    members = {row.worker_id: row for row in Membership.objects.filter(worker_id__in=ids).select_related("agency", "worker")}
    if len(agencies) < len(county.agencies) or len(members) < len(ids):
        return None
    return Ground(
        agencies={a.key: agencies[fixed_id("agency", a.key)] for a in county.agencies},
        members={worker.key: members[pk] for pk, worker in ids.items()},
    )


def _agency(agency: people.Agency, *, by: Viewer, at: datetime) -> Agency:
    made = make_agency(
        name=agency.name,
        kind=AgencyKind(agency.kind),
        by=by,
        at=at,
        agency_id=fixed_id("agency", agency.key),
        short_name=agency.name[:40],
        county=agency.county,
        is_part2_program=agency.is_part2_program,
        is_covered_entity=agency.is_covered_entity,
        is_tribe=agency.kind == AgencyKind.TRIBAL_ICWA,
        is_state=agency.kind == AgencyKind.STATE_OVERSIGHT,
        phone=agency.phone,
        address=agency.address,
        outward_name=agency.outward_name or "",
    )
    if not isinstance(made, Agency):
        raise TypeError(f"The practice agency {agency.key} was refused.")
    return made


def _worker(worker: people.Worker, *, ground: Ground, by: Viewer, at: datetime) -> Membership:
    role = ROLE_OF.get(worker.role) or Role(worker.role)
    alone = worker.role in ALSO and worker.supervisor_key is None
    made = make_worker(
        name=worker.name,
        email=worker.email,
        agency_id=ground.agencies[worker.agency_key].pk,
        roles=[role, ALSO[worker.role]] if alone else [role],
        by=by,
        at=at,
        title=worker.title,
        supervisor_id=ground.members[worker.supervisor_key].worker_id if worker.supervisor_key in ground.members else None,
        password=PASSWORD,
        pin=PIN,
        worker_id=fixed_id("worker", worker.key),
        phone=worker.phone,
    )
    if not isinstance(made, Membership):
        raise TypeError(f"The practice worker {worker.key} was refused.")
    return made
