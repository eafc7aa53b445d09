"""The examples of `guide/` are what our own serialisers make of a family. `python -m tools.guide write` writes them by this test."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.factories.exports import exported
from tests.factories.fhir import FhirWorld, a_system
from tests.factories.plans import PlanWorld
from tools.guide import examples

from careloom.agencies.roles import Role
from careloom.infra import clock

GUIDE = Path(__file__).resolve().parents[3] / "guide"
MADE_AT = datetime(2026, 11, 23, 15, tzinfo=UTC)


@pytest.mark.django_db
def test_the_examples_of_the_guide_are_what_the_server_sends_of_a_family() -> None:
    with clock.at(MADE_AT):
        world = PlanWorld()
        _named(world)
        made = FhirWorld(world)
        world.an_infant(mother_id=made.mother, by=world.dana)
        files = exported(a_system(world.riverbend, role=Role.CARE_COORDINATOR))
    settled = examples.settled([one for held in files.values() for one in held])
    if os.environ.get("WRITE_GUIDE"):
        examples.write(GUIDE, settled)
    assert examples.kept(GUIDE) == settled, "The examples are out of date: run python -m tools.guide write"


def _named(world: PlanWorld) -> None:
    """Names of their own: those of the factories count on through a run."""
    for agency, name in ((world.riverbend, "Riverbend Recovery"), (world.harbor, "Harbor Home Visiting"), (world.st_agnes, "St. Agnes Hospital")):
        agency.name = name
        agency.save()
    world.dana.worker.name = "Dana Whitlock"
    world.dana.worker.save()
