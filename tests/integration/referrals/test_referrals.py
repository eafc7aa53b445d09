"""A referral travels only where she allowed it, moves only as the workflow says, and never moves the family."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from tests.factories.agencies import viewer
from tests.integration.referrals.conftest import World

from careloom.agencies.models import Membership
from careloom.infra import clock
from careloom.infra.access import NotVisible, acting_as
from careloom.infra.audit.models import AuditRow
from careloom.kernel.events import ConsentChanged
from careloom.kernel.referral import Flaw, Help, Kind, Outcome, Reason, State
from careloom.plans.models import Need, NeedStep, PlanOfSafeCare, Referral, ReferralEvent
from careloom.plans.referrals import actions, queries, tasks
from careloom.plans.referrals.answers import Ask, Moved, NeedsConsent, Refused, Why
from careloom.work.models import Obligation

pytestmark = pytest.mark.django_db


def _hers(world: World, referral: Referral, helped: Help, *, key: str = "h", words: str = "") -> Moved:
    by = viewer(world.dana)
    with acting_as(by):
        done = actions.family_answer(by=by, at=world.at, referral_id=referral.pk, helped=helped, request_key=key, words=words)
    assert isinstance(done, Moved), done
    return done


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


# Her word -------------------------------------------------------------------------------------------------


def test_her_yes_closes_the_loop(world: World) -> None:
    row = world.sent(kind=Kind.LOGGED)
    world.say(world.dana, row, State.COMPLETED, outcome=Outcome.SERVICE_DELIVERED)
    seen = world.seen(world.dana, row)
    assert seen is not None
    assert seen.closed_at is None
    _hers(world, row, Help.YES)
    closed = world.seen(world.dana, row)
    assert closed is not None
    assert (closed.got_help, closed.state, closed.closed_at) == ("YES", "COMPLETED", world.at)
    assert world.owed(world.dana) == []


def test_her_no_opens_it_again_and_the_owner_owes_her_a_call_by_noon(world: World) -> None:
    row = world.sent(kind=Kind.LOGGED)
    world.say(world.dana, row, State.COMPLETED, outcome=Outcome.SERVICE_DELIVERED)
    _hers(world, row, Help.NO, words="Nobody called me")
    assert world.state(row) == State.REOPENED
    with acting_as(viewer(world.dana)):
        owed = Obligation.objects.get(about_id=row.pk, met_at=None)
    due = owed.due_at.astimezone(clock.zone())
    assert (owed.kind, due.hour) == ("REFERRAL_HELP_NO", 12)
    assert due.date() == world.at.astimezone(clock.zone()).date() + timedelta(days=1)


def test_she_answers_herself_in_a_row_that_is_hers(world: World) -> None:
    row = world.sent(kind=Kind.LOGGED)
    world.say(world.dana, row, State.COMPLETED, outcome=Outcome.SERVICE_DELIVERED)
    she = world.herself()
    with acting_as(she):
        done = actions.family_answer(by=she, at=world.at, referral_id=row.pk, helped=Help.NO, request_key="phone", words="No me llamaron")
        again = actions.family_answer(by=she, at=world.at, referral_id=row.pk, helped=Help.NO, request_key="phone", words="No me llamaron")
        hers = ReferralEvent.objects.get(referral_id=row.pk, said_by="HER")
    assert isinstance(done, Moved)
    assert isinstance(again, Moved)
    assert (hers.holder_id, hers.provenance) == (she.holder_id, "self_reported")
    assert world.state(row) == State.REOPENED
    with acting_as(viewer(world.dana)):
        assert ReferralEvent.objects.get(said_by="HER").note == "No me llamaron"


def test_nobody_else_speaks_for_her(world: World) -> None:
    world.sign(recipient=world.bea)
    row = world.sent(to=world.bea)
    by = viewer(world.bea)
    with acting_as(by):
        done = actions.family_answer(by=by, at=world.at, referral_id=row.pk, helped=Help.YES, request_key="h")
    assert done == Refused(reasons=(Why.NOT_ALLOWED,))


def test_partly_keeps_it_open_with_somebody_who_owes_the_next_step(world: World) -> None:
    row = world.sent(kind=Kind.LOGGED)
    world.say(world.dana, row, State.COMPLETED, outcome=Outcome.SERVICE_DELIVERED)
    _hers(world, row, Help.PARTLY)
    assert world.owed(world.dana) == ["REFERRAL_HELP_PARTLY"]


def test_when_she_does_not_want_it_the_thread_ends_in_calm(world: World) -> None:
    world.sign(recipient=world.bea)
    row = world.sent(to=world.bea)
    by = viewer(world.dana)
    with acting_as(by):
        done = actions.family_declines(by=by, at=world.at, referral_id=row.pk, reason=Reason.NOT_NOW, request_key="d")
    assert isinstance(done, Moved)
    assert (done.referral.state, done.referral.family_wants) == (State.CANCELLED, "NOT_NOW")
    assert (world.owed(world.dana), world.owed(world.bea)) == ([], [])


# Time and consent -----------------------------------------------------------------------------------------


def _nudged(world: World, days: int) -> tuple[list[str], list[str]]:
    tasks.run(at=world.at + timedelta(days=days))
    tasks.run(at=world.at + timedelta(days=days))
    return world.owed(world.dana), world.owed(world.bea)


def test_silence_is_followed_by_a_reminder_and_then_by_another_service(world: World) -> None:
    world.sign(recipient=world.bea)
    world.sent(to=world.bea)
    assert _nudged(world, 0) == (["REFERRAL_WAITING"], ["REFERRAL_ANSWER"])
    assert _nudged(world, 6) == (["REFERRAL_NO_ANSWER", "REFERRAL_WAITING"], ["REFERRAL_ANSWER", "REFERRAL_REMINDER"])
    ours, _ = _nudged(world, 20)
    assert ours == ["REFERRAL_NO_ANSWER", "REFERRAL_REROUTE", "REFERRAL_WAITING"]


def test_when_she_stops_sharing_the_receiver_loses_it_at_once_and_the_owner_is_asked(world: World) -> None:
    consent = world.sign(recipient=world.bea)
    row = world.sent(to=world.bea)
    world.revoke(consent)
    assert world.seen(world.bea, row) is None
    with pytest.raises(NotVisible):
        world.say(world.bea, row, State.ACCEPTED)
    event = ConsentChanged(consent_id=consent, holder_id=world.dana.agency_id, identity_id=world.mother)
    tasks.consent_changed(event)
    tasks.consent_changed(event)
    assert world.owed(world.bea) == []
    assert world.owed(world.dana) == ["REFERRAL_CONSENT_ENDED"]
    back = world.sign(recipient=world.bea)
    tasks.consent_changed(ConsentChanged(consent_id=back, holder_id=world.dana.agency_id, identity_id=world.mother))
    assert (world.owed(world.dana), world.owed(world.bea)) == (["REFERRAL_WAITING"], ["REFERRAL_ANSWER"])


def test_a_reminder_reaches_no_agency_that_lost_sight(world: World) -> None:
    consent = world.sign(recipient=world.bea)
    world.sent(to=world.bea)
    world.revoke(consent)
    tasks.consent_changed(ConsentChanged(consent_id=consent, holder_id=world.dana.agency_id, identity_id=world.mother))
    tasks.run(at=world.at + timedelta(days=6))
    assert world.owed(world.bea) == []


def test_each_step_leaves_an_audit_row_without_words(world: World) -> None:
    row = world.sent(kind=Kind.LOGGED, note="Ground floor")
    with acting_as(viewer(world.dana)):
        rows = list(AuditRow.objects.filter(object_id=row.pk).order_by("at", "action"))
    assert {r.action for r in rows} == {"plans.referral_drafted", "plans.referral_moved"}
    assert "Ground floor" not in str([r.detail for r in rows])


def test_the_inbox_holds_what_was_asked_of_this_agency_and_nothing_else(world: World) -> None:
    world.sign(recipient=world.bea)
    row = world.sent(to=world.bea)

    def heap(who: Membership, group: queries.Group) -> list[UUID]:
        by = viewer(who)
        with acting_as(by):
            return [r.pk for r in queries.inbox(viewer=by, group=group).object_list]

    assert heap(world.bea, queries.Group.NEW) == [row.pk]
    assert heap(world.out, queries.Group.NEW) == []
    assert heap(world.dana, queries.Group.NEW) == []
    world.say(world.bea, row, State.WAITLISTED)
    assert heap(world.bea, queries.Group.WAITING) == [row.pk]
