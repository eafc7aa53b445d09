"""J1, steps 1 to 7, on two machines: the same journey as `test_j1_birth`, each request to the other machine; then one of them is lost."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.journeys.hospital import Hospital, Visit
from tests.journeys.test_j1_birth import files as files
from tests.journeys.test_j1_birth import test_from_the_sign_in_to_the_receipt as from_the_sign_in_to_the_receipt
from tests.journeys.test_j1_birth import world as world
from tests.several.ports import listens
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


def test_a_machine_that_is_lost_is_not_missed(room: Room, world: Hospital, visit: Visit) -> None:
    """Sessions lie in the database, and the balancer leaves out who refuses: she works on where she was."""
    assert room.balancer is not None
    renee = visit(world.renee)
    renee.go("/births/")
    first, second = room.machines
    second.running["web"].kill()
    second.running.pop("web").wait()
    # Its children hear a moment later that their parent is gone; until then the port still takes requests, and may drop them.
    ends = time.monotonic() + 60
    while listens(second.port) and time.monotonic() < ends:
        time.sleep(0.2)
    assert not listens(second.port)
    before = room.balancer.served[first.port]
    for path in ("/births/", "/today/", "/births/new/"):
        answer = renee.page.goto(f"{renee.site}{path}")
        assert answer is not None
        assert (answer.status, renee.page.url) == (200, f"{renee.site}{path}")
    assert room.balancer.served[first.port] >= before + 3
