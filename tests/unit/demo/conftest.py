"""One practice county and one large world, made once for all tests of this folder."""

from __future__ import annotations

from datetime import date

import pytest

from careloom.demo.county import generate_county, iterate_families
from careloom.demo.story import County, FamilyStory

ENDS_ON = date(2026, 3, 12)


@pytest.fixture(scope="session")
def county() -> County:
    return generate_county(seed=20260312, ends_on=ENDS_ON)


@pytest.fixture(scope="session")
def many() -> tuple[FamilyStory, ...]:
    """4,000 families of chance (the ten named worlds are left out)."""
    return tuple(story for story in iterate_families(families=4010, seed=11, ends_on=ENDS_ON) if story.world is None)
