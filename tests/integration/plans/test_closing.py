"""Closing with the checklist, and opening again within a year."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key

from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.plans import actions
from careloom.plans.actions import CloseProposed, InfantBorn, NotReady, Reason, Refused
from careloom.plans.models import PlanInfant, PlanOfSafeCare
from careloom.plans.queries import plan_parts
from careloom.plans.tasks import bounce_silent_offers
from careloom.work.models import Obligation

STOOD_FOR = ("MEDICAL_HOME", "EARLY_INTERVENTION_KNOWN", "RECOVERY_CONTACT", "NO_SAFETY_THREAT", "TOLD_AND_COPY")


def close(world: PlanWorld, plan: PlanOfSafeCare, *, at: datetime | None = None, reason: str = "GOALS_MET", **facts: object) -> object:
    by = viewer(world.dana)
    values = {"confirmed": STOOD_FOR} | facts
    with acting_as(by):
        return actions.close_plan(by=by, at=at or world.at + timedelta(days=400), plan_id=plan.pk, reason=reason, **values)


def reopen(world: PlanWorld, plan: PlanOfSafeCare, *, at: datetime) -> object:
    by = viewer(world.dana)
    with acting_as(by):
        return actions.reopen_plan(by=by, at=at, plan_id=plan.pk)


def test_the_checklist_says_what_stands_in_the_way_and_closes_nothing(world: PlanWorld) -> None:
    plan, by = world.a_plan(agreed=True), viewer(world.dana)
    with acting_as(by):
        actions.add_need(by=by, at=world.at, plan_id=plan.pk, code="HOUSING", her_choice="YES", request_key=a_key())
    answer = close(world, plan, at=world.at, confirmed=[code for code in STOOD_FOR if code != "EARLY_INTERVENTION_KNOWN"])
    assert answer == NotReady(unmet=("NEEDS_SETTLED", "PERIOD_DONE", "EARLY_INTERVENTION_KNOWN"))
    with acting_as(by):
        plan.refresh_from_db()
    assert plan.status == "ACTIVE"


def test_a_met_checklist_closes_with_a_last_version_and_nothing_is_owed(world: PlanWorld) -> None:
    plan, by = world.a_plan(agreed=True), viewer(world.dana)
    infant = world.an_infant(mother_id=plan.identity_id)
    with acting_as(by):
        actions.record_birth(by=by, at=world.at, plan_id=plan.pk, born_on=world.today, infants=(InfantBorn(identity_id=infant),))
    assert isinstance(close(world, plan), PlanOfSafeCare)
    assert isinstance(close(world, plan), PlanOfSafeCare)
    with acting_as(by):
        parts = plan_parts(viewer=by, plan_id=plan.pk)
        assert (parts.plan.status, parts.plan.closed_because, parts.versions[0].why) == ("CLOSED", "GOALS_MET", "CLOSED")
        assert not Obligation.objects.filter(met_at=None).exists()
        assert not PlanInfant.objects.filter(ended_at=None).exists()
    assert [version.why for version in parts.versions].count("CLOSED") == 1


def test_an_override_needs_its_reason_and_keeps_it(world: PlanWorld) -> None:
    plan = world.a_plan(agreed=True)
    assert isinstance(close(world, plan, at=world.at, override="  "), NotReady)
    closed = close(world, plan, at=world.at, override="She moved abroad and asked us to end it")
    assert isinstance(closed, PlanOfSafeCare)
    assert closed.close_override == "She moved abroad and asked us to end it"


def test_a_reason_is_one_of_the_pack(world: PlanWorld) -> None:
    assert close(world, world.a_plan(), reason="TIRED_OF_IT") == Refused(reasons=(Reason.UNKNOWN_CODE,))


def test_contact_is_lost_only_after_documented_tries(world: PlanWorld) -> None:
    plan, by = world.a_plan(agreed=True), viewer(world.dana)
    late = world.at + timedelta(days=60)
    assert close(world, plan, at=late, reason="LOST_CONTACT") == NotReady(unmet=("LOST_CONTACT_TRIES",))
    with acting_as(by):
        for days, how in ((0, "CALL"), (15, "TEXT"), (30, "VISIT")):
            at = world.at + timedelta(days=days)
            actions.note_contact_try(by=by, at=at, plan_id=plan.pk, how=how, reached=False, request_key=a_key())
    assert isinstance(close(world, plan, at=late, reason="LOST_CONTACT"), PlanOfSafeCare)


def test_a_proposal_ends_nothing_and_can_be_taken_back(world: PlanWorld) -> None:
    plan, by = world.a_plan(agreed=True), viewer(world.dana)
    with acting_as(by):
        proposed = actions.propose_close(by=by, at=world.at, plan_id=plan.pk, reason="GOALS_MET", confirmed=STOOD_FOR)
        assert isinstance(proposed, CloseProposed)
        assert (proposed.plan.status, proposed.unmet) == ("CLOSE_PROPOSED", ("PERIOD_DONE",))
        kept = actions.keep_open(by=by, at=world.at, plan_id=plan.pk)
        assert isinstance(kept, PlanOfSafeCare)
        assert kept.status == "ACTIVE"


def test_a_closed_plan_is_not_written_in(world: PlanWorld) -> None:
    plan, by = world.a_plan(agreed=True), viewer(world.dana)
    close(world, plan)
    with acting_as(by):
        refused = actions.add_strength(by=by, at=world.at, plan_id=plan.pk, text="Late", request_key=a_key())
    assert refused == Refused(reasons=(Reason.PLAN_CLOSED,))


def test_another_agency_neither_closes_nor_reopens(world: PlanWorld) -> None:
    plan, bea = world.a_plan(agreed=True), viewer(world.bea)
    world.share(plan, to=world.bea)
    with acting_as(bea):
        assert actions.close_plan(by=bea, at=world.at, plan_id=plan.pk, reason="GOALS_MET") == Refused(reasons=(Reason.NOT_LEAD,))
    close(world, plan)
    with acting_as(bea):
        assert actions.reopen_plan(by=bea, at=world.at, plan_id=plan.pk) == Refused(reasons=(Reason.NOT_LEAD,))


def test_within_a_year_the_plan_opens_again_under_its_id_with_its_infants(world: PlanWorld) -> None:
    plan, by = world.a_plan(agreed=True), viewer(world.dana)
    infant = world.an_infant(mother_id=plan.identity_id)
    with acting_as(by):
        actions.record_birth(by=by, at=world.at, plan_id=plan.pk, born_on=world.today, infants=(InfantBorn(identity_id=infant),))
    closed_at = world.at + timedelta(days=400)
    close(world, plan, at=closed_at)
    opened_at = closed_at + timedelta(days=300)
    again = reopen(world, plan, at=opened_at)
    assert isinstance(again, PlanOfSafeCare)
    assert (again.pk, again.status, again.closed_at) == (plan.pk, "ACTIVE", None)
    assert again.next_review_on == opened_at.astimezone(clock.zone()).date() + timedelta(days=30)
    with acting_as(by):
        assert [row.ended_at for row in plan_parts(viewer=by, plan_id=plan.pk).infants] == [None]


def test_after_a_year_it_stays_closed(world: PlanWorld) -> None:
    plan = world.a_plan(agreed=True)
    closed_at = world.at + timedelta(days=400)
    close(world, plan, at=closed_at)
    assert reopen(world, plan, at=closed_at + timedelta(days=370)) == Refused(reasons=(Reason.TOO_LATE,))


def test_it_does_not_open_beside_another_plan_of_the_same_pregnancy(world: PlanWorld) -> None:
    plan = world.a_plan(agreed=True)
    closed_at = world.at + timedelta(days=400)
    close(world, plan, at=closed_at)
    world.a_plan(mother_id=plan.identity_id, pregnancy_id=plan.pregnancy_id)
    assert reopen(world, plan, at=closed_at) == Refused(reasons=(Reason.HAS_PLAN,))


def test_nobody_hears_that_the_lead_stayed_once_the_plan_is_closed(world: PlanWorld) -> None:
    plan, by = world.a_plan(agreed=True), viewer(world.dana)
    world.share(plan, to=world.bea)
    with acting_as(by):
        actions.offer_lead(by=by, at=world.at, plan_id=plan.pk, to_agency_id=world.harbor.pk, request_key=a_key())
    bounce_silent_offers(at=world.at + timedelta(days=10))
    with acting_as(by):
        assert Obligation.objects.filter(kind="LEAD_STAYS", met_at=None).count() == 1
    assert isinstance(close(world, plan), PlanOfSafeCare)
    with acting_as(by):
        assert not Obligation.objects.filter(kind="LEAD_STAYS", met_at=None).exists()
