"""Reviews: due by the pack, held with what was found, late ones rise, and an event asks for one and for nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key

from careloom.infra.access import NotVisible, acting_as
from careloom.messages.models import Appointment
from careloom.plans import actions, tasks
from careloom.plans.actions import Conflict, Finding, Reason, Refused, ReviewHeld
from careloom.plans.models import Need, PlanOfSafeCare, Review
from careloom.plans.queries import overdue_reviews, overdue_total, plan_parts
from careloom.work.models import Obligation


def next_review(world: PlanWorld, plan: PlanOfSafeCare) -> Review:
    by = viewer(world.dana)
    with acting_as(by):
        found = plan_parts(viewer=by, plan_id=plan.pk).next_review
    assert found is not None
    return found


def hold(world: PlanWorld, review: Review, *, key: str | None = None, at: datetime | None = None, **facts: object) -> object:
    by, at = viewer(world.dana), at or world.at
    with acting_as(by):
        return actions.hold_review(by=by, at=at, review_id=review.pk, held_at=at, mode="PHONE", request_key=key or a_key(), **facts)


def a_need(world: PlanWorld, plan: PlanOfSafeCare, code: str = "HOUSING") -> Need:
    by = viewer(world.dana)
    with acting_as(by):
        need = actions.add_need(by=by, at=world.at, plan_id=plan.pk, code=code, her_choice="YES", request_key=a_key())
    assert isinstance(need, Need)
    return need


def owed(world: PlanWorld, who: object = None) -> list[tuple[str, UUID | None]]:
    by = viewer(who or world.dana)
    with acting_as(by):
        return sorted(Obligation.objects.filter(holder_id=by.holder_id, met_at=None).values_list("kind", "worker_id"), key=str)


def test_a_held_review_keeps_its_findings_a_version_and_sets_the_next_day(world: PlanWorld) -> None:
    plan = world.a_plan(agreed=True)
    home, ride = a_need(world, plan), a_need(world, plan, "RIDES")
    review = next_review(world, plan)
    findings = (
        Finding(need_id=home.pk, finding="MET"),
        Finding(need_id=ride.pk, finding="UNMET", reason="DISTANCE", note="70 miles"),
    )
    done = hold(world, review, findings=findings, her_rating=4, her_words="Better than I thought")
    assert isinstance(done, ReviewHeld)
    assert done.version.why == "REVIEW"
    assert done.next_review_on == review.due_on + timedelta(days=30)
    by = viewer(world.dana)
    with acting_as(by):
        parts = plan_parts(viewer=by, plan_id=plan.pk)
    assert {(need.row.code, need.result, need.result_reason) for need in parts.needs} == {("HOUSING", "MET", ""), ("RIDES", "UNMET", "DISTANCE")}
    assert {f.finding for f in parts.findings_of(review.pk)} == {"MET", "UNMET"}
    assert owed(world) == [("REVIEW_DUE", world.dana.worker_id)]


def test_submitting_a_review_twice_holds_it_once(world: PlanWorld) -> None:
    plan, key = world.a_plan(agreed=True), a_key()
    review = next_review(world, plan)
    first, second = hold(world, review, key=key), hold(world, review, key=key)
    assert isinstance(first, ReviewHeld)
    assert isinstance(second, ReviewHeld)
    assert first.version == second.version
    assert hold(world, review) == Refused(reasons=(Reason.ALREADY_HELD,))


def test_a_finding_about_a_need_that_one_does_not_see_is_not_found(world: PlanWorld) -> None:
    review = next_review(world, world.a_plan(agreed=True))
    with pytest.raises(NotVisible):
        hold(world, review, findings=(Finding(need_id=uuid4(), finding="MET"),))


def test_letting_a_need_go_is_her_no(world: PlanWorld) -> None:
    plan = world.a_plan(agreed=True)
    need = a_need(world, plan, "PARENTING_CLASS")
    hold(world, next_review(world, plan), findings=(Finding(need_id=need.pk, finding="LET_GO", note="She took it before"),))
    by = viewer(world.dana)
    with acting_as(by):
        (now,) = plan_parts(viewer=by, plan_id=plan.pk).needs
    assert (now.choice, now.is_over) == ("NO", True)


def test_a_later_review_takes_the_place_of_one_that_was_missed(world: PlanWorld) -> None:
    plan, by = world.a_plan(agreed=True), viewer(world.dana)
    with acting_as(by):
        first, second = plan_parts(viewer=by, plan_id=plan.pk).reviews[:2]
    hold(world, second, at=world.at)
    with acting_as(by):
        first.refresh_from_db()
        plan.refresh_from_db()
    assert first.called_off_at is not None
    assert plan.next_review_on is not None
    assert plan.next_review_on > second.due_on


def test_another_agency_does_not_hold_the_leads_review(world: PlanWorld) -> None:
    plan, bea = world.a_plan(agreed=True), viewer(world.bea)
    world.share(plan, to=world.bea)
    review = next_review(world, plan)
    with acting_as(bea):
        refused = actions.hold_review(by=bea, at=world.at, review_id=review.pk, held_at=world.at, mode="PHONE", request_key=a_key())
    assert refused == Refused(reasons=(Reason.NOT_LEAD,))


def test_a_time_for_a_review_is_an_appointment_and_a_stale_form_is_a_conflict(world: PlanWorld) -> None:
    plan, by = world.a_plan(agreed=True), viewer(world.dana)
    review, day = next_review(world, plan), world.at + timedelta(days=20)
    with acting_as(by):
        planned = actions.plan_review_time(by=by, at=world.at, review_id=review.pk, row_version=1, starts_at=day)
        assert isinstance(planned, Review)
        assert Appointment.objects.get(plan_id=plan.pk).starts_at == day
        answer = actions.plan_review_time(by=by, at=world.at, review_id=review.pk, row_version=1, starts_at=day + timedelta(hours=1))
    assert isinstance(answer, Conflict)
    assert answer.theirs == {"planned_for": day}


def test_return_to_use_asks_for_a_review_and_reports_nobody(world: PlanWorld) -> None:
    plan, by, bea = world.a_plan(agreed=True), viewer(world.dana), viewer(world.bea)
    world.share(plan, to=world.bea)
    with acting_as(by):
        review = actions.return_to_use(by=by, at=world.at, plan_id=plan.pk)
        assert isinstance(review, Review)
        plan.refresh_from_db()
    assert (plan.status, review.kind, plan.next_review_on) == ("UNDER_REVIEW", "AFTER_EVENT", review.due_on)
    assert owed(world).count(("REVIEW_DUE", world.dana.worker_id)) == 2
    with acting_as(bea):
        # Harbor reads the plan: it sees the review that is due by the calendar, and nothing of what happened.
        assert Obligation.objects.filter(met_at=None).count() == 1
        assert "AFTER_EVENT" not in {row.kind for row in plan_parts(viewer=bea, plan_id=plan.pk).reviews}


def test_after_the_review_the_plan_is_active_again(world: PlanWorld) -> None:
    plan, by = world.a_plan(agreed=True), viewer(world.dana)
    with acting_as(by):
        review = actions.return_to_use(by=by, at=world.at, plan_id=plan.pk)
    assert isinstance(review, Review)
    hold(world, review)
    with acting_as(by):
        plan.refresh_from_db()
    assert plan.status == "ACTIVE"


def test_a_first_contact_is_noted_once_and_no_longer_owed(world: PlanWorld) -> None:
    plan, by = world.a_plan(), viewer(world.dana)
    infant = world.an_infant(mother_id=plan.identity_id)
    with acting_as(by):
        actions.record_birth(by=by, at=world.at, plan_id=plan.pk, born_on=world.today, infants=(actions.InfantBorn(identity_id=infant),))
        assert {kind for kind, _ in owed(world)} == {"FIRST_CONTACT", "HOME_VISIT", "REVIEW_DUE"}
        contact = next(row for row in plan_parts(viewer=by, plan_id=plan.pk).reviews if row.kind == "FIRST_CONTACT")
        for _ in range(2):
            actions.note_contact(by=by, at=world.at, review_id=contact.pk, held_at=world.at, mode="PHONE")
    assert {kind for kind, _ in owed(world)} == {"HOME_VISIT", "REVIEW_DUE"}


@pytest.mark.parametrize(("days", "supervisor", "counted"), [(0, False, 0), (1, False, 0), (7, True, 0), (20, True, 1)])
def test_a_late_review_rises_to_the_supervisor_and_then_as_a_number(world: PlanWorld, days: int, supervisor: bool, counted: int) -> None:
    # The steps are of business days, three and ten: a week holds three on any day of the year, Christmas week too.
    plan = world.a_plan(agreed=True)
    assert plan.next_review_on is not None
    when = world.at + timedelta(days=(plan.next_review_on - world.today).days + days)
    for _ in range(2):
        tasks.escalate_overdue_reviews(at=when)
    told = [worker for kind, worker in owed(world, world.supervisor) if kind == "REVIEW_OVERDUE_SUPERVISOR"]
    assert told == ([world.supervisor.worker_id] if supervisor else [])
    assert overdue_total(on=world.today + (when - world.at)) == counted


def test_the_board_of_late_reviews_is_the_leading_agencys(world: PlanWorld) -> None:
    plan = world.a_plan(agreed=True)
    world.share(plan, to=world.bea)
    assert plan.next_review_on is not None
    for who, late in ((world.dana, 1), (world.colleague, 0), (world.bea, 0)):
        by = viewer(who)
        with acting_as(by):
            board = overdue_reviews(viewer=by, today=plan.next_review_on + timedelta(days=4))
            assert [row.days_late for row in board.rows] == [4] * late
            assert overdue_reviews(viewer=by, today=plan.next_review_on).rows == ()
