"""What every action of plans shares: finding the plan, who may write, one row for two submissions, in whose name a row is written.

The frame of a plan (its row, infants, lead, reviews, versions) is kept by the plan's holder, whoever leads it. An agency that leads or
takes part, and the mother, change the frame through `keeper_of`, and only after row security showed them the plan.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection

from careloom.agencies.models import Agency
from careloom.infra.access import NotVisible, PrincipalKind, System, Viewer, require, system
from careloom.infra.access.caseload import assign
from careloom.infra.access.models import Grant
from careloom.infra.access.scope import acting_as
from careloom.infra.audit.actions import record
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.disclosure import Category, Subject
from careloom.kernel.labels import Fact, Kind, label
from careloom.kernel.plan import PlanState, may_move
from careloom.plans.actions.results import Conflict, Reason, Refused, refused
from careloom.plans.models import OPEN_STATES, PlanInfant, PlanOfSafeCare, PlanRow

CORE = "posc.plan_core"
PART2_SEGMENT = "posc.plan_part2_segment"
VICTIM = "dv.victim_record"
Row = TypeVar("Row", bound=PlanRow)


def take_turn(key: object) -> None:
    """Wait for another transaction that works on the same `key`; two submissions of one form then follow each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"plans:{key}"])


def find_plan(*, by: Viewer, plan_id: UUID) -> PlanOfSafeCare:
    """The plan, as far as `by` may see it.

    Raises:
        NotVisible: hidden or absent, one answer.
    """
    require(by)
    plan = PlanOfSafeCare.objects.seen_by(by).filter(pk=plan_id).first()
    if plan is None:
        raise NotVisible
    return plan


def open_plan(*, by: Viewer, at: datetime, plan_id: UUID, lead: bool = False, joins: bool = True) -> PlanOfSafeCare | Refused:
    """The open plan for writing, one writer at a time; or why not. With `lead`, only for who leads or keeps it, or the mother.

    A worker of another agency who writes in a plan that is shared with it works with the family from now on (`joins`): else she would
    not see what she wrote.
    """
    plan = find_plan(by=by, plan_id=plan_id)
    if not may_write(by):
        return refused(Reason.NOT_ALLOWED)
    take_turn(plan_id)
    plan.refresh_from_db()
    if plan.status not in OPEN_STATES:
        return refused(Reason.PLAN_CLOSED)
    if lead and not is_herself(by) and not leads(by=by, plan=plan):
        return refused(Reason.NOT_LEAD)
    if joins:
        join(by=by, at=at, plan=plan)
    return plan


def join(*, by: Viewer, at: datetime, plan: PlanOfSafeCare) -> None:
    """A worker of another agency who writes about a plan works with the family from now on: else she would not see what she wrote."""
    if by.kind is PrincipalKind.AGENCY and by.holder_id != plan.holder_id and by.worker_id is not None:
        infants = PlanInfant.objects.filter(plan_id=plan.pk, ended_at=None).values_list("identity_id", flat=True)
        assign(by=by, worker_id=by.worker_id, identity_ids=[plan.identity_id, *infants], at=at)


def may_write(by: Viewer) -> bool:
    """Whether `by` may write in plans at all: a worker by her role, the mother in her own plan. A supporter reads."""
    return is_herself(by) or by.can("PLAN_WRITE")


def is_herself(by: Viewer) -> bool:
    """Whether `by` is the mother. A supporter whom she named is a person too, but reads for care coordination and never as patient."""
    return by.kind is PrincipalKind.PERSON and by.purpose == "patient_access"


def leads(*, by: Viewer, plan: PlanOfSafeCare) -> bool:
    """Whether the agency of `by` leads the plan, leads it with others, or keeps it."""
    return by.holder_id in {plan.lead_agency_id, plan.holder_id, *plan.co_lead_ids}


def keeper_of(*, plan: PlanOfSafeCare, by: Viewer) -> Viewer:
    """The viewer that writes the plan's frame: `by` itself in the holder's agency, else the job role for the holder.

    INVARIANT: call it only with a plan that `find_plan` returned for `by`.
    """
    if by.holder_id == plan.holder_id and by.whole_agency:
        return by
    return system(System.JOB, holder_id=plan.holder_id)


def writer_of(by: Viewer) -> UUID:
    """Who made a row: the worker, or the person herself."""
    return by.worker_id or by.principal_id


def once(model: type[Row], *, by: Viewer, request_key: str) -> Row | None:
    """The row that this submission made before, after waiting for a twin submission to end."""
    take_turn(f"{by.holder_id}:{request_key}")
    return model.objects.filter(holder_id=by.holder_id, request_key=request_key).first()


