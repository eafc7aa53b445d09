"""Screens that workers open are counted by name, day and role, in memory, and written in one statement; nobody stands in it."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from tests.factories.agencies import a_worker, an_agency
from tests.integration.usage.conftest import entered

from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.usage import recording, tasks
from careloom.usage.models import Counted, ScreenUse
from careloom.usage.periods import whole_months
from careloom.usage.recording import Tally

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Tally:
    made = Tally()
    monkeypatch.setattr(recording, "tally", made)
    return made


def rows() -> list[ScreenUse]:
    with acting_as(system(System.JOB)):
        return list(ScreenUse.objects.exclude(agency_id=None).order_by("agency_id", "month", "place"))


def test_a_screen_is_counted_by_its_name_and_no_page_writes(fresh: Tally) -> None:
    admin = a_worker(Role.AGENCY_ADMIN)
    browser = entered(admin)
    browser.get("/me/")
    with CaptureQueriesContext(connection) as asked:
        for _ in range(3):
            browser.get(f"/agency/members/{admin.pk}/")
    assert not [one for one in asked.captured_queries if "usage_" in one["sql"]]
    with CaptureQueriesContext(connection) as written:
        assert fresh.flush() == 2
    assert len([one for one in written.captured_queries if "usage_screen" in one["sql"]]) == 1
    found = {row.place: row for row in rows()}
    today = clock.today(admin.agency.zone)
    assert set(found) == {"agencies:me", "agencies:member"}
    assert (found["agencies:member"].uses, found["agencies:member"].roles) == (3, ["AGENCY_ADMIN"])
    assert found["agencies:member"].days == 1 << (today.day - 1)
    assert fresh.flush() == 0


def test_what_is_no_screen_of_a_worker_is_not_counted(fresh: Tally) -> None:
    browser = entered(a_worker(Role.CARE_COORDINATOR))
    browser.get("/agency/members/")
    browser.get("/me/", headers={"HX-Request": "true"})
    browser.get(f"/plans/{uuid4()}/")
    browser.post("/lock/")
    entered(a_worker()).logout()
    assert fresh.flush() == 0


def test_two_processes_add_up_and_a_day_counts_once(fresh: Tally) -> None:
    agency, other = an_agency().pk, Tally()
    for tally, day, role in ((fresh, 3, "SUPERVISOR"), (other, 3, "CLINICIAN"), (other, 5, "CLINICIAN")):
        tally.add(agency_id=agency, place="desk:today", roles=frozenset({role}), day=date(2026, 3, day))
    assert (fresh.flush(), other.flush()) == (1, 1)
    (found,) = rows()
    assert (found.uses, found.days.bit_count(), found.roles) == (3, 2, ["CLINICIAN", "SUPERVISOR"])


def test_what_cannot_be_written_is_kept(fresh: Tally, monkeypatch: pytest.MonkeyPatch) -> None:
    agency = an_agency().pk
    fresh.add(agency_id=agency, place="desk:today", roles=frozenset({"SUPERVISOR"}), day=date(2026, 3, 31))
    with monkeypatch.context() as broken:
        broken.setattr(recording, "_ADD", "SELECT no_such_thing")
        with pytest.raises(DatabaseError):
            fresh.flush()
    assert fresh.flush() == 1


def test_a_page_shows_no_small_number_and_the_lead_sees_only_sums() -> None:
    often, before = a_worker(Role.AGENCY_ADMIN), whole_months(clock.today()).three
    tally = Tally()
    for agency in (often.agency_id, *(an_agency().pk for _ in range(2))):
        for _ in range(12):
            tally.add(agency_id=agency, place="desk:today", roles=frozenset({"SUPERVISOR"}), day=before)
    for _ in range(2):
        tally.add(agency_id=often.agency_id, place="desk:families", roles=frozenset({"CLINICIAN"}), day=before)
    tally.flush()
    page = entered(often).get("/agency/usage/")
    assert [(one.place, one.uses, one.roles) for one in page.context["page"].object_list] == [
        ("desk:today", 12, ("Supervisor",)),
        ("desk:families", None, ()),
    ]
    with acting_as(system(System.JOB)):
        Counted.objects.all().delete()
    tasks.run(at=clock.now())
    lead = entered(a_worker(Role.STATE_LEAD)).get("/agency/usage/all/")
    assert [(one.place, one.uses) for one in lead.context["page"].object_list] == [("desk:today", 36)]
    assert entered(often).get("/agency/usage/?month=not-a-month").status_code == 200
    assert "desk:today,12" in entered(often).get("/agency/usage/screens.csv").content.decode()
