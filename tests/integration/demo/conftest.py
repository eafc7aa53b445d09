"""A practice county of twelve families in a database of its own, loaded once for the whole folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from careloom.demo.load.county import load_county
from careloom.demo.load.ground import Ground
from careloom.demo.load.state import receive_state
from careloom.demo.story import County
from careloom.demo.walkthrough.scratch import scratch_database
from careloom.infra import clock

FAMILIES = 12
PEOPLE = 20_000


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """The county as it was loaded, with what the load said."""

    county: County
    ground: Ground
    said: tuple[str, ...]


@pytest.fixture(scope="package")
def scratch(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """An empty migrated database beside the test database."""
    with django_db_blocker.unblock(), scratch_database(home=Path(settings.CARELOOM_HOME)):  # type: ignore[attr-defined]
        yield


@pytest.fixture(scope="package")
def loaded(scratch: None) -> Loaded:
    """The practice county and the rest of its state, which loading again must find: here with few people."""
    said: list[str] = []
    county, ground = load_county(families=FAMILIES, say=said.append)
    receive_state(at=clock.now(), say=said.append, people=PEOPLE)
    return Loaded(county=county, ground=ground, said=tuple(said))
