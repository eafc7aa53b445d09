"""The federal three: exact for the state's file, suppressed where published, and equal to what the hospitals notified."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer

from careloom.agencies.roles import Role
from careloom.infra.access import System, acting_as, system
from careloom.infra.packs import current_pack
from careloom.kernel.agency_kinds import AgencyKind
from careloom.notifications.models import DeidentifiedNotification
from careloom.outcomes import queries


def rows(*, with_plan: int, without: int, withdrawn: int = 0, year: int = 2026) -> None:
    with acting_as(system(System.JOB)):
        for number in range(with_plan + without + withdrawn):
            DeidentifiedNotification.objects.create(
                year=year, state="ZZ", answers={}, has_plan=number < with_plan, has_referral=number < with_plan // 2,
                withdrawn=number >= with_plan + without,
            )  # fmt: skip


@pytest.fixture
def state_lead(db: None) -> object:
    return a_worker(Role.STATE_LEAD, agency=an_agency(kind=AgencyKind.STATE_OVERSIGHT))


def test_withdrawn_rows_are_not_counted(state_lead: object) -> None:
    rows(with_plan=20, without=15, withdrawn=4)
    lead = viewer(state_lead)  # type: ignore[arg-type]
    with acting_as(lead):
        three = queries.federal_three(viewer=lead, year=2026, state="ZZ")
    assert (three.identified, three.with_plan, three.with_referral) == (35, 20, 10)


@pytest.mark.parametrize(("with_plan", "without"), [(20, 3), (3, 20), (10, 25)])
def test_a_small_cell_takes_its_complement_with_it(with_plan: int, without: int) -> None:
    three = queries.FederalThree(year=2026, state="ZZ", identified=with_plan + without, with_plan=with_plan, with_referral=with_plan)
    shown = queries.publish(three, settings=current_pack().suppression)
    assert shown.with_plan.value is None
    assert shown.without_plan.value is None


def test_large_cells_are_published_as_they_are() -> None:
    three = queries.FederalThree(year=2026, state="ZZ", identified=60, with_plan=40, with_referral=30)
    shown = queries.publish(three, settings=current_pack().suppression)
    assert (shown.identified.value, shown.with_plan.value, shown.with_referral.value) == (60, 40, 30)


def test_the_state_lead_reads_the_three_and_downloads_what_may_be_published(client: Client, state_lead: object) -> None:
    rows(with_plan=20, without=3)
    client.force_login(state_lead.worker.user)  # type: ignore[attr-defined]
    page = client.get("/numbers/federal-three/?year=2026")
    assert page.status_code == 200
    assert "23" in page.content.decode()
    table = client.get("/numbers/federal-three.csv?year=2026").content.decode()
    assert ",*," in table
    assert ",20," not in table


def test_a_care_coordinator_gets_the_page_of_what_does_not_exist(client: Client, db: None) -> None:
    client.force_login(a_worker(Role.CARE_COORDINATOR).worker.user)
    assert client.get("/numbers/").status_code == 404
