"""An agency that reads the plan which she shares may have a link sent to her own phone, and learns nothing from it (J1.11)."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.factories.agencies import viewer
from tests.integration.portal.conftest import PIN, World

from careloom.infra.access import System, acting_as, system
from careloom.messages.models import Message


@pytest.fixture
def texts(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """The text messages that left: to which number, and what they say."""
    left: list[tuple[str, str]] = []

    class Carrier:
        def send(self, *, channel: str, address: str, text: str) -> None:
            left.append((address, text))

    monkeypatch.setattr("careloom.messages.actions.sending.provider", Carrier)
    return left


def ask(world: World) -> str:
    """Bea, who reads the plan, asks for the link; the words that she is told."""
    desk = Client()
    desk.force_login(world.bea.worker.user)
    answer = desk.post(f"/my/invite/{world.mother}/", {"request_key": "once"}, follow=True)
    assert answer.status_code == 200
    told = re.search(r"If she has a page of her own[^<]*", answer.content.decode())
    assert told
    return told[0]


def test_the_link_goes_to_the_phone_of_her_own_page_and_opens_it(
    world: World, texts: list[tuple[str, str]], django_capture_on_commit_callbacks: object
) -> None:
    world.her()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        ask(world)
    ((address, text),) = texts
    assert address == "555-0164"
    phone = Client()
    world.open_link(phone, re.findall(r"/my/in/\S+", text)[0])
    phone.post("/my/sign-in/", {"pin": PIN})
    assert "A door I can lock." in phone.get("/my/").content.decode()
    with acting_as(viewer(world.bea)):
        assert not Message.objects.filter(holder_id=world.harbor.pk).exists()
    with acting_as(system(System.JOB, holder_id=world.riverbend.pk)):
        assert Message.objects.filter(holder_id=world.riverbend.pk, sentence="SIGN_IN").exists()


def test_the_answer_is_the_same_where_she_has_no_page(world: World, texts: list[tuple[str, str]]) -> None:
    without = ask(world)
    world.her()
    assert ask(world) == without
    assert texts == []


def test_who_does_not_see_her_plan_finds_no_such_page(world: World) -> None:
    stranger = Client()
    stranger.force_login(world.nurse.worker.user)
    for answer in (stranger.get(f"/my/invite/{world.mother}/"), stranger.post(f"/my/invite/{world.mother}/", {"request_key": "once"})):
        assert answer.status_code == 404
