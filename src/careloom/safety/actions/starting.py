"""An assessment begins: a report was screened in, or something changed and a worker says so. Source: workflows 6.6; OAC 5101:2-37-01."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from careloom.agencies.models import Agency
from careloom.consents.turns import take_turn
from careloom.infra.access import NotVisible, System, Viewer, acting_as, system
from careloom.infra.access.caseload import assign
from careloom.infra.answers import Done, Refused, said
from careloom.infra.audit.actions import record
from careloom.kernel.packs import ClockName
from careloom.notifications.models import ReceivedNotification
from careloom.people.queries import with_infants
from careloom.safety.actions.meeting import infants_in, name_in, write_down_family
from careloom.safety.actions.rows import CASE, child_welfare, owe
from careloom.safety.clocks import due, today
from careloom.safety.instruments import instrument_for
from careloom.safety.models import AssessedPerson, SafetyAssessment
from careloom.safety.models.assessment import VOID
from careloom.safety.profile import profile_of
from careloom.safety.words import BECAUSE
from careloom.work.actions import meet_obligation

#: Reasons that a worker may give. The others come from a report or from a plan that was not kept.
BY_HAND = frozenset({"NOTIFIED", "NEW_REPORT", "HOUSEHOLD", "RETURN_TO_USE", "REUNIFICATION", "CLOSURE"})
#: Reasons that need words. INVARIANT: return to use alone starts nothing; the worker says what it meant for the child's safety.
NEEDS_WORDS = frozenset({"HOUSEHOLD", "RETURN_TO_USE"})


@transaction.atomic
def screened_in(*, received_id: UUID, holder_id: UUID, at: datetime) -> UUID | None:
    """Start the assessment that an accepted report calls for; its id, or None where none is called for. Idempotent by the notification.

    The clock that ran since the report came goes on: it is the same four working days that the page of the report shows. A notification that is no
    report is assessed where the jurisdiction assesses every notified infant (R-153). In both cases the agency now keeps a record of the family.
    """
    job = system(System.JOB, holder_id=holder_id)
    with acting_as(job):
        got = ReceivedNotification.objects.filter(pk=received_id, holder_id=holder_id, withdrawn_at=None).first()
        agency = Agency.objects.get(pk=holder_id)
        if got is None or got.answer != "ACCEPTED_PATHWAY":
            return None
        write_down_family(got, agency=agency, by=job, at=at, worker_id=got.answered_by)
        if got.kind != "REPORT" and not profile_of(pack=agency.pack).every_notified_infant:
            return None
        row, new = _open(
            agency=agency, identity_id=got.identity_id, because="REPORT" if got.kind == "REPORT" else "NOTIFIED", by=job, at=at,
            since=got.received_at, worker_id=got.answered_by, key=f"screened-in:{got.notification_id}", received_id=got.pk,
        )  # fmt: skip
        if new:
            _first_people(row, by=job, at=at, mother=name_in(got.facts.get("PARENT_NAME")), infants=infants_in(got))
        return row.pk


@transaction.atomic
def start(*, by: Viewer, at: datetime, identity_id: UUID, because: str, words: str, request_key: str) -> Done | Refused:
    """A worker starts an assessment because something changed. Idempotent. One at a time: an open one is gone on with. Raises NotVisible."""
    agency = child_welfare(by)
    take_turn([f"{agency.pk}:safety-of:{identity_id}"])
    known = SafetyAssessment.objects.filter(holder_id=agency.pk, request_key=request_key).first()
    if known is not None:
        return Done(row_id=known.pk)
    if not knows(identity_id, by=by):
        raise NotVisible
    codes = []
    if because not in BY_HAND:
        codes.append("BECAUSE")
    if because in NEEDS_WORDS and len(words.strip()) < 3:
        codes.append("BECAUSE_WORDS")
    if _newest(identity_id, by=by, is_open=True) is not None:
        codes.append("ALREADY_OPEN")
    if codes:
        return Refused(codes=tuple(codes))
    row = again(agency=agency, identity_id=identity_id, because=because, words=words, by=by, at=at, since=at, key=request_key)
    return Done(row_id=row.pk)


def again(
    *, agency: Agency, identity_id: UUID, because: str, words: str, by: Viewer, at: datetime, since: datetime, key: str,
    safety_plan_id: UUID | None = None,
) -> SafetyAssessment:  # fmt: skip
    """A further assessment of a family, with the people of the last one; nobody of them counts as seen."""
    before = _newest(identity_id, by=by)
    row, new = _open(
        agency=agency, identity_id=identity_id, because=because, by=by, at=at, since=since, worker_id=by.worker_id, key=key, words=words,
        safety_plan_id=safety_plan_id,
    )  # fmt: skip
    if new and before is not None:
        for person in AssessedPerson.objects.filter(assessment_id=before.pk).order_by("place", "pk"):
            _person(
                row, kind=person.kind, name=person.name, relation=person.relation, born_on=person.born_on, cares=person.cares,
                at_home=person.at_home, person_identity_id=person.person_identity_id, place=person.place,
            )  # fmt: skip
    elif new:
        _first_people(row, by=by, at=at, mother="", infants=[])
    return row


def _open(
    *, agency: Agency, identity_id: UUID, because: str, by: Viewer, at: datetime, since: datetime, worker_id: UUID | None, key: str,
    words: str = "", received_id: UUID | None = None, safety_plan_id: UUID | None = None,
) -> tuple[SafetyAssessment, bool]:  # fmt: skip
    known = SafetyAssessment.objects.filter(holder_id=agency.pk, request_key=key).first()
    if known is not None:
        return known, False
    not_kept = because == "PLAN_NOT_KEPT"
    see_by = due(ClockName.SAFETY_REASSESS if not_kept else ClockName.SAFETY_FACE_TO_FACE, pack=agency.pack, at=since)
    row = SafetyAssessment(
        id=uuid4(), holder_id=agency.pk, identity_id=identity_id, category=CASE, pack=agency.pack, because=because,
        because_words=said(words, most=600), received_id=received_id, safety_plan_id=safety_plan_id, worker_id=worker_id, started_at=at,
        see_by=see_by, instrument=instrument_for(pack=agency.pack, on=today(pack=agency.pack, at=at)).key, request_key=key,
    )  # fmt: skip
    assert because in BECAUSE
    if worker_id is not None:
        assign(by=by, worker_id=worker_id, identity_ids=[identity_id], at=at)
    row.save()
    record(by=by, at=at, action="safety.started", identity_id=identity_id, object_id=row.pk, detail={"because": because})
    owe(row, kind="SAFETY_REASSESS" if not_kept else "SAFETY_SEE", by=by, at=at, due_at=see_by, key=f"safety-see:{row.pk}")
    return row, True


def _first_people(row: SafetyAssessment, *, by: Viewer, at: datetime, mother: str, infants: list[tuple[str, UUID | None]]) -> None:
    """The mother and her infants as this agency already knows them: from its own records, else from what was reported."""
    people = with_infants(viewer=by, identity_ids=[row.identity_id])
    seen = {}
    for person in people:
        seen.setdefault(person.identity_id, person)
    known = seen.pop(row.identity_id, None)
    name = _full(known) if known is not None else mother
    _person(row, kind="ADULT", name=name or "Mother", relation="mother", cares=True, at_home=True, person_identity_id=row.identity_id, place=0)
    if seen:
        for place, child in enumerate(seen.values(), start=1):
            _person(row, kind="CHILD", name=_full(child) or "Baby", born_on=child.birth_date, person_identity_id=child.identity_id, place=place)
        return
    for place, (child_name, identity_id) in enumerate(infants or [("Baby", None)], start=1):
        _person(row, kind="CHILD", name=child_name, person_identity_id=identity_id, place=place)


def _person(row: SafetyAssessment, **facts: object) -> None:
    AssessedPerson(
        holder_id=row.holder_id, identity_id=row.identity_id, category=CASE, assessment_id=row.pk, request_key=f"first:{facts['place']}", **facts
    ).save()


def knows(identity_id: UUID, *, by: Viewer) -> bool:
    """Whether the agency works with this family: it received something, assessed before, or keeps a record of its own."""
    own = {"holder_id": by.holder_id, "identity_id": identity_id}
    reported = ReceivedNotification.objects.seen_by(by).filter(**own).exists()
    return (
        reported
        or _newest(identity_id, by=by) is not None
        or any(p.holder_id == by.holder_id for p in with_infants(viewer=by, identity_ids=[identity_id]))
    )


def _newest(identity_id: UUID, *, by: Viewer, is_open: bool = False) -> SafetyAssessment | None:
    rows = SafetyAssessment.objects.seen_by(by).filter(identity_id=identity_id, holder_id=by.holder_id).exclude(state=VOID)
    rows = rows.filter(state__in=["STARTED", "RETURNED", "COMPLETED"]) if is_open else rows
    found: SafetyAssessment | None = rows.order_by("-started_at", "-version").first()
    return found


def met_when_seen(row: SafetyAssessment, *, by: Viewer, at: datetime) -> None:
    """The face-to-face clock stops once each child and at least one caregiver was seen; what is owed next is to finish."""
    people = list(AssessedPerson.objects.filter(assessment_id=row.pk))
    children = [p for p in people if p.kind == "CHILD"]
    met = bool(children) and all(c.seen_on for c in children) and any(p.seen_on for p in people if p.cares)
    if met and row.met_at is None:
        SafetyAssessment.objects.filter(pk=row.pk).update(met_at=at)
        for kind in ("SAFETY_SEE", "SAFETY_REASSESS"):
            meet_obligation(by=by, at=at, about_id=row.pk, kind=kind)
        later = max(row.see_by or at, due(ClockName.SAFETY_APPROVE, pack=row.pack, at=at))
        owe(row, kind="SAFETY_FINISH", by=by, at=at, due_at=later, key=f"safety-finish:{row.pk}")


def _full(person: object) -> str:
    given = getattr(person, "preferred_name", "") or getattr(person, "given_name", "")
    return " ".join(part for part in (given, getattr(person, "family_name", "")) if part)
