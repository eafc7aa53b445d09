"""Screens for reviews, the board of late ones, what happened, closing with its checklist, and opening again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key

from careloom.agencies.models import Membership
from careloom.infra.access import acting_as
from careloom.notifications.models import Notification
from careloom.plans import actions
from careloom.plans.models import Need, PlanOfSafeCare, PlanVersion, Review

SignIn = Callable[[Membership], Client]


@pytest.fixture
def plan(world: PlanWorld) -> PlanOfSafeCare:
    """A plan with one need, agreed to, whose first review is late."""
    Membership.objects.update(starts_at=world.at - timedelta(days=90))
    plan = world.a_plan(agreed=True, at=world.at - timedelta(days=60))
    by = viewer(world.dana)
    with acting_as(by):
        actions.add_need(by=by, at=world.at, plan_id=plan.pk, code="HOUSING", title="A home for us", her_choice="YES", request_key=a_key())
    return plan


def first_review(world: PlanWorld, plan: PlanOfSafeCare) -> Review:
    with acting_as(viewer(world.dana)):
        return Review.objects.filter(plan_id=plan.pk, held_at=None, called_off_at=None, kind="REVIEW").order_by("due_on")[0]


def review_facts(world: PlanWorld, plan: PlanOfSafeCare, **changes: str) -> dict[str, str]:
    with acting_as(viewer(world.dana)):
        key = Need.objects.get(plan_id=plan.pk).pk.hex
    facts = {
        "held_on": world.today.isoformat(), "mode": "IN_PERSON", "present": "Her, Worker", f"finding_{key}": "NEEDS_WORK", "her_rating": "4",
        "her_words": "It is slow but mine", "request_key": a_key(),
    }  # fmt: skip
    return facts | {name.replace("KEY", key): value for name, value in changes.items()}


def test_a_review_is_held_with_a_finding_for_each_need_and_her_words(world: PlanWorld, sign_in: SignIn, plan: PlanOfSafeCare) -> None:
    row, client = first_review(world, plan), sign_in(world.dana)
    path = f"/plans/{plan.pk}/reviews/{row.pk}/"
    page = client.get(path).content.decode()
    assert "What changed since last time" in page
    assert "New need: A home for us." in page
    assert client.post(path, review_facts(world, plan, finding_KEY="")).status_code == 422
    facts = review_facts(world, plan)
    for _ in range(2):
        assert client.post(path, facts).status_code == 302
    with acting_as(viewer(world.dana)):
        held = Review.objects.get(pk=row.pk)
        assert (held.her_rating, held.her_words) == (4, "It is slow but mine")
        assert PlanVersion.objects.filter(plan_id=plan.pk, why="REVIEW").count() == 1
    assert "What changed since the review on" in client.get(f"/families/{plan.identity_id}/").content.decode()


def test_a_review_is_held_by_the_lead_only(world: PlanWorld, sign_in: SignIn, plan: PlanOfSafeCare) -> None:
    row = first_review(world, plan)
    path = f"/plans/{plan.pk}/reviews/{row.pk}/"
    assert sign_in(world.bea).get(path).status_code == 404
    world.share(plan, to=world.bea)
    refused = sign_in(world.bea).post(path, review_facts(world, plan))
    assert refused.status_code == 422
    assert "Only the agency that leads the plan does this." in refused.content.decode()


def test_a_time_is_agreed_on_for_a_review(world: PlanWorld, sign_in: SignIn, plan: PlanOfSafeCare) -> None:
    row, client = first_review(world, plan), sign_in(world.dana)
    facts = {"time": "1", "day": "2031-03-20", "hour": "10:00", "place": "Room 2", "row_version": str(row.row_version)}
    assert client.post(f"/plans/{plan.pk}/reviews/{row.pk}/", facts).status_code == 302
    assert "Thursday, March 20, 2031, 10 AM" in client.get(f"/families/{plan.identity_id}/").content.decode()
    conflict = client.post(f"/plans/{plan.pk}/reviews/{row.pk}/", facts | {"hour": "11:00"})
    assert conflict.status_code == 409


def test_late_reviews_stand_on_the_board_of_the_agency_that_leads(world: PlanWorld, sign_in: SignIn, plan: PlanOfSafeCare) -> None:
    page = sign_in(world.dana).get("/plans/reviews/").content.decode()
    assert f"/families/{plan.identity_id}/" in page
    assert "days late" in page
    assert str(plan.identity_id) not in sign_in(world.bea).get("/plans/reviews/").content.decode()
    with acting_as(viewer(world.dana)):
        kept = PlanOfSafeCare.objects.get(pk=plan.pk)
    assert kept.follow_until is not None
    assert (kept.follow_until - kept.started_at.date()).days >= 364


def test_a_return_to_use_opens_a_review_and_reports_nobody(world: PlanWorld, sign_in: SignIn, plan: PlanOfSafeCare) -> None:
    client = sign_in(world.dana)
    response = client.post(f"/plans/{plan.pk}/event/", {"why": "RETURN_TO_USE"}, follow=True)
    assert "A review is asked for soon. Nothing was reported to anybody." in response.content.decode()
    with acting_as(viewer(world.dana)):
        assert Review.objects.get(plan_id=plan.pk, kind="AFTER_EVENT").why == "RETURN_TO_USE"
        assert PlanOfSafeCare.objects.get(pk=plan.pk).status == "UNDER_REVIEW"
        assert not Notification.objects.filter(identity_id=plan.identity_id).exists()


def test_a_try_to_reach_her_is_written_down(world: PlanWorld, sign_in: SignIn, plan: PlanOfSafeCare) -> None:
    facts = {"trying": "1", "how": "CALL", "reached": "0", "request_key": a_key()}
    assert sign_in(world.dana).post(f"/plans/{plan.pk}/event/", facts).status_code == 302
    assert sign_in(world.bea).post(f"/plans/{plan.pk}/event/", facts).status_code == 404


def test_closing_lists_what_is_missing_and_opening_again_brings_it_back(world: PlanWorld, sign_in: SignIn, plan: PlanOfSafeCare) -> None:
    client, path = sign_in(world.dana), f"/plans/{plan.pk}/close/"
    facts = {"reason": "GOALS_MET", "confirmed": ["MEDICAL_HOME", "RECOVERY_CONTACT", "NO_SAFETY_THREAT", "TOLD_AND_COPY"]}
    response = client.post(path, facts)
    page = response.content.decode()
    assert response.status_code == 422
    for words in ("What is missing", "Each need is met, declined", "The outcome of the early intervention referral is known."):
        assert words in page
    assert client.post(path, facts | {"override": "She asked to end it"}).status_code == 302
    assert "Open the plan again" in client.get(f"/families/{plan.identity_id}/").content.decode()
    assert client.post(f"/plans/{plan.pk}/reopen/").status_code == 302
    with acting_as(viewer(world.dana)):
        assert PlanOfSafeCare.objects.get(pk=plan.pk).status == "ACTIVE"
    assert sign_in(world.bea).post(f"/plans/{plan.pk}/reopen/").status_code == 404


def test_versions_are_compared_in_readable_words(world: PlanWorld, sign_in: SignIn, plan: PlanOfSafeCare) -> None:
    page = sign_in(world.dana).get(f"/plans/{plan.pk}/changes/?since=1").content.decode()
    assert "From version 1 to now" in page
    assert "New need: A home for us." in page
