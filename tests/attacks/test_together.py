"""Two at once, on two real connections: nothing is lost, nothing is made twice, and what was stopped is stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connections, transaction
from tests.databases import own_database
from tests.factories.agencies import viewer
from tests.factories.births import ANSWERED, a_birth, a_draft
from tests.factories.plans import EVERY_PURPOSE, PLAN, PlanWorld, a_key

from careloom.agencies.models import Membership
from careloom.consents.actions import Draft, Signature, Signed, revoke_consent, sign_consent
from careloom.consents.materialise import materialise
from careloom.consents.models import Consent
from careloom.infra import clock
from careloom.infra.access import Viewer, acting_as
from careloom.infra.access.models import Grant
from careloom.kernel.referral import Kind
from careloom.notifications.actions import Conflict as NotificationConflict
from careloom.notifications.actions import Sent, save_facts, send_notification
from careloom.notifications.facts import changed, from_json
from careloom.notifications.models import Notification, SealedOutgoing
from careloom.plans import actions
from careloom.plans.models import Goal, Need, PlanOfSafeCare, PlanVersion, Referral, Review
from careloom.plans.referrals.actions import send_referral
from careloom.plans.referrals.answers import Ask

pytestmark = [pytest.mark.slow]
Act = Callable[[], Any]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[PlanWorld]:
    """A database of its own that these tests commit to."""
    with own_database(django_db_blocker), django_db_blocker.unblock():
        yield PlanWorld()


def at_once(*acts: Act) -> list[Any]:
    """Run each act in a thread with a connection of its own, from the same moment; what each answered, or what it raised."""
    ready, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int, act: Act) -> None:
        ready.wait()
        try:
            answers[place] = act()
        except Exception as problem:
            answers[place] = problem
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not [a for a in answers if isinstance(a, Exception)], answers
    return answers


def acts_of(member: Membership | Viewer, act: Callable[[Viewer], Any]) -> Act:
    by = member if isinstance(member, Viewer) else viewer(member)

    def run() -> Any:
        with transaction.atomic(), acting_as(by):
            return act(by)

    return run


def read(by: Membership, ask: Callable[[], Any]) -> Any:
    return acts_of(by, lambda _: ask())()


def a_plan(world: PlanWorld) -> PlanOfSafeCare:
    with transaction.atomic():
        return world.a_plan(agreed=True)


def test_two_who_change_one_goal_both_keep_their_words(world: PlanWorld) -> None:
    plan = a_plan(world)
    goal = acts_of(world.dana, lambda by: actions.add_goal(by=by, at=world.at, plan_id=plan.pk, words="First", request_key=a_key()))()
    answers = at_once(*(
        acts_of(who, lambda by, w=words: actions.change_goal(by=by, at=clock.now(), goal_id=goal.pk, row_version=goal.row_version, words=w))
        for who, words in ((world.dana, "Dana wrote this"), (world.supervisor, "Sam wrote that"))
    ))  # fmt: skip
    (saved,) = [a for a in answers if isinstance(a, Goal)]
    (conflict,) = [a for a in answers if isinstance(a, actions.Conflict)]
    assert {conflict.mine["words"], conflict.theirs["words"]} == {"Dana wrote this", "Sam wrote that"}
    assert saved.words == conflict.theirs["words"]
    assert read(world.dana, lambda: Goal.objects.get(pk=goal.pk).words) == saved.words


def test_two_who_change_one_need_both_keep_their_words(world: PlanWorld) -> None:
    plan = a_plan(world)
    need = acts_of(world.dana, lambda by: actions.add_need(by=by, at=world.at, plan_id=plan.pk, code="HOUSING", request_key=a_key()))()
    answers = at_once(*(
        acts_of(who, lambda by, w=words: actions.change_need(by=by, at=clock.now(), need_id=need.pk, row_version=need.row_version, title=w))
        for who, words in ((world.dana, "A flat"), (world.supervisor, "A house"))
    ))  # fmt: skip
    assert sorted(type(a).__name__ for a in answers) == ["Conflict", "Need"]
    (conflict,) = [a for a in answers if isinstance(a, actions.Conflict)]
    assert {conflict.mine["title"], conflict.theirs["title"]} == {"A flat", "A house"}


def test_two_who_save_one_notification_are_told_of_each_other(world: PlanWorld) -> None:
    with transaction.atomic():
        row = a_draft(a_birth(world.maria), **ANSWERED)
    facts = from_json(row.facts)
    answers = at_once(*(
        acts_of(world.maria, lambda by, w=words: save_facts(
            by=by, at=clock.now(), notification_id=row.pk, facts=changed(facts, safety_words=w), row_version=row.row_version,
        ))
        for words in ("One", "Other")
    ))  # fmt: skip
    assert sorted(isinstance(a, NotificationConflict) for a in answers) == [False, True]
    (conflict,) = [a for a in answers if isinstance(a, NotificationConflict)]
    assert {conflict.mine.safety_words, from_json(conflict.theirs.facts).safety_words} == {"One", "Other"}


def test_a_notification_sent_twice_at_once_is_sent_once(world: PlanWorld) -> None:
    with transaction.atomic():
        row = a_draft(a_birth(world.maria), **ANSWERED)
    answers = at_once(*[acts_of(world.maria, lambda by: send_notification(by=by, at=clock.now(), notification_id=row.pk))] * 3)
    assert all(isinstance(a, Sent) for a in answers)
    assert len({a.receipts for a in answers}) == 1
    assert read(world.maria, lambda: Notification.objects.get(pk=row.pk).status) == "SENT"


def test_a_plan_started_twice_at_once_is_one(world: PlanWorld) -> None:
    with transaction.atomic():
        mother = world.a_mother()
    key, pregnancy = a_key(), mother
    start = acts_of(world.dana, lambda by: actions.start_plan(
        by=by, at=world.at, mother_id=mother, pregnancy_id=pregnancy, pack="columbia", request_key=key))  # fmt: skip
    answers = at_once(start, start, start)
    assert len({a.pk for a in answers}) == 1
    other = at_once(*(
        acts_of(world.dana, lambda by: actions.start_plan(
            by=by, at=world.at, mother_id=mother, pregnancy_id=pregnancy, pack="columbia", request_key=a_key()))
        for _ in range(2)
    ))  # fmt: skip
    assert all(isinstance(a, actions.Refused) for a in other)
    assert read(world.dana, lambda: PlanOfSafeCare.objects.filter(identity_id=mother).count()) == 1


def test_a_referral_sent_twice_at_once_is_one(world: PlanWorld) -> None:
    plan = a_plan(world)
    need = acts_of(world.dana, lambda by: actions.add_need(
        by=by, at=world.at, plan_id=plan.pk, code="HOUSING", her_choice="YES", request_key=a_key()))()  # fmt: skip
    key = a_key()
    ask = Ask(kind=Kind.LOGGED, organization="Hope Street")
    answers = at_once(*[acts_of(world.dana, lambda by: send_referral(by=by, at=clock.now(), need_id=need.pk, ask=ask, request_key=key))] * 3)
    assert len({a.referral.pk for a in answers}) == 1
    assert read(world.dana, lambda: Referral.objects.filter(need_id=need.pk).count()) == 1


def sign(world: PlanWorld, plan: PlanOfSafeCare, key: str) -> Act:
    draft = Draft(
        identity_id=plan.identity_id, subject_ids=(plan.identity_id,), kind="specific", discloser_ids=(plan.holder_id,),
        recipient_ids=(world.bea.agency_id,), information=PLAN, purposes=EVERY_PURPOSE, expires_on=clock.today() + timedelta(days=90),
    )  # fmt: skip
    signature = Signature(method="SCREEN", name="Practice Mother", explained_at=world.at)
    return acts_of(world.dana, lambda by: sign_consent(by=by, at=world.at, draft=draft, signature=signature, request_key=key))


def test_a_consent_signed_twice_at_once_is_one(world: PlanWorld) -> None:
    plan = a_plan(world)
    key = a_key()
    at_once(*[sign(world, plan, key)] * 3)
    assert read(world.dana, lambda: Consent.objects.filter(identity_id=plan.identity_id).count()) == 1
    grants = read(world.dana, lambda: list(Grant.objects.filter(identity_id=plan.identity_id, recipient_id=world.bea.agency_id)))
    assert len({(g.category, g.provenance, g.holder_id) for g in grants}) == len(grants)


def test_a_review_held_twice_at_once_makes_one_version(world: PlanWorld) -> None:
    plan = a_plan(world)
    review = read(world.dana, lambda: Review.objects.filter(plan_id=plan.pk, kind="REVIEW").order_by("due_on").first())
    key = a_key()
    before = read(world.dana, lambda: PlanVersion.objects.filter(plan_id=plan.pk).count())
    hold = acts_of(world.dana, lambda by: actions.hold_review(
        by=by, at=clock.now(), review_id=review.pk, held_at=clock.now(), mode="VISIT", request_key=key, summary="Held"))  # fmt: skip
    answers = at_once(hold, hold)
    assert any(isinstance(a, actions.ReviewHeld) for a in answers)
    assert read(world.dana, lambda: PlanVersion.objects.filter(plan_id=plan.pk).count()) == before + 1


def test_no_read_that_begins_after_the_stop_still_sees(world: PlanWorld) -> None:
    """She stops sharing while a reader reads in a loop: whatever began after the commit is empty."""
    plan = a_plan(world)
    signed = sign(world, plan, a_key())()
    assert isinstance(signed, Signed)
    look = acts_of(world.bea, lambda _: PlanOfSafeCare.objects.filter(pk=plan.pk).count())
    assert look() == 1
    stopped, late, early = threading.Event(), [], []

    def reader() -> None:
        for _ in range(4000):
            after = stopped.is_set()
            (late if after else early).append(look())
            if len(late) > 40:
                return

    def stop() -> None:
        while len(early) < 20:
            threading.Event().wait(0.001)
        done = acts_of(world.dana, lambda by: revoke_consent(by=by, at=clock.now(), consent_id=signed.consent.pk, how="SPOKEN"))()
        stopped.set()
        assert done

    at_once(reader, stop)
    assert early[:20] == [1] * 20
    assert set(late) == {0}


def test_a_stop_and_a_new_form_at_once_leave_only_what_stands(world: PlanWorld) -> None:
    """Whichever comes first: what may be read afterwards is what the forms in force say."""
    plan = a_plan(world)
    signed = sign(world, plan, a_key())()
    stop = acts_of(world.dana, lambda by: revoke_consent(by=by, at=clock.now(), consent_id=signed.consent.pk, how="SPOKEN"))
    at_once(stop, sign(world, plan, a_key()))
    standing = read(world.dana, lambda: set(Consent.objects.filter(identity_id=plan.identity_id, revoked_at=None).values_list("pk", flat=True)))
    theirs = {"identity_id": plan.identity_id, "recipient_id": world.bea.agency_id}
    live = read(world.dana, lambda: set(Grant.objects.filter(**theirs, valid_to__gt=clock.now()).values_list("instrument_id", flat=True)))
    assert live == standing


def test_a_need_and_a_stop_at_once_leave_no_grant_behind(world: PlanWorld) -> None:
    """A new kind of fact opens grants from the forms in force; a form that is stopped in the same moment is not one of them."""
    for _ in range(5):
        plan = a_plan(world)
        signed = sign(world, plan, a_key())()
        stop = acts_of(world.dana, lambda by, s=signed: revoke_consent(by=by, at=clock.now(), consent_id=s.consent.pk, how="SPOKEN"))
        add = acts_of(world.dana, lambda by, p=plan: send_a_logged_one(world, by, p))
        at_once(stop, add)
        live = read(world.dana, lambda p=plan: Grant.objects.filter(
            identity_id=p.identity_id, recipient_id=world.bea.agency_id, valid_to__gt=clock.now()).count())  # fmt: skip
        assert live == 0


def send_a_logged_one(world: PlanWorld, by: Viewer, plan: PlanOfSafeCare) -> None:
    """The first referral of a plan opens the segment of referrals."""
    need = actions.add_need(by=by, at=world.at, plan_id=plan.pk, code="HOUSING", her_choice="YES", request_key=a_key())
    assert isinstance(need, Need)
    send_referral(by=by, at=world.at, need_id=need.pk, ask=Ask(kind=Kind.LOGGED, organization="Hope Street"), request_key=a_key())


def test_two_who_write_about_mother_and_infant_in_other_orders_do_not_wait_for_each_other(world: PlanWorld) -> None:
    """One begins with the infant, the other with the mother; whoever is second waits from the beginning, and no database ends either."""
    with transaction.atomic():
        mother = world.a_mother()
        infant = world.an_infant(mother_id=mother)
    met = threading.Barrier(2)

    def one_after_another(*people: UUID) -> Act:
        def run() -> None:
            with transaction.atomic():
                materialise([people[0]])
                with suppress(threading.BrokenBarrierError):
                    met.wait(timeout=1.5)
                materialise([people[1]])

        return run

    at_once(one_after_another(mother, infant), one_after_another(infant, mother))


def test_nothing_waits_twice_in_the_batch(world: PlanWorld) -> None:
    """After all of the above each infant of a sent notification waits once."""
    from careloom.infra.access import System, system

    with transaction.atomic(), acting_as(system(System.JOB)):
        waiting = SealedOutgoing.objects.count()
    sent = read(world.maria, lambda: sum(len(n.infant_ids) for n in Notification.objects.filter(status="SENT")))
    assert waiting == sent
