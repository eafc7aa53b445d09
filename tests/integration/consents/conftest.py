"""A family at Riverbend, its worker's browser, and the posted form."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.factories.agencies import viewer
from tests.factories.papers import a_scan
from tests.factories.plans import PlanWorld, a_key

from careloom.agencies.models import Membership
from careloom.config import subscriptions
from careloom.infra import clock
from careloom.infra.access import Viewer, acting_as
from careloom.plans import actions
from careloom.plans.models import PlanOfSafeCare


@dataclass
class Screens:
    """The world of plans with a plan, and a browser for each worker."""

    world: PlanWorld = field(default_factory=PlanWorld)

    def __post_init__(self) -> None:
        """A mother with an agreed plan and a need."""
        mother = self.world.a_mother(given_name="Marisol", family_name="Valdeluna")
        self.plan: PlanOfSafeCare = self.world.a_plan(mother_id=mother, agreed=True)
        self.mother: UUID = mother
        by = viewer(self.world.dana)
        with acting_as(by):
            actions.add_need(by=by, at=self.world.at, plan_id=self.plan.pk, code="HOUSING", her_choice="YES", request_key=a_key())
            actions.add_goal(by=by, at=self.world.at, plan_id=self.plan.pk, words="A door I can lock", request_key=a_key())

    def client(self, who: Membership | None = None) -> Client:
        """A browser in which `who` (default: Dana) is signed in."""
        client = Client()
        client.force_login((who or self.world.dana).worker.user)
        return client

    def form(self, **changes: Any) -> dict[str, Any]:
        """The builder as posted for Harbor."""
        asked = {
            "recipients": [str(self.world.bea.agency_id)], "share": ["PLAN"], "purposes": ["care_coordination"], "until": "180",
            "language": "en", "reader": "Dana", "request_key": a_key(),
        }  # fmt: skip
        return {key: value for key, value in (asked | changes).items() if value is not None}

    def post(self, name: str, data: dict[str, Any], *, who: Membership | None = None, **more: Any) -> HttpResponse:
        """Send a form of this mother."""
        return self.client(who).post(reverse(f"consents:{name}", args=[self.mother]), data, **more)  # type: ignore[return-value]

    def sign(self, **changes: Any) -> HttpResponse:
        """The builder and the signature at once."""
        return self.post("sign", self.form(**({"how": "SCREEN", "typed": "Marisol Valdeluna"} | changes)))

    def sign_on_paper(self, **changes: Any) -> HttpResponse:
        """The builder and a paper that she signed today, with its scan."""
        paper = {"how": "PAPER", "typed": "", "signed_on": clock.today().isoformat(), "name_on_paper": "Marisol Valdeluna", "scan": a_scan()}
        return self.sign(**(paper | changes))

    def seen(self, who: Membership) -> bool:
        """Whether this worker's agency sees the plan, for the purpose for which it opens families."""
        by: Viewer = viewer(who)
        with acting_as(by):
            return PlanOfSafeCare.objects.filter(pk=self.plan.pk).exists()


@pytest.fixture
def screens(db: None) -> Screens:
    """The screens' world."""
    subscriptions.join()
    return Screens()
