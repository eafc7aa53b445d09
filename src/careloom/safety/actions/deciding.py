"""The decision: the worker completes, a supervisor approves or returns it with words, and a correction is a new version. Source: R-164, R-168."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.audit.actions import record
from careloom.kernel.packs import ClockName
from careloom.kernel.safety import Response
from careloom.safety.actions.rows import approver_of, change, owe, own_assessment
from careloom.safety.clocks import due
from careloom.safety.facts import what_is_missing, what_it_points_to
from careloom.safety.instruments import instrument_of
from careloom.safety.models import AssessedPerson, Finding, SafetyAssessment, SafetyPlan
from careloom.safety.models.assessment import APPROVED, COMPLETED, REPLACED, RETURNED, VOID
from careloom.work.actions import meet_obligation


@transaction.atomic
def complete(*, by: Viewer, at: datetime, assessment_id: UUID, response: str, why: str, row_version: int) -> Done | Stale | Refused:
    """The worker's decision. It is refused while a component or an item is blank, and where the parts do not allow it. Raises NotVisible."""
    row = own_assessment(assessment_id, by=by)
    if not row.is_open and row.response == response:
        return Done(row_id=row.pk)
    if not row.is_open or row.row_version != row_version:
        return Stale(current=row)
    people, findings = list(AssessedPerson.objects.filter(assessment_id=row.pk)), list(Finding.objects.filter(assessment_id=row.pk))
    instrument = instrument_of(pack=row.pack, key=row.instrument)
    if what_is_missing(instrument=instrument, people=people, findings=findings):
        return Refused(codes=("BLANK",))
    found = what_it_points_to(instrument=instrument, people=people, findings=findings)
    if response not in set(found.may_choose):
        return Refused(codes=("RESPONSE",))
    if Response(response) in found.needs_why and len(why.strip()) < 3:
        return Refused(codes=("RESPONSE_WHY",))
    for kind in ("SAFETY_SEE", "SAFETY_REASSESS", "SAFETY_FINISH", "SAFETY_RETURNED"):
        meet_obligation(by=by, at=at, about_id=row.pk, kind=kind)
    owe(
        row, kind="SAFETY_APPROVE", by=by, at=at, due_at=due(ClockName.SAFETY_APPROVE, pack=row.pack, at=at),
        key=f"safety-approve:{row.pk}:{row.row_version}", worker_id=approver_of(agency_id=row.holder_id, worker_id=by.worker_id, at=at),
    )  # fmt: skip
    return change(
        row, by=by, at=at, step="completed", state=COMPLETED, response=response, response_why=said(why, most=600),
        pointed_to=found.points_to or "", completed_at=at, completed_by=by.worker_id,
    )  # fmt: skip


@transaction.atomic
def approve(*, by: Viewer, at: datetime, assessment_id: UUID, row_version: int) -> Done | Stale | Refused:
    """A supervisor approves; from then on nothing in it changes. Not one's own decision. Raises NotVisible."""
    row = own_assessment(assessment_id, by=by, permission="SAFETY_APPROVE")
    if row.state == APPROVED:
        return Done(row_id=row.pk)
    refused = _not_to_approve(row, by=by, row_version=row_version)
    if refused is not None:
        return refused
    meet_obligation(by=by, at=at, about_id=row.pk, kind="SAFETY_APPROVE")
    if row.corrects_id is not None:
        SafetyAssessment.objects.filter(pk=row.corrects_id, holder_id=row.holder_id).update(state=REPLACED)
    if row.response in {Response.IN_HOME, Response.OUT_OF_HOME} and not _plan_goes_on(row):
        # A danger is there now, so the plan is owed at once; the hours are those in which a supervisor answers.
        owe(row, kind="SAFETY_PLAN", by=by, at=at, due_at=due(ClockName.SAFETY_APPROVE, pack=row.pack, at=at), key=f"safety-plan:{row.pk}")
    return change(row, by=by, at=at, step="approved", state=APPROVED, approved_at=at, approved_by=by.worker_id)


