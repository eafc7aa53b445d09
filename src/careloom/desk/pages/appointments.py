"""A family's appointments: what is ahead and what was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from careloom.agencies.models import Membership
from careloom.desk.pages.family import FamilyHead, family_head
from careloom.infra.access import Viewer
from careloom.infra.access.accounting import account
from careloom.messages.models import Appointment
from careloom.messages.queries import appointments_of, clashing

BACK = timedelta(days=60)


@dataclass(frozen=True, kw_only=True)
class AppointmentsPage:
    """Appointments of the last sixty days and all ahead, soonest first. The reader's agency may change `mine`; `together` fall on one time."""

    head: FamilyHead
    ahead: tuple[Appointment, ...]
    past: tuple[Appointment, ...]
    mine: frozenset[UUID]
    together: frozenset[UUID]


def appointments_page(*, viewer: Viewer, membership: Membership, identity_id: UUID, at: datetime) -> AppointmentsPage:
    """The appointments of the mother and her infants that the reader may see."""
    head, people = family_head(viewer=viewer, membership=membership, identity_id=identity_id, at=at)
    rows = appointments_of(viewer=viewer, identity_ids=head.identity_ids, since=at - BACK, most=200)
    account(viewer=viewer, place="desk:appointments", rows=[*people, *rows], at=at)
    return AppointmentsPage(
        head=head, ahead=tuple(row for row in rows if row.starts_at > at), past=tuple(row for row in reversed(rows) if row.starts_at <= at),
        mine=frozenset(row.pk for row in rows if row.holder_id == viewer.holder_id), together=clashing(row for row in rows if row.starts_at > at),
    )  # fmt: skip
