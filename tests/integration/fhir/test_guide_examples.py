"""The examples of `guide/` are what our own serialisers make of a family. `python -m tools.guide write` writes them by this test."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.factories.agencies import viewer
from tests.factories.exports import exported
from tests.factories.fhir import FhirWorld, a_system
from tests.factories.plans import PlanWorld, a_key
from tools.guide import examples

from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.kernel.referral import Kind, Outcome, Reason, State
from careloom.plans import actions
from careloom.plans.models import Need
from careloom.plans.referrals.actions import answer_referral, send_referral
from careloom.plans.referrals.answers import Answer, Ask, Moved

GUIDE = Path(__file__).resolve().parents[3] / "guide"
MADE_AT = datetime(2026, 11, 23, 15, tzinfo=UTC)


@pytest.mark.django_db
def test_the_examples_of_the_guide_are_what_the_server_sends_of_a_family() -> None:
    with clock.at(MADE_AT):
        world = PlanWorld()
        _named(world)
        made = FhirWorld(world)
        world.an_infant(mother_id=made.mother, by=world.dana)
        _answered(made, "HOME_VISITING", 1, (State.ACCEPTED, State.ATTENDED), outcome=Outcome.ENROLLED)
        _answered(made, "CHILD_CARE", 2, (), reason=Reason.FULL)
        files = exported(a_system(world.riverbend, role=Role.CARE_COORDINATOR))
    settled = examples.settled([one for held in files.values() for one in held])
    if os.environ.get("WRITE_GUIDE"):
        examples.write(GUIDE, settled)
    assert examples.kept(GUIDE) == settled, "The examples are out of date: run python -m tools.guide write"


def _named(world: PlanWorld) -> None:
    """Names of their own: those of the factories count on through a run."""
    for agency, name in ((world.riverbend, "Riverbend Recovery"), (world.harbor, "Harbor Home Visiting"), (world.st_agnes, "St. Agnes Hospital")):
        agency.name = name
        agency.save()
    world.dana.worker.name = "Dana Whitlock"
    world.dana.worker.save()


def _answered(
    made: FhirWorld, code: str, minutes: int, steps: tuple[State, ...], *, outcome: Outcome | None = None, reason: Reason | None = None
) -> None:
    """A referral that was completed with `outcome`, or declined for `reason`, `minutes` after the plan began.

    Each at a minute of its own: what is of one instant has no order. Riverbend says the answers, as after a call: what rests on a consent would end
    with it, by the clock of the database.
    """
    world = made.world
    by, at = viewer(world.dana), world.at + timedelta(minutes=minutes)
    with acting_as(by):
        need = actions.add_need(by=by, at=at, plan_id=made.plan.pk, code=code, her_choice="YES", request_key=a_key())
        assert isinstance(need, Need)
        sent = send_referral(by=by, at=at, need_id=need.pk, ask=Ask(kind=Kind.LOGGED, organization="Harbor Home Visiting"), request_key=a_key())
        assert isinstance(sent, Moved), sent
        last = Answer(state=State.COMPLETED, outcome=outcome) if outcome else Answer(state=State.DECLINED, reason=reason)
        for answer in (*(Answer(state=state) for state in steps), last):
            done = answer_referral(by=by, at=at, referral_id=sent.referral.pk, answer=answer, request_key=a_key())
            assert isinstance(done, Moved), done
