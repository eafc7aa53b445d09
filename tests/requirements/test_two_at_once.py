"""Two who write on one thing of the rooms: the second sees what the first kept beside her own words, loses nothing, and decides."""

from __future__ import annotations

import re
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from tests.requirements.changing import House, drafted
from tests.requirements.conftest import SignIn
from tests.requirements.knowing import read
from tests.requirements.meeting_group import Group
from tests.requirements.test_structure_rows import browser, day, ruth, send

from careloom.partnership.models import Body, Charter, Partner, Seat

__all__ = ["browser", "ruth"]
pytestmark = pytest.mark.django_db


def late(client: Client, path: str, version: int, **facts: object) -> tuple[str, str]:
    """Send a form that was read before somebody else saved it: its words, and the version that it carries now."""
    answer = client.post(path, {"request_key": uuid4().hex, "version": str(version), **facts})
    shown = read(answer, 422)
    carried = re.search(r'name="version" value="(\d+)"', answer.content.decode())
    assert carried is not None
    assert "Somebody changed this meanwhile." in shown
    assert "How it stands now" in shown
    for one in facts.values():
        if isinstance(one, str) and len(one) > 12 and " " in one:
            assert one in unescape(answer.content.decode())
    return shown, carried[1]


def test_a_body_a_partner_and_a_seat_show_what_the_other_kept(browser: Client) -> None:
    group = Group(browser)
    path, told = f"{group.rooms}bodies/{group.body.pk}/edit/", {"name": group.body.name, "tier": "CORE", **day("starts_on")}
    send(browser, path, version="1", focus="Rides for each clinic", **told)
    shown, version = late(browser, path, 1, focus="Cribs for each home", quorum="3", **told)
    assert "Rides for each clinic" in shown
    assert version == "2"
    send(browser, path, version=version, focus="Rides and cribs", quorum="3", **told)
    assert Body.objects.get(pk=group.body.pk).focus == "Rides and cribs"

    path = f"{group.rooms}partners/{group.court.pk}/"
    told = {"name": group.court.name, "sectors": ["COURTS"], **day("joined_on")}
    send(browser, path, version="1", brings="A room with a door", **told)
    shown, version = late(browser, path, 1, brings="A judge for an hour", **told)
    assert "A room with a door" in shown
    assert Partner.objects.get(pk=group.court.pk).brings == "A room with a door"

    path = f"{group.rooms}seats/{group.ada.pk}/"
    told = {"name": group.ada.name, "partner_id": group.hospital.pk, **day("starts_on")}
    send(browser, path, version="1", office="CHAIR", **told)
    shown, version = late(browser, path, 1, office="MEMBER", expertise="Newborn care at night", **told)
    assert "Chair" in shown
    assert Seat.objects.get(pk=group.ada.pk).office == "CHAIR"


def test_a_charter_adopted_meanwhile_is_compared_and_then_followed_by_the_next_version(browser: Client) -> None:
    group = Group(browser)
    path, told = f"{group.rooms}bodies/{group.body.pk}/charter/", {"roles": "The hub writes.", "rule": "CONSENSUS", **day("adopted_on")}
    send(browser, path, version="1", processes="We meet each month.", **told)
    shown, version = late(browser, path, 1, processes="We meet each quarter.", **told)
    assert "We meet each month." in shown
    assert version == "2"
    send(browser, path, version=version, processes="We meet each quarter.", **told)
    assert list(Charter.objects.filter(body=group.body).order_by("version").values_list("version", flat=True)) == [1, 2, 3]


def test_the_words_of_guidance_are_not_written_over_unseen(sign_in: SignIn) -> None:
    house = House(sign_in)
    version = drafted(house, house.manager)
    path = house.at(f"guidance/version/{version.pk}/write/")
    send(house.manager, path, version="1", text="Ask each mother.", changed="")
    shown, carried = late(house.chair, path, 1, text="Ask each mother twice.", changed="")
    assert "Ask each mother." in shown
    assert carried == "2"
    version.refresh_from_db()
    assert version.text == "Ask each mother."