@transaction.atomic
def return_to_worker(*, by: Viewer, at: datetime, assessment_id: UUID, words: str, row_version: int) -> Done | Stale | Refused:
    """A supervisor gives it back with words; the worker may write again. Raises NotVisible."""
    row = own_assessment(assessment_id, by=by, permission="SAFETY_APPROVE")
    if row.state == RETURNED and row.returned_words == said(words, most=600):
        return Done(row_id=row.pk)
    refused = _not_to_approve(row, by=by, row_version=row_version)
    if refused is not None:
        return refused
    if len(words.strip()) < 3:
        return Refused(codes=("WORDS",))
    meet_obligation(by=by, at=at, about_id=row.pk, kind="SAFETY_APPROVE")
    owe(
        row, kind="SAFETY_RETURNED", by=by, at=at, due_at=due(ClockName.SAFETY_APPROVE, pack=row.pack, at=at),
        key=f"safety-returned:{row.pk}:{row.row_version}",
    )  # fmt: skip
    return change(row, by=by, at=at, step="returned", state=RETURNED, returned_at=at, returned_by=by.worker_id, returned_words=said(words, most=600))


@transaction.atomic
def correct(*, by: Viewer, at: datetime, assessment_id: UUID, reason: str, request_key: str) -> Done | Refused:
    """Begin a new version of an approved assessment, with everything in it and the reason. The old one stays as it was. Raises NotVisible."""
    row = own_assessment(assessment_id, by=by)
    known = SafetyAssessment.objects.filter(holder_id=row.holder_id, request_key=request_key).first()
    if known is not None:
        return Done(row_id=known.pk)
    if row.state != APPROVED:
        return Refused(codes=("NOT_APPROVED",))
    if len(reason.strip()) < 3:
        return Refused(codes=("REASON",))
    if SafetyAssessment.objects.filter(corrects_id=row.pk, holder_id=row.holder_id).exclude(state=VOID).exists():
        return Refused(codes=("ALREADY_CORRECTED",))
    new = SafetyAssessment(
        id=uuid4(), holder_id=row.holder_id, identity_id=row.identity_id, category=row.category, pack=row.pack, instrument=row.instrument,
        because=row.because, because_words=row.because_words, received_id=row.received_id, safety_plan_id=row.safety_plan_id,
        worker_id=by.worker_id, started_at=at, see_by=row.see_by, met_at=row.met_at, version=row.version + 1, corrects_id=row.pk,
        correction_reason=said(reason, most=600), request_key=request_key,
    )  # fmt: skip
    new.save()
    _copy(row, new)
    record(by=by, at=at, action="safety.correction_begun", identity_id=row.identity_id, object_id=new.pk, detail={"version": new.version})
    owe(new, kind="SAFETY_FINISH", by=by, at=at, due_at=due(ClockName.SAFETY_APPROVE, pack=row.pack, at=at), key=f"safety-finish:{new.pk}")
    return Done(row_id=new.pk)


def _copy(row: SafetyAssessment, new: SafetyAssessment) -> None:
    ids: dict[UUID, UUID] = {}
    for person in AssessedPerson.objects.filter(assessment_id=row.pk).order_by("place", "pk"):
        ids[person.pk] = uuid4()
        person.pk, person.assessment_id, person._state.adding = ids[person.pk], new.pk, True
        person.save(force_insert=True)
    for finding in Finding.objects.filter(assessment_id=row.pk):
        finding.pk, finding.assessment_id, finding._state.adding = uuid4(), new.pk, True
        finding.person_id = ids.get(finding.person_id) if finding.person_id else None
        finding.child_ids, finding.by_ids = [ids[pk] for pk in finding.child_ids], [ids[pk] for pk in finding.by_ids]
        finding.save(force_insert=True)


def _plan_goes_on(row: SafetyAssessment) -> bool:
    """A correction of an assessment that has its plan asks for no second one."""
    return row.corrects_id is not None and SafetyPlan.objects.filter(assessment_id=row.corrects_id, ended_at=None).exists()


def _not_to_approve(row: SafetyAssessment, *, by: Viewer, row_version: int) -> Stale | Refused | None:
    if row.row_version != row_version:
        return Stale(current=row)
    if row.state != COMPLETED:
        return Refused(codes=("STATE",))
    return Refused(codes=("OWN_WORK",)) if row.completed_by == by.worker_id else None
