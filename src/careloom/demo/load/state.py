"""The rest of the practice county's state: a made extract, received as another place's is, so that the numbers have enough families to speak of."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings

from careloom.kernel.clocks import local_day

NAME = "rest-of-the-state"


def receive_state(*, at: datetime, say: Callable[[str], None], people: int | None = None) -> None:
    """Make and receive it, once: three policies in three regions, five years, nobody with a name (synthetic-county.md part 0).

    `people` is how many live there; three million unless it is said.
    """
    from careloom.demo.population.making import PEOPLE, make_population
    from careloom.outcomes.extracting.running import receive_theirs
    from careloom.outcomes.snapshots.places import MANIFEST, received

    if (received() / NAME / MANIFEST).exists():
        return
    with tempfile.TemporaryDirectory(prefix="careloom-state-") as home:
        rows = make_population(Path(home) / NAME, until=local_day(at=at, zone=settings.TIME_ZONE), people=people or PEOPLE)
        receive_theirs(folder=Path(home) / NAME, name=NAME, at=at, say=lambda _: None)
    say(f"The rest of the state: {rows['births']:,} births of {rows['notifications']:,} notices, as numbers only.")
