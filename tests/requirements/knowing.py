"""What the tests of knowing each other share."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client
from tests.factories.agencies import a_worker, an_agency
from tests.requirements.conftest import SignIn
from tests.requirements.test_structure_rows import a_partner

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.partnership.models import Partner


def read(answer: HttpResponse, status: int = 200) -> str:
    """The words of a page."""
    assert answer.status_code == status, answer.status_code
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def refused(client: Client, path: str, **facts: object) -> str:
    """Send a form that is not right; the words of the page that says so."""
    return read(client.post(path, {"request_key": uuid4().hex, "version": "0", **facts}), 422)


class Hospital:
    """A partner that works in Careloom, with a member who signs in."""

    def __init__(self, coordinator: Client, rooms: str, sign_in: SignIn, *sectors: str) -> None:
        agency = an_agency(name=f"Hospital {uuid4()}")
        self.worker: Membership = a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=agency)
        self.partner: Partner = a_partner(coordinator, rooms, agency.name, *(sectors or ("HOSPITALS",)), agency_id=agency.pk)
        self.client = sign_in(self.worker)
        self.name = self.partner.name


def on(name: str, when: date) -> dict[str, str]:
    """A day in the three parts of a date."""
    return {name: when.isoformat(), f"{name}_0": str(when.month), f"{name}_1": str(when.day), f"{name}_2": str(when.year)}


def pk_of(rooms: str) -> str:
    """The id of a collaborative in its address."""
    return rooms.strip("/").rpartition("/")[2]
