"""Screens that write through several apps in one transaction: somebody who is met, the start of a plan with her, a birth that is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from careloom.health.actions import put_pregnancy
from careloom.health.models import Pregnancy
from careloom.health.queries import pregnancies_of
from careloom.infra.access import Viewer
from careloom.infra.access.caseload import assign
from careloom.people.actions import PersonFacts, new_identity, put_names, put_person
from careloom.people.matching.entry import note_alike
from careloom.people.models import PersonRecord
from careloom.people.queries import with_infants
from careloom.plans.actions.birth import BirthRecorded, InfantBorn, record_birth
from careloom.plans.actions.content import add_goal
from careloom.plans.actions.keeping import take_turn
from careloom.plans.actions.results import Refused
from careloom.plans.actions.starting import start_plan
from careloom.plans.models import PlanOfSafeCare

ONE_BIRTH = timedelta(days=3)


def born_together(infants: Iterable[PersonRecord]) -> tuple[date | None, tuple[UUID, ...]]:
    """The day of her newest birth that the record tells, and the babies of it. An older child of hers is not among them.

    Twins may be born on both sides of midnight: the day is that of the first.
    """
    days = {person.identity_id: person.birth_date for person in infants if person.birth_date}
    newest = max(days.values(), default=None)
    babies = {identity: day for identity, day in days.items() if newest is not None and newest - day <= ONE_BIRTH}
    return min(babies.values(), default=None), tuple(babies)


def met_already(*, viewer: Viewer, key: str) -> UUID | None:
    """Whom the form with this key wrote down before. One query."""
    rows = PersonRecord.objects.seen_by(viewer).filter(holder_id=viewer.holder_id, source_id=f"{key}:met")
    return rows.values_list("identity_id", flat=True).first()


@transaction.atomic
def mother_met(*, by: Viewer, at: datetime, facts: PersonFacts, key: str) -> UUID:
    """Write down a mother whom no record names, on the writer's caseload, in the part of her record that a plan is made of. Returns her identity.

    Two clicks on one form follow each other, and the second finds her.
    """
    take_turn(f"met:{by.holder_id}:{key}")
    if known := met_already(viewer=by, key=key):
        return known
    person = _own_record(by=by, at=at, facts=facts, identity=new_identity(at=at), source_id=f"{key}:met")
    note_alike(by=by, at=at, record_ids=[person.pk])
    return person.identity_id


@transaction.atomic
def plan_begun(*, by: Viewer, at: datetime, mother_id: UUID, pack: str, facts: dict[str, Any]) -> PlanOfSafeCare | Refused:
    """Start the plan for the pregnancy that is known, or that she tells of, with her first wish as a goal.

    Without a day on which the baby is expected, and with a baby in the record, it is a plan after birth. Nothing is kept when refused.
    """
    key = facts["request_key"]
    pregnancy = _pregnancy(by=by, at=at, mother_id=mother_id, due_on=facts.get("due_on"), key=key)
    infants = [p for p in with_infants(viewer=by, identity_ids=[mother_id]) if p.role == "INFANT" and p.mother_identity_id == mother_id]
    born, babies = born_together(infants) if facts.get("due_on") is None else (None, ())
    plan = start_plan(
        by=by, at=at, mother_id=mother_id, pregnancy_id=pregnancy.pk, pack=pack, request_key=key, kind="POSTNATAL" if born else "PRENATAL",
        label=facts["label"], language=facts["language"], lead_worker_id=facts["lead"], born_on=born,
        co_lead_ids=(facts["co_lead"],) if facts["co_lead"] else (),
        infants=tuple(InfantBorn(identity_id=identity) for identity in babies),
    )  # fmt: skip
    if isinstance(plan, Refused):
        transaction.set_rollback(True)
        return plan
    put_names(by=by, at=at, identity_ids=[mother_id, *babies])
    if facts["wish"].strip():
        add_goal(by=by, at=at, plan_id=plan.pk, words=facts["wish"], request_key=f"{key}:wish"[:64])
    return plan


@transaction.atomic
def birth_told(*, by: Viewer, at: datetime, plan: PlanOfSafeCare, facts: dict[str, Any], new_names: list[str]) -> BirthRecorded | Refused:
    """Record a birth with the babies of the record and those who are told by first name (R-208). Nothing is kept when refused.

    A baby who is told gets one record for this plan and name, so that sending the form twice makes one baby.
    """
    told = [_baby(by=by, at=at, plan=plan, name=name, born_on=facts["born_on"], place=place) for place, name in enumerate(new_names)]
    infants = tuple(InfantBorn(identity_id=identity) for identity in (*facts.get("known", ()), *told))
    result = record_birth(by=by, at=at, plan_id=plan.pk, born_on=facts["born_on"], infants=infants, discharged_on=facts["discharged_on"])
    if isinstance(result, Refused):
        transaction.set_rollback(True)
    return result


def _pregnancy(*, by: Viewer, at: datetime, mother_id: UUID, due_on: date | None, key: str) -> Pregnancy:
    """The pregnancy in the agency's own record (one that goes on, when a baby is expected), or the one that she tells of."""
    known = [row for row in pregnancies_of(viewer=by, identity_id=mother_id) if row.holder_id == by.holder_id]
    if due_on is not None:
        known = [row for row in known if row.ended_on is None and not row.outcome]
    return known[0] if known else put_pregnancy(by=by, at=at, identity_id=mother_id, due_on=due_on, source_id=key, category="posc.plan_core")


def _baby(*, by: Viewer, at: datetime, plan: PlanOfSafeCare, name: str, born_on: Any, place: int) -> UUID:
    known = [p for p in with_infants(viewer=by, identity_ids=[plan.identity_id]) if p.source_id == f"{plan.pk}:baby:{place}"]
    identity = known[0].identity_id if known else new_identity(at=at)
    facts = PersonFacts(role="INFANT", given_name=name, birth_date=born_on, mother_identity_id=plan.identity_id)
    person = _own_record(by=by, at=at, facts=facts, identity=identity, source_id=f"{plan.pk}:baby:{place}")
    if not known:
        note_alike(by=by, at=at, record_ids=[person.pk])
    return person.identity_id


def _own_record(*, by: Viewer, at: datetime, facts: PersonFacts, identity: UUID, source_id: str) -> PersonRecord:
    """The record of somebody who is told on a screen, in the part that a plan is made of."""
    if by.worker_id is not None:
        # On the caseload first, so that the same transaction sees the row.
        assign(by=by, worker_id=by.worker_id, identity_ids=[identity], at=at)
    return put_person(by=by, at=at, facts=facts, category="posc.plan_core", identity_id=identity, source_id=source_id)
