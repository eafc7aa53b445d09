"""Rows of the requirements catalogue, each shown in full through the screen or the interface of its actor."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from tests.factories.plans import PlanWorld
from tests.integration.portal.conftest import world as her_world  # noqa: F401  (a fixture)

from careloom.agencies.models import Membership
from careloom.config import subscriptions
from careloom.plans.models import PlanOfSafeCare

SignIn = Callable[[Membership], Client]


@pytest.fixture
def world(db: None) -> PlanWorld:
    """Riverbend, Harbor and St. Agnes with their workers."""
    subscriptions.join()
    return PlanWorld()


def text_of(answer: Any) -> str:
    """The page of an answer as text; the page must be there."""
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode())


def saved(answer: Any) -> None:
    """A form that was sent was kept: it leads on to the next page."""
    assert answer.status_code == 302, unescape(answer.content.decode())[:3000]


def family_page(client: Client, plan: PlanOfSafeCare) -> str:
    """The page of the plan's family as this browser shows it."""
    return text_of(client.get(f"/families/{plan.identity_id}/"))
