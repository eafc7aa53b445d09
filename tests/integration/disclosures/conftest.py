"""A mother whom a Part 2 program and a hospital both know, with workers who ask, answer and treat."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.plans import PlanWorld, a_key

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.config import subscriptions
from careloom.disclosures.models import RecordRequest
from careloom.health.models import Medication
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.access.caseload import assign
from careloom.kernel.agency_kinds import AgencyKind
from careloom.people.actions import PersonFacts, put_person
from careloom.plans.models import PlanOfSafeCare
from careloom.work.models import Obligation

MEDICINE = "Buprenorphine 8 mg"


@dataclass
class Disclosing:
    """Riverbend (a Part 2 program) holds her plan and a medicine; St. Agnes (a hospital) has her in its own records."""

    world: PlanWorld = field(default_factory=PlanWorld)

    def __post_init__(self) -> None:
        """Make the people and the records."""
        world = self.world
        self.mother: UUID = world.a_mother(given_name="Marisol", family_name="Valdeluna")
        self.plan: PlanOfSafeCare = world.a_plan(mother_id=self.mother, agreed=True)
        self.officer = a_worker(Role.PRIVACY_OFFICER, agency=world.riverbend, name="Olive Keeper")
        self.doctor = a_worker(Role.CLINICIAN, agency=world.st_agnes, name="Dr. Emer Gency")
        self.their_officer = a_worker(Role.PRIVACY_OFFICER, agency=world.st_agnes, name="Hanna Keeper")
        self.nobody_s = an_agency(kind=AgencyKind.PART2_PROGRAM, is_part2_program=True)
        by = viewer(world.dana)
        with acting_as(by):
            Medication(
                holder_id=world.riverbend.pk, identity_id=self.mother, category="part2.medication", system="x", code="1", display=MEDICINE,
                source_id="m1", recorded_at=world.at,
            ).save()  # fmt: skip
        self.register_at_hospital(world.maria, self.mother, given_name="Marisol", family_name="Valdeluna", number="MRN-77")

    def register_at_hospital(self, member: Membership, identity_id: UUID | None, *, number: str, **facts: Any) -> UUID:
        """A record of hers at the hospital, on the caseload of `member`."""
        by = viewer(member)
        with acting_as(by):
            known = PersonFacts(role="MOTHER", **facts)
            made = put_person(by=by, at=self.world.at, facts=known, category="hipaa.ob_record", identity_id=identity_id, source_id=number)
            assert by.worker_id is not None
            assign(by=by, worker_id=by.worker_id, identity_ids=[made.identity_id], at=self.world.at)
        found: UUID = made.identity_id
        return found

    def client(self, who: Membership) -> Client:
        """A browser in which `who` is signed in."""
        client = Client()
        client.force_login(who.worker.user)
        client.get("/me/")
        return client

    def ask(self, holder_id: UUID, *, key: str = "", identity: UUID | None = None, **changes: Any) -> Any:
        """The hospital's worker asks a holder on her screen."""
        form = {
            "holder": str(holder_id), "categories": ["part2.medication"], "purpose": "treatment", "why": "She is here to give birth",
            "papers": "", "request_key": key or a_key(),
        } | changes  # fmt: skip
        return self.client(self.world.maria).post(f"/disclosures/of/{identity or self.mother}/ask/", form)

    def request_at(self, agency_id: UUID) -> RecordRequest:
        """The one request in the book of an agency."""
        with acting_as(system(System.JOB, holder_id=agency_id)):
            (row,) = RecordRequest.objects.filter(holder_id=agency_id)
        return row

    def owed(self, agency_id: UUID, kind: str) -> list[Obligation]:
        """What an agency owes of a kind and has not done."""
        with acting_as(system(System.JOB, holder_id=agency_id)):
            return list(Obligation.objects.filter(holder_id=agency_id, kind=kind, met_at=None))

    def check(self, row: RecordRequest, **changes: Any) -> Any:
        """The holder's officer checks the request on her screen."""
        form = {
            "row_version": str(row.row_version), "identity_checked": "Called back", "authority_checked": "Read the consent",
            "ways": ["part2.medication|originating"], "facts": [],
        } | changes  # fmt: skip
        return self.client(self.officer).post(f"/disclosures/requests/{row.pk}/", form)

    def share(self, *, information: tuple[str, ...] = ("part2.medication",)) -> Any:
        """She signs for the hospital."""
        return self.world.share(self.plan, to=self.world.maria, information=information)

    def emergency(self, **changes: Any) -> Any:
        """The doctor finds her by her number, gives the reason, and is led to what is open. Returns her browser and the address."""
        client = self.client(self.doctor)
        client.post("/disclosures/emergency/", {"number": "MRN-77"})
        form = {
            "facility": "St. Agnes emergency department", "nature": "Unconscious after a fall", "why_no_consent": "She cannot speak",
            "request_key": a_key(),
        } | changes  # fmt: skip
        answer = client.post(f"/disclosures/emergency/of/{self.mother}/", form)
        return client, answer


@pytest.fixture
def told(db: None) -> Disclosing:
    """The world of disclosures."""
    subscriptions.join()
    return Disclosing()


def days(n: int) -> Any:
    """A day from now."""
    from datetime import timedelta

    return clock.today() + timedelta(days=n)
