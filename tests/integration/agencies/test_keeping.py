"""A privacy officer reads how long the logs of her agency are kept and what falls due; nobody else does, and no other agency's lines are in it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer

from careloom.agencies import falling_due as due_module
from careloom.agencies.falling_due import Due, falling_due
from careloom.agencies.models import Membership
from careloom.agencies.retention import CODES
from careloom.agencies.roles import Role
from careloom.infra.access import System, acting_as, system
from careloom.infra.audit.actions import record
from careloom.infra.audit.models import AuditRow
from careloom.kernel.agency_kinds import AgencyKind

pytestmark = pytest.mark.django_db
UTC_ZONE = "UTC"
ADDRESS = "/agency/keeping/"


def entered(member: Membership) -> Client:
    client = Client()
    client.force_login(member.worker.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def changed(member: Membership, *, year: int, day: int = 10) -> None:
    """A line in the log of changes of her agency, long ago."""
    by = viewer(member)
    with acting_as(by):
        record(by=by, at=datetime(year, 3, day, 12, tzinfo=UTC), action="tests.changed")


def dues(member: Membership, *, year: int, month: int = 3, day: int = 10) -> dict[str, Due]:
    at = datetime(year, month, day, tzinfo=UTC).date()
    with acting_as(viewer(member)):
        found = falling_due(viewer=viewer(member), kind=AgencyKind(member.agency.kind), zone=UTC_ZONE, today=at)
    return {one.rule.code: one for one in found}


def test_a_line_falls_due_six_years_after_its_day_and_stays_where_it_is() -> None:
    officer = a_worker(Role.PRIVACY_OFFICER)
    changed(officer, year=2001)
    changed(officer, year=2001, day=11)
    before = dues(officer, year=2007, day=9)["CHANGES"]
    assert (str(before.oldest_on), str(before.due_on), before.past) == ("2001-03-10", "2007-03-10", 0)
    assert [dues(officer, year=2007, day=day)["CHANGES"].past for day in (10, 11)] == [1, 2]
    with acting_as(viewer(officer)):
        assert AuditRow.objects.filter(action="tests.changed").count() == 2


def test_another_agencys_lines_are_not_counted() -> None:
    officer, other = a_worker(Role.PRIVACY_OFFICER), a_worker(Role.PRIVACY_OFFICER)
    alone = dues(officer, year=2026)
    changed(other, year=2001)
    assert dues(officer, year=2026) == alone
    assert dues(other, year=2026)["CHANGES"].past == 1


def test_many_lines_are_counted_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(due_module, "MOST", 2)
    officer = a_worker(Role.PRIVACY_OFFICER)
    for day in (1, 2, 3):
        changed(officer, year=2001, day=day)
    found = dues(officer, year=2026)["CHANGES"]
    assert (found.past, found.more) == (2, True)


def test_the_page_shows_each_log_with_its_rule(client: Client) -> None:
    officer = a_worker(Role.PRIVACY_OFFICER)
    changed(officer, year=2001)
    answer = entered(officer).get(ADDRESS)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert [row["due"].rule.code for row in answer.context["rows"]] == list(CODES)
    for words in ("45 CFR 164.528(a)(1)", "Counsel has not confirmed this citation.", "March 10, 2007", "6 years"):
        assert words in page


def test_an_agency_that_no_law_names_reads_that_it_is_our_policy() -> None:
    page = entered(a_worker(Role.PRIVACY_OFFICER, agency=an_agency(kind=AgencyKind.HOME_VISITING))).get(ADDRESS).content.decode()
    assert page.count("Policy of Careloom") == 3
    assert "CFR" not in page


@pytest.mark.parametrize("role", [Role.AGENCY_ADMIN, Role.SUPERVISOR, Role.CARE_COORDINATOR, Role.CLINICIAN])
def test_nobody_else_opens_it(role: Role) -> None:
    assert entered(a_worker(role)).get(ADDRESS).status_code == 404


def test_it_is_read_only() -> None:
    assert entered(a_worker(Role.PRIVACY_OFFICER)).post(ADDRESS).status_code == 405


def test_a_job_without_an_agency_counts_nothing() -> None:
    by = system(System.IMPORT)
    with acting_as(by):
        found = falling_due(viewer=by, kind=AgencyKind.OTHER, zone=UTC_ZONE, today=datetime(2026, 1, 1, tzinfo=UTC).date())
    assert [one.oldest_on for one in found] == [None, None, None]
