"""The night counts in how many of an agency's own rows a field says something, and says nothing of any other agency's rows."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.agencies import a_worker, an_agency
from tests.integration.usage.conftest import FORM, entered, last_month, relatives

from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.kernel.agency_kinds import AgencyKind
from careloom.usage import tasks
from careloom.usage.models import Counted, FieldUse

pytestmark = pytest.mark.django_db
FIELDS = "/agency/usage/fields/"


def phone(agency_id: object) -> tuple[int, int, int, int]:
    with acting_as(system(System.JOB)):
        found = FieldUse.objects.get(agency_id=agency_id, form=FORM, field="phone")
    return found.rows_3, found.filled_3, found.rows_12, found.filled_12


def test_rows_of_whole_months_are_counted_and_what_came_from_others_is_not() -> None:
    agency, other = an_agency(), an_agency()
    relatives(agency, rows=6, with_phone=2)
    relatives(agency, rows=5, with_phone=1, at=last_month(days=200))
    relatives(agency, rows=3, with_phone=3, at=last_month(days=500))
    relatives(agency, rows=4, with_phone=4, at=clock.now())
    relatives(agency, rows=7, with_phone=7, provenance="part2_via_tpo")
    relatives(other, rows=9, with_phone=9)
    assert tasks.run(at=clock.now()) >= 2
    assert phone(agency.pk) == (6, 2, 11, 3)
    assert phone(other.pk) == (9, 9, 9, 9)


def test_it_is_made_once_a_month_and_goes_on_where_it_was_stopped() -> None:
    for _ in range(3):
        an_agency()
    at, steps = clock.now(), iter([True, True, False])
    assert tasks.never_ran()
    assert tasks.run(at=at, go_on=lambda: next(steps)) == 2
    assert tasks.is_due(at=at)
    assert not tasks.never_ran()
    assert tasks.run(at=at) >= 1
    assert not tasks.is_due(at=at)
    assert tasks.run(at=at) == 0
    assert tasks.is_due(at=at + timedelta(days=32))
    with acting_as(system(System.JOB)):
        assert Counted.objects.filter(agency_id=None).count() == 1


def test_more_rows_cost_no_more_statements() -> None:
    small, large = an_agency(), an_agency()
    relatives(small, rows=1, with_phone=0)
    relatives(large, rows=400, with_phone=3)
    months, asked = tasks._months(clock.now()), []
    for agency in (small, large):
        with CaptureQueriesContext(connection) as queries:
            tasks.count_agency(agency_id=agency.pk, zone=agency.zone, months=months, at=clock.now())
        asked.append(len(queries))
    assert asked[0] == asked[1] < 45


def test_the_administrator_reads_shares_the_most_seldom_first_and_no_small_number() -> None:
    admin = a_worker(Role.AGENCY_ADMIN)
    relatives(admin.agency, rows=400, with_phone=3)
    tasks.run(at=clock.now())
    answer = entered(admin).get(FIELDS + "?q=family+and+support")
    lines = {str(line.label): line for line in answer.context["page"].object_list}
    assert answer.status_code == 200
    assert [line.year.how for line in answer.context["page"].object_list] == sorted(line.year.how for line in lines.values())
    assert lines["Phone"].year_said == "Fewer than half; the number is too small to show"
    assert lines["What this person brings"].year_said == "Never"
    assert "Ask whether the form needs it" in lines["What this person brings"].proposal
    assert not entered(admin).get(FIELDS + "?q=no+such+form").context["page"].object_list


def test_the_file_holds_the_same_lines_in_spanish_too() -> None:
    admin = a_worker(Role.AGENCY_ADMIN, language="es")
    relatives(admin.agency, rows=50, with_phone=25)
    tasks.run(at=clock.now())
    answer = entered(admin).get("/agency/usage/fields.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert answer["Content-Type"].startswith("text/csv")
    (line,) = [one for one in rows if one["field"] == "Teléfono"]
    assert (line["rows_12_months"], line["filled_12_months"]) == ("50", "50 de 100")


def test_the_sum_holds_what_three_agencies_have_and_only_the_states_lead_reads_it() -> None:
    lead, admin = a_worker(Role.STATE_LEAD), a_worker(Role.AGENCY_ADMIN)
    for _ in range(2):
        relatives(an_agency(), rows=40, with_phone=20)
    tasks.run(at=clock.now())
    assert not entered(lead).get("/agency/usage/all/fields/").context["page"].object_list
    relatives(an_agency(kind=AgencyKind.HOME_VISITING), rows=40, with_phone=20)
    with acting_as(system(System.JOB)):
        Counted.objects.all().delete()
    tasks.run(at=clock.now())
    lines = entered(lead).get("/agency/usage/all/fields/?q=phone").context["page"].object_list
    assert [(line.label, line.year.rows, line.year.percent) for line in lines if line.form == "Family and support"] == [("Phone", 120, 50.0)]
    for address in ("all/", "all/fields/", "all/fields.csv", "all/screens.csv"):
        assert entered(admin).get(f"/agency/usage/{address}").status_code == 404


@pytest.mark.parametrize("role", [Role.PRIVACY_OFFICER, Role.SUPERVISOR, Role.CARE_COORDINATOR, Role.CLINICIAN])
@pytest.mark.parametrize("address", ["", "screens.csv", "fields/", "fields.csv"])
def test_nobody_else_of_the_agency_opens_it(role: Role, address: str) -> None:
    assert entered(a_worker(role)).get(f"/agency/usage/{address}").status_code == 404


def test_another_agencys_counts_are_not_in_scope() -> None:
    admin, other = a_worker(Role.AGENCY_ADMIN), a_worker(Role.AGENCY_ADMIN)
    relatives(other.agency, rows=60, with_phone=30)
    tasks.run(at=clock.now())
    assert not entered(admin).get(FIELDS).context["page"].object_list
    from tests.factories.agencies import viewer

    with acting_as(viewer(admin)):
        assert not FieldUse.objects.filter(agency_id=other.agency_id).exists()
        assert FieldUse.objects.filter(agency_id=other.agency_id).update(rows_12=1) == 0
