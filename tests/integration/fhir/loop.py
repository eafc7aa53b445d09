"""Pine asked Harbor for something; Harbor's system answers by a Task."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from tests.factories.agencies import viewer
from tests.factories.fhir import System, a_system
from tests.integration.referrals.conftest import World, a_world

from careloom.agencies.roles import Role
from careloom.consents.models import Consent
from careloom.infra.access import System as SystemRole
from careloom.infra.access import acting_as, system
from careloom.kernel.referral import BUSINESS_STATUS, TASK_STATUS, State
from careloom.plans.models import Referral, ReferralEvent

BUSINESS = "http://hl7.org/fhir/us/bser/CodeSystem/TaskBusinessStatusCS"


@dataclass
class Loop:
    """The referral, and who answers it."""

    world: World
    row: Referral
    system: System

    @property
    def path(self) -> str:
        return f"Task/{self.row.pk}"

    def put(self, body: Any, *, system: System | None = None, path: str = "", **headers: str) -> HttpResponse:
        system = system or self.system
        data = body if isinstance(body, str | bytes) else json.dumps(body)
        return system.http.put(f"/fhir/{path or self.path}", data, content_type="application/fhir+json", headers=system.headers(**headers))

    def task(self, state: State | None = None, **more: Any) -> Any:
        """The Task as it was read, with another status."""
        made = self.system.read(self.path)
        if state is not None:
            made["status"] = TASK_STATUS[state]
            made["businessStatus"] = {"coding": [{"system": BUSINESS, "code": BUSINESS_STATUS[state]}]}
        return made | more

    def end_consents(self) -> None:
        """She takes back what she signed."""
        dana = self.world.dana
        with acting_as(viewer(dana)):
            papers = list(Consent.objects.filter(holder_id=dana.agency_id, identity_id=self.world.mother).values_list("pk", flat=True))
        for paper in papers:
            self.world.revoke(paper)

    @property
    def state(self) -> str:
        return self.world.state(self.row)

    @property
    def steps(self) -> int:
        """How many steps its agency has said."""
        job = system(SystemRole.JOB, holder_id=self.system.row.agency_id)
        with acting_as(job):
            return ReferralEvent.objects.filter(referral_id=self.row.pk, holder_id=self.system.row.agency_id).count()


def a_loop() -> Loop:
    """The world around one referral, and the system that may answer it."""
    world = a_world()
    world.sign(recipient=world.bea)
    world.sign(recipient=world.dana, discloser=world.bea)
    row = world.sent(to=world.bea)
    return Loop(world=world, row=row, system=a_system(world.bea.agency, role=Role.HOME_VISITOR, scope="system/*.rus"))
