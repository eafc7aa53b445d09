"""J5, step 9: the state's lead reads how families are doing, two people publish it, and no figure below eleven leaves the house."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings
from tests.factories.agencies import a_worker, an_agency
from tests.journeys.conftest import Visitor, assert_accessible
from tests.journeys.riverbend import refused
from tests.journeys.table import enters, looks, press, sees

from careloom.agencies.models import Agency, Membership
from careloom.agencies.roles import Role
from careloom.demo.population.making import make_population
from careloom.infra import clock
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.clocks import local_day
from careloom.outcomes.publishing.site import write_site
from careloom.outcomes.snapshots import places, taking

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Visitor]


@pytest.fixture(scope="module")
def counted(site: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A made state whose numbers were computed last night, in a data folder of its own."""
    home = tmp_path_factory.mktemp("numbers")
    with override_settings(CARELOOM_HOME=home):
        until: date = local_day(at=clock.now(), zone=settings.TIME_ZONE)
        make_population(places.received() / "state", until=until, people=3_000_000, seed=11)
        taking.take(at=clock.now(), request_key="last-night")
        yield home


@pytest.fixture(scope="module")
def department(counted: Path) -> Agency:
    with transaction.atomic():
        return an_agency(kind=AgencyKind.STATE_OVERSIGHT, name="Department of Families")


def lead(department: Agency, name: str) -> Membership:
    with transaction.atomic():
        return a_worker(Role.STATE_LEAD, agency=department, name=name)


def test_the_numbers_are_read_published_and_hide_what_tells_of_few(counted: Path, department: Agency, visit: Visit) -> None:
    ruth = enters(visit(lead(department, "Ruth Adeyemi")))
    she_reads_how_families_are_doing(ruth)
    she_makes_it_ready(ruth)
    another_publishes_it(enters(visit(lead(department, "Ines Thistlegate"))))
    with transaction.atomic():
        partner = a_worker(Role.PARTNERSHIP_COORDINATOR)
    a_partner_reads_the_card(enters(visit(partner)))
    the_public_site_tells_of_nobody(counted / "site", ruth)


def she_reads_how_families_are_doing(ruth: Visitor) -> None:
    """The five Rs, women with medication, early birth: now, start, aim and trend beside each other."""
    ruth.go("/numbers/")
    sees(ruth, "How families are doing", "Recovery", "Remaining at home", "Reunification", "Repeat maltreatment", "Re-entry")
    sees(ruth, "Pregnant women treated with medications", "Early birth with a plan before birth", "Start", "Aim")
    looks(ruth, "numbers")
    ruth.go("/numbers/indicators/POSC/")
    sees(ruth, "By: County", "How it is counted", "How to run it again")
    looks(ruth, "indicator")
    ruth.go("/numbers/quality/")
    sees(ruth, "Quality of the data")


def she_makes_it_ready(ruth: Visitor) -> None:
    """What is under the line needs a reason; she cannot publish alone without one."""
    ruth.go("/numbers/publishing/")
    box = ruth.page.locator("[name=despite]")
    if "under the line" in (ruth.page.locator("main").inner_text()):
        box.fill("The sites mend them next month.")
    ruth.page.get_by_role("button", name="Make it ready").click()
    sees(ruth, "Ready, and waiting for a second person", "Infants and plans")
    looks(ruth, "publishing")
    ruth.page.get_by_role("button", name="Publish it").click()
    sees(ruth, "Let a second person look")
    refused(ruth)


def another_publishes_it(second: Visitor) -> None:
    second.go("/numbers/publishing/")
    second.page.get_by_role("button", name="Publish it").click()
    sees(second, "It is published. Partners read it now.", "Take it back")


def a_partner_reads_the_card(partner: Visitor) -> None:
    partner.go("/numbers/card/")
    sees(partner, "The five Rs", "What to do", "Counts of 1 to 10 are hidden")
    looks(partner, "card")
    press(partner, "Numbers")
    sees(partner, "How families are doing")


def the_public_site_tells_of_nobody(folder: Path, ruth: Visitor) -> None:
    """Written as files that need no server; every count in every file is none, or eleven and more."""
    with transaction.atomic():
        written = write_site(to=folder)
    files = [folder / path for path in written if path.suffix == ".csv"]
    assert files
    counts = [int(row[name]) for path in files for row in csv.DictReader(path.open(encoding="utf-8")) for name in ("counted", "met") if row[name]]
    assert len(counts) > 100
    assert [count for count in counts if 0 < count < 11] == []
    ruth.page.goto((folder / "index.html").as_uri())
    assert_accessible(ruth.page)
    assert ruth.page.locator("script").count() == 0
    # The inspector reads style sheets by itself, which the page's own policy forbids to any script.
    assert all("connect-src" in one for one in ruth.said), ruth.said
    ruth.said.clear()
