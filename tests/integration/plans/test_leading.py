"""The lead: handed over inside the agency at once, to another agency only when it accepts."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key

from careloom.consents.actions import Draft, Signature, Signed, sign_consent
from careloom.infra import clock
from careloom.infra.access import NotVisible, System, acting_as, system
from careloom.infra.access.models import Grant
from careloom.plans import actions, tasks
from careloom.plans.actions import Reason, Refused, ReviewHeld
from careloom.plans.models import CareTeamMember, LeadTransfer, PlanOfSafeCare
from careloom.plans.queries import get_plan, plan_parts, waiting_transfers
from careloom.work.models import Obligation


def offer(world: PlanWorld, plan: PlanOfSafeCare, *, key: str | None = None) -> object:
    by = viewer(world.dana)
    with acting_as(by):
        return actions.offer_lead(by=by, at=world.at, plan_id=plan.pk, to_agency_id=world.harbor.pk, request_key=key or a_key())


def answer(world: PlanWorld, transfer: object, *, accept: bool, who: object = None) -> object:
    assert isinstance(transfer, LeadTransfer)
    by = viewer(who or world.bea)
    with acting_as(by):
        return actions.answer_lead(by=by, at=world.at, transfer_id=transfer.pk, accept=accept, reason="" if accept else "No room")


def leader(world: PlanWorld, plan: PlanOfSafeCare) -> tuple[UUID, UUID]:
    by = viewer(world.supervisor)
    with acting_as(by):
        member = CareTeamMember.objects.get(plan_id=plan.pk, leads=True, ends_at=None)
        found = get_plan(viewer=by, plan_id=plan.pk)
    assert (member.agency_id, member.worker_id) == (found.lead_agency_id, found.lead_worker_id)
    return found.lead_agency_id, found.lead_worker_id


def owed(world: PlanWorld, who: object) -> set[str]:
    by = viewer(who)
    with acting_as(by):
        return set(Obligation.objects.filter(met_at=None, worker_id__in=[by.worker_id]).values_list("kind", flat=True))


def test_a_colleague_takes_the_lead_at_once_and_the_history_stays(world: PlanWorld) -> None:
    plan, by = world.a_plan(), viewer(world.dana)
    with acting_as(by):
        actions.change_lead(by=by, at=world.at, plan_id=plan.pk, to_worker_id=world.colleague.worker_id)
        parts = plan_parts(viewer=by, plan_id=plan.pk)
    assert leader(world, plan) == (world.riverbend.pk, world.colleague.worker_id)
    assert [(m.worker_id, m.leads) for m in parts.team_before] == [(world.dana.worker_id, True)]
    assert {m.worker_id for m in parts.team} == {world.dana.worker_id, world.colleague.worker_id}
    assert (owed(world, world.colleague), owed(world, world.dana)) == ({"REVIEW_DUE"}, set())


def test_the_lead_is_not_handed_to_somebody_outside_the_agency(world: PlanWorld) -> None:
    plan, by = world.a_plan(), viewer(world.dana)
    with acting_as(by):
        refused = actions.change_lead(by=by, at=world.at, plan_id=plan.pk, to_worker_id=world.bea.worker_id)
    assert refused == Refused(reasons=(Reason.NOT_A_MEMBER,))


def test_an_agency_that_cannot_see_the_plan_is_not_asked_to_lead_it(world: PlanWorld) -> None:
    plan = world.a_plan()
    assert offer(world, plan) == Refused(reasons=(Reason.CANNOT_SEE_PLAN,))


def test_an_agency_that_may_open_the_plan_for_another_purpose_only_is_not_asked_to_lead_it(world: PlanWorld) -> None:
    plan, by = world.a_plan(), viewer(world.dana)
    draft = Draft(
        identity_id=plan.identity_id, subject_ids=(plan.identity_id,), kind="specific", discloser_ids=(plan.holder_id,),
        recipient_ids=(world.harbor.pk,), information=("posc.plan_core",), purposes=("payment",), expires_on=clock.today() + timedelta(days=30),
    )  # fmt: skip
    with acting_as(by):
        signature = Signature(method="SCREEN", name="Practice Mother", explained_at=world.at)
        signed = sign_consent(by=by, at=world.at, draft=draft, signature=signature, request_key=a_key())
    assert isinstance(signed, Signed)
    with acting_as(system(System.JOB, holder_id=plan.holder_id)):
        opened = Grant.objects.filter(recipient_id=world.harbor.pk, category=plan.category, identity_id=plan.identity_id)
        assert {tuple(grant.purposes) for grant in opened} == {("payment",)}
    assert offer(world, plan) == Refused(reasons=(Reason.CANNOT_SEE_PLAN,))


def test_until_the_offer_is_accepted_the_old_lead_leads(world: PlanWorld) -> None:
    plan = world.a_plan()
    world.share(plan, to=world.bea)
    offer(world, plan)
    bea = viewer(world.bea)
    with acting_as(bea):
        assert [row.plan_id for row in waiting_transfers(viewer=bea)] == [plan.pk]
        assert list(Obligation.objects.filter(holder_id=world.harbor.pk).values_list("kind", flat=True)) == ["LEAD_OFFERED"]
    assert leader(world, plan) == (world.riverbend.pk, world.dana.worker_id)


def test_one_offer_waits_at_a_time_and_twice_the_same_is_one(world: PlanWorld) -> None:
    plan, key = world.a_plan(), a_key()
    world.share(plan, to=world.bea)
    assert offer(world, plan, key=key) == offer(world, plan, key=key)
    assert offer(world, plan) == Refused(reasons=(Reason.ALREADY_OFFERED,))


def test_an_accepted_offer_moves_the_lead_and_what_is_owed(world: PlanWorld) -> None:
    plan = world.a_plan(agreed=True)
    world.share(plan, to=world.bea)
    answer(world, offer(world, plan), accept=True)
    assert leader(world, plan) == (world.harbor.pk, world.bea.worker_id)
    assert (owed(world, world.bea), owed(world, world.dana)) == ({"REVIEW_DUE"}, set())


def test_the_new_lead_holds_the_review_and_the_record_stays_where_it_was(world: PlanWorld) -> None:
    plan, bea = world.a_plan(agreed=True), viewer(world.bea)
    world.share(plan, to=world.bea)
    answer(world, offer(world, plan), accept=True)
    with acting_as(bea):
        review = plan_parts(viewer=bea, plan_id=plan.pk).next_review
        assert review is not None
        done = actions.hold_review(by=bea, at=world.at, review_id=review.pk, held_at=world.at, mode="IN_PERSON", request_key=a_key())
    assert isinstance(done, ReviewHeld)
    by = viewer(world.dana)
    with acting_as(by):
        parts = plan_parts(viewer=by, plan_id=plan.pk)
    assert parts.plan.holder_id == world.riverbend.pk
    assert parts.versions[0].number == 2


def test_a_declined_offer_leaves_the_lead_and_tells_it(world: PlanWorld) -> None:
    plan = world.a_plan()
    world.share(plan, to=world.bea)
    transfer = offer(world, plan)
    answer(world, transfer, accept=False)
    assert leader(world, plan) == (world.riverbend.pk, world.dana.worker_id)
    assert "LEAD_STAYS" in owed(world, world.dana)
    assert answer(world, transfer, accept=True) == Refused(reasons=(Reason.ALREADY_ANSWERED,))


def test_silence_bounces_after_the_packs_time(world: PlanWorld) -> None:
    plan = world.a_plan()
    world.share(plan, to=world.bea)
    transfer = offer(world, plan)
    assert isinstance(transfer, LeadTransfer)
    assert tasks.bounce_silent_offers(at=transfer.answer_due_at - timedelta(minutes=1)) == 0
    assert [tasks.bounce_silent_offers(at=transfer.answer_due_at) for _ in range(2)] == [1, 0]
    assert leader(world, plan) == (world.riverbend.pk, world.dana.worker_id)
    assert "LEAD_STAYS" in owed(world, world.dana)


def test_an_agency_that_was_not_asked_finds_no_offer(world: PlanWorld) -> None:
    plan = world.a_plan()
    world.share(plan, to=world.bea)
    transfer = offer(world, plan)
    with pytest.raises(NotVisible):
        answer(world, transfer, accept=True, who=world.maria)


def test_a_lead_who_comes_back_owes_the_review_again(world: PlanWorld) -> None:
    plan, by = world.a_plan(), viewer(world.supervisor)
    for worker in (world.colleague, world.dana):
        with acting_as(by):
            actions.change_lead(by=by, at=world.at, plan_id=plan.pk, to_worker_id=worker.worker_id)
    assert (owed(world, world.dana), owed(world, world.colleague)) == ({"REVIEW_DUE"}, set())
