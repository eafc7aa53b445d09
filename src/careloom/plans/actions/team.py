"""The care team: workers of agencies and people she named, with exactly one lead. Source: R-140, J2.1."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.agencies.models import Agency, Membership
from careloom.infra.access import Viewer
from careloom.infra.access.caseload import assign
from careloom.infra.access.models import Caseload
from careloom.infra.access.scope import acting_as
from careloom.kernel.labels import Kind
from careloom.kernel.labels.codes import ROLE
from careloom.plans.actions.keeping import PART2_SEGMENT, find_row, frame_stamp, keeper_of, kept_under, note, once, open_plan, stamp
from careloom.plans.actions.keeping import leads as is_lead
from careloom.plans.actions.results import Reason, Refused, refused
from careloom.plans.joining import welcome
from careloom.plans.models import CareTeamMember, PlanInfant, PlanOfSafeCare


@transaction.atomic
def add_team_member(
    *,
    by: Viewer,
    at: datetime,
    plan_id: UUID,
    name: str,
    role: str,
    request_key: str,
    agency_id: UUID | None = None,
    worker_id: UUID | None = None,
    phone: str = "",
    through_her: bool = False,
    leads: bool = False,
) -> CareTeamMember | Refused:
    """Put an agency's worker, or a person she named (`through_her`), on the care team.

    A plan has its lead from the start, so a second one is refused; `change_lead` and `offer_lead` move the lead. A member of a Part 2
    program is kept in the plan's Part 2 segment. A colleague gets the family on her caseload; another agency is told once it may see the plan.
    """
    plan = open_plan(by=by, at=at, plan_id=plan_id)
    if isinstance(plan, Refused):
        return plan
    known = once(CareTeamMember, by=by, request_key=request_key)
    if known is not None:
        return known
    if leads:
        return refused(Reason.SECOND_LEAD)
    if not name.strip():
        return refused(Reason.NO_WORDS)
    row = CareTeamMember(
        **stamp(by=by, at=at, plan=plan, category=_category(agency_id, role=role, name=name)),
        agency_id=agency_id, worker_id=worker_id, name=name.strip(), role=role, phone=phone, through_her=through_her,
        starts_at=at, request_key=request_key,
    )  # fmt: skip
    row.save()
    if worker_id is not None and agency_id == by.holder_id:
        put_on_caseload(by=by, at=at, plan=plan, worker_id=worker_id)
    welcome(by=by, at=at, plan=plan, seat=row)
    note("team_member_added", by=by, at=at, plan=plan, object_id=row.pk, role=role)
    return row


@transaction.atomic
def end_team_member(*, by: Viewer, at: datetime, member_id: UUID) -> CareTeamMember | Refused:
    """Somebody leaves the care team; the row stays as history. The lead does not leave: hand the lead over first."""
    row = find_row(CareTeamMember, by=by, row_id=member_id)
    plan = open_plan(by=by, at=at, plan_id=row.plan_id)
    if isinstance(plan, Refused):
        return plan
    if row.ends_at is not None:
        return row
    if row.leads:
        return refused(Reason.SECOND_LEAD)
    if row.holder_id not in {by.holder_id, plan.holder_id} or (row.holder_id != by.holder_id and not is_lead(by=by, plan=plan)):
        return refused(Reason.NOT_YOURS)
    end_row(by=by, at=at, plan=plan, row=row)
    welcome(by=by, at=at, plan=plan, seat=row)
    note("team_member_ended", by=by, at=at, plan=plan, object_id=row.pk)
    return row


def lead_row(*, by: Viewer, at: datetime, plan: PlanOfSafeCare, member: Membership, role: str) -> CareTeamMember:
    """The team row of the one who leads from now on, held by the plan's holder."""
    row = CareTeamMember(
        **frame_stamp(by=by, at=at, plan=plan, category=_category(member.agency_id)),
        agency_id=member.agency_id, worker_id=member.worker_id, name=member.worker.name, role=role, phone=member.worker.phone,
        leads=True, starts_at=at,
    )  # fmt: skip
    with acting_as(keeper_of(plan=plan, by=by)):
        row.save()
    return row


def end_row(*, by: Viewer, at: datetime, plan: PlanOfSafeCare, row: CareTeamMember) -> None:
    """End a team row, in the name of its holder."""
    row.ends_at, row.changed_at, row.row_version = at, at, row.row_version + 1
    with acting_as(keeper_of(plan=plan, by=by) if row.holder_id == plan.holder_id else by):
        row.save(update_fields=["ends_at", "changed_at", "row_version"])


def put_on_caseload(*, by: Viewer, at: datetime, plan: PlanOfSafeCare, worker_id: UUID) -> None:
    """The mother and the plan's infants on a colleague's caseload in the agency of `by`."""
    infants = PlanInfant.objects.filter(plan_id=plan.pk, ended_at=None).values_list("identity_id", flat=True)
    assign(by=by, worker_id=worker_id, identity_ids=[plan.identity_id, *infants], at=at)


def share_caseload(*, plan: PlanOfSafeCare, by: Viewer, at: datetime, identity_ids: list[UUID]) -> None:
    """Whoever has the mother on her caseload in the holder's agency gets these infants too, and whoever of another agency attached them."""
    keeper = keeper_of(plan=plan, by=by)
    with acting_as(keeper):
        rows = Caseload.objects.filter(holder_id=plan.holder_id, identity_id=plan.identity_id, ends_at__gt=at)
        workers = set(rows.values_list("worker_id", flat=True))
        for worker in sorted(workers, key=str):
            assign(by=keeper, worker_id=worker, identity_ids=identity_ids, at=at)
    if by.worker_id is not None:
        assign(by=by, worker_id=by.worker_id, identity_ids=identity_ids, at=at)


def _category(agency_id: UUID | None, *, role: str = "", name: str = "") -> str:
    """A seat of a Part 2 program shows treatment, and so do some roles and titles, whoever sends them."""
    part2 = agency_id is not None and Agency.objects.filter(pk=agency_id, is_part2_program=True).exists()
    return PART2_SEGMENT if part2 else kept_under(kind=Kind.TEAM, codes=((ROLE, role),), authors=(name,))
