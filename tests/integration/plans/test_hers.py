"""What she writes is hers: beside the agency's rows, never inside them, and read by those who keep her plan."""

from __future__ import annotations

import pytest
from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key

from careloom.infra.access import NotVisible, acting_as
from careloom.plans import actions
from careloom.plans.actions import Reason, Refused
from careloom.plans.models import Goal, HerView, Need, NeedStep, PlanVersion
from careloom.plans.queries import changes_since, plan_parts, plans_of
from careloom.work.models import Obligation


@pytest.fixture
def goal(world: PlanWorld) -> Goal:
    """A goal that Riverbend wrote down in her words, in an agreed plan."""
    plan, by = world.a_plan(agreed=True), viewer(world.dana)
    with acting_as(by):
        row = actions.add_goal(by=by, at=world.at, plan_id=plan.pk, words="Home by fall", request_key=a_key())
        actions.agree_plan(by=by, at=world.at, plan_id=plan.pk, method="SCREEN", no_needs_because="None today", request_key=a_key())
    assert isinstance(row, Goal)
    return row


def test_her_change_of_a_goal_is_a_row_of_hers_that_her_team_reads(world: PlanWorld, goal: Goal) -> None:
    by = viewer(world.dana)
    with acting_as(by):
        plan = plan_parts(viewer=by, plan_id=goal.plan_id).plan
    her, key = world.her(plan), a_key()
    with acting_as(her):
        for _ in range(2):
            row = actions.her_goal_change(by=her, at=world.at, goal_id=goal.pk, words="Home before summer", request_key=key)
            assert isinstance(row, Goal)
        assert (row.holder_id, row.provenance, row.was) == (her.principal_id, "self_reported", "Home by fall")
    with acting_as(by):
        (now,) = plan_parts(viewer=by, plan_id=plan.pk).goals
        assert (now.row.words, now.was, now.changed_by_her) == ("Home before summer", "Home by fall", True)
        goal.refresh_from_db()
        assert goal.words == "Home by fall"
        (change,) = changes_since(viewer=by, plan_id=plan.pk, version=2)
        assert (change.old, change.new, change.hers) == ("Home by fall", "Home before summer", True)
        assert Obligation.objects.filter(kind="HER_GOAL").count() == 1


def test_changing_it_again_changes_her_own_row(world: PlanWorld, goal: Goal) -> None:
    by = viewer(world.dana)
    with acting_as(by):
        plan = plan_parts(viewer=by, plan_id=goal.plan_id).plan
    her = world.her(plan)
    with acting_as(her):
        for words in ("Home before summer", "Home in May"):
            actions.her_goal_change(by=her, at=world.at, goal_id=goal.pk, words=words, request_key=a_key())
        (now,) = plan_parts(viewer=her, plan_id=plan.pk).goals
        assert (now.row.words, now.was) == ("Home in May", "Home before summer")


def test_her_no_stands_over_the_yes_that_was_written_for_her(world: PlanWorld) -> None:
    plan, by = world.a_plan(), viewer(world.dana)
    with acting_as(by):
        need = actions.add_need(by=by, at=world.at, plan_id=plan.pk, code="PARENTING_CLASS", her_choice="YES", request_key=a_key())
    assert isinstance(need, Need)
    her = world.her(plan)
    with acting_as(her):
        step = actions.her_choice(by=her, at=world.at, need_id=need.pk, choice="NO", words="I took it before.", request_key=a_key())
        assert isinstance(step, NeedStep)
    with acting_as(by):
        (now,) = plan_parts(viewer=by, plan_id=plan.pk).needs
        assert (now.choice, now.words, now.chosen_by_her) == ("NO", "I took it before.", True)
        plan.refresh_from_db()
    assert plan.status == "DRAFT"


def test_she_disagrees_beside_a_sentence_and_the_team_answers_beside_it(world: PlanWorld) -> None:
    plan, by = world.a_plan(), viewer(world.dana)
    with acting_as(by):
        strength = actions.add_strength(by=by, at=world.at, plan_id=plan.pk, text="Missed one visit and called", request_key=a_key())
    her = world.her(plan)
    with acting_as(her):
        view = actions.her_view(
            by=her, at=world.at, item_kind="STRENGTH", item_id=strength.pk, quoted="Missed one visit", words="I did not miss it.",
            says="DISAGREE", request_key=a_key(),
        )  # fmt: skip
        assert isinstance(view, HerView)
        assert (view.holder_id, view.provenance) == (her.principal_id, "self_reported")
    with acting_as(by):
        assert Obligation.objects.filter(kind="HER_VIEW", met_at=None).count() == 1
        actions.answer_her(by=by, at=world.at, view_id=view.pk, words="We corrected the record.", request_key=a_key())
        told = plan_parts(viewer=by, plan_id=plan.pk).views_of(strength.pk)
        assert [(row.says, row.words) for row in told] == [("DISAGREE", "I did not miss it."), ("ANSWER", "We corrected the record.")]
        assert Obligation.objects.filter(kind="HER_VIEW", met_at=None).count() == 0
    with acting_as(her):
        assert len(plan_parts(viewer=her, plan_id=plan.pk).views_of(strength.pk)) == 2


def test_what_she_quotes_from_a_closed_row_is_not_kept_in_hers(world: PlanWorld) -> None:
    plan, by = world.a_plan(), viewer(world.dana)
    with acting_as(by):
        need = actions.add_need(by=by, at=world.at, plan_id=plan.pk, code="PEER", request_key=a_key())
    her = world.her(plan)
    with acting_as(her):
        view = actions.her_view(
            by=her, at=world.at, item_kind="NEED", item_id=need.pk, quoted="A peer in recovery", words="Not this one.", request_key=a_key()
        )
    assert isinstance(view, HerView)
    assert (view.quoted, view.category) == ("", "posc.plan_part2_segment")


def test_a_worker_does_not_write_in_her_name(world: PlanWorld, goal: Goal) -> None:
    by = viewer(world.dana)
    refused = Refused(reasons=(Reason.NOT_ALLOWED,))
    with acting_as(by):
        assert actions.her_goal_change(by=by, at=world.at, goal_id=goal.pk, words="X", request_key=a_key()) == refused
        view = actions.her_view(by=by, at=world.at, item_kind="GOAL", item_id=goal.pk, words="X", request_key=a_key())
        assert view == refused


def test_another_mother_finds_neither_plan_nor_goal(world: PlanWorld, goal: Goal) -> None:
    her = world.her(world.a_plan())
    with acting_as(her):
        assert [plan.pk for plan in plans_of(viewer=her, identity_ids=[goal.identity_id])] == []
        with pytest.raises(NotVisible):
            actions.her_goal_change(by=her, at=world.at, goal_id=goal.pk, words="X", request_key=a_key())


def test_she_agrees_on_her_own_screen(world: PlanWorld) -> None:
    plan = world.a_plan()
    her = world.her(plan)
    with acting_as(her):
        actions.add_strength(by=her, at=world.at, plan_id=plan.pk, text="My mother", request_key=a_key())
        agreed = {"plan_id": plan.pk, "method": "SCREEN", "no_needs_because": "None today"}
        version = actions.agree_plan(by=her, at=world.at, request_key=a_key(), **agreed)
        assert isinstance(version, PlanVersion)
        parts = plan_parts(viewer=her, plan_id=plan.pk)
    assert (parts.plan.status, parts.versions[0].agreed_by_mother) == ("ACTIVE", "SCREEN")
