"""Strengths, goals and needs: written once, changed without losing words, and never over somebody else's change."""

from __future__ import annotations

from uuid import uuid4

import pytest
from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key

from careloom.directory.needs import catalogue
from careloom.infra.access import NotVisible, acting_as
from careloom.infra.audit.models import AuditRow
from careloom.plans import actions
from careloom.plans.actions import Conflict, Reason, Refused
from careloom.plans.models import Goal, Need, NeedStep, Strength
from careloom.plans.queries import flags_of, plan_parts
from careloom.work.models import Obligation


def test_submitting_a_strength_twice_makes_one(world: PlanWorld) -> None:
    plan, key, by = world.a_plan(), a_key(), viewer(world.dana)
    with acting_as(by):
        rows = [actions.add_strength(by=by, at=world.at, plan_id=plan.pk, text="Her mother", request_key=key) for _ in range(2)]
        assert Strength.objects.filter(plan_id=plan.pk).count() == 1
    assert rows[0] == rows[1]


def test_a_stale_form_is_shown_both_texts_and_writes_nothing(world: PlanWorld) -> None:
    plan, by = world.a_plan(), viewer(world.dana)
    with acting_as(by):
        row = actions.add_strength(by=by, at=world.at, plan_id=plan.pk, text="Her mother", request_key=a_key())
        assert isinstance(row, Strength)
        actions.change_strength(by=by, at=world.at, strength_id=row.pk, row_version=1, text="Her mother next door")
        answer = actions.change_strength(by=by, at=world.at, strength_id=row.pk, row_version=1, text="Her aunt")
        assert answer == Conflict(mine={"text": "Her aunt"}, theirs={"text": "Her mother next door"}, row_version=2)
        saved = actions.change_strength(by=by, at=world.at, strength_id=row.pk, row_version=2, text="Her aunt")
        assert isinstance(saved, Strength)
        assert Strength.objects.get(pk=row.pk).text == "Her aunt"


def test_the_same_change_twice_is_no_conflict(world: PlanWorld) -> None:
    plan, by = world.a_plan(), viewer(world.dana)
    with acting_as(by):
        row = actions.add_strength(by=by, at=world.at, plan_id=plan.pk, text="Her mother", request_key=a_key())
        assert isinstance(row, Strength)
        for _ in range(2):
            assert isinstance(actions.change_strength(by=by, at=world.at, strength_id=row.pk, row_version=1, text="Her aunt"), Strength)


def test_a_changed_goal_keeps_the_words_before(world: PlanWorld) -> None:
    plan, by = world.a_plan(), viewer(world.dana)
    with acting_as(by):
        goal = actions.add_goal(by=by, at=world.at, plan_id=plan.pk, words="Home by fall", request_key=a_key())
        assert isinstance(goal, Goal)
        actions.change_goal(by=by, at=world.at, goal_id=goal.pk, row_version=1, words="Home before summer")
        goal.refresh_from_db()
    assert (goal.words, goal.was) == ("Home before summer", "Home by fall")


def test_a_plan_with_goals_for_the_parent_only_is_flagged_as_fragmented(world: PlanWorld) -> None:
    plan, by = world.a_plan(), viewer(world.dana)
    with acting_as(by):
        actions.add_goal(by=by, at=world.at, plan_id=plan.pk, words="Work again", request_key=a_key())
        assert "ONLY_PARENT_GOALS" in flags_of(plan_parts(viewer=by, plan_id=plan.pk))
        actions.add_goal(by=by, at=world.at, plan_id=plan.pk, words="Sleep through the night", about="CHILD", request_key=a_key())
        assert "ONLY_PARENT_GOALS" not in flags_of(plan_parts(viewer=by, plan_id=plan.pk))


def test_a_need_is_a_code_of_the_catalogue_and_gets_its_words_from_there(world: PlanWorld) -> None:
    plan, by = world.a_plan(language="es"), viewer(world.dana)
    with acting_as(by):
        need = actions.add_need(by=by, at=world.at, plan_id=plan.pk, code="HOUSING", request_key=a_key())
        assert isinstance(need, Need)
        assert need.title == "A home of our own"
        assert catalogue().needs[need.code].label("es") == "Una casa propia"
        unknown = actions.add_need(by=by, at=world.at, plan_id=plan.pk, code="A_PONY", request_key=a_key())
    assert unknown == Refused(reasons=(Reason.UNKNOWN_CODE,))


