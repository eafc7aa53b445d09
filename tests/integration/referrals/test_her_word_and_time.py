"""Her own word on a referral, what time does to it, and what happens when she stops sharing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.factories.agencies import viewer
from tests.integration.referrals.conftest import World

from careloom.agencies.models import Membership
from careloom.infra import clock
from careloom.infra.access import NotVisible, acting_as
from careloom.infra.audit.models import AuditRow
from careloom.kernel.events import ConsentChanged
from careloom.kernel.referral import Help, Kind, Outcome, Reason, State
from careloom.plans.models import Referral, ReferralEvent
from careloom.plans.referrals import actions, queries, tasks
from careloom.plans.referrals.answers import Moved, Refused, Why
from careloom.work.models import Obligation

pytestmark = pytest.mark.django_db


def _hers(world: World, referral: Referral, helped: Help, *, key: str = "h", words: str = "") -> Moved:
    by = viewer(world.dana)
    with acting_as(by):
        done = actions.family_answer(by=by, at=world.at, referral_id=referral.pk, helped=helped, request_key=key, words=words)
    assert isinstance(done, Moved), done
    return done


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


def test_what_stays_late_does_not_keep_others_from_their_reminder(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "A_TIME", 2)
    rows = [world.sent(kind=Kind.LOGGED, key=f"k{number}") for number in range(5)]
    assert tasks.run(at=world.at + timedelta(days=6)) == 5
    with acting_as(viewer(world.dana)):
        told = Obligation.objects.filter(kind="REFERRAL_NO_ANSWER").values_list("about_id", flat=True)
        assert set(told) == {row.pk for row in rows}


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


def test_the_end_of_a_consent_is_joined_to_the_referrals(world: World, django_capture_on_commit_callbacks: Callable[..., Any]) -> None:
    consent = world.sign(recipient=world.bea)
    world.sent(to=world.bea)
    with django_capture_on_commit_callbacks(execute=True):
        world.revoke(consent)
    assert (world.owed(world.dana), world.owed(world.bea)) == (["REFERRAL_CONSENT_ENDED"], [])
