"""A referral fails only after the pack's tries on as many days; and how she gets to know whom she is sent to is written down and read there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from html import unescape
from types import SimpleNamespace

import pytest
from django.test import Client
from tests.factories.agencies import viewer
from tests.integration.referrals.conftest import World

from careloom.infra.access import acting_as
from careloom.infra.packs import current_pack
from careloom.kernel.referral import Kind, Reason, State
from careloom.plans.models import Referral, ReferralEvent
from careloom.plans.referrals import actions
from careloom.plans.referrals.answers import Answer, Moved

DAY = timedelta(days=1)
TOLD = "Bea comes along to my visit on Monday and meets her in person"


def page(who: object, referral: Referral) -> str:
    client = Client()
    client.force_login(who.worker.user)  # type: ignore[attr-defined]
    answer = client.get(f"/plans/referrals/{referral.pk}/")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def nobody(world: World, referral: Referral, *, days: int, key: str) -> Moved:
    by = viewer(world.dana)
    with acting_as(by):
        answer = Answer(state=State.FAILED, reason=Reason.NO_CONTACT)
        done = actions.move_referral(by=by, at=world.at + days * DAY, referral_id=referral.pk, answer=answer, request_key=key)
    assert isinstance(done, Moved), done
    return done


def test_a_referral_stays_open_until_somebody_tried_on_as_many_days_as_the_pack_says(world: World) -> None:
    referral = world.sent(kind=Kind.LOGGED)
    assert current_pack().following.referral_tries == 3
    assert nobody(world, referral, days=0, key="a").tries == 1
    assert nobody(world, referral, days=0, key="b").tries == 1  # a second call on one day is no second try
    assert world.state(referral) == State.REQUESTED
    assert "REFERRAL_CALL" in world.owed(world.dana)  # the next try has an owner and a day
    assert "Tried, nobody was reached" in page(world.dana, referral)
    assert nobody(world, referral, days=1, key="c").tries == 2
    assert nobody(world, referral, days=2, key="d").tries == 0
    assert world.state(referral) == State.FAILED
    assert "REFERRAL_NEXT" in world.owed(world.dana)


def test_tries_are_counted_anew_after_it_was_opened_again_and_one_form_counts_once(world: World) -> None:
    referral = world.sent(kind=Kind.LOGGED)
    for day, key in enumerate("abc"):
        nobody(world, referral, days=day, key=key)
    by = viewer(world.dana)
    with acting_as(by):
        opened = Answer(state=State.REOPENED, reason=Reason.DID_NOT_HELP)
        assert isinstance(actions.move_referral(by=by, at=world.at + 3 * DAY, referral_id=referral.pk, answer=opened, request_key="o"), Moved)
    assert nobody(world, referral, days=4, key="e").tries == 1
    nobody(world, referral, days=4, key="e")
    with acting_as(by):
        assert ReferralEvent.objects.filter(referral_id=referral.pk, reason=Reason.NO_CONTACT, at__gt=world.at + 3 * DAY).count() == 1


def test_a_jurisdiction_may_ask_for_another_number(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = current_pack()
    once = SimpleNamespace(following=replace(pack.following, referral_tries=1))
    monkeypatch.setattr("careloom.plans.referrals.steps.current_pack", lambda: once)
    referral = world.sent(kind=Kind.LOGGED)
    assert nobody(world, referral, days=0, key="a").tries == 0
    assert world.state(referral) == State.FAILED


def test_the_screen_says_which_try_it_was(world: World) -> None:
    referral = world.sent(kind=Kind.LOGGED)
    client = Client()
    client.force_login(world.dana.worker.user)
    path = f"/plans/referrals/{referral.pk}/move/failed/"
    key = client.get(path).context["form"]["request_key"].value()
    answer = client.post(path, {"request_key": key, "note": ""}, follow=True)
    assert "Try 1 of 3 is written down." in unescape(answer.content.decode())


def test_how_she_gets_to_know_them_is_read_by_both_sides(world: World) -> None:
    world.sign(recipient=world.bea)
    referral = world.sent(to=world.bea, hand_off=TOLD)
    for reader in (world.dana, world.bea):
        text = page(reader, referral)
        assert "Warm hand-off" in text
        assert TOLD in text


def test_a_hand_off_that_tells_of_treatment_lies_where_only_that_consent_reaches(world: World) -> None:
    world.sign(recipient=world.bea, information=("posc.plan_core", "posc.referral_status"))
    done = world.send(to=world.bea, hand_off="They meet at the methadone clinic")
    with acting_as(viewer(world.dana)):
        assert Referral.objects.get().category == "posc.plan_part2_segment"
    assert world.seen(world.bea, done.referral) is None  # type: ignore[union-attr]
