"""A hospital with a social worker, and child welfare of the same county."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency

from careloom.agencies.models import Agency, Membership
from careloom.agencies.roles import Role
from careloom.kernel.agency_kinds import AgencyKind


@pytest.fixture
def hospital(db: None) -> Agency:
    return an_agency(kind=AgencyKind.HOSPITAL, county="Pine", is_covered_entity=True)


@pytest.fixture
def worker(hospital: Agency) -> Membership:
    return a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=hospital)


@pytest.fixture
def child_welfare(db: None) -> Agency:
    return an_agency(kind=AgencyKind.CPS_AGENCY, county="Pine")


@pytest.fixture
def supervisor(child_welfare: Agency) -> Membership:
    return a_worker(Role.SUPERVISOR, agency=child_welfare)


@pytest.fixture
def night(client: Client, worker: Membership) -> Client:
    """The social worker's browser."""
    client.force_login(worker.worker.user)
    return client
