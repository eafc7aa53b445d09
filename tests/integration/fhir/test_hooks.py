"""A system is told of what changed and it may read: signed, once or more, never of what is hidden; nothing is lost when a call or the worker dies."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from tests.factories.agencies import an_agency, viewer
from tests.factories.fhir import System, a_system, an_administrator
from tests.factories.plans import a_key
from tests.integration.fhir.hooked import Receiver, a_receiver, documented_check
from tests.integration.fhir.loop import Loop

from careloom.agencies.roles import Role
from careloom.fhir.hooks import actions, calling, guard, work
from careloom.fhir.hooks.events import EVENTS, hear
from careloom.fhir.hooks.guard import NotCalled, checked
from careloom.fhir.hooks.models import Delivery, Hook, Signal
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.answers import Refused
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.events import ReferralMoved
from careloom.kernel.referral import State

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def practice(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a county for practice: this machine may be called."""
    monkeypatch.setattr(guard, "practice", lambda: True)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with a_receiver() as found:
        yield found


def hooked(system: System, receiver: Receiver, *events: str) -> actions.Made:
    by = viewer(an_administrator(system.row.agency))
    with acting_as(by):
        made = actions.tell(
            client_id=system.row.pk, url=receiver.url, events=events or tuple(EVENTS), base="http://testserver/fhir", by=by, at=clock.now(),
            request_key=a_key(),
        )  # fmt: skip
    assert isinstance(made, actions.Made), made
    return made


def moved(loop: Loop) -> None:
    """The referral goes a step on; what that says is heard as the outbox hands it on."""
    loop.world.say(loop.world.bea, loop.row, State.ACCEPTED)
    hear(ReferralMoved(referral_id=loop.row.pk, holder_id=loop.row.holder_id, identity_id=loop.row.identity_id, state="ACCEPTED"))


def run(*, after: timedelta = timedelta(0)) -> int:
    at = clock.now() + after
    return work.work(now=lambda: at)


def test_it_is_told_by_id_and_signed_and_reads_the_rest_itself(loop: Loop, receiver: Receiver) -> None:
    made = hooked(loop.system, receiver)
    moved(loop)
    assert run() == 1
    ((headers, body),) = receiver.came
    told = json.loads(body)
    assert (told["type"], told["data"]["resource"]) == ("referral.changed", loop.path)
    assert loop.system.read(told["data"]["url"])["status"] == "accepted"
    check, now = documented_check(), clock.now().timestamp()
    assert check(headers, body, made.secret, now)
    assert not check(headers, body + b" ", made.secret, now)
    assert not check(headers, body, made.secret, now + 3600)
    assert not check(headers | {"webhook-id": "another"}, body, made.secret, now)
    assert run() == 0, "what was taken is not sent again"


def test_nothing_of_anybody_is_sent(loop: Loop, receiver: Receiver) -> None:
    hooked(loop.system, receiver)
    moved(loop)
    run()
    sent = json.loads(receiver.came[0][1])
    assert sent.keys() == {"type", "timestamp", "data"}
    assert sent["data"].keys() == {"resource", "url"}
    assert Signal.objects.count() == 0


def test_who_may_not_read_it_is_told_nothing_and_keeps_nothing(loop: Loop, receiver: Receiver) -> None:
    stranger = a_system(an_agency(kind=AgencyKind.CPS_AGENCY), role=Role.SUPERVISOR)
    hooked(stranger, receiver)
    moved(loop)
    assert run() == 0
    assert (receiver.came, Delivery.objects.count(), Signal.objects.count()) == ([], 0, 0)


def test_when_the_consent_ends_before_the_call_nothing_is_sent(loop: Loop, receiver: Receiver) -> None:
    """The pair: the one that was sent while it stood."""
    hooked(loop.system, receiver)
    moved(loop)
    receiver.answers = [500]
    assert run() == 1
    loop.end_consents()
    assert loop.system.get(loop.path).status_code == 404
    run(after=timedelta(hours=1))
    assert (len(receiver.came), Delivery.objects.count()) == (1, 0)


def test_what_fails_is_sent_again_with_the_same_id_and_then_given_up(loop: Loop, receiver: Receiver) -> None:
    made = hooked(loop.system, receiver)
    moved(loop)
    receiver.answers = [500, 301, 404]
    calls = [run(after=timedelta(minutes=minutes)) for minutes in (0, 0.5, 2, 10, 60)]
    assert calls == [1, 0, 1, 1, 1]
    assert len({headers["webhook-id"] for headers, _ in receiver.came}) == 1
    assert Delivery.objects.get().answer == "200"
    hear(ReferralMoved(referral_id=loop.row.pk, holder_id=loop.row.holder_id, identity_id=loop.row.identity_id, state="X"))
    receiver.answers = [500] * 20
    for day in range(12):
        Hook.objects.filter(pk=made.hook.pk).update(paused_at=None, failing_since=None)
        run(after=timedelta(days=1 + day))
    row = Delivery.objects.get(sent_at=None)
    assert row.dead_at is not None
    by = viewer(an_administrator(loop.system.row.agency))
    with acting_as(by):
        actions.send_again(client_id=loop.system.row.pk, delivery_id=row.pk, by=by, at=clock.now())
    receiver.answers = []
    assert run() == 1
    assert Delivery.objects.filter(sent_at=None).count() == 0