def kept_under(*, kind: Kind, category: str = CORE, **said: Any) -> str:
    """The category of a row that says `codes`, `texts`, `places`, `authors`: apart where it tells about substance use (`kernel.labels`)."""
    return label(Fact(kind=kind, subject=Subject.MOTHER, category=Category(category), **said)).category.value


def moved_apart(row: PlanRow, *, texts: tuple[str, ...]) -> dict[str, object]:
    """The category that a row of the plan's core takes on when new words in it tell of substance use; empty where none does.

    The caller opens its segment (`open_for`) once it is written. What lies apart never comes back by itself.
    """
    tells = row.category == CORE and kept_under(kind=Kind.NEED, texts=texts) == PART2_SEGMENT
    return {"category": PART2_SEGMENT} if tells else {}


def stamp(*, by: Viewer, at: datetime, plan: PlanOfSafeCare, category: str = CORE, identity_id: UUID | None = None) -> dict[str, Any]:
    """The fields that every row of a plan carries, for a row held by `by`. Rows of a person are her own words."""
    hers = by.kind is PrincipalKind.PERSON
    return {
        "holder_id": by.holder_id,
        "identity_id": identity_id or plan.identity_id,
        "category": category,
        "provenance": "self_reported" if hers else "originating",
        "plan_id": plan.pk,
        "made_at": at,
        "made_by": writer_of(by),
        "changed_at": at,
    }


def frame_stamp(*, by: Viewer, at: datetime, plan: PlanOfSafeCare, category: str = CORE, identity_id: UUID | None = None) -> dict[str, Any]:
    """The same for a row of the plan's frame, held by the plan's holder."""
    return stamp(by=by, at=at, plan=plan, category=category, identity_id=identity_id) | {"holder_id": plan.holder_id, "provenance": "originating"}


def change_plan(*, plan: PlanOfSafeCare, by: Viewer, **values: object) -> None:
    """Write fields of the plan's own row, in its holder's name. A move that the workflow does not know is a mistake of the caller."""
    to = values.get("status", plan.status)
    if to != plan.status and not may_move(state=PlanState(plan.status), to=PlanState(str(to))):
        raise ValueError(f"A plan does not go from {plan.status} to {to}.")
    plan.row_version += 1
    for name, value in values.items():
        setattr(plan, name, value)
    with acting_as(keeper_of(plan=plan, by=by)):
        plan.save(update_fields=[*values, "row_version"])


def change_row(*, row: PlanRow, by: Viewer, at: datetime, row_version: int, changes: dict[str, object]) -> Conflict | Refused | None:
    """Write `changes` in a row of the agency of `by`; None when it was written or nothing differs."""
    if row.holder_id != by.holder_id:
        return refused(Reason.NOT_YOURS)
    different = {name: value for name, value in changes.items() if getattr(row, name) != value}
    if not different:
        return None
    values = different | {"changed_at": at, "row_version": row_version + 1}
    written = type(row).objects.filter(pk=row.pk, row_version=row_version).update(**values)
    if not written:
        row.refresh_from_db()
        theirs = {name: getattr(row, name) for name in different}
        return None if theirs == different else Conflict(mine=different, theirs=theirs, row_version=row.row_version)
    for name, value in values.items():
        setattr(row, name, value)
    return None


def find_row(model: type[Row], *, by: Viewer, row_id: UUID) -> Row:
    """A row of a plan that `by` may see, or NotVisible."""
    require(by)
    row = model.objects.seen_by(by).filter(pk=row_id).first()
    if row is None:
        raise NotVisible
    return row


def can_see_plan(*, plan: PlanOfSafeCare, agency_id: UUID, by: Viewer, at: datetime) -> bool:
    """Whether an agency can see this plan at `at`: it keeps it, or a live grant opens it for the purpose for which that kind of agency reads."""
    if agency_id == plan.holder_id:
        return True
    agency = Agency.objects.filter(pk=agency_id).first()
    if agency is None:
        return False
    with acting_as(system(System.JOB, holder_id=plan.holder_id)):
        return Grant.objects.filter(
            identity_id=plan.identity_id, holder_id=plan.holder_id, category=plan.category, recipient_id=agency_id,
            provenance=plan.provenance, purposes__contains=[AgencyKind(agency.kind).purpose], valid_from__lte=at, valid_to__gt=at,
        ).exists()  # fmt: skip


def note(action: str, *, by: Viewer, at: datetime, plan: PlanOfSafeCare, object_id: UUID | None = None, **detail: object) -> None:
    """The audit row of an action of plans; `detail` holds codes and ids only."""
    record(by=by, at=at, action=f"plans.{action}", identity_id=plan.identity_id, object_id=object_id or plan.pk, detail=detail)
