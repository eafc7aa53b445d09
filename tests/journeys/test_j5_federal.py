"""J5, step 10: the state's lead writes the year's Child File and sees that it agrees with what hospitals notified, each difference with its reason.

The report is one that child welfare wrote down and decided on its own screens; the second infant was notified without a report.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from tests.factories.agencies import a_worker, an_agency
from tests.factories.births import a_birth, sent
from tests.journeys.conftest import Visitor
from tests.journeys.pine import REPORT, Pine, move, pine
from tests.journeys.table import enters, kept, looks, press, sees, text

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.federal import tasks
from careloom.infra import clock
from careloom.kernel.agency_kinds import AgencyKind

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Visitor]


@pytest.fixture(scope="module")
def county(site: str) -> Pine:
    """The county with a report of a hospital that was taken up, and another infant who was notified and nothing more."""
    world = pine(about=REPORT)
    world.accepted()
    with transaction.atomic():
        sent(a_birth(world.renee))
    return world


@pytest.fixture(scope="module")
def ruth(county: Pine) -> Membership:
    """The state's lead."""
    with transaction.atomic():
        return a_worker(Role.STATE_LEAD, agency=an_agency(kind=AgencyKind.STATE_OVERSIGHT, name="Department of Families"), name="Ruth Adeyemi")


def test_the_federal_counts_agree_and_each_difference_is_listed(county: Pine, ruth: Membership, visit: Visit) -> None:
    child_welfare_writes_and_decides(county, visit)
    move(days=2)
    lead = enters(visit(ruth))
    she_reads_the_three_counts(lead)
    she_asks_for_the_file(lead)
    she_sees_that_it_agrees(lead)


def child_welfare_writes_and_decides(county: Pine, visit: Visit) -> None:
    """The disposition is written where the report is kept, and nobody but child welfare reads it."""
    lena = enters(visit(county.lena))
    lena.go(f"/safety/of/{county.mother}/")
    press(lena, "Write one down", shot="report-new")
    day = clock.today(county.cps.zone)
    told = {
        "screened": "IN", "screened_on": day, "response": "INVESTIGATION", "started_on": day, "child-DRUG": "YES", "safe_care_plan": "YES",
        "safe_care_referral": "NO",
    }  # fmt: skip
    assert lena.page.locator("[name=source]").input_value() == "MEDICAL"
    kept(lena, told)
    sees(lena, "No disposition yet", "Drugs (with exposure before birth)")
    press(lena, "Write how it stands now")
    kept(lena, {"disposition": "SUBSTANTIATED", "disposed_on": day, "kind-NEGLECT": "SUBSTANTIATED"})
    sees(lena, "Version 2", "Substantiated")
    looks(lena, "report")


def she_reads_the_three_counts(lead: Visitor) -> None:
    """One click from the numbers: identified, with a plan, with a referral."""
    lead.go("/numbers/federal-three/")
    press(lead, "Federal files, and how they agree with these counts", shot="federal")
    sees(lead, "The three counts of CAPTA", "Identified", "With a plan", "With a referral")


def she_asks_for_the_file(lead: Visitor) -> None:
    """The job writes it; the page says what keeps it a draft."""
    today = clock.today()
    year = today.year + (today.month >= 10)
    kept(lead, {"period": f"FFY{year}"}, ticks=("NCANDS Child File: a record for each report and child",))
    assert tasks.work(at=clock.now()) >= 2
    lead.page.reload()
    sees(lead, "1 record.", "No record has an error.", "Fields of the layout are not confirmed against the federal document.", "Draft")
    looks(lead, "federal-file")
    press(lead, "Look at its beginning", shot="federal-preview")
    sees(lead, "35 CDALC", "36 CDDRUG", "151 FIELD151")
    lead.page.go_back()


def she_sees_that_it_agrees(lead: Visitor) -> None:
    """From two notified infants to one in the file, the other without a report; nothing is unexplained."""
    press(lead, "See each difference", shot="federal-agreement")
    sees(lead, "2 and 1: every difference has its reason, and nothing is unexplained.", "Both counts are the same: 1.", "Nothing unexplained")
    row = lead.page.get_by_role("row", name="less: no report was made about the infant")
    assert row.locator("td").inner_text() == "1"
    assert "Example" not in text(lead), "no name of a family stands on a page of the state"
