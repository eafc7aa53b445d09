"""Two records of one mother at one agency and at another, and who may look at both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from tests.factories.agencies import a_worker, viewer
from tests.factories.plans import PlanWorld

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.access.caseload import assign
from careloom.people.actions import PersonFacts, put_person
from careloom.people.matching.entry import note_alike
from careloom.people.models import PersonRecord, PossibleMatch

HER: dict[str, Any] = {"given_name": "Katherine", "family_name": "Quillfeather", "birth_date": date(1995, 3, 12), "sex": "F", "phone": "555-010-4477"}
AGAIN: dict[str, Any] = HER | {"given_name": "Katie", "phone": ""}


@dataclass
class Doubles:
    """A world in which Riverbend has the same mother twice, and St. Agnes has her once."""

    world: PlanWorld

    def record(self, by: Membership, *, category: str = "posc.plan_core", **facts: Any) -> PersonRecord:
        """A record of hers at the agency of `by`, on the caseload of `by`."""
        who = viewer(by)
        with acting_as(who):
            made = put_person(by=who, at=self.world.at, facts=PersonFacts(**({"role": "MOTHER"} | HER | facts)), category=category)
            assign(by=who, worker_id=who.worker_id, identity_ids=[made.identity_id], at=self.world.at)
        return made

    def noted(self, by: Membership, *records: PersonRecord) -> list[PossibleMatch]:
        """What is kept of these records on entry by `by`, who sees what she may see."""
        who = viewer(by)
        with acting_as(who):
            note_alike(by=who, at=clock.now(), record_ids=[row.pk for row in records])
        return self.matches()

    def matches(self) -> list[PossibleMatch]:
        """Every possible match there is."""
        with acting_as(system(System.MATCHING)):
            return list(PossibleMatch.objects.order_by("-weight"))

    def identity(self, row: PersonRecord) -> UUID:
        """Whose a record is now."""
        with acting_as(system(System.MATCHING)):
            return PersonRecord.objects.get(pk=row.pk).identity_id


@pytest.fixture
def doubles(db: None) -> Doubles:
    return Doubles(world=PlanWorld())


@pytest.fixture
def officer(doubles: Doubles) -> Membership:
    return a_worker(Role.PRIVACY_OFFICER, agency=doubles.world.riverbend)
