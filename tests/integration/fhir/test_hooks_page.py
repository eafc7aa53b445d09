"""The administrator's pages on telling: an address, a secret that is shown once, what was told, and each way to stop it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency
from tests.factories.fhir import an_administrator
from tests.integration.fhir.hooked import Receiver, a_receiver
from tests.integration.fhir.loop import Loop

from careloom.agencies.roles import Role
from careloom.fhir.hooks import guard, work
from careloom.fhir.hooks.events import hear
from careloom.fhir.hooks.models import Delivery, Hook
from careloom.infra import clock
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.events import ReferralMoved

pytestmark = pytest.mark.django_db
SignIn = Callable[[Any], Client]


@pytest.fixture(autouse=True)
def practice(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a county for practice: this machine may be called."""
    monkeypatch.setattr(guard, "practice", lambda: True)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with a_receiver() as found:
        yield found


@pytest.fixture
def admin(loop: Loop, sign_in: SignIn) -> Client:
    return sign_in(an_administrator(loop.world.bea.agency))


def form(url: str, **more: Any) -> dict[str, Any]:
    return {"url": url, "events": ["referral.changed"], "request_key": uuid4().hex} | more


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_from_the_address_to_the_list_of_what_was_told(loop: Loop, receiver: Receiver, admin: Client) -> None:
    place = f"/agency/systems/{loop.system.row.pk}"
    assert "Have it told" in text(admin.get(f"{place}/"))
    assert admin.get(f"{place}/changes/", follow=True).redirect_chain[0][0].endswith("/changes/address/")
    sent = form(receiver.url)
    first = admin.post(f"{place}/changes/address/", sent)
    (secret,) = re.findall(r"whsec_[A-Za-z0-9+/=]+", text(first))
    assert "no-store" in first.headers["Cache-Control"]
    # The same press again makes no second one and shows no secret.
    again = admin.post(f"{place}/changes/address/", sent, follow=True)
    assert "whsec_" not in text(again)
    assert Hook.objects.count() == 1
    assert secret not in str(list(Hook.objects.values()))
    hear(ReferralMoved(referral_id=loop.row.pk, holder_id=loop.row.holder_id, identity_id=loop.row.identity_id, state="X"))
    assert "Nothing yet." in text(admin.get(f"{place}/changes/"))
    work.work(now=clock.now)
    page = text(admin.get(f"{place}/changes/"))
    assert "A referral went a step on" in page
    assert "Taken" in page
    assert str(loop.row.pk) not in page, "the list says what kind of thing changed, and not which"
    newer = re.findall(r"whsec_[A-Za-z0-9+/=]+", text(admin.post(f"{place}/changes/secret/")))
    assert newer
    assert newer != [secret]


def test_pause_go_on_send_again_and_end(loop: Loop, receiver: Receiver, admin: Client) -> None:
    place = f"/agency/systems/{loop.system.row.pk}"
    admin.post(f"{place}/changes/address/", form(receiver.url))
    hear(ReferralMoved(referral_id=loop.row.pk, holder_id=loop.row.holder_id, identity_id=loop.row.identity_id, state="X"))
    assert "Paused since" in text(admin.post(f"{place}/changes/do/", {"what": "pause"}, follow=True))
    assert "Telling is paused" in text(admin.get("/agency/systems/"))
    work.work(now=clock.now)
    assert receiver.came == []
    admin.post(f"{place}/changes/do/", {"what": "go_on"})
    receiver.answers = [500]
    work.work(now=clock.now)
    assert "Waits for its next try. It answered 500." in text(admin.get(f"{place}/changes/"))
    Delivery.objects.update(dead_at=clock.now())
    page = text(admin.get(f"{place}/changes/"))
    assert "Given up. It answered 500." in page
    (which,) = re.findall(r'name="which" value="([^"]+)"', page)
    admin.post(f"{place}/changes/do/", {"what": "again", "which": which})
    work.work(now=clock.now)
    assert "Taken" in text(admin.get(f"{place}/changes/"))
    assert "Have it told" in text(admin.post(f"{place}/changes/do/", {"what": "end"}, follow=True))
    assert admin.post(f"{place}/changes/do/", {"what": "pause"}).status_code == 404


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://x.example/", "must begin with https"),
        ("https://a:b@x.example/", "not a whole address"),
        ("https://169.254.169.254/", "private network"),
    ],
)
def test_an_address_that_is_not_called_is_said_so(loop: Loop, admin: Client, url: str, words: str) -> None:
    answer = admin.post(f"/agency/systems/{loop.system.row.pk}/changes/address/", form(url))
    assert words in text(answer)
    assert url in text(answer), "nothing that was typed is lost"
    assert Hook.objects.count() == 0


def test_another_agency_and_another_role_find_nothing(loop: Loop, sign_in: SignIn, receiver: Receiver, admin: Client) -> None:
    place = f"/agency/systems/{loop.system.row.pk}/changes"
    admin.post(f"{place}/address/", form(receiver.url))
    for who in (an_administrator(an_agency(kind=AgencyKind.HOSPITAL)), a_worker(Role.HOME_VISITOR, agency=loop.world.bea.agency)):
        browser = sign_in(who)
        for path in ("/", "/address/"):
            assert browser.get(f"{place}{path}").status_code in {403, 404}
        for path, data in (("/secret/", {}), ("/do/", {"what": "end"}), ("/address/", form(receiver.url))):
            assert browser.post(f"{place}{path}", data).status_code in {403, 404}
    assert Hook.objects.get().ended_at is None


def test_what_was_sent_wrongly_is_not_found(loop: Loop, receiver: Receiver, admin: Client) -> None:
    place = f"/agency/systems/{loop.system.row.pk}/changes/do/"
    admin.post(f"/agency/systems/{loop.system.row.pk}/changes/address/", form(receiver.url))
    for data in ({}, {"what": "x"}, {"what": "again", "which": "x"}):
        assert admin.post(place, data).status_code == 404
    assert admin.post(place, {"what": "again", "which": str(uuid4())}).status_code == 302
