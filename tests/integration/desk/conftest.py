"""A family with a plan, and browsers of the workers around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key

from careloom.config import subscriptions
from careloom.infra.access import acting_as
from careloom.plans import actions
from careloom.plans.models import PlanOfSafeCare

SCOPE = ("set_config('careloom", "SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK", "clock_offset")
CODES = (
    "HOUSING",
    "CHRONIC_CONDITION",
    "FOOD",
    "SAFE_SLEEP",
    "CRIB_AND_CAR_SEAT",
    "DENTAL",
    "COUNSELING",
    "PRIMARY_CARE",
    "INFANT_DOCTOR",
    "TOBACCO",
)


@pytest.fixture
def world(db: None) -> PlanWorld:
    """Riverbend, Harbor and St. Agnes with their workers."""
    subscriptions.join()
    return PlanWorld()


def add_needs(world: PlanWorld, plan: PlanOfSafeCare, count: int) -> None:
    """Name so many needs that she wants."""
    by = viewer(world.dana)
    with acting_as(by):
        for place in range(count):
            code = CODES[place % len(CODES)]
            made = actions.add_need(by=by, at=world.at, plan_id=plan.pk, code=code, her_choice="YES", her_words="Afternoons", request_key=a_key())
            assert not isinstance(made, actions.Refused), made


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements of a block, without those of transactions and scope."""
    said: list[str] = []
    with CaptureQueriesContext(connection) as found:
        yield said
    said += [query["sql"] for query in found.captured_queries if not any(word in query["sql"] for word in SCOPE)]


def masked(response: Any) -> tuple[int, dict[str, str], str]:
    """Status, headers and body without token, nonce and date."""
    headers = {key: re.sub(r"nonce-[\w+/=-]+", "nonce", value) for key, value in response.headers.items() if key not in {"Date", "Set-Cookie"}}
    body = response.content.decode()
    body = re.sub(r'(csrfmiddlewaretoken" value|data-csrf)="[^"]+"', r"\1", body)
    return response.status_code, headers, re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID", body)