@pytest.mark.parametrize(
    ("code", "category"),
    [("HOUSING", "posc.plan_core"), ("PEER", "posc.plan_part2_segment"), ("SAFETY_ADVOCATE", "dv.victim_record")],
)
def test_a_need_that_reveals_treatment_or_violence_is_kept_apart(world: PlanWorld, code: str, category: str) -> None:
    plan, by = world.a_plan(), viewer(world.dana)
    with acting_as(by):
        need = actions.add_need(by=by, at=world.at, plan_id=plan.pk, code=code, request_key=a_key())
    assert isinstance(need, Need)
    assert need.category == category


def test_her_no_ends_the_thread_in_calm(world: PlanWorld) -> None:
    plan, by = world.a_plan(), viewer(world.dana)
    with acting_as(by):
        need = actions.add_need(by=by, at=world.at, plan_id=plan.pk, code="PARENTING_CLASS", her_choice="YES", request_key=a_key())
        assert isinstance(need, Need)
        owed = Obligation.objects.count()
        key = a_key()
        for _ in range(2):
            actions.record_choice(by=by, at=world.at, need_id=need.pk, choice="NO", words="I took it before.", request_key=key)
        (now,) = plan_parts(viewer=by, plan_id=plan.pk).needs
        assert (now.choice, now.words, now.is_over, len(now.steps)) == ("NO", "I took it before.", True, 2)
        assert Obligation.objects.count() == owed
        assert plan_parts(viewer=by, plan_id=plan.pk).plan.status == "DRAFT"


def test_a_need_goes_unmet_only_with_its_reason(world: PlanWorld) -> None:
    plan, by = world.a_plan(), viewer(world.dana)
    with acting_as(by):
        need = actions.add_need(by=by, at=world.at, plan_id=plan.pk, code="RIDES", request_key=a_key())
        assert isinstance(need, Need)
        assert actions.resolve_need(by=by, at=world.at, need_id=need.pk, result="UNMET", request_key=a_key()) == Refused(
            reasons=(Reason.REASON_NEEDED,)
        )
        step = actions.resolve_need(by=by, at=world.at, need_id=need.pk, result="UNMET", reason="DISTANCE", request_key=a_key())
        assert isinstance(step, NeedStep)
        need.refresh_from_db()
    assert (need.result, need.result_reason) == ("UNMET", "DISTANCE")


def test_another_agency_on_the_plan_adds_its_own_rows_and_changes_nobody_elses(world: PlanWorld) -> None:
    plan, by, bea = world.a_plan(), viewer(world.dana), viewer(world.bea)
    world.share(plan, to=world.bea)
    with acting_as(by):
        strength = actions.add_strength(by=by, at=world.at, plan_id=plan.pk, text="Her mother", request_key=a_key())
        need = actions.add_need(by=by, at=world.at, plan_id=plan.pk, code="HOME_VISITING", request_key=a_key())
        assert isinstance(strength, Strength)
        assert isinstance(need, Need)
    with acting_as(bea):
        own = actions.add_strength(by=bea, at=world.at, plan_id=plan.pk, text="Asks good questions", request_key=a_key())
        assert isinstance(own, Strength)
        assert own.holder_id == world.harbor.pk
        refused = actions.change_strength(by=bea, at=world.at, strength_id=strength.pk, row_version=1, text="Not so")
        assert refused == Refused(reasons=(Reason.NOT_YOURS,))
        actions.resolve_need(by=bea, at=world.at, need_id=need.pk, result="MET", request_key=a_key())
        (now,) = plan_parts(viewer=bea, plan_id=plan.pk).needs
        assert now.result == "MET"
    with acting_as(by):
        need.refresh_from_db()
        assert need.result == "OPEN"
        # Harbor's words are Harbor's: Riverbend reads them when she lets Harbor share them.
        assert [row.text for row in plan_parts(viewer=by, plan_id=plan.pk).strengths] == ["Her mother"]


def test_each_change_leaves_an_audit_row_without_words(world: PlanWorld) -> None:
    plan, by = world.a_plan(), viewer(world.dana)
    with acting_as(by):
        actions.add_need(by=by, at=world.at, plan_id=plan.pk, code="HOUSING", her_words="A door I can lock", request_key=a_key())
        row = AuditRow.objects.get(action="plans.need_added", identity_id=plan.identity_id)
    assert row.detail == {"code": "HOUSING"}
    assert row.worker_id == world.dana.worker_id


def test_a_row_of_a_plan_that_is_hidden_is_not_found(world: PlanWorld) -> None:
    plan, by, maria = world.a_plan(), viewer(world.dana), viewer(world.maria)
    with acting_as(by):
        need = actions.add_need(by=by, at=world.at, plan_id=plan.pk, code="HOUSING", request_key=a_key())
        assert isinstance(need, Need)
    for need_id in (need.pk, uuid4()):
        with acting_as(maria), pytest.raises(NotVisible):
            actions.record_choice(by=maria, at=world.at, need_id=need_id, choice="NO", request_key=a_key())
