"""The shared screen of a family meeting: exactly the rows that every one present may read, found by asking as each of them.

INVARIANT: a row is on the screen only if the worker who holds the meeting, each agency at the table (by what every role of its people that reads
families may open) and the mother, where she is present, would each be shown it on a page of their own. Safety notes never are: who else is in
the room is not known. Source: DESIGN section 2 ("a shared meeting screen shows the intersection"); F49.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from careloom.agencies.models import Agency
from careloom.agencies.queries import agencies_by_id
from careloom.agencies.roles import Permission, Role, fits, opens_of, permissions_of
from careloom.infra.access import NotVisible, PrincipalKind, System, Viewer, acting_as, system
from careloom.infra.access.accounting import account
from careloom.infra.access.records import FamilyRecord
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.plan import Change, ItemKind, difference
from careloom.people.models import PersonPrincipal, PersonRecord
from careloom.people.queries import with_infants
from careloom.plans.actions.keeping import VICTIM
from careloom.plans.items import MODELS, items_of, kept_item
from careloom.plans.merging import GoalNow, NeedNow, goals_now, needs_now
from careloom.plans.models import (
    CareTeamMember,
    Goal,
    Meeting,
    MeetingNote,
    MeetingSignature,
    Need,
    NeedStep,
    PlanOfSafeCare,
    PlanRow,
    PlanVersion,
    PlanVersionEntry,
    Referral,
    Review,
    Strength,
)
from careloom.plans.queries import get_plan

Row = TypeVar("Row", bound=PlanRow)


@dataclass(frozen=True, kw_only=True)
class Table:
    """What the shared screen shows, and who is at the table. `changes` are since the version that the meeting began with."""

    plan: PlanOfSafeCare
    meeting: Meeting
    people: tuple[PersonRecord, ...]
    needs: tuple[NeedNow, ...]
    goals: tuple[GoalNow, ...]
    strengths: tuple[Strength, ...]
    team: tuple[CareTeamMember, ...]
    referrals: tuple[Referral, ...]
    next_review: Review | None
    changes: tuple[Change, ...]
    notes: tuple[MeetingNote, ...]
    signatures: tuple[MeetingSignature, ...]
    agencies: dict[UUID, Agency]
    zone: ZoneInfo
    at: datetime

    def referrals_of(self, need_id: UUID) -> list[Referral]:
        """The referrals of a need, oldest first."""
        return [row for row in self.referrals if row.need_id == need_id]


def agency_reader(agency: Agency) -> Viewer:
    """An agency at the table as a reader: only what each of its people who read families may open (45 CFR 164.514(d))."""
    roles = [role for role in Role if fits(role, agency.kind) and Permission.FAMILY_READ.value in permissions_of(frozenset({role.value}))]
    opened = [opens_of(role, opens=agency.opens) for role in roles]
    return Viewer(
        principal_id=agency.pk, kind=PrincipalKind.AGENCY, purpose=AgencyKind(agency.kind).purpose, holder_id=agency.pk, whole_agency=True,
        categories=frozenset(reduce(frozenset.intersection, opened)) if opened else frozenset(),
    )  # fmt: skip


def her_reader(identity_id: UUID) -> Viewer | None:
    """The mother as a reader of her own plan; None where she has no pages of her own, and then the others alone decide."""
    with acting_as(system(System.SIGN_IN)):
        row = PersonPrincipal.objects.filter(identity_id=identity_id, kind="SELF", ended_at=None).order_by("-made_at").first()
    if row is None:
        return None
    return Viewer(principal_id=row.pk, kind=PrincipalKind.PERSON, purpose="patient_access", holder_id=row.pk, whole_agency=True)


def meeting_of(*, viewer: Viewer, plan_id: UUID, meeting_id: UUID) -> Meeting:
    """A meeting of a plan that the viewer sees. Raises NotVisible."""
    get_plan(viewer=viewer, plan_id=plan_id)
    row = Meeting.objects.seen_by(viewer).filter(pk=meeting_id, plan_id=plan_id).first()
    if row is None:
        raise NotVisible
    return row


def table(*, viewer: Viewer, plan_id: UUID, meeting_id: UUID, at: datetime, zone: ZoneInfo, shared: bool = True) -> Table:
    """The shared screen. It is a disclosure to everybody at the table, so it is accounted for each agency there. Raises NotVisible.

    Without `shared` the same page for the viewer alone, who reads the minutes afterwards on a screen of her own.
    """
    plan = get_plan(viewer=viewer, plan_id=plan_id)
    meeting = meeting_of(viewer=viewer, plan_id=plan_id, meeting_id=meeting_id)
    agencies = agencies_by_id(ids=meeting.agency_ids)
    others = [agency_reader(agency) for pk, agency in sorted(agencies.items(), key=lambda pair: str(pair[0])) if pk != viewer.holder_id]
    own = [agency_reader(agencies[viewer.holder_id])] if viewer.holder_id in agencies else []
    her = her_reader(plan.identity_id) if meeting.her_present else None
    readers = [*own, *others, *([her] if her else [])] if shared else [viewer]
    seen = _everybody(readers, plan_id=plan_id, version=meeting.since_version)
    rows = {kind: _shown(model, viewer, plan_id, seen) for kind, model in MODELS.items()}
    reviews = _shown(Review, viewer, plan_id, seen)
    notes = [row for row in rows[ItemKind.MINUTE] if isinstance(row, MeetingNote) and row.meeting_id == meeting.pk]
    signatures = [row for row in _shown(MeetingSignature, viewer, plan_id, seen) if row.meeting_id == meeting.pk]  # type: ignore[attr-defined]
    # A name may be shown when everybody knows the person, each from a record of their own.
    people = [row for row in with_infants(viewer=viewer, identity_ids=[plan.identity_id]) if row.identity_id in seen]
    shown: list[FamilyRecord] = [plan, meeting, *people, *(row for held in rows.values() for row in held), *reviews, *signatures]
    _account(viewer, others if shared else [], shown, at=at)
    coming = [row for row in reviews if isinstance(row, Review) and row.held_at is None and row.called_off_at is None]
    return Table(
        plan=plan, meeting=meeting, people=tuple(people), agencies=agencies, zone=zone, at=at, notes=tuple(notes),
        signatures=tuple(signatures),  # type: ignore[arg-type]
        needs=needs_now(_of(Need, rows), _of(NeedStep, rows)), goals=goals_now(_of(Goal, rows)), strengths=tuple(_of(Strength, rows)),
        team=tuple(row for row in _of(CareTeamMember, rows) if row.ends_at is None), referrals=tuple(_of(Referral, rows)),
        next_review=min(coming, key=lambda row: row.due_on, default=None),
        changes=_changes(viewer=viewer, plan=plan, meeting=meeting, seen=seen, rows=rows),
    )  # fmt: skip


def _everybody(readers: Iterable[Viewer], *, plan_id: UUID, version: int) -> set[UUID]:
    """The ids of rows that each reader sees: asked as each of them, with row security answering."""
    sets = []
    for reader in readers:
        with acting_as(reader):
            found: set[UUID] = set()
            for model in (*MODELS.values(), Review, MeetingSignature, Meeting, PlanVersionEntry):
                rows = model.objects.seen_by(reader).filter(plan_id=plan_id).exclude(category=VICTIM)
                found |= set(rows.values_list("pk", flat=True))
            her = PlanOfSafeCare.objects.seen_by(reader).filter(pk=plan_id).values_list("identity_id", flat=True).first()
            known = with_infants(viewer=reader, identity_ids=[her]) if her else []
            found |= {row.identity_id for row in known}
            sets.append(found)
    return set.intersection(*sets) if sets else set()


def _shown(model: type[PlanRow], viewer: Viewer, plan_id: UUID, seen: set[UUID]) -> list[PlanRow]:
    return [row for row in model.objects.seen_by(viewer).filter(plan_id=plan_id).order_by("made_at", "id") if row.pk in seen]


def _of(model: type[Row], rows: dict[ItemKind, list[PlanRow]]) -> list[Row]:
    return [row for held in rows.values() for row in held if isinstance(row, model)]


def _changes(*, viewer: Viewer, plan: PlanOfSafeCare, meeting: Meeting, seen: set[UUID], rows: dict[ItemKind, list[PlanRow]]) -> tuple[Change, ...]:
    """What changed since the version before, with both sides cut to what everybody sees."""
    version = PlanVersion.objects.seen_by(viewer).filter(plan_id=plan.pk, number=meeting.since_version).first()
    if version is None:
        return ()
    entries = PlanVersionEntry.objects.seen_by(viewer).filter(version_id=version.pk)
    return difference(old=[kept_item(row) for row in entries if row.pk in seen], new=items_of(row for held in rows.values() for row in held))


def _account(viewer: Viewer, others: list[Viewer], shown: list[FamilyRecord], *, at: datetime) -> None:
    account(viewer=viewer, place="plans:meeting", rows=shown, at=at)
    for other in others:
        with acting_as(other):
            account(viewer=other, place="plans:meeting", rows=shown, at=at)
