"""The birth turns the plan postnatal; a version keeps each item for exactly its own readers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key

from careloom.infra.access import acting_as
from careloom.infra.access.caseload import assign
from careloom.kernel.plan import ChangeKind, ItemKind
from careloom.plans import actions
from careloom.plans.actions import BirthRecorded, InfantBorn, Reason, Refused
from careloom.plans.models import Goal, Need, PlanInfant, PlanOfSafeCare, PlanVersion, PlanVersionEntry
from careloom.plans.queries import changes_since, plan_parts
from careloom.work.models import Obligation


def born(world: PlanWorld, plan: PlanOfSafeCare, *infants: object, by: object = None) -> BirthRecorded:
    who = viewer(by or world.dana)
    with acting_as(who):
        done = actions.record_birth(
            by=who, at=world.at, plan_id=plan.pk, born_on=world.today, infants=tuple(InfantBorn(identity_id=i) for i in infants)
        )
    assert isinstance(done, BirthRecorded)
    return done


def test_a_prenatal_plan_becomes_postnatal_with_all_that_was_written(world: PlanWorld) -> None:
    plan, by = world.a_plan(agreed=True), viewer(world.dana)
    with acting_as(by):
        actions.add_goal(by=by, at=world.at, plan_id=plan.pk, words="Hold him first", request_key=a_key())
    done = born(world, plan, world.an_infant(mother_id=plan.identity_id))
    with acting_as(by):
        parts = plan_parts(viewer=by, plan_id=plan.pk)
    assert (parts.plan.kind, parts.plan.born_on, parts.plan.pk) == ("POSTNATAL", world.today, plan.pk)
    assert [goal.row.words for goal in parts.goals] == ["Hold him first"]
    assert {row.kind for row in parts.reviews} == {"FIRST_CONTACT", "HOME_VISIT", "REVIEW"}
    assert parts.plan.next_review_on == world.today + timedelta(days=30)
    assert done.version is not None
    assert done.version.why == "BIRTH"


def test_twins_are_one_plan_with_two_infants(world: PlanWorld) -> None:
    plan, by = world.a_plan(), viewer(world.dana)
    twins = [world.an_infant(mother_id=plan.identity_id) for _ in range(2)]
    born(world, plan, *twins)
    with acting_as(by):
        assert {row.identity_id for row in plan_parts(viewer=by, plan_id=plan.pk).infants} == set(twins)


def test_the_same_birth_twice_changes_nothing(world: PlanWorld) -> None:
    plan, by = world.a_plan(), viewer(world.dana)
    infant = world.an_infant(mother_id=plan.identity_id)
    born(world, plan, infant)
    with acting_as(by):
        owed = Obligation.objects.count()
    assert born(world, plan, infant).version is None
    with acting_as(by):
        assert (PlanInfant.objects.count(), PlanVersion.objects.count(), Obligation.objects.count()) == (1, 1, owed)


def test_the_hospital_that_she_showed_the_plan_to_attaches_the_infant_and_both_know_it(world: PlanWorld) -> None:
    plan = world.a_plan()
    world.share(plan, to=world.maria)
    infant = world.an_infant(mother_id=plan.identity_id)
    born(world, plan, infant, by=world.maria)
    for who in (world.dana, world.maria):
        by = viewer(who)
        with acting_as(by):
            parts = plan_parts(viewer=by, plan_id=plan.pk)
            assert [row.identity_id for row in parts.infants] == [infant]
            assert parts.plan.holder_id == world.riverbend.pk


def test_an_infant_is_in_one_open_plan(world: PlanWorld) -> None:
    plan, by = world.a_plan(), viewer(world.dana)
    infant = world.an_infant(mother_id=plan.identity_id)
    born(world, plan, infant)
    other = world.a_plan(mother_id=plan.identity_id)
    with acting_as(by):
        refused = actions.record_birth(by=by, at=world.at, plan_id=other.pk, born_on=world.today, infants=(InfantBorn(identity_id=infant),))
    assert refused == Refused(reasons=(Reason.INFANT_IN_PLAN,))


def test_needs_never_stand_without_strengths(world: PlanWorld) -> None:
    plan, by = world.a_plan(), viewer(world.dana)
    with acting_as(by):
        actions.add_need(by=by, at=world.at, plan_id=plan.pk, code="HOUSING", request_key=a_key())
        refused = actions.agree_plan(by=by, at=world.at, plan_id=plan.pk, method="PAPER", request_key=a_key())
        assert refused == Refused(reasons=(Reason.STRENGTH_NEEDED,))
        actions.add_strength(by=by, at=world.at, plan_id=plan.pk, text="Her mother", request_key=a_key())
        assert isinstance(actions.agree_plan(by=by, at=world.at, plan_id=plan.pk, method="PAPER", request_key=a_key()), PlanVersion)


def test_a_spoken_agreement_names_its_witness(world: PlanWorld) -> None:
    plan, by = world.a_plan(), viewer(world.dana)
    with acting_as(by):
        refused = actions.agree_plan(by=by, at=world.at, plan_id=plan.pk, method="SPOKEN", request_key=a_key())
        assert refused == Refused(reasons=(Reason.WITNESS_NEEDED,))


def test_agreeing_twice_with_one_form_makes_one_version(world: PlanWorld) -> None:
    plan, by, key = world.a_plan(), viewer(world.dana), a_key()
    agreed = {"plan_id": plan.pk, "method": "SCREEN", "no_needs_because": "None today", "request_key": key}
    with acting_as(by):
        actions.add_strength(by=by, at=world.at, plan_id=plan.pk, text="Her mother", request_key=a_key())
        versions = [actions.agree_plan(by=by, at=world.at, **agreed) for _ in range(2)]
        plan.refresh_from_db()
    assert versions[0] == versions[1]
    assert (plan.status, plan.version) == ("ACTIVE", 1)


def test_another_agency_that_reads_the_plan_does_not_agree_for_her(world: PlanWorld) -> None:
    plan, bea = world.a_plan(), viewer(world.bea)
    world.share(plan, to=world.bea)
    with acting_as(bea):
        refused = actions.agree_plan(by=bea, at=world.at, plan_id=plan.pk, method="PAPER", request_key=a_key())
    assert refused == Refused(reasons=(Reason.NOT_LEAD,))


@pytest.fixture
def told(world: PlanWorld) -> PlanOfSafeCare:
    """A plan with a plain and a recovery need, agreed to, then shared with Harbor in its plain part."""
    plan, by = world.a_plan(), viewer(world.dana)
    with acting_as(by):
        actions.add_strength(by=by, at=world.at, plan_id=plan.pk, text="Her mother", request_key=a_key())
        for code in ("HOUSING", "PEER"):
            actions.add_need(by=by, at=world.at, plan_id=plan.pk, code=code, request_key=a_key())
        actions.agree_plan(by=by, at=world.at, plan_id=plan.pk, method="SCREEN", request_key=a_key())
    world.share(plan, to=world.bea)
    return plan


def test_a_version_shows_each_reader_only_what_the_reader_may_see(world: PlanWorld, told: PlanOfSafeCare) -> None:
    needs: dict[str, set[str]] = {}
    for name, who in (("dana", world.dana), ("bea", world.bea), ("maria", world.maria)):
        by = viewer(who)
        with acting_as(by):
            needs[name] = {e.body["code"] for e in PlanVersionEntry.objects.filter(plan_id=told.pk, item_kind="NEED")}
    assert needs == {"dana": {"HOUSING", "PEER"}, "bea": {"HOUSING"}, "maria": set()}


def test_a_version_keeps_another_agencys_row_under_that_agency(world: PlanWorld, told: PlanOfSafeCare) -> None:
    by, bea = viewer(world.dana), viewer(world.bea)
    with acting_as(bea):
        actions.add_strength(by=bea, at=world.at, plan_id=told.pk, text="Asks good questions", request_key=a_key())
    world.share(told, to=world.dana, holder=world.harbor.pk)
    with acting_as(by):
        version = actions.agree_plan(by=by, at=world.at, plan_id=told.pk, method="SCREEN", request_key=a_key())
        assert isinstance(version, PlanVersion)
        kept = PlanVersionEntry.objects.filter(version_id=version.pk, item_kind="STRENGTH")
        assert {(e.body["text"], e.holder_id) for e in kept} == {
            ("Her mother", world.riverbend.pk),
            ("Asks good questions", world.harbor.pk),
        }


def test_what_changed_is_told_in_both_words_and_only_of_what_one_sees(world: PlanWorld, told: PlanOfSafeCare) -> None:
    by, bea = viewer(world.dana), viewer(world.bea)
    with acting_as(by):
        for need in Need.objects.filter(plan_id=told.pk):
            actions.resolve_need(by=by, at=world.at, need_id=need.pk, result="MET", request_key=a_key())
        goal = actions.add_goal(by=by, at=world.at, plan_id=told.pk, words="Home by fall", request_key=a_key())
        assert isinstance(goal, Goal)
        hers = changes_since(viewer=by, plan_id=told.pk, version=1)
    with acting_as(bea):
        shared = changes_since(viewer=bea, plan_id=told.pk, version=1)
    resolved = [change.title for change in hers if change.kind is ChangeKind.RESOLVED]
    assert resolved == ["A home of our own", "Someone who has been through it"]
    assert [(c.kind, c.title) for c in hers if c.item_kind is ItemKind.GOAL] == [(ChangeKind.ADDED, "Home by fall")]
    assert [change.title for change in shared if change.item_kind is ItemKind.NEED] == ["A home of our own"]


def test_changes_are_the_same_from_the_parts_of_a_page(world: PlanWorld, told: PlanOfSafeCare) -> None:
    by = viewer(world.dana)
    with acting_as(by):
        actions.add_team_member(by=by, at=world.at, plan_id=told.pk, name="An aunt", role="KIN", request_key=a_key())
        parts = plan_parts(viewer=by, plan_id=told.pk)
        assert changes_since(viewer=by, plan_id=told.pk, version=1, parts=parts) == changes_since(viewer=by, plan_id=told.pk, version=1)


def test_a_colleague_on_the_mothers_caseload_sees_the_infant_too(world: PlanWorld) -> None:
    plan, by, colleague = world.a_plan(), viewer(world.dana), viewer(world.colleague)
    with acting_as(by):
        assign(by=by, worker_id=world.colleague.worker_id, identity_ids=[plan.identity_id], at=world.at)
    infant = world.an_infant(mother_id=plan.identity_id)
    born(world, plan, infant)
    with acting_as(colleague):
        assert [row.identity_id for row in plan_parts(viewer=colleague, plan_id=plan.pk).infants] == [infant]
