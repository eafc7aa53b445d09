"""A referral travels only where she allowed it, moves only as the workflow says, and never moves the family."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from tests.factories.agencies import viewer
from tests.integration.referrals.conftest import World

from careloom.infra.access import NotVisible, acting_as
from careloom.kernel.referral import Flaw, Kind, Outcome, Reason, State
from careloom.plans.models import Need, NeedStep, PlanOfSafeCare, Referral, ReferralEvent
from careloom.plans.referrals import actions, queries
from careloom.plans.referrals.answers import Ask, Moved, NeedsConsent, Refused, Why

pytestmark = pytest.mark.django_db


# Sending --------------------------------------------------------------------------------------------------


def test_without_her_consent_a_live_referral_stays_a_draft_and_the_answer_names_what_is_missing(world: World) -> None:
    done = world.send(to=world.bea)
    assert isinstance(done, NeedsConsent)
    assert done.referral.state == State.DRAFT
    assert (done.missing.discloser_id, done.missing.recipient_id) == (world.dana.agency_id, world.bea.agency_id)
    assert done.missing.categories == ("posc.referral_status",)
    assert world.seen(world.bea, done.referral) is None
    assert world.owed(world.bea) == []
    assert world.owed(world.dana) == ["REFERRAL_CONSENT"]


def test_with_her_consent_it_is_sent_and_both_sides_owe_the_next_step(world: World) -> None:
    world.sign(recipient=world.bea)
    row = world.sent(to=world.bea)
    assert row.state == State.REQUESTED
    assert world.seen(world.bea, row) is not None
    assert world.seen(world.out, row) is None
    assert world.owed(world.bea) == ["REFERRAL_ANSWER"]
    assert world.owed(world.dana) == ["REFERRAL_WAITING"]
    with acting_as(viewer(world.dana)):
        need = Need.objects.get(pk=world.need.pk)
    assert need.owner_worker_id == world.dana.worker_id
    assert need.next_on is not None


def test_the_draft_is_sent_once_she_has_allowed_it(world: World) -> None:
    draft = world.send(to=world.bea)
    assert isinstance(draft, NeedsConsent)
    world.sign(recipient=world.bea)
    by = viewer(world.dana)
    with acting_as(by):
        done = actions.send_draft(by=by, at=world.at, referral_id=draft.referral.pk, request_key="later")
    assert isinstance(done, Moved)
    assert world.owed(world.dana) == ["REFERRAL_WAITING"]


def test_the_same_form_twice_makes_one_referral_and_one_step(world: World) -> None:
    world.sign(recipient=world.bea)
    first, second = world.sent(to=world.bea), world.sent(to=world.bea)
    assert first.pk == second.pk
    with acting_as(viewer(world.dana)):
        assert ReferralEvent.objects.filter(referral_id=first.pk).count() == 1
    assert world.owed(world.bea) == ["REFERRAL_ANSWER"]


@pytest.mark.parametrize("kind", [Kind.LINK, Kind.LOGGED])
def test_a_call_or_a_page_without_a_name_needs_no_consent(world: World, kind: Kind) -> None:
    assert world.sent(kind=kind).state == State.REQUESTED


def test_a_service_that_she_knows_needs_no_search(world: World) -> None:
    row = world.sent(kind=Kind.LOGGED, organization="The church pantry", frequency="weekly", length="3 months", place="Pine", method="VISIT")
    assert (row.organization, row.frequency, row.length, row.place, row.method) == ("The church pantry", "weekly", "3 months", "Pine", "VISIT")


def test_a_referral_may_be_for_the_household_and_for_nobody_else(world: World) -> None:
    row = world.sent(kind=Kind.LOGGED, household_ids=(world.infant,))
    assert set(row.household_ids) == {world.mother, world.infant}
    assert world.send(kind=Kind.LOGGED, key="k2", household_ids=(uuid4(),)) == Refused(reasons=(Why.NOT_THIS_FAMILY,))


def test_what_she_does_not_want_is_not_referred(world: World) -> None:
    with acting_as(viewer(world.dana)):
        NeedStep.objects.create(
            holder_id=world.dana.agency_id, identity_id=world.mother, category="posc.plan_core", plan_id=world.plan.pk, made_at=world.at,
            made_by=world.dana.worker_id, changed_at=world.at, need_id=world.need.pk, step="CHOICE", value="NOT_NOW", hers=True, at=world.at,
        )  # fmt: skip
    assert world.send(kind=Kind.LOGGED) == Refused(reasons=(Why.SHE_SAID_NO,))


@pytest.mark.parametrize(
    ("asked", "why"),
    [({"kind": Kind.LIVE}, Why.NOT_ON_CARELOOM), ({"kind": Kind.LOGGED, "organization": " "}, Why.NO_SERVICE)],
)
def test_a_referral_without_somebody_to_ask_is_refused(world: World, asked: dict[str, object], why: Why) -> None:
    assert world.send(**asked) == Refused(reasons=(why,))  # type: ignore[arg-type]


def test_an_agency_does_not_refer_live_to_itself(world: World) -> None:
    assert world.send(to=world.dana) == Refused(reasons=(Why.OWN_AGENCY,))


def test_another_agency_cannot_refer_from_a_need_that_it_does_not_see(world: World) -> None:
    by, ask = viewer(world.out), Ask(kind=Kind.LOGGED, organization="X")
    with acting_as(by), pytest.raises(NotVisible):
        actions.send_referral(by=by, at=world.at, need_id=world.need.pk, ask=ask, request_key="x")


# Answering ------------------------------------------------------------------------------------------------


def test_the_asked_agency_answers_in_a_row_of_its_own_and_the_state_follows(world: World) -> None:
    world.sign(recipient=world.bea)
    row = world.sent(to=world.bea)
    assert isinstance(world.say(world.bea, row, State.ACCEPTED, note="Welcome"), Moved)
    assert world.state(row) == State.ACCEPTED
    with acting_as(viewer(world.bea)):
        event = ReferralEvent.objects.get(referral_id=row.pk, state=State.ACCEPTED)
    assert (event.holder_id, event.said_by) == (world.bea.agency_id, "THEM")
    assert world.owed(world.bea) == ["REFERRAL_PLAN_VISIT"]


def test_a_stranger_cannot_answer_and_the_sender_cannot_answer_for_them(world: World) -> None:
    world.sign(recipient=world.bea)
    row = world.sent(to=world.bea)
    with pytest.raises(NotVisible):
        world.say(world.out, row, State.ACCEPTED)
    assert world.say(world.dana, row, State.ACCEPTED) == Refused(reasons=(Why.NOT_ALLOWED,))
    assert world.move(row, State.ACCEPTED) == Refused(reasons=(Flaw.NOT_YOURS_TO_SAY,))
    assert world.state(row) == State.REQUESTED


def test_a_double_click_is_one_answer(world: World) -> None:
    world.sign(recipient=world.bea)
    row = world.sent(to=world.bea)
    for _ in range(2):
        assert isinstance(world.say(world.bea, row, State.WAITLISTED, waitlist_place=3, key="same"), Moved)
    with acting_as(viewer(world.bea)):
        assert ReferralEvent.objects.filter(referral_id=row.pk, state=State.WAITLISTED).count() == 1


def test_no_step_moves_the_family_its_plan_or_its_lead(world: World) -> None:
    world.sign(recipient=world.bea)
    before = (world.plan.holder_id, world.plan.lead_agency_id, world.plan.lead_worker_id, world.need.holder_id)
    row = world.sent(to=world.bea)
    world.say(world.bea, row, State.ACCEPTED)
    world.say(world.bea, row, State.SCHEDULED, scheduled_for=world.at + timedelta(days=2))
    world.say(world.bea, row, State.ATTENDED)
    world.say(world.bea, row, State.COMPLETED, outcome=Outcome.ENROLLED)
    with acting_as(viewer(world.dana)):
        plan, need, kept = PlanOfSafeCare.objects.get(pk=world.plan.pk), Need.objects.get(pk=world.need.pk), Referral.objects.get(pk=row.pk)
    assert (plan.holder_id, plan.lead_agency_id, plan.lead_worker_id, need.holder_id) == before
    assert (kept.holder_id, kept.owner_worker_id) == (world.dana.agency_id, world.dana.worker_id)
    assert world.owed(world.dana) == ["REFERRAL_ASK_FAMILY"]


def test_accepting_opens_nothing_more_than_she_allowed(world: World) -> None:
    world.sign(recipient=world.bea, information=("posc.referral_status",))
    row = world.sent(to=world.bea)
    world.say(world.bea, row, State.ACCEPTED)
    by = viewer(world.bea)
    with acting_as(by):
        assert not Need.objects.filter(pk=world.need.pk).exists()
        assert not PlanOfSafeCare.objects.filter(pk=world.plan.pk).exists()
        page = queries.get_referral(viewer=by, referral_id=row.pk)
    assert page is not None
    assert (page.people, page.need) == ((), None)


def test_a_second_missed_visit_calls_for_outreach(world: World) -> None:
    row = world.sent(kind=Kind.LOGGED)
    world.say(world.dana, row, State.SCHEDULED, scheduled_for=world.at + timedelta(days=1))
    world.move(row, State.NO_SHOW)
    assert world.owed(world.dana) == ["REFERRAL_MISSED"]
    world.move(row, State.SCHEDULED, scheduled_for=world.at + timedelta(days=3))
    world.move(row, State.NO_SHOW)
    assert world.owed(world.dana) == ["REFERRAL_OUTREACH"]


def test_a_no_from_the_service_asks_the_owner_for_the_next_one_and_a_new_referral_follows_it(world: World) -> None:
    row = world.sent(kind=Kind.LOGGED)
    assert isinstance(world.say(world.dana, row, State.DECLINED, reason=Reason.FULL), Moved)
    assert world.owed(world.dana) == ["REFERRAL_NEXT"]
    again = world.sent(kind=Kind.LOGGED, key="k2", organization="Another house", follows_id=row.pk)
    assert again.follows_id == row.pk


def test_a_part_2_program_says_nothing_back_until_she_allowed_that_too(world: World) -> None:
    world.sign(recipient=world.rio)
    row = world.sent(to=world.rio)
    assert row.category == "posc.plan_part2_segment"
    silent = world.say(world.rio, row, State.ACCEPTED)
    assert isinstance(silent, NeedsConsent)
    assert (silent.missing.discloser_id, silent.missing.recipient_id) == (world.rio.agency_id, world.dana.agency_id)
    assert world.state(row) == State.REQUESTED
    with acting_as(viewer(world.rio)):
        assert not ReferralEvent.objects.filter(referral_id=row.pk, holder_id=world.rio.agency_id).exists()
    world.sign(recipient=world.dana, discloser=world.rio)
    assert isinstance(world.say(world.rio, row, State.ACCEPTED), Moved)
    assert world.state(row) == State.ACCEPTED
