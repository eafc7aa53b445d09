"""In the middle of the year a worker leaves her agency: her families get an owner, what she owes passes on, and nothing opens for her any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connections, transaction

from careloom.agencies.actions import end_membership
from careloom.agencies.models import Membership
from careloom.agencies.queries import memberships_of
from careloom.demo.load.ground import Ground
from careloom.demo.load.sign_ins import SHOWN
from careloom.infra.access import System, acting_as, system
from careloom.infra.events.outbox import delivered_inside

LEADS = """SELECT lead_worker_id FROM plans_plan WHERE status = ANY(%(open)s) AND lead_worker_id = ANY(%(who)s)
GROUP BY lead_worker_id ORDER BY count(*) DESC, lead_worker_id"""
HELD = """SELECT (SELECT count(*) FROM plans_plan WHERE lead_worker_id = %(her)s AND status = ANY(%(open)s)),
    (SELECT count(*) FROM work_obligation WHERE worker_id = %(her)s AND met_at IS NULL),
    (SELECT count(*) FROM access_caseload WHERE worker_id = %(her)s AND ends_at > %(at)s),
    (SELECT count(*) FROM usersessions_usersession s JOIN agencies_worker w ON w.user_id = s.user_id WHERE w.id = %(her)s)"""


@dataclass(frozen=True, kw_only=True)
class Held:
    """What a worker holds: plans that she leads, duties, records on her caseload, open sign-ins, and agencies in which she may act."""

    plans: int
    duties: int
    records: int
    sessions: int
    agencies: int

    @property
    def nothing(self) -> bool:
        """Whether nothing is hers any more and nothing opens for her."""
        return not (self.plans or self.duties or self.records or self.sessions or self.agencies)


def leave(ground: Ground, *, at: datetime, open_states: list[str]) -> tuple[Held, Held]:
    """End her membership as the screen of her administrator does; what she held before, and what she holds the same evening."""
    key = who_leaves(ground, open_states=open_states)
    membership = ground.members[key]
    before = held(membership, at=at, open_states=open_states)
    by = system(System.IMPORT)
    with transaction.atomic(), delivered_inside(), acting_as(by):
        ended = end_membership(membership_id=membership.pk, by=by, at=at)
    if not isinstance(ended, Membership):
        raise TypeError(f"{key} could not leave her agency.")
    ground.members[key] = ended
    return before, held(ended, at=at, open_states=open_states)


def who_leaves(ground: Ground, *, open_states: list[str]) -> str:
    """Whoever leads the most families, among those who have a supervisor and are not the ones by whom a newcomer signs in."""
    shown = {key for key, _ in SHOWN}
    may = {member.worker_id: key for key, member in sorted(ground.members.items()) if member.supervisor_id and key not in shown}
    with connections["owner"].cursor() as cursor:
        cursor.execute(LEADS, {"open": open_states, "who": list(may)})
        row = cursor.fetchone()
    return may[row[0]] if row else next(iter(may.values()))


def held(membership: Membership, *, at: datetime, open_states: list[str]) -> Held:
    """What is hers at an instant, counted by the owner of the database, and where the door of the sign-in would let her in."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(HELD, {"her": membership.worker_id, "open": open_states, "at": at})
        plans, duties, records, sessions = cursor.fetchone()
    doors = memberships_of(user_id=membership.worker.user_id, at=at)
    return Held(plans=plans, duties=duties, records=records, sessions=sessions, agencies=len(doors))
