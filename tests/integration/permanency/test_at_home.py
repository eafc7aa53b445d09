"""A case at home: opened by a worker with its reason, a plan that is made with the parent, its reviews; and support without a case."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key
from tests.integration.permanency.conftest import World, text_of

from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.access.models import Grant
from careloom.infra.audit.models import AuditRow
from careloom.permanency import models

READ = {"information": ("cw.case_plan",), "purposes": ("treatment", "care_coordination")}
TELL = {"information": ("posc.plan_core",), "purposes": ("care_coordination", "posc_monitoring")}


def test_a_plan_of_safe_care_opens_no_case(world: World) -> None:
    plans = PlanWorld()
    plan = plans.a_plan(agreed=True)
    with acting_as(system(System.MATCHING)):
        assert not models.Case.objects.filter(identity_id=plan.identity_id).exists()
    assert "A plan of safe care opens no case" in world.page()


@pytest.mark.requirement("R-177")
def test_a_case_needs_its_reason_and_a_family_has_one_open_case(world: World) -> None:
    day = world.days(-1)
    assert world.send("open", kind="VOLUNTARY_IN_HOME", reason="Short", decided_on=day).status_code == 422
    assert world.send("open", kind="VOLUNTARY_IN_HOME", reason="She asked for help at home.", decided_on=world.days(1)).status_code == 422
    assert world.rows(models.Case) == []
    key = a_key()
    for _ in range(2):
        assert world.send("open", key=key, kind="VOLUNTARY_IN_HOME", reason="She asked for help at home.", decided_on=day).status_code == 302
    case = world.only(models.Case)
    assert (case.kind, case.category) == ("VOLUNTARY_IN_HOME", "cw.case_plan")
    assert world.send("open", kind="COURT_IN_HOME", reason="A second one beside it.", decided_on=day).status_code == 302
    assert world.only(models.Case).pk == case.pk
    page = world.page()
    for said in ("She asked for help at home.", "The parent keeps custody.", "Voluntary, at home", "Lena Ortiz"):
        assert said in page
    (owed,) = world.owed(world.cps, "CASE_PLAN_DUE")
    assert owed.due_at is not None
    assert (owed.due_at.date() - day).days in {30, 31}
    with acting_as(viewer(world.lena)):
        assert AuditRow.objects.filter(action="permanency.case_opened", identity_id=world.mother).count() == 1


@pytest.mark.requirement("R-144")
def test_support_is_given_without_a_case(world: World) -> None:
    assert world.send("resource", what="RIDES", words="Bus passes for a month", given_on=world.today).status_code == 302
    assert world.only(models.Resource).case_id is None
    assert "Bus passes for a month" in world.page()
    assert world.send("resource", what="RIDES", words="Later", given_on=world.days(2)).status_code == 422


@pytest.mark.requirement("R-163")
def test_a_goal_says_how_and_by_when_and_the_provider_says_whether_it_is_realistic(world: World) -> None:
    world.opened()
    goal = {"kind": "GOAL", "words": "Sleeps apart, safely", "who": "PARENT"}
    refused = world.send("item", **goal)
    assert refused.status_code == 422
    assert "how you will both know" in text_of(refused)
    provider = str(world.riverbend.pk)
    assert world.send("item", **goal, criterion="Crib beside her bed", by_on=world.days(30), provider=provider).status_code == 302
    item = world.only(models.PlanItem)
    # The program cannot read the case plan, so nothing is written there, and the plan waits for its word.
    assert world.owed(world.riverbend, "FIT_ASKED") == []
    assert world.on(item, "ask-fit").status_code == 422
    assert world.send("item", kind="STEP", words="Visit the program together", who="AGENCY").status_code == 302
    plan = world.only(models.CasePlan)
    signs = {"how": "SIGNED", "signed_on": world.today, "copies": ["PARENT"], "row_version": str(plan.row_version)}
    waits = world.send("sign", **signs)
    assert waits.status_code == 422
    assert "waits for the provider" in text_of(waits)
    assert "Crib beside her bed" not in text_of(world.client(world.dana).get(f"/cases/of/{world.mother}/"))
    # With her consent it reads the plan, is asked on its Today, and answers with a consent of hers the other way.
    world.consent(giver=world.marcus, to=world.riverbend, **READ)
    assert world.on(item, "ask-fit").status_code == 302
    (asked,) = world.owed(world.riverbend, "FIT_ASKED")
    assert asked.about_id == item.pk
    assert "Crib beside her bed" in world.page(world.dana)
    alone = world.on(item, "fit", worker=world.dana, fit="WITH_CHANGE", words="Evening groups end at eight.")
    assert alone.status_code == 422
    assert "Ask her for a consent toward child welfare" in text_of(alone)
    world.consent(giver=world.dana, to=world.cps, **TELL)
    assert world.on(item, "fit", worker=world.dana, fit="WITH_CHANGE", words="Evening groups end at eight.").status_code == 302
    assert world.owed(world.riverbend, "FIT_ASKED") == []
    assert "Realistic with a change, Riverbend Clinic: Evening groups end at eight." in world.page()
    assert world.send("sign", **signs, her_words="I want this.").status_code == 302
    assert world.fresh(plan).signed_on == world.today
    assert world.owed(world.cps, "CASE_PLAN_DUE") == []


def test_a_provider_changes_its_word_and_nothing_else(world: World) -> None:
    world.opened()
    provider = str(world.riverbend.pk)
    world.send("item", kind="GOAL", words="A goal", who="PARENT", criterion="Seen", by_on=world.days(20), provider=provider)
    world.consent(giver=world.marcus, to=world.riverbend, **READ)
    item = world.only(models.PlanItem)
    assert world.on(item, "end-item", worker=world.dana, state="DROPPED", words="We do not like it").status_code == 404
    from django.db import DatabaseError, transaction

    by = viewer(world.dana)
    with acting_as(by):
        for change in ({"words": "Another goal"}, {"state": "DROPPED"}):
            try:
                with transaction.atomic():
                    changed = models.PlanItem.objects.filter(pk=item.pk).update(**change)
            except DatabaseError:
                changed = 0
            assert changed == 0
    assert world.fresh(item).words == "A goal"


def test_what_the_provider_says_in_the_meeting_is_written_down(world: World) -> None:
    world.opened()
    world.send("item", kind="GOAL", words="A goal", who="PARENT", criterion="Seen", by_on=world.days(20), provider=str(world.riverbend.pk))
    item = world.only(models.PlanItem)
    assert world.on(item, "fit", fit="NO").status_code == 422
    assert world.on(item, "fit", fit="YES").status_code == 302
    assert "as the provider said" in world.page()


def test_a_plan_without_a_copy_for_her_or_without_a_witness_is_not_agreed(world: World) -> None:
    world.opened()
    plan = world.only(models.CasePlan)
    of = {"signed_on": world.today, "row_version": str(plan.row_version)}
    empty = world.send("sign", how="SIGNED", copies=["PARENT"], **of)
    assert "at least one goal" in text_of(empty)
    world.send("item", kind="GOAL", words="A goal", who="PARENT", criterion="Seen", by_on=world.days(20))
    world.send("item", kind="SERVICE", words="Parenting visits", who="AGENCY")
    assert world.send("sign", how="SPOKEN", copies=["PARENT"], **of).status_code == 422
    assert world.send("sign", how="SIGNED", copies=["COURT"], **of).status_code == 422
    assert world.send("sign", how="SPOKEN", witness="Her sister", copies=["PARENT"], her_words="I agree, slowly.", **of).status_code == 302
    assert "I agree, slowly." in world.page()
    stale = world.send("sign", how="SIGNED", copies=["PARENT"], her_words="And one thing more.", **of)
    assert stale.status_code == 409
    assert "And one thing more." in text_of(stale)
    assert world.fresh(plan).signed_how == "SPOKEN"


@pytest.mark.requirement("R-170")
def test_reviews_come_every_ninety_days_and_one_that_is_held_calls_the_next(world: World) -> None:
    world.opened()
    world.send("item", kind="GOAL", words="A goal", who="PARENT", criterion="Seen", by_on=world.days(20))
    world.send("item", kind="STEP", words="A step", who="PARENT")
    plan = world.only(models.CasePlan)
    world.send("sign", how="SIGNED", signed_on=world.today, copies=["PARENT"], row_version=str(plan.row_version))
    review = world.only(models.Review)
    assert review.due_on == world.today + timedelta(days=90)
    held = {"held_on": world.today, "present": "The mother, Lena", "safe": "YES", "words": "Both goals are on their way."}
    assert world.on(review, "review", **held | {"held_on": world.days(1)}).status_code == 422
    assert world.on(review, "review", **held).status_code == 302
    assert len(world.rows(models.Review)) == 2
    assert len(world.owed(world.cps, "CASE_REVIEW_DUE")) == 1


def test_a_case_is_closed_with_its_outcome_and_owes_nothing_more(world: World) -> None:
    case = world.opened()
    told = {
        "outcome": "GOALS_MET",
        "words": "Her goals are met, home visiting goes on.",
        "closed_on": world.today,
        "row_version": str(case.row_version),
    }
    assert world.send("close", **told | {"words": "x"}).status_code == 422
    assert world.send("close", **told).status_code == 302
    assert world.owed(world.cps, "CASE_PLAN_DUE") == []
    assert world.send("item", kind="STEP", words="One more", who="AGENCY").status_code == 302
    assert world.rows(models.PlanItem) == []
    assert "Closed: The goals are met" in world.page()


def test_who_may_read_and_who_may_write(world: World) -> None:
    """The caseworker and her supervisor, but no colleague without the family; a coordinator reads nothing without a consent."""
    world.opened()
    assert "Voluntary, at home" in world.page(world.marcus)
    assert world.client(world.other).get(f"/cases/of/{world.mother}/").status_code == 404
    assert world.send("resource", worker=world.other, what="RIDES", words="x", given_on=world.today).status_code == 404
    assert "Voluntary, at home" not in world.page(world.dana)
    assert world.send("open", worker=world.dana, kind="VOLUNTARY_IN_HOME", reason="She asked for help.", decided_on=world.today).status_code == 404
    with acting_as(system(System.GRANTS)):
        assert not Grant.objects.filter(identity_id=world.mother, category__startswith="cw.").exists()
    assert clock.now() is not None
