"""A mother whose plan a Part 2 program keeps, who shares part of it with home visiting, and a hospital that knows nothing yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer

from careloom.agencies.models import Agency, Membership
from careloom.agencies.roles import Role
from careloom.consents.actions import Draft, Signature, Signed, sign_consent
from careloom.infra import clock
from careloom.infra.access import Viewer, acting_as
from careloom.infra.access.caseload import assign
from careloom.kernel.agency_kinds import AgencyKind
from careloom.messages.actions import plan_appointment
from careloom.messages.models import Appointment
from careloom.people.actions import PersonFacts, put_person
from careloom.plans.actions import add_goal, add_need, add_team_member, start_plan
from careloom.plans.models import Goal, Need, PlanOfSafeCare
from careloom.portal import actions, door
from careloom.portal.actions import Invited, PinAnswer

PIN = "482913"


@dataclass
class World:
    """Riverbend leads; Harbor visits homes and sees the plan; St. Agnes is the hospital."""

    riverbend: Agency
    harbor: Agency
    hospital: Agency
    dana: Membership
    bea: Membership
    nurse: Membership
    mother: UUID
    plan: PlanOfSafeCare
    goal: Goal
    housing: Need
    visit: Appointment
    consent_id: UUID

    @property
    def coordinator(self) -> Viewer:
        return viewer(self.dana)

    def invite(self, **facts: object) -> Invited:
        by, wanted = self.coordinator, {"language": "en", "phone": "555-0164", "request_key": str(uuid4()), "by_text": False} | facts
        with acting_as(by):
            done = actions.invite(by=by, at=clock.now(), identity_id=self.mother, **wanted)  # type: ignore[arg-type]
        assert isinstance(done, Invited)
        return done

    def her(self) -> door.Her:
        """The mother with a PIN of her own."""
        invited = self.invite()
        her = door.her_of(person_id=invited.person.pk)
        assert her is not None
        if not her.door.pin_hash:
            assert actions.set_pin(her=her, pin=PIN, at=clock.now()) is PinAnswer.OPEN
        found = door.her_of(person_id=invited.person.pk)
        assert found is not None
        return found

    def signed_in(self) -> Client:
        """A phone on which she is signed in."""
        client = Client()
        self.open_link(client, self.invite().path)
        client.post("/my/sign-in/", {"pin": PIN, "again": PIN})
        return client

    def open_link(self, client: Client, path: str) -> None:
        client.post(path)


def _now() -> datetime:
    # The database answers for the instant at which its transaction began.
    return clock.now() - timedelta(minutes=1)


@pytest.fixture
def world(db: None) -> World:
    at = _now()
    with clock.at(at - timedelta(minutes=1)):
        riverbend = an_agency(kind=AgencyKind.PART2_PROGRAM, name="Riverbend Clinic", is_part2_program=True, is_covered_entity=True)
        harbor, hospital = an_agency(kind=AgencyKind.HOME_VISITING), an_agency(kind=AgencyKind.HOSPITAL, is_covered_entity=True)
        dana = a_worker(Role.CARE_COORDINATOR, agency=riverbend, name="Dana Whitlock")
        bea, nurse = a_worker(Role.HOME_VISITOR, agency=harbor), a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=hospital)
    by = viewer(dana)
    with acting_as(by):
        facts = PersonFacts(role="MOTHER", given_name="Marisol", family_name="Valdeluna", language="es", phone="555-0164")
        record = put_person(by=by, at=at, facts=facts, category="posc.plan_core")
        mother = record.identity_id
        assign(by=by, worker_id=by.worker_id, identity_ids=[mother], at=at)  # type: ignore[arg-type]
        plan = start_plan(by=by, at=at, mother_id=mother, pregnancy_id=uuid4(), pack="columbia", request_key="plan")
        assert isinstance(plan, PlanOfSafeCare)
        goal = add_goal(by=by, at=at, plan_id=plan.pk, words="A door I can lock.", request_key="g")
        housing = add_need(by=by, at=at, plan_id=plan.pk, code="HOUSING", request_key="n1")
        add_need(by=by, at=at, plan_id=plan.pk, code="MEDICINE_FOR_RECOVERY", request_key="n2", her_choice="YES")
        add_team_member(by=by, at=at, plan_id=plan.pk, name="Sam Peer", role="PEER", request_key="t", agency_id=riverbend.pk, phone="555-0101")
        visit = plan_appointment(
            by=by, at=at, identity_id=mother, kind="VISIT", title="Methadone dosing at Riverbend Clinic", neutral_title="Visit with Sam",
            starts_at=clock.now() + timedelta(days=2), plan_id=plan.pk, place="Riverbend Clinic, Main Street",
        )  # fmt: skip
        draft = Draft(
            identity_id=mother, subject_ids=(mother,), kind="specific", discloser_ids=(riverbend.pk,), recipient_ids=(harbor.pk,),
            information=("posc.plan_core", "posc.referral_status"), purposes=("care_coordination",), expires_on=clock.today() + timedelta(days=90),
        )  # fmt: skip
        signed = sign_consent(by=by, at=at, draft=draft, signature=Signature(method="SCREEN", name="Practice Mother"), request_key="c")
    assert isinstance(signed, Signed)
    assert isinstance(goal, Goal)
    assert isinstance(housing, Need)
    return World(
        riverbend=riverbend, harbor=harbor, hospital=hospital, dana=dana, bea=bea, nurse=nurse, mother=mother, plan=plan, goal=goal,
        housing=housing, visit=visit, consent_id=signed.consent.pk,
    )  # fmt: skip
