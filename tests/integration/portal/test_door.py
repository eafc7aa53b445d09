"""The link opens once, the PIN has five tries, the session is short, and whoever may not come in learns nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.test import Client, override_settings
from tests.factories.agencies import viewer
from tests.integration.portal.conftest import PIN, World

from careloom.infra import clock
from careloom.infra.access import NotVisible, System, acting_as, system
from careloom.messages.actions import ContactRules, NotSent, put_safe_contact
from careloom.messages.models import Message
from careloom.plans.actions import add_need
from careloom.plans.models import Need
from careloom.portal import actions, door
from careloom.portal.actions import PinAnswer, Refused
from careloom.portal.models import PortalDoor, PortalLink


def body(client: Client, path: str = "/my/sign-in/") -> str:
    text = client.get(path).content.decode()
    return re.sub(r'(csrfmiddlewaretoken" value|data-csrf|name="next" value)="[^"]*"', "", text)


def test_a_link_opens_once(world: World) -> None:
    path = world.invite().path
    one, two = Client(), Client()
    assert "PIN" in one.post(path, follow=True).content.decode()
    two.post(path)
    assert body(two) == body(Client())


def test_looking_at_a_link_does_not_use_it_up(world: World) -> None:
    path = world.invite().path
    assert Client().get(path).status_code == 200
    phone = Client()
    phone.post(path)
    assert body(phone) != body(Client())


def test_a_late_link_opens_nothing(world: World) -> None:
    path, phone = world.invite().path, Client()
    with clock.at(clock.now() + timedelta(minutes=16)):
        phone.post(path)
        assert body(phone) == body(Client())


def test_a_new_link_ends_the_one_before(world: World) -> None:
    first = world.invite().path
    world.invite()
    phone = Client()
    phone.post(first)
    assert body(phone) == body(Client())


def test_every_link_page_is_the_same(world: World) -> None:
    assert body(Client(), world.invite().path) == body(Client(), "/my/in/nobody-has-this/")


def test_only_hashes_are_kept(world: World) -> None:
    token = world.invite().path.split("/")[3]
    with acting_as(system(System.SIGN_IN)):
        kept = PortalLink.objects.get(token_hash=door.digest(token))
    assert token not in str(vars(kept))


def test_she_sets_a_pin_and_is_in(world: World) -> None:
    phone = world.signed_in()
    answer = phone.get("/my/")
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Marisol" in answer.content.decode()


@pytest.mark.parametrize("weak", ["123456", "111111", "12ab56", "12345"])
def test_a_pin_that_others_guess_is_refused(world: World, weak: str) -> None:
    phone = Client()
    phone.post(world.invite().path)
    phone.post("/my/sign-in/", {"pin": weak, "again": weak})
    assert phone.get("/my/").status_code == 302


def test_five_wrong_pins_lock_and_the_locked_page_is_the_strangers_page(world: World) -> None:
    phone = world.signed_in()
    phone.post("/my/leave/")
    for _ in range(5):
        phone.post("/my/sign-in/", {"pin": "590284"})
    assert phone.post("/my/sign-in/", {"pin": PIN}).status_code == 200
    assert phone.get("/my/").status_code == 302
    assert body(phone) == body(Client())
    again = Client()
    again.post(world.invite().path)
    assert body(again) == body(Client())


def test_a_right_pin_takes_the_wrong_ones_back(world: World) -> None:
    her = world.her()
    for _ in range(4):
        actions.enter_pin(her=her, pin="590284", at=clock.now())
    assert actions.enter_pin(her=her, pin=PIN, at=clock.now())[0] is PinAnswer.OPEN
    assert actions.enter_pin(her=her, pin="590284", at=clock.now()) == (PinAnswer.WRONG, 4)


def test_a_pin_that_is_set_is_not_set_again(world: World) -> None:
    her = world.her()
    assert actions.set_pin(her=her, pin="736152", at=clock.now()) is PinAnswer.LOCKED


def test_ten_minutes_unused_end_her_session(world: World) -> None:
    phone, start = world.signed_in(), clock.now()
    with clock.at(start + timedelta(minutes=9)):
        assert phone.get("/my/").status_code == 200
    with clock.at(start + timedelta(minutes=18)):
        assert phone.get("/my/").status_code == 200
    with clock.at(start + timedelta(minutes=29)):
        answer = phone.get("/my/")
        assert (answer.status_code, answer.headers["Location"]) == (302, "/my/sign-in/")
        assert "PIN" in body(phone)


@pytest.mark.parametrize("method", ["get", "post"])
def test_leaving_fast_ends_the_session(world: World, method: str) -> None:
    phone = world.signed_in()
    answer = getattr(phone, method)("/my/leave/")
    assert answer.status_code in {204, 302}
    assert phone.get("/my/").headers["Location"] == "/my/sign-in/"


def test_a_worker_session_in_the_same_browser_stays(world: World) -> None:
    browser = Client()
    browser.force_login(world.dana.worker.user)
    browser.post(world.invite().path)
    browser.post("/my/sign-in/", {"pin": PIN, "again": PIN})
    assert browser.get("/my/").status_code == 200
    browser.post("/my/leave/")
    assert browser.get("/my/").status_code == 302
    assert browser.get("/me/").status_code == 200


def test_signing_out_and_forgetting_the_phone_needs_a_new_link(world: World) -> None:
    phone = world.signed_in()
    phone.post("/my/sign-out/", {"delete": "1"})
    assert body(phone) == body(Client())


def test_signing_out_leaves_the_pin_page_on_this_phone(world: World) -> None:
    phone = world.signed_in()
    phone.post("/my/sign-out/")
    assert body(phone) != body(Client())
    phone.post("/my/sign-in/", {"pin": PIN})
    assert phone.get("/my/").status_code == 200


def test_a_new_phone_warns_the_old_one(world: World) -> None:
    at_ten = clock.now()
    world.signed_in()
    her = world.her()
    with acting_as(system(System.JOB, holder_id=world.riverbend.pk)):
        before = Message.objects.filter(sentence="NEW_PHONE").count()
    new = Client()
    new.post(world.invite().path)
    new.post("/my/sign-in/", {"pin": PIN})
    with acting_as(system(System.JOB, holder_id=world.riverbend.pk)):
        warned = list(Message.objects.filter(sentence="NEW_PHONE", made_at__gte=at_ten))
    assert (before, [m.address for m in warned]) == (0, [her.person.phone])


def test_starting_again_in_person_ends_every_session(world: World) -> None:
    phone, by = world.signed_in(), world.coordinator
    her = world.her()
    with acting_as(by):
        assert actions.reset_access(by=by, at=clock.now(), person_id=her.person.pk) is True
    assert phone.get("/my/").status_code == 302
    assert body(phone) == body(Client())
    phone.post(world.invite().path)
    assert "Pick a PIN" in phone.get("/my/sign-in/", headers={"accept-language": "en"}).content.decode()


def test_another_agency_neither_invites_nor_resets(world: World) -> None:
    nurse, her = viewer(world.nurse), world.her()
    with acting_as(nurse), pytest.raises(NotVisible):
        actions.invite(by=nurse, at=clock.now(), identity_id=world.mother, language="en", request_key="x")
    with acting_as(nurse):
        assert actions.reset_access(by=nurse, at=clock.now(), person_id=her.person.pk) is False


def test_a_role_without_plan_writing_is_refused(world: World) -> None:
    by = replace(world.coordinator, permissions=frozenset())
    with acting_as(by):
        assert isinstance(actions.invite(by=by, at=clock.now(), identity_id=world.mother, language="en", request_key="x"), Refused)


def test_the_lock_is_no_agencys_to_read(world: World) -> None:
    world.her()
    with acting_as(world.coordinator):
        assert not PortalDoor.objects.exists()


@pytest.mark.parametrize(
    ("rules", "because"), [({"may_text": False}, "NOT_ALLOWED"), ({}, ""), ({"from_hour": "03:00", "to_hour": "03:01"}, "OUTSIDE_HOURS")]
)
def test_the_message_keeps_to_her_rules(world: World, rules: dict[str, object], because: str) -> None:
    by, values = world.coordinator, dict(rules)
    for key in ("from_hour", "to_hour"):
        if key in values:
            values[key] = time.fromisoformat(str(values[key]))
    with acting_as(by):
        put_safe_contact(by=by, at=clock.now(), identity_id=world.mother, rules=ContactRules(**values))  # type: ignore[arg-type]
    message = world.invite(by_text=True).message
    assert (message.because if isinstance(message, NotSent) else "") == because


def test_one_form_sent_twice_makes_one_link_and_one_message(world: World) -> None:
    key = str(uuid4())
    first, second = world.invite(request_key=key, by_text=True), world.invite(request_key=key, by_text=True)
    assert first.path
    assert second.path == ""
    with acting_as(world.coordinator):
        assert Message.objects.filter(sentence="SIGN_IN").count() == 1


def test_hidden_and_absent_are_one_page(world: World) -> None:
    """A need kept apart for safety exists and is not shown on a phone; a made-up id is not there. Both give the 404 page."""
    by = world.coordinator
    with acting_as(by):
        kept = add_need(by=by, at=clock.now(), plan_id=world.plan.pk, code="SAFETY_PLANNING", request_key="dv")
    assert isinstance(kept, Need)
    phone = world.signed_in()
    one, two = phone.get(f"/my/wants/{kept.pk}/"), phone.get(f"/my/wants/{uuid4()}/")
    assert (one.status_code, two.status_code) == (404, 404)
    assert body(phone, f"/my/wants/{kept.pk}/") == body(phone, f"/my/wants/{uuid4()}/")


def test_practice_doors_are_closed_in_a_live_world(world: World) -> None:
    her = world.her()
    assert Client().get("/my/demo/").status_code == 200
    phone = Client()
    phone.post("/my/demo/enter/", {"person": str(her.person.pk)})
    assert phone.get("/my/").status_code == 200
    with override_settings(CARELOOM_WORLD="live"):
        assert Client().get("/my/demo/").status_code == 404
        assert Client().post("/my/demo/enter/", {"person": str(her.person.pk)}).status_code == 404
