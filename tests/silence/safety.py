"""The safety of the hidden family as its child welfare keeps it: an assessment, its people, a safety plan and its step."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from tests.factories.agencies import a_worker, viewer
from tests.factories.plans import a_key

from careloom.agencies.models import Agency
from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.access.caseload import assign
from careloom.kernel.agency_kinds import AgencyKind
from careloom.notifications.models import ReceivedNotification
from careloom.safety import actions
from careloom.safety.actions.drafting import mark_of
from careloom.safety.actions.meeting import infants_in
from careloom.safety.instruments import instrument_of
from careloom.safety.models import AssessedPerson, Finding, SafetyAssessment
from careloom.safety.profile import profile_of


def kept_safe(*, received_id: UUID) -> dict[str, list[UUID]]:
    """An approved, unsafe assessment with a plan in force, by the names that addresses give them."""
    welfare, identity_id = _holder(received_id)
    worker, supervisor, at = a_worker(Role.CPS_WORKER, agency=welfare), a_worker(Role.SUPERVISOR, agency=welfare), clock.now()
    by, above = viewer(worker), viewer(supervisor)
    with acting_as(above):
        assign(by=above, worker_id=worker.worker_id, identity_ids=[identity_id], at=at - timedelta(minutes=1))
    with acting_as(by):
        done = actions.start(by=by, at=at, identity_id=identity_id, because="NOTIFIED", words="", request_key=a_key())
        assert isinstance(done, actions.Done)
        aunt = actions.Person(kind="ADULT", name="Quillfeather aunt", at_home=True, seen_on=clock.today())
        assert isinstance(actions.put_person(by=by, at=at, assessment_id=done.row_id, person=aunt, request_key=a_key()), actions.Done)
        row = SafetyAssessment.objects.get(pk=done.row_id)
        people = list(AssessedPerson.objects.filter(assessment_id=row.pk))
        for person in people:
            seen = actions.Person(kind=person.kind, name=person.name, cares=person.cares, at_home=person.at_home, seen_on=clock.today())
            actions.put_person(by=by, at=at, assessment_id=row.pk, person=seen, request_key=a_key(), person_id=person.pk)
        _fill(row, people, by=by, at=at)
        row.refresh_from_db()
        completed = actions.complete(by=by, at=at, assessment_id=row.pk, response="IN_HOME", why="", row_version=row.row_version)
        assert isinstance(completed, actions.Done), completed
        row.refresh_from_db()
    with acting_as(above):
        approved = actions.approve(by=above, at=at, assessment_id=row.pk, row_version=row.row_version)
        assert isinstance(approved, actions.Done), approved
    with acting_as(by):
        plan = actions.start_plan(by=by, at=at, assessment_id=row.pk, request_key=a_key())
        assert isinstance(plan, actions.Done), plan
        step = actions.add_step(
            by=by, at=at, safety_plan_id=plan.row_id, factor="C.care", what="Aunt stays", who="Aunt", when="Each night", request_key=a_key()
        )
        assert isinstance(step, actions.Done), step
        told = actions.note_told(
            by=by, at=at, identity_id=identity_id, points=(profile_of(pack=welfare.pack).points[0].id,), told_on=clock.today(), how="PHONE", asked="",
            request_key=a_key(),
        )  # fmt: skip
        assert isinstance(told, actions.Done), told
        ((_name, child),) = infants_in(ReceivedNotification.objects.get(pk=received_id))
        said = actions.Reported(child_id=child, received_id=received_id, received_on=clock.today(), source="MEDICAL")
        report = actions.keep_report(by=by, at=at, identity_id=identity_id, told=said, request_key=a_key())
        assert isinstance(report, actions.Done), report
    return {
        "beside_id": [told.row_id, report.row_id],
        "report_id": [report.row_id],
        "assessment_id": [row.pk],
        "assessed_id": [person.pk for person in people],
        "safety_plan_id": [plan.row_id],
        "step_id": [step.row_id],
    }


def _holder(received_id: UUID) -> tuple[Agency, UUID]:
    for agency in Agency.objects.filter(kind=AgencyKind.CPS_AGENCY):
        with acting_as(system(System.JOB, holder_id=agency.pk)):
            row = ReceivedNotification.objects.filter(pk=received_id).first()
        if row is not None:
            return agency, row.identity_id
    raise AssertionError("Nobody received it.")


def _fill(row: SafetyAssessment, people: list[AssessedPerson], *, by: object, at: object) -> None:
    instrument = instrument_of(pack=row.pack, key=row.instrument)
    children = tuple(person.pk for person in people if person.kind == "CHILD")
    parts: list[tuple[UUID | None, list[actions.Said]]] = [
        (child, [actions.Said(item=item.id, picked=(item.options[0][0],)) for item in instrument.domains]) for child in children
    ]
    for adult in (person for person in people if person.kind == "ADULT"):
        answer = "DIMINISHED" if adult.cares else "PRESENT"
        parts.append((adult.pk, [actions.Said(item=item.id, answer=answer, evidence="Seen") for item in instrument.capacities]))
    said = [
        actions.Said(item=item.id, answer="YES", evidence="Seen", source="Nurse", seen_on=clock.today(), child_ids=children)
        if item.id == "C.care"
        else actions.Said(item=item.id, answer="NO", evidence="Seen")
        for item in instrument.factors
    ]
    for person_id, told in [*parts, (None, said)]:
        mark = mark_of(Finding.objects.filter(assessment_id=row.pk, person_id=person_id))
        done = actions.put_findings(by=by, at=at, assessment_id=row.pk, person_id=person_id, told=told, mark=mark)  # type: ignore[arg-type]
        assert isinstance(done, actions.Done), done
