"""J1, steps 1 to 7, on two machines: the same journey as `test_j1_birth`, and no two requests in a row reach one machine."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.journeys.hospital import Hospital, Visit
from tests.journeys.test_j1_birth import files as files
from tests.journeys.test_j1_birth import test_from_the_sign_in_to_the_receipt as from_the_sign_in_to_the_receipt
from tests.journeys.test_j1_birth import world as world
from tests.several.rooms import Room

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_birth_is_notified_on_two_machines(room: Room, world: Hospital, files: list[Path], visit: Visit, chromium: Browser, site: str) -> None:
    from_the_sign_in_to_the_receipt(world, files, visit, chromium, site)
    assert room.balancer is not None
    answered = room.balancer.pages
    ports = [machine.port for machine in room.machines]
    # The page with the form and the answer to the form came from different machines, most times; each did its half.
    changes = sum(one != other for (one, _), (other, _) in pairwise(answered))
    assert min(sum(one == port for one, _ in answered) for port in ports) > len(answered) // 4, answered
    assert changes > len(answered) // 4, answered
