"""What of an agency's logs has been kept long enough, and when the next becomes so. Reads only: nothing is deleted here, and no family is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from careloom.agencies.retention import CHANGES, DISCLOSURES, LOOKS, Rule, rule_for
from careloom.infra.access import Viewer, require
from careloom.infra.access.models import AccessLog, Disclosure
from careloom.infra.access.records import GuardedQuerySet
from careloom.infra.audit.models import AuditRow
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.clocks import local_day, start_of_day

MOST: int = 1000
"""Counted up to here; a log of years takes longer to count than the number is worth."""


@dataclass(frozen=True, kw_only=True)
class Due:
    """One log of the agency: its rule, the day of its oldest line and when that falls due (None: no line), and how many are past (at most MOST)."""

    rule: Rule
    oldest_on: date | None
    due_on: date | None
    past: int
    more: bool


def falling_due(*, viewer: Viewer, kind: AgencyKind, zone: str, today: date) -> tuple[Due, ...]:
    """Each log of the viewer's own agency. One query each, and one more where something is past; other agencies' lines are never counted."""
    require(viewer)
    logs: tuple[tuple[str, GuardedQuerySet, str], ...] = (
        (LOOKS, AccessLog.objects.seen_by(viewer).filter(agency_id=viewer.holder_id), "at"),
        (DISCLOSURES, Disclosure.objects.seen_by(viewer).filter(holder_id=viewer.holder_id), "hour"),
        (CHANGES, AuditRow.objects.seen_by(viewer).filter(agency_id=viewer.holder_id), "at"),
    )
    return tuple(_due(rule_for(code=code, kind=kind, on=today), rows, when, zone=zone, today=today) for code, rows, when in logs)


def _due(rule: Rule, rows: GuardedQuerySet, when: str, *, zone: str, today: date) -> Due:
    first = rows.order_by(when).values_list(when, flat=True).first()
    if first is None:
        return Due(rule=rule, oldest_on=None, due_on=None, past=0, more=False)
    oldest = local_day(at=first, zone=zone)
    due = rule.due_on(oldest)
    past = 0
    if due <= today:
        end = start_of_day(day=rule.past_through(today) + timedelta(days=1), zone=zone)
        past = rows.filter(**{f"{when}__lt": end})[: MOST + 1].count()
    return Due(rule=rule, oldest_on=oldest, due_on=due, past=min(past, MOST), more=past > MOST)
