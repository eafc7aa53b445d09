"""A family that Riverbend follows, with needs at each place of their line."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key

from careloom.agencies.models import Membership
from careloom.config import subscriptions
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.plans import actions
from careloom.plans.models import Need, PlanOfSafeCare
from careloom.work.models import Obligation

SignIn = Callable[[Membership], Client]


@dataclass
class Followed:
    """The world, the plan, and a browser for each worker."""

    world: PlanWorld
    plan: PlanOfSafeCare
    sign_in: SignIn
    needs: dict[str, Need] = field(default_factory=dict)

    @property
    def mother(self) -> UUID:
        return self.plan.identity_id

    def need(self, code: str, choice: str = "YES", **facts: Any) -> Need:
        """A need that Riverbend's coordinator writes down."""
        by = viewer(self.world.dana)
        with acting_as(by):
            row = actions.add_need(by=by, at=self.world.at, plan_id=self.plan.pk, code=code, her_choice=choice, request_key=a_key(), **facts)
        assert isinstance(row, Need)
        return row

    def client(self, who: Membership | None = None) -> Client:
        return self.sign_in(who or self.world.dana)

    def owed(self, kind: str) -> list[Obligation]:
        """What Riverbend owes of a kind and has not done."""
        with acting_as(system(System.JOB, holder_id=self.world.riverbend.pk)):
            return list(Obligation.objects.filter(holder_id=self.world.riverbend.pk, kind=kind, met_at=None))

    def rows(self, model: Any, **where: Any) -> list[Any]:
        """Rows of a table as Riverbend's job reads them."""
        with acting_as(system(System.JOB, holder_id=self.world.riverbend.pk)):
            return list(model.objects.filter(**where))

    def a_try(self, how: str = "CALL", outcome: str = "NO_ANSWER", *, days_ago: int = 0, who: Membership | None = None, **facts: Any) -> Any:
        """A try, written down on its screen."""
        form = {
            "about": "try", "how": how, "outcome": outcome, "day": (clock.today() - timedelta(days=days_ago)).isoformat(), "words": "",
            "request_key": a_key(),
        } | facts  # fmt: skip
        return self.client(who).post(f"/following/plans/{self.plan.pk}/reach/", form)


def words(answer: Any) -> str:
    """A page as text in one line; it must be there."""
    assert answer.status_code == 200, answer.status_code
    main = answer.content.decode().split("<main")[-1]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.fixture
def followed(db: None, sign_in: SignIn) -> Followed:
    """Born two weeks ago and home since; the first contact is late."""
    subscriptions.join()
    world = PlanWorld()
    mother = world.a_mother(given_name="Marisol", family_name="Valdeluna", county="Pine", phone="555-0177")
    born = world.today - timedelta(days=14)
    plan = world.a_plan(mother_id=mother, kind="POSTNATAL", born_on=born, discharged_on=born + timedelta(days=2))
    return Followed(world=world, plan=plan, sign_in=sign_in)
