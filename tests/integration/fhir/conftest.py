"""Two systems around one family: the one of the agency that keeps the plan, and the one of an agency that a consent names."""

from __future__ import annotations

import pytest
from tests.factories.fhir import FhirWorld, System, a_system
from tests.integration.fhir.loop import Loop, a_loop

from careloom.agencies.roles import Role


@pytest.fixture
def made(db: None) -> FhirWorld:
    return FhirWorld()


@pytest.fixture
def keeper(made: FhirWorld) -> System:
    """Riverbend's system."""
    return a_system(made.world.riverbend, role=Role.CARE_COORDINATOR)


@pytest.fixture
def reader(made: FhirWorld) -> System:
    """Harbor's system, to whose agency the plan was shared."""
    return a_system(made.world.harbor, role=Role.HOME_VISITOR)


@pytest.fixture
def officer(made: FhirWorld) -> System:
    """The system of Riverbend's privacy officer."""
    return a_system(made.world.riverbend, role=Role.PRIVACY_OFFICER)


@pytest.fixture
def loop(db: None) -> Loop:
    """A referral that another agency's system answers."""
    return a_loop()
