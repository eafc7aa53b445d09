"""Attacks of an administrator on the kinds of agency: a role that belongs elsewhere opens what this agency is not for. Open once."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer

from careloom.agencies import actions
from careloom.agencies.actions import Reason, Refused
from careloom.agencies.models import Agency, Membership
from careloom.agencies.roles import Role, fits
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.kernel.agency_kinds import AgencyKind

pytestmark = pytest.mark.django_db
ELSEWHERE = (
    (Role.STATE_LEAD, AgencyKind.HOSPITAL), (Role.STATE_LEAD, AgencyKind.COORDINATION_HUB), (Role.CPS_WORKER, AgencyKind.HOME_VISITING),
    (Role.HOSPITAL_SOCIAL_WORKER, AgencyKind.CPS_AGENCY), (Role.PARTNERSHIP_COORDINATOR, AgencyKind.HOUSING),
    (Role.TRIBAL_WORKER, AgencyKind.CPS_AGENCY), (Role.CLINICIAN, AgencyKind.CPS_AGENCY), (Role.CARE_COORDINATOR, AgencyKind.STATE_OVERSIGHT),
)  # fmt: skip
REFUSED = Refused(reasons=(Reason.ROLE_ELSEWHERE,))


def browser(member: Membership) -> Client:
    client = Client()
    client.force_login(member.worker.user)
    return client


@pytest.mark.parametrize(("role", "kind"), ELSEWHERE)
def test_no_administrator_gives_a_role_of_another_kind_of_agency(role: Role, kind: AgencyKind) -> None:
    admin = a_worker(Role.AGENCY_ADMIN, agency=an_agency(kind=kind))
    member, by = a_worker(Role.DIRECTORY_STEWARD, agency=admin.agency), viewer(admin)
    with acting_as(by):
        made = actions.make_worker(name="New", email="new@example.org", agency_id=admin.agency_id, roles=[role], by=by, at=clock.now())
        changed = actions.change_membership(membership_id=member.pk, roles=[role, Role.SUPERVISOR], by=by, at=clock.now())
    assert (made, changed) == (REFUSED, REFUSED)
    member.refresh_from_db()
    assert member.roles == ["DIRECTORY_STEWARD"]


def test_nor_does_the_operator() -> None:
    by, agency = system(System.IMPORT), an_agency(kind=AgencyKind.HOSPITAL)
    with acting_as(by):
        made = actions.make_worker(name="New", email="new@example.org", agency_id=agency.pk, roles=[Role.STATE_LEAD], by=by, at=clock.now())
    assert made == REFUSED


def test_the_page_offers_only_what_fits_and_takes_nothing_else() -> None:
    admin = a_worker(Role.AGENCY_ADMIN, agency=an_agency(kind=AgencyKind.HOME_VISITING))
    page = browser(admin).get("/agency/members/invite/").content.decode()
    assert {role for role in Role if f'value="{role.value}"' in page} == {role for role in Role if fits(role, AgencyKind.HOME_VISITING)}
    sent = {"name": "New", "email": "new@example.org", "title": "", "roles": ["STATE_LEAD"], "supervisor": ""}
    assert browser(admin).post("/agency/members/invite/", sent).status_code == 200
    assert not Membership.objects.filter(worker__user__email="new@example.org").exists()


def test_a_role_that_came_there_before_gives_nothing() -> None:
    """A row from before the rule, or written past the actions."""
    member = a_worker(Role.CARE_COORDINATOR)
    Membership.objects.filter(pk=member.pk).update(roles=["STATE_LEAD"])
    assert viewer(Membership.objects.select_related("agency").get(pk=member.pk)).permissions == frozenset()
    assert browser(member).get("/numbers/").status_code == 404


def test_each_role_fits_somewhere_and_its_own_kind_may_give_it() -> None:
    for role in Role:
        kind = next(kind for kind in AgencyKind if fits(role, kind))
        admin = a_worker(Role.AGENCY_ADMIN, agency=an_agency(kind=kind))
        by = viewer(admin)
        with acting_as(by):
            made = actions.make_worker(name="N", email=f"{role}@example.org", agency_id=admin.agency_id, roles=[role], by=by, at=clock.now())
        assert isinstance(made, Membership)


@pytest.mark.parametrize("facts", [{"kind": AgencyKind.PART2_PROGRAM}, {"kind": AgencyKind.HOSPITAL, "is_part2_program": True}])
def test_a_treatment_program_without_an_outward_name_is_not_made(facts: dict[str, object]) -> None:
    """Partners and mothers' pages would show its own name, which tells that somebody is in treatment (42 CFR 2.13(c))."""
    by = system(System.IMPORT)
    with acting_as(by):
        for outward in ({}, {"outward_name": ""}, {"outward_name": "  "}):
            made = actions.make_agency(name="Clear Path Recovery", by=by, at=clock.now(), **facts, **outward)  # type: ignore[arg-type]
            assert made == Refused(reasons=(Reason.NO_OUTWARD_NAME,))
        assert not Agency.objects.filter(name="Clear Path Recovery").exists()
        made = actions.make_agency(name="Clear Path Recovery", by=by, at=clock.now(), outward_name="Family Care", **facts)  # type: ignore[arg-type]
        again = actions.make_agency(name="Clear Path Recovery", by=by, at=clock.now(), county="Pine", **facts)  # type: ignore[arg-type]
        emptied = actions.make_agency(name="Clear Path Recovery", by=by, at=clock.now(), outward_name="", **facts)  # type: ignore[arg-type]
    assert isinstance(made, Agency)
    assert isinstance(again, Agency)
    assert (again.name_outside, emptied) == ("Family Care", Refused(reasons=(Reason.NO_OUTWARD_NAME,)))
