"""The story so far: what happened in the plan, newest first, as far as the reader may see each event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from careloom.agencies.models import Membership
from careloom.desk.pages.family import FamilyHead, family_head
from careloom.health.queries import stays_of, treatment_medicines
from careloom.infra.access import Viewer
from careloom.infra.access.accounting import account
from careloom.messages.models import Appointment
from careloom.messages.queries import appointments_of
from careloom.plans.models import Involvement, PlanRow
from careloom.plans.presenters.systems import Stretch, stretches_of
from careloom.plans.queries import PlanParts, plan_parts

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Event:
    """One thing that happened: when, and the row that says so (with its moment inside the row)."""

    at: datetime
    what: str
    row: PlanRow | Appointment


@dataclass(frozen=True, kw_only=True)
class StoryPage:
    """A page of the story."""

    head: FamilyHead
    parts: PlanParts | None
    events: tuple[Event, ...]
    stretches: tuple[Stretch, ...]  # which systems are in her life, each by a row that the reader sees
    page: int
    has_more: bool


def story_page(*, viewer: Viewer, membership: Membership, identity_id: UUID, at: datetime, page: int = 1) -> StoryPage:
    """Fifty events a page, newest first. The same queries for one need and for twenty."""
    head, people = family_head(viewer=viewer, membership=membership, identity_id=identity_id, at=at)
    parts = plan_parts(viewer=viewer, plan_id=head.plan.pk, plan=head.plan) if head.plan else None
    visits = appointments_of(viewer=viewer, identity_ids=head.identity_ids, since=head.plan.started_at, most=200) if head.plan else []
    events = sorted(_events(parts, visits, until=at), key=lambda event: event.at, reverse=True)
    shown = events[(page - 1) * PAGE : page * PAGE]
    systems = _systems(viewer=viewer, head=head, parts=parts, visits=visits) if parts and page == 1 else []
    rows = [*people, *([head.plan] if head.plan else []), *(event.row for event in shown), *(one.row for one in systems)]
    account(viewer=viewer, place="desk:story", rows=rows, at=at)
    return StoryPage(head=head, parts=parts, events=tuple(shown), stretches=tuple(systems), page=page, has_more=len(events) > page * PAGE)


def _systems(*, viewer: Viewer, head: FamilyHead, parts: PlanParts, visits: list[Appointment]) -> list[Stretch]:
    """Child welfare, treatment, court and the others: what was written down, and what other rows show already. Three queries."""
    written = Involvement.objects.seen_by(viewer).filter(plan_id=parts.plan.pk).order_by("starts_on")
    also = []
    for row in stays_of(viewer=viewer, identity_ids=head.identity_ids):
        begins = row.starts_at.astimezone(head.zone).date()
        ends = row.ends_at.astimezone(head.zone).date() if row.ends_at else begins
        also.append(Stretch(system="HOSPITAL", starts_on=begins, ends_on=ends, what=row.place or row.kind, row=row))
    for medicine in treatment_medicines(viewer=viewer, identity_id=head.family_id):
        if medicine.starts_on:
            also.append(Stretch(system="TREATMENT", starts_on=medicine.starts_on, ends_on=medicine.ends_on, what=medicine.display, row=medicine))
    for visit in visits:
        if visit.kind == "COURT":
            day = visit.starts_at.astimezone(head.zone).date()
            also.append(Stretch(system="COURT", starts_on=day, ends_on=day, what=visit.title, row=visit))
    return stretches_of(parts, tuple(written), zone=head.zone, also=tuple(also))


def _events(parts: PlanParts | None, visits: list[Appointment], *, until: datetime) -> list[Event]:
    if parts is None:
        return []
    found = [Event(at=row.made_at, what="VERSION", row=row) for row in parts.versions]
    found += [Event(at=row.held_at, what="REVIEW", row=row) for row in parts.reviews if row.held_at]
    found += [Event(at=need.row.made_at, what="NEED", row=need.row) for need in parts.needs]
    found += [Event(at=step.at, what=step.step, row=step) for need in parts.needs for step in need.steps]
    found += [Event(at=row.at, what="REFERRAL", row=row) for row in parts.referral_events]
    found += [Event(at=goal.row.made_at, what="GOAL", row=goal.row) for goal in parts.goals]
    found += [Event(at=row.starts_at, what="JOINED", row=row) for row in (*parts.team, *parts.team_before)]
    found += [Event(at=row.ends_at, what="LEFT", row=row) for row in parts.team_before if row.ends_at]
    found += [Event(at=row.made_at, what="HERS", row=row) for row in parts.her_views if row.says != "ANSWER"]
    found += [Event(at=row.starts_at, what="VISIT", row=row) for row in visits if row.state in {"KEPT", "MISSED"} and row.starts_at <= until]
    return found
