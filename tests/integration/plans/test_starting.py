"""A plan is started once for a pregnancy, by whom it may be, with exactly one lead."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key

from careloom.infra.access import NotVisible, acting_as
from careloom.plans import actions
from careloom.plans.actions import Reason, Refused
from careloom.plans.models import CareTeamMember, PlanOfSafeCare, Review
from careloom.plans.queries import get_plan, plan_parts
from careloom.work.models import Obligation


def start(world: PlanWorld, mother: object, **facts: object) -> object:
    by = viewer(world.dana)
    values = {"pregnancy_id": uuid4(), "pack": "columbia", "request_key": a_key()} | facts
    with acting_as(by):
        return actions.start_plan(by=by, at=world.at, mother_id=mother, **values)


def test_a_started_plan_has_its_lead_its_reviews_and_the_next_one_is_owed(world: PlanWorld) -> None:
    plan = world.a_plan()
    by = viewer(world.dana)
    with acting_as(by):
        parts = plan_parts(viewer=by, plan_id=plan.pk)
        assert parts.lead is not None
        assert parts.lead.worker_id == world.dana.worker_id
        assert parts.reviews[0].due_on == plan.next_review_on
        owed = list(Obligation.objects.filter(family_id=plan.identity_id))
    assert [(row.kind, row.worker_id) for row in owed] == [("REVIEW_DUE", world.dana.worker_id)]


def test_submitting_twice_makes_one_plan(world: PlanWorld) -> None:
    mother, key, pregnancy = world.a_mother(), a_key(), uuid4()
    first = start(world, mother, request_key=key, pregnancy_id=pregnancy)
    second = start(world, mother, request_key=key, pregnancy_id=pregnancy)
    assert isinstance(first, PlanOfSafeCare)
    assert isinstance(second, PlanOfSafeCare)
    assert first.pk == second.pk


def test_a_pregnancy_has_one_open_plan(world: PlanWorld) -> None:
    plan = world.a_plan()
    assert start(world, plan.identity_id, pregnancy_id=plan.pregnancy_id) == Refused(reasons=(Reason.HAS_PLAN,))
    assert isinstance(start(world, plan.identity_id), PlanOfSafeCare)


def test_who_may_not_write_plans_starts_none(world: PlanWorld) -> None:
    mother = world.a_mother()
    by = replace(viewer(world.dana), permissions=frozenset({"FAMILY_READ"}))
    with acting_as(by):
        refused = actions.start_plan(by=by, at=world.at, mother_id=mother, pregnancy_id=uuid4(), pack="columbia", request_key=a_key())
    assert refused == Refused(reasons=(Reason.NOT_ALLOWED,))


def test_nobody_starts_a_plan_for_a_mother_she_cannot_see(world: PlanWorld) -> None:
    mother = world.a_mother()
    for who in (world.maria, world.colleague):
        by = viewer(who)
        with acting_as(by), pytest.raises(NotVisible):
            actions.start_plan(by=by, at=world.at, mother_id=mother, pregnancy_id=uuid4(), pack="columbia", request_key=a_key())


def test_the_plan_is_seen_by_its_worker_and_not_by_others(world: PlanWorld) -> None:
    plan = world.a_plan()
    for who, sees in ((world.dana, True), (world.supervisor, True), (world.colleague, False), (world.maria, False)):
        by = viewer(who)
        with acting_as(by):
            if sees:
                assert get_plan(viewer=by, plan_id=plan.pk).pk == plan.pk
            else:
                with pytest.raises(NotVisible):
                    get_plan(viewer=by, plan_id=plan.pk)


def test_writing_in_a_plan_that_one_cannot_see_is_the_answer_for_one_that_is_not_there(world: PlanWorld) -> None:
    plan = world.a_plan()
    by = viewer(world.maria)
    for plan_id in (plan.pk, uuid4()):
        with acting_as(by), pytest.raises(NotVisible):
            actions.add_strength(by=by, at=world.at, plan_id=plan_id, text="Calm", request_key=a_key())


def test_a_second_lead_is_refused_by_the_action_and_by_the_database(world: PlanWorld) -> None:
    plan = world.a_plan()
    by = viewer(world.dana)
    with acting_as(by):
        refused = actions.add_team_member(by=by, at=world.at, plan_id=plan.pk, name="Second", role="PEER", leads=True, request_key=a_key())
        assert refused == Refused(reasons=(Reason.SECOND_LEAD,))
        lead = CareTeamMember.objects.get(plan_id=plan.pk, leads=True)
        lead.pk = uuid4()
        with pytest.raises(IntegrityError, match="plans_team_one_lead"), transaction.atomic():
            lead.save(force_insert=True)


def test_a_colleague_on_the_team_gets_the_family_on_her_caseload(world: PlanWorld) -> None:
    plan = world.a_plan()
    by, colleague = viewer(world.dana), viewer(world.colleague)
    with acting_as(by):
        actions.add_team_member(
            by=by, at=world.at, plan_id=plan.pk, name="Colleague", role="PEER", agency_id=world.riverbend.pk,
            worker_id=world.colleague.worker_id, request_key=a_key(),
        )  # fmt: skip
    with acting_as(colleague):
        assert get_plan(viewer=colleague, plan_id=plan.pk).pk == plan.pk


def test_a_member_of_a_treatment_program_is_hidden_from_a_reader_of_the_plain_plan(world: PlanWorld) -> None:
    plan = world.a_plan()
    by, bea = viewer(world.dana), viewer(world.bea)
    with acting_as(by):
        actions.add_team_member(by=by, at=world.at, plan_id=plan.pk, name="An aunt", role="KIN", through_her=True, request_key=a_key())
    world.share(plan, to=world.bea)
    with acting_as(bea):
        parts = plan_parts(viewer=bea, plan_id=plan.pk)
    assert [member.name for member in parts.team] == ["An aunt"]
    assert parts.lead is None


def test_a_plan_that_starts_after_birth_has_its_infants_from_the_start(world: PlanWorld) -> None:
    mother = world.a_mother()
    infant = world.an_infant(mother_id=mother, by=world.dana)
    plan = world.a_plan(mother_id=mother, kind="POSTNATAL", born_on=world.today, infants=(actions.InfantBorn(identity_id=infant),))
    by = viewer(world.dana)
    with acting_as(by):
        assert [row.identity_id for row in plan_parts(viewer=by, plan_id=plan.pk).infants] == [infant]
        kinds = set(Review.objects.filter(plan_id=plan.pk).values_list("kind", flat=True))
    assert kinds == {"FIRST_CONTACT", "HOME_VISIT", "REVIEW"}


def test_a_refused_start_leaves_nothing_behind(world: PlanWorld) -> None:
    mother = world.a_mother()
    infant = world.an_infant(mother_id=mother, by=world.dana)
    twice = {"kind": "POSTNATAL", "born_on": world.today, "infants": (actions.InfantBorn(identity_id=infant),)}
    world.a_plan(mother_id=mother, **twice)
    assert start(world, mother, **twice) == Refused(reasons=(Reason.INFANT_IN_PLAN,))
    by = viewer(world.dana)
    with acting_as(by):
        assert PlanOfSafeCare.objects.filter(identity_id=mother).count() == 1
