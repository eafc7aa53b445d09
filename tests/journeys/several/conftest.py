"""The site of these journeys is two web machines before a PostgreSQL server apart, and every request goes to the other machine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.several.rooms import Room
from tests.several.stories import several_machines


@pytest.fixture(scope="module")
def room(django_db_setup: None, django_db_blocker: Any) -> Iterator[Room]:
    """The machines, ready."""
    with several_machines(django_db_blocker) as made:
        yield made


@pytest.fixture(scope="module")
def site(room: Room) -> str:
    """The address of the balancer before them."""
    return room.url
