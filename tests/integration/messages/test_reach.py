"""How she may be reached: one place decides, the strictest holds, every sender keeps to it, and a program says what it does in danger."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from tests.factories.agencies import a_worker, viewer
from tests.integration.portal.conftest import World
from tests.integration.portal.conftest import world as world

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.messages import actions, tasks
from careloom.messages.actions import ContactRules, NotSent
from careloom.messages.contact import Channel, Ways, ways_for
from careloom.messages.models import Message, SafeContact, UnsafeContact
from careloom.portal.actions.reminding import tell_of_message

FORM = {"ways": ["text", "call"], "note": "", "says": ""}


def browser(who: Membership) -> Client:
    client = Client()
    client.force_login(who.worker.user)
    return client


def sends(world: World, **facts: object) -> Message | NotSent:
    by = world.coordinator
    told = {"sentence": "TEAM_WROTE", "address": "555-0164", "language": "en", "request_key": uuid4().hex} | facts
    with acting_as(by):
        return actions.send(by=by, at=clock.now(), identity_id=world.mother, **told)  # type: ignore[arg-type]


def keep(world: World, **rules: object) -> None:
    by = world.coordinator
    with acting_as(by):
        actions.put_safe_contact(by=by, at=clock.now(), identity_id=world.mother, rules=ContactRules(**rules))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ways", "channel", "why"),
    [
        (Ways(), Channel.SMS, ""), (Ways(), Channel.VOICEMAIL, "NOT_ALLOWED"), (Ways(), Channel.MAIL, "NOT_ALLOWED"),
        (Ways(may_text=False), Channel.SMS, "NOT_ALLOWED"), (Ways(may_call=False), Channel.CALL, "NOT_ALLOWED"),
        (Ways(from_hour=time(9), to_hour=time(10)), Channel.SMS, "OUTSIDE_HOURS"), (Ways(from_hour=time(22), to_hour=time(13)), Channel.CALL, ""),
        (Ways(may_mail=True, from_hour=time(9), to_hour=time(10)), Channel.MAIL, ""),
    ],
)  # fmt: skip
def test_each_way_is_asked_for_itself(ways: Ways, channel: Channel, why: str) -> None:
    noon = datetime(2026, 6, 1, 12, tzinfo=clock.zone(settings.TIME_ZONE)).astimezone(UTC)
    assert ways.refusal(channel=channel, at=noon, address="555-0100") == why
    assert ways.refusal(channel=channel, at=noon, address="") == "NO_ADDRESS"


def test_a_worker_writes_it_down_and_senders_and_screens_keep_to_it(world: World) -> None:
    dana = browser(world.dana)
    path = f"/messages/of/{world.mother}/reach/"
    assert dana.post(path, FORM | {"ways": ["call"], "note": "Ring twice."}).status_code == 302
    assert sends(world) == NotSent(because="NOT_ALLOWED")
    for page in (path, f"/families/{world.mother}/"):
        assert "Ring twice." in dana.get(page).content.decode()
    assert browser(world.nurse).get(path).status_code == 404
    assert browser(world.nurse).post(path, FORM).status_code == 404


def test_somebody_who_may_listen_makes_every_way_narrower_and_no_form_opens_why(world: World) -> None:
    dana = browser(world.dana)
    told = {"ways": ["text", "call", "voicemail", "mail"], "shared_phone": "on", "unsafe": "on", "says": "Her partner reads her phone."}
    assert dana.post(f"/messages/of/{world.mother}/reach/", FORM | told).status_code == 302
    with acting_as(world.coordinator):
        ways = ways_for(viewer=world.coordinator, identity_id=world.mother)
        assert UnsafeContact.objects.get().category == "dv.victim_record"
    assert (ways.may_text, ways.may_call, ways.may_leave_voicemail, ways.may_mail, ways.careful) == (False, True, False, False, True)
    assert "Ask first whether she can talk" in dana.get(f"/families/{world.mother}/").content.decode()
    with acting_as(viewer(world.bea)):
        assert not UnsafeContact.objects.exists()
    # She takes it back: the old answer holds again.
    dana.post(f"/messages/of/{world.mother}/reach/", FORM | {"ways": ["text", "voicemail"]})
    with acting_as(world.coordinator):
        assert ways_for(viewer=world.coordinator, identity_id=world.mother).may_leave_voicemail


def test_what_she_says_on_her_own_pages_holds_for_those_who_keep_her_plan(world: World) -> None:
    phone = world.signed_in()
    keep(world, may_text=True)
    form = {"ways": ["call"], "shared_phone": "on", "from_hour": "09:00", "to_hour": "12:00", "unsafe": "on"}
    assert phone.post("/my/reach/", form).status_code == 302
    assert sends(world) == NotSent(because="NOT_ALLOWED")
    page = phone.get("/my/reach/").content.decode()
    assert 'value="09:00"' in page
    with acting_as(world.her().viewer):
        assert SafeContact.objects.get(holder_id=world.her().principal.pk).provenance == "self_reported"


def test_a_role_that_cannot_open_the_reason_gets_the_same_answer(world: World) -> None:
    dana = browser(world.dana)
    dana.post(f"/messages/of/{world.mother}/reach/", FORM | {"unsafe": "on", "ways": ["voicemail"]})
    officer = viewer(a_worker(Role.PRIVACY_OFFICER, agency=world.riverbend))
    with acting_as(officer):
        assert not UnsafeContact.objects.exists()
        assert not ways_for(viewer=officer, identity_id=world.mother).may_leave_voicemail


def test_outside_her_hours_it_waits_and_goes_out_once_when_they_begin(world: World) -> None:
    world.invite()
    local = clock.now().astimezone(clock.zone(settings.TIME_ZONE))
    begins = (local + timedelta(hours=2)).replace(minute=0, second=0, microsecond=0)
    keep(world, from_hour=begins.time(), to_hour=(begins + timedelta(hours=1)).time())
    waiting = tell_of_message(identity_id=world.mother, at=clock.now(), request_key="wrote:1")
    assert isinstance(waiting, Message)
    assert (waiting.sent_at, waiting.wait_until) == (None, begins.astimezone(UTC))
    assert tasks.run(at=clock.now()) == 0
    with clock.at(begins.astimezone(UTC) + timedelta(minutes=5)):
        assert [tasks.run(at=clock.now()) for _ in range(2)] == [1, 0]


def test_what_she_said_since_counts_when_it_is_sent(world: World) -> None:
    world.invite()
    local = clock.now().astimezone(clock.zone(settings.TIME_ZONE))
    begins = (local + timedelta(hours=2)).replace(minute=0, second=0, microsecond=0)
    keep(world, from_hour=begins.time(), to_hour=(begins + timedelta(hours=1)).time())
    tell_of_message(identity_id=world.mother, at=clock.now(), request_key="wrote:2")
    keep(world, may_text=False)
    assert tasks.run(at=begins.astimezone(UTC) + timedelta(minutes=5)) == 0
    job = system(System.JOB, holder_id=world.riverbend.pk)
    with acting_as(job):
        assert Message.objects.get(request_key="wrote:2").failed_because == "NOT_ALLOWED"


def test_a_program_says_what_it_does_in_danger_and_two_who_write_see_each_other(world: World) -> None:
    admin, dana = browser(a_worker(Role.AGENCY_ADMIN, agency=world.riverbend)), browser(world.dana)
    kept = {"text": "Stay with her. Call the hotline together.", "call_first": "Your supervisor", "row_version": "0"}
    assert dana.post("/messages/safety/", kept).status_code == 404
    assert admin.post("/messages/safety/", kept).status_code == 302
    for page in ("/messages/safety/", f"/messages/of/{world.mother}/reach/"):
        assert "Stay with her. Call the hotline together." in dana.get(page).content.decode()
    late = admin.post("/messages/safety/", kept | {"text": "Another text."})
    assert late.status_code == 409
    assert "Stay with her." in late.content.decode()
    assert "Another text." in late.content.decode()
    assert browser(world.bea).get("/messages/safety/").content.decode().count("Stay with her.") == 0
