"""A permit says until when it holds and on which papers it rests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.spec.disclosure.part2_rows import TREATS
from tests.spec.disclosure.rows import SPECIFIC, TO_CLINIC, TPO, world

from careloom.kernel.disclosure import decide


def test_a_day_and_the_papers_come_with_the_permit() -> None:
    decision = decide(world(consents=SPECIFIC))
    assert (decision.ends_on, decision.instruments) == (date(2027, 5, 1), ("C1",))
    assert decide(world(request=TO_CLINIC, consents=TPO, facts=TREATS)).ends_on is None
    assert decide(world(consents=replace(SPECIFIC, revoked=date(2026, 9, 20)))).ends_on == date(2026, 9, 19)
