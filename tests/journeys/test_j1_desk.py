"""J1, steps 14 and 15: the shared workstation locks, a colleague sees no draft of hers, a sign-in ends over a full form, and a search tells nothing."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from playwright.sync_api import Page, expect
from tests.factories.agencies import PIN, a_worker
from tests.factories.births import a_birth
from tests.journeys.conftest import Visitor, assert_accessible
from tests.journeys.hospital import Hospital, Visit, notifications_of, tap, the_hospital

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.infra import clock

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TYPED = "A cousin said she may stay with them."


@pytest.fixture(scope="module")
def world(site: str) -> Hospital:
    return the_hospital()


@pytest.fixture(scope="module")
def colleague(world: Hospital) -> Membership:
    return a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=world.st_agnes, name="Omar Practice")


def begun(visitor: Visitor, name: str) -> Page:
    page = visitor.go("/births/new/")
    page.get_by_role("button", name=f"Begin {name}").click()
    page.wait_for_url("**/births/*-*/")
    return page