def test_a_worker_that_dies_in_the_call_sends_again(loop: Loop, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    hooked(loop.system, receiver)
    moved(loop)

    def dies(*args: Any, **named: Any) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(work, "call", dies)
    with pytest.raises(KeyboardInterrupt):
        run()
    monkeypatch.undo()
    monkeypatch.setattr(guard, "practice", lambda: True)
    assert run() == 0, "not at once"
    assert run(after=timedelta(minutes=2)) == 1
    assert len(receiver.came) == 1


def test_changes_of_one_thing_that_wait_are_told_once(loop: Loop, receiver: Receiver) -> None:
    hooked(loop.system, receiver)
    for _ in range(3):
        hear(ReferralMoved(referral_id=loop.row.pk, holder_id=loop.row.holder_id, identity_id=loop.row.identity_id, state="X"))
    assert run() == 1


def test_gone_pauses_and_three_days_of_failures_do(loop: Loop, receiver: Receiver) -> None:
    made = hooked(loop.system, receiver)
    moved(loop)
    receiver.answers = [410]
    run()
    assert Hook.objects.get(pk=made.hook.pk).paused_at is not None
    assert run(after=timedelta(hours=1)) == 0
    by = viewer(an_administrator(loop.system.row.agency))
    with acting_as(by):
        actions.go_on(client_id=loop.system.row.pk, by=by, at=clock.now())
    receiver.answers = [500] * 9
    run()
    run(after=timedelta(days=4))
    assert Hook.objects.get(pk=made.hook.pk).paused_at is not None


def test_a_receiver_that_drips_holds_the_worker_no_longer_than_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calling, "SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            held, _ = server.accept()
            with held, suppress(OSError):
                for _ in range(200):
                    held.sendall(b"H")
                    time.sleep(0.1)

        threading.Thread(target=drip, daemon=True).start()
        begun = time.monotonic()
        assert calling.call(f"http://127.0.0.1:{server.getsockname()[1]}/", body=b"{}", headers={}) in {"TIME", "NETWORK"}
        assert time.monotonic() - begun < 10, "twenty seconds of dripping"


def test_two_secrets_sign_for_a_day(loop: Loop, receiver: Receiver) -> None:
    made = hooked(loop.system, receiver)
    by = viewer(an_administrator(loop.system.row.agency))
    with acting_as(by):
        newer = actions.rotate(client_id=loop.system.row.pk, by=by, at=clock.now())
    moved(loop)
    run()
    (headers, body), check, now = receiver.came[0], documented_check(), clock.now().timestamp()
    assert check(headers, body, made.secret, now)
    assert check(headers, body, newer.secret, now)
    hear(ReferralMoved(referral_id=loop.row.pk, holder_id=loop.row.holder_id, identity_id=loop.row.identity_id, state="X"))
    run(after=timedelta(days=2))
    headers, body = receiver.came[-1]
    assert not check(headers, body, made.secret, int(headers["webhook-timestamp"]))
    assert check(headers, body, newer.secret, int(headers["webhook-timestamp"]))


def test_a_system_whose_access_ended_is_told_nothing(loop: Loop, receiver: Receiver) -> None:
    hooked(loop.system, receiver)
    moved(loop)
    loop.system.row.revoked_at = clock.now()
    loop.system.row.save(update_fields=["revoked_at"])
    assert (run(), Delivery.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("url", "number", "code"),
    [
        ("http://hooks.example.org/", "93.184.216.34", "SCHEME"), ("ftp://hooks.example.org/", "93.184.216.34", "SCHEME"),
        ("https:///x", "", "FORM"), ("https://a:b@hooks.example.org/", "", "FORM"), ("https://hooks.example.org:x/", "", "FORM"),
        ("https://hooks.example.org/ a", "", "FORM"), ("https://hooks.example.org/#a", "", "FORM"), ("https://höoks.example/", "", "FORM"),
        *(
            ("https://hooks.example.org/", number, "INSIDE")
            for number in (
                "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.5.5", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "::1", "fe80::1%eth0",
                "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::1", "255.255.255.255",
            )
        ),
    ],
)  # fmt: skip
def test_addresses_that_are_not_called(monkeypatch: pytest.MonkeyPatch, url: str, number: str, code: str) -> None:
    monkeypatch.setattr(guard, "practice", lambda: False)
    family = [(0, 0, 0, "", (number, 443))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *args, **named: [(0, 0, 0, "", ("93.184.216.34", 443)), *family])
    with pytest.raises(NotCalled) as refused:
        checked(url)
    assert refused.value.code == code


def test_the_number_that_was_checked_is_the_one_that_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name server that answers otherwise the second time (DNS rebinding) changes nothing."""
    monkeypatch.setattr(guard, "practice", lambda: False)
    answers = iter([[(0, 0, 0, "", ("93.184.216.34", 443))], [(0, 0, 0, "", ("127.0.0.1", 443))]])
    monkeypatch.setattr("socket.getaddrinfo", lambda *args, **named: next(answers))
    called: list[tuple[str, int]] = []

    def connect(where: tuple[str, int], timeout: float) -> Any:
        called.append(where)
        raise ConnectionRefusedError

    monkeypatch.setattr("socket.create_connection", connect)
    assert work.call("https://hooks.example.org/", body=b"", headers={}) == "NETWORK"
    assert called == [("93.184.216.34", 443)]


def test_what_it_may_not_read_it_is_not_told_of(loop: Loop, receiver: Receiver) -> None:
    reads_plans = a_system(loop.world.bea.agency, role=Role.HOME_VISITOR, scopes=["system/CarePlan.rs"])
    by = viewer(an_administrator(loop.world.bea.agency))
    with acting_as(by):
        for events in ((), ("referral.changed",), ("nothing",)):
            done = actions.tell(client_id=reads_plans.row.pk, url=receiver.url, events=events, base="x", by=by, at=clock.now(), request_key=a_key())
            assert isinstance(done, Refused)
