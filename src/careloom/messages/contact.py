"""The one place that decides whether and how she may be reached: called, texted, mailed, left a voicemail, at which hours, on which number.

Every sender asks it before anything leaves, and every screen that shows a number or an address of hers asks it for the number and the care to
take. `tests/architecture/test_safe_contact.py` sweeps both. Source: R-128, F36; 45 CFR 164.522(b); ux 7.2 (violence at home).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from django.conf import settings

from careloom.infra import clock
from careloom.infra.access import PrincipalKind, Viewer, acting_as
from careloom.infra.access.records import FamilyRecord
from careloom.messages.models import SafeContact


class Channel(StrEnum):
    """The ways by which somebody may be reached."""

    SMS = "SMS"
    CALL = "CALL"
    VOICEMAIL = "VOICEMAIL"
    MAIL = "MAIL"


@dataclass(frozen=True, kw_only=True)
class Ways:
    """How she may be reached, the strictest of all that is known. `phone` and `address` go before any other; empty: she asked for none.

    `careful`: somebody near her may read or hear it. `rows` are the rows that said so, for the accounting; those that told of danger are not in it.
    """

    may_text: bool = True
    may_call: bool = True
    may_leave_voicemail: bool = False
    may_mail: bool = False
    shared_phone: bool = False
    from_hour: time | None = None
    to_hour: time | None = None
    phone: str = ""
    address: str = ""
    notes: tuple[str, ...] = ()
    careful: bool = False
    asked: bool = False  # whether anybody ever asked her
    rows: tuple[FamilyRecord, ...] = field(default=(), compare=False)

    def number(self, known: str) -> str:
        """The number to show or use in the place of one that is `known`; empty where she may neither be called nor texted."""
        return (self.phone or known) if self.may_call or self.may_text else ""

    def refusal(self, *, channel: Channel, at: datetime, address: str) -> str:
        """Why nothing may go out now: NO_ADDRESS, NOT_ALLOWED, OUTSIDE_HOURS; empty when it may."""
        if not address:
            return "NO_ADDRESS"
        may = {
            Channel.SMS: self.may_text, Channel.CALL: self.may_call, Channel.VOICEMAIL: self.may_leave_voicemail, Channel.MAIL: self.may_mail,
        }  # fmt: skip
        if not may[channel]:
            return "NOT_ALLOWED"
        return "OUTSIDE_HOURS" if channel is not Channel.MAIL and not self.in_hours(at) else ""

    def in_hours(self, at: datetime) -> bool:
        """Whether she may be reached at this hour of her day. Hours that leave no time mean never; hours may run over midnight."""
        if self.from_hour is None or self.to_hour is None:
            return True
        local = at.astimezone(clock.zone(settings.TIME_ZONE)).time()
        if self.from_hour <= self.to_hour:
            return self.from_hour <= local < self.to_hour
        return local >= self.from_hour or local < self.to_hour

    def next_hour(self, at: datetime) -> datetime | None:
        """The next instant at which she may be reached; None where her hours leave no time."""
        if self.in_hours(at):
            return at
        if self.from_hour is None or self.from_hour == self.to_hour:
            return None
        local = at.astimezone(clock.zone(settings.TIME_ZONE))
        begins = local.replace(hour=self.from_hour.hour, minute=self.from_hour.minute, second=0, microsecond=0)
        return begins if begins > local else begins + timedelta(days=1)


def ways_for(*, viewer: Viewer, identity_id: UUID) -> Ways:
    """How `viewer` may reach this person. One query."""
    return ways_of(viewer=viewer, identity_ids=[identity_id])[identity_id]


# Who was never asked has no row of her own, and may be in danger all the same.
EVERYBODY = """SELECT asked.about, s.*,
    EXISTS (SELECT 1 FROM messages_unsafe_contact u WHERE u.identity_id = asked.about AND u.lifted_at IS NULL) AS danger
FROM unnest(%s::uuid[]) AS asked(about) LEFT JOIN messages_safe_contact s ON s.identity_id = asked.about
ORDER BY s.holder_id = %s DESC, s.changed_at DESC"""


def ways_of(*, viewer: Viewer, identity_ids: Iterable[UUID]) -> dict[UUID, Ways]:
    """How `viewer` may reach each of these people. One query.

    INVARIANT: it is asked as the whole agency and for every kind of record, so that no role and no caseload makes the answer milder. Only the
    answer leaves this module; what stands behind a danger stays in its own row.
    """
    rows: dict[UUID, list[SafeContact]] = {one: [] for one in identity_ids}
    dangers: dict[UUID, bool] = {}
    with acting_as(_as_agency(viewer)):
        for row in SafeContact.objects.raw(EVERYBODY, [list(rows), viewer.holder_id]) if rows else ():
            dangers[row.about] = row.danger
            if row.pk is not None:
                rows[row.about].append(row)
    return {one: _strictest(found, danger=dangers[one], viewer=viewer) for one, found in rows.items()}


def _as_agency(viewer: Viewer) -> Viewer:
    if viewer.kind is PrincipalKind.PERSON or viewer.holder_id is None:
        return viewer
    purpose = viewer.purpose if viewer.kind is PrincipalKind.AGENCY else "care_coordination"
    return Viewer(principal_id=viewer.holder_id, kind=PrincipalKind.AGENCY, purpose=purpose, holder_id=viewer.holder_id, whole_agency=True)


def _strictest(rows: list[SafeContact], *, danger: bool, viewer: Viewer) -> Ways:
    if not rows:
        # Nobody asked her. With a danger near her silence is no leave to write.
        return Ways(may_text=not danger, careful=danger)
    # Another way was asked of one holder and is kept by that holder (45 CFR 164.522(b)); she herself reads each.
    ways = [row for row in rows if viewer.kind is PrincipalKind.PERSON or row.holder_id == viewer.holder_id]
    shared = any(row.shared_phone for row in rows)
    begins, ends = _hours(rows)
    return Ways(
        may_text=all(row.may_text for row in rows) and not (danger and shared), may_call=all(row.may_call for row in rows),
        may_leave_voicemail=all(row.may_leave_voicemail for row in rows) and not danger,
        # Mail that a holder agreed to send to another address goes there (45 CFR 164.522(b)), also where another agency has asked nothing.
        may_mail=(all(row.may_mail for row in rows) and not danger) or any(row.use_address for row in ways),
        shared_phone=shared, from_hour=begins, to_hour=ends, phone=next((row.use_phone for row in ways if row.use_phone), ""),
        address=next((row.use_address for row in ways if row.use_address), ""),
        notes=tuple(dict.fromkeys(row.note for row in rows if row.note)), careful=danger or shared, asked=True, rows=tuple(rows),
    )  # fmt: skip


def _hours(rows: list[SafeContact]) -> tuple[time | None, time | None]:
    """The hours that every row allows. Hours over midnight are one row's alone, else the later begin and the earlier end."""
    told = [(row.from_hour, row.to_hour) for row in rows if row.from_hour and row.to_hour]
    if not told:
        return None, None
    if len(told) == 1:
        return told[0]
    begins, ends = max(begin for begin, _ in told), min(end for _, end in told)
    # Hours that do not meet leave no time at all: an empty stretch, not a night.
    return (begins, ends) if begins < ends else (begins, begins)
