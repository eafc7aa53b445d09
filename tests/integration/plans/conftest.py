"""A world of agencies around one family, as the application role with real row security."""

from __future__ import annotations

import pytest
from tests.factories.plans import PlanWorld

from careloom.config import subscriptions


@pytest.fixture
def world(db: None) -> PlanWorld:
    """Riverbend, Harbor and St. Agnes with their workers."""
    subscriptions.join()
    return PlanWorld()
