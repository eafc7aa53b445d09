"""A case is opened by a worker, with its reason; help is given with or without one; and a case is closed. Source: R-144, R-170, R-177.

INVARIANT: nothing else opens a case: no plan of safe care, no notification, no assessment. There is no event that this module listens to.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from careloom.agencies.days import day_of, today_of
from careloom.consents.turns import take_turn
from careloom.infra.access import Viewer
from careloom.infra.access.caseload import assign
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.audit.actions import record
from careloom.kernel.packs import ClockName
from careloom.permanency.actions.outcomes import agency_of, change, known, owe, put, refused, the_case, writer
from careloom.permanency.models import Case, CasePlan, Removal, Resource
from careloom.permanency.models.case import CLOSED, OPEN
from careloom.permanency.models.row import PLAN
from careloom.permanency.words import KINDS, OUTCOMES, RESOURCES
from careloom.work.actions import meet_obligation
from careloom.work.models import Obligation

LEAST_LETTERS = 12


@transaction.atomic
def open_case(*, by: Viewer, at: datetime, identity_id: UUID, kind: str, reason: str, decided_on: date, request_key: str) -> Done | Refused:
    """Open a case with its reason; a case plan is due from the day of the decision (R-170). The caller has checked that `by` sees the family.

    Custody stays with the parent in a case at home. Idempotent on `request_key`. Raises NotVisible for who writes no cases.
    """
    writer(by)
    take_turn([f"{by.holder_id}:cases:{identity_id}"])
    done = known(Case, by=by, request_key=request_key)
    if done is not None:
        return done
    agency = agency_of(by)
    wrong = refused(
        NOTHING=kind not in KINDS, REASON=len(reason.strip()) < LEAST_LETTERS, DECIDED_LATER=decided_on > today_of(agency, at=at),
        ONE_OPEN=Case.objects.filter(holder_id=by.holder_id, identity_id=identity_id, state=OPEN).exists(),
    )  # fmt: skip
    if wrong is not None:
        return wrong
    case = Case(
        holder_id=by.holder_id, identity_id=identity_id, category=PLAN, kind=kind, reason=said(reason, most=800), decided_on=decided_on, opened_at=at,
        worker_id=by.worker_id, request_key=request_key,
    )  # fmt: skip
    try:
        with transaction.atomic():
            case.save()
    except IntegrityError:
        return Refused(codes=("ONE_OPEN",))
    if by.worker_id is not None:
        assign(by=by, worker_id=by.worker_id, identity_ids=[identity_id], at=at)
    record(by=by, at=at, action="permanency.case_opened", identity_id=identity_id, object_id=case.pk, detail={"kind": kind})
    due = day_of(ClockName.CASE_PLAN, agency=agency, start=decided_on)
    plan = put(CasePlan, case=case, by=by, at=at, request_key=f"plan:{case.pk}", action="plan_begun", shared=True, due_on=due)
    owe(by=by, at=at, case=case, kind="CASE_PLAN_DUE", about=plan.pk, due=due, agency=agency)
    return Done(row_id=case.pk)


@transaction.atomic
def give_resource(*, by: Viewer, at: datetime, identity_id: UUID, what: str, words: str, given_on: date, request_key: str) -> Done | Refused:
    """Record what child welfare gives to support a family; a case is not needed (R-144). The caller has checked that `by` sees the family."""
    writer(by)
    take_turn([f"{by.holder_id}:cases:{identity_id}"])
    done = known(Resource, by=by, request_key=request_key)
    if done is not None:
        return done
    wrong = refused(NOTHING=what not in RESOURCES or not words.strip(), LATER=given_on > today_of(agency_of(by), at=at))
    if wrong is not None:
        return wrong
    case = Case.objects.filter(holder_id=by.holder_id, identity_id=identity_id, state=OPEN).first()
    row = Resource(
        holder_id=by.holder_id, identity_id=identity_id, category=PLAN, case_id=case.pk if case else None, what=what, words=said(words, most=400),
        given_on=given_on, at=at, worker_id=by.worker_id, request_key=request_key,
    )  # fmt: skip
    row.save()
    record(by=by, at=at, action="permanency.resource_given", identity_id=identity_id, object_id=row.pk, detail={"what": what})
    return Done(row_id=row.pk)


@transaction.atomic
def close_case(
    *, by: Viewer, at: datetime, case_id: UUID, outcome: str, words: str, closed_on: date, row_version: int
) -> Done | Refused | Stale:  # fmt: skip
    """Close a case with its outcome; what it still owed ends. Refused while a child is in care. Raises NotVisible."""
    case = the_case(by=by, case_id=case_id)
    if case.state == CLOSED:
        return Done(row_id=case.pk)
    wrong = refused(
        NOTHING=outcome not in OUTCOMES, WORDS=len(words.strip()) < LEAST_LETTERS, LATER=closed_on > today_of(agency_of(by), at=at),
        BEFORE=closed_on < case.decided_on, STILL_OPEN=Removal.objects.filter(case_id=case.pk, ended_on=None).exists(),
    )  # fmt: skip
    if wrong is not None:
        return wrong
    answer = change(
        case, by=by, at=at, row_version=row_version, action="case_closed", state=CLOSED, closed_on=closed_on, outcome=outcome,
        outcome_words=said(words, most=800),
    )  # fmt: skip
    if isinstance(answer, Done):
        owed = Obligation.objects.filter(holder_id=by.holder_id, family_id=case.identity_id, about_kind="CASE", met_at=None)
        for about in set(owed.values_list("about_id", flat=True)):
            meet_obligation(by=by, at=at, about_id=about)
    return answer


@transaction.atomic
def set_recovery_day(*, by: Viewer, at: datetime, case_id: UUID, on: date | None, row_version: int) -> Done | Refused | Stale:
    """Keep the day on which she says that her recovery began, for the clock beside the court's. Her own word, and she may take it back."""
    case = the_case(by=by, case_id=case_id)
    wrong = refused(LATER=on is not None and on > today_of(agency_of(by), at=at))
    return wrong or change(case, by=by, at=at, row_version=row_version, action="recovery_day", recovery_on=on)
