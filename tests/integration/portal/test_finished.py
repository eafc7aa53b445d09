"""Her plan is closed: it stays hers, she is asked once how it was, and her team reads what she says (J2.13)."""

from __future__ import annotations

import pytest
from tests.factories.agencies import viewer
from tests.integration.portal.conftest import World

from careloom.infra import clock
from careloom.infra.access import NotVisible, acting_as
from careloom.infra.answers import Done, Refused
from careloom.kernel.events import PlanClosed
from careloom.messages.models import Message
from careloom.plans.actions import close_plan
from careloom.plans.models import PlanOfSafeCare
from careloom.portal import actions
from careloom.portal.actions.reminding import plan_closed
from careloom.portal.models import ServiceRating
from careloom.work.models import Obligation

SAID = {"says": "GOOD", "heard": "SOMETIMES", "words": "Rosa was there."}


def close(world: World, *, reason: str = "GOALS_MET") -> None:
    by = world.coordinator
    with acting_as(by):
        done = close_plan(by=by, at=clock.now(), plan_id=world.plan.pk, reason=reason, override="A test of what follows")
    assert isinstance(done, PlanOfSafeCare)


def test_a_closed_plan_stays_hers_and_she_says_once_how_it_was(world: World) -> None:
    phone = world.signed_in()
    assert "Your plan is finished" not in phone.get("/my/").content.decode()
    assert phone.get("/my/rate/plan/").status_code == 404
    close(world)
    home = phone.get("/my/").content.decode()
    assert ("Your plan is finished" in home, "/my/rate/plan/" in home, "/my/print/" in home) == (True, True, True)
    assert phone.post("/my/rate/plan/", SAID | {"heard": ""}).status_code == 200
    for words in ("Rosa was there.", "Rosa was there for me."):
        assert phone.post("/my/rate/plan/", SAID | {"words": words}).status_code == 302
    assert "You told us how it was." in phone.get("/my/").content.decode()
    assert "Rosa was there" not in phone.get("/my/rate/").content.decode()
    by = world.coordinator
    with acting_as(by):
        row = ServiceRating.objects.get(plan_id=world.plan.pk)
        assert (row.says, row.heard, row.words, row.referral_id, row.provenance) == (
            "GOOD",
            "SOMETIMES",
            "Rosa was there for me.",
            None,
            "self_reported",
        )
        owed = Obligation.objects.get(kind="PLAN_RATED")
        assert (owed.worker_id, owed.holder_id) == (by.worker_id, by.holder_id)
    with acting_as(viewer(world.nurse)):
        assert not ServiceRating.objects.exists()


def test_a_plan_that_goes_on_is_not_rated_and_a_plan_of_nobody_is_not_there(world: World) -> None:
    her = world.her().viewer
    with acting_as(her):
        assert actions.rate_plan(by=her, at=clock.now(), plan_id=world.plan.pk, says="GOOD", heard="YES", words="") == Refused(codes=("OPEN",))
    close(world)
    with acting_as(her):
        wrong = actions.rate_plan(by=her, at=clock.now(), plan_id=world.plan.pk, says="FIVE", heard="", words="")
        assert wrong == Refused(codes=("SAYS", "HEARD"))
        assert isinstance(actions.rate_plan(by=her, at=clock.now(), plan_id=world.plan.pk, says="OK", heard="NO", words=""), Done)
        with pytest.raises(NotVisible):
            actions.rate_plan(by=her, at=clock.now(), plan_id=world.mother, says="OK", heard="NO", words="")


def test_after_a_loss_nobody_asks_her(world: World) -> None:
    phone = world.signed_in()
    close(world, reason="INFANT_DEATH")
    home = phone.get("/my/").content.decode()
    assert ("Your plan is finished" in home, "/my/rate/plan/" in home) == (True, False)
    assert phone.get("/my/rate/plan/").status_code == 404
    event = PlanClosed(plan_id=world.plan.pk, holder_id=world.riverbend.pk, identity_id=world.mother, reason="INFANT_DEATH")
    assert plan_closed(event) is None


def test_she_is_told_once_by_a_sentence_that_says_nothing(world: World) -> None:
    world.her()
    event = PlanClosed(plan_id=world.plan.pk, holder_id=world.riverbend.pk, identity_id=world.mother, reason="GOALS_MET")
    first, second = plan_closed(event), plan_closed(event)
    assert isinstance(first, Message)
    assert isinstance(second, Message)
    assert first.pk == second.pk
