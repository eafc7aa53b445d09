"""Agencies and workers are made, changed and ended; a refusal is a value, and each change leaves an audit row."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.agencies import a_worker, an_agency, viewer

from careloom.agencies import actions
from careloom.agencies.actions import Reason, Refused
from careloom.agencies.models import Agency, Membership
from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.access.caseload import assign
from careloom.infra.access.models import Principal
from careloom.infra.audit.models import AuditRow
from careloom.kernel.agency_kinds import AgencyKind

pytestmark = pytest.mark.django_db


def test_an_agency_is_its_own_principal_and_made_once() -> None:
    by = system(System.IMPORT)
    with acting_as(by):
        first = actions.make_agency(name="One Clinic", kind=AgencyKind.OB_CLINIC, by=by, at=clock.now(), county="Pine")
        again = actions.make_agency(name="One Clinic", kind=AgencyKind.OB_CLINIC, by=by, at=clock.now(), county="Harbor", outward_name="Family Care")
    assert isinstance(first, Agency)
    assert isinstance(again, Agency)
    assert (again.pk, again.county, again.name_outside) == (first.pk, "Harbor", "Family Care")
    assert Principal.objects.get(pk=first.pk).kind == "AGENCY"


def test_a_worker_makes_no_agency() -> None:
    by = viewer(a_worker(Role.AGENCY_ADMIN))
    with acting_as(by):
        made = actions.make_agency(name="Another", kind=AgencyKind.OTHER, by=by, at=clock.now())
    assert made == Refused(reasons=(Reason.NOT_ALLOWED,))


def test_an_administrator_makes_members_of_her_own_agency_only() -> None:
    admin, elsewhere = a_worker(Role.AGENCY_ADMIN), an_agency()
    by, facts = viewer(admin), {"name": "Somebody", "email": "somebody@example.org", "roles": ["CLINICIAN"], "at": clock.now()}
    with acting_as(by):
        assert actions.make_worker(agency_id=elsewhere.pk, by=by, **facts) == Refused(reasons=(Reason.NOT_ALLOWED,))  # type: ignore[arg-type]
        made = actions.make_worker(agency_id=admin.agency_id, by=by, **facts)  # type: ignore[arg-type]
        assert isinstance(made, Membership)
        assert AuditRow.objects.filter(action="agencies.member_made", object_id=made.pk, worker_id=admin.worker_id).count() == 1


@pytest.mark.parametrize(("change", "reason"), [({"roles": []}, Reason.NO_ROLE), ({"pin": "123456"}, Reason.WEAK_PIN)])
def test_what_is_missing_or_weak_is_named(change: dict[str, object], reason: Reason) -> None:
    by, agency = system(System.IMPORT), an_agency()
    facts = {"name": "Somebody", "email": "s@example.org", "roles": ["CLINICIAN"]} | change
    with acting_as(by):
        assert actions.make_worker(agency_id=agency.pk, by=by, at=clock.now(), **facts) == Refused(reasons=(reason,))  # type: ignore[arg-type]


def test_an_ended_membership_opens_again_by_the_same_email() -> None:
    admin = a_worker(Role.AGENCY_ADMIN)
    member, by = a_worker(agency=admin.agency, email="back@example.org"), viewer(admin)
    with acting_as(by):
        actions.end_membership(membership_id=member.pk, by=by, at=clock.now())
        again = actions.make_worker(name="", email="BACK@example.org", agency_id=admin.agency_id, roles=["CLINICIAN"], by=by, at=clock.now())
    assert isinstance(again, Membership)
    assert (again.pk, again.roles, again.ends_at.year) == (member.pk, ["CLINICIAN"], 9999)


def test_the_end_of_the_last_membership_removes_her_sessions() -> None:
    admin, client = a_worker(Role.AGENCY_ADMIN), Client()
    member, by = a_worker(agency=admin.agency), viewer(admin)
    client.post("/demo/enter/", {"member": str(member.pk)})
    assert UserSession.objects.filter(user_id=member.worker.user_id).count() == 1
    with acting_as(by):
        actions.end_membership(membership_id=member.pk, by=by, at=clock.now())
    assert not UserSession.objects.filter(user_id=member.worker.user_id).exists()
    assert client.get("/me/").headers["Location"].startswith("/account/login/")


def test_the_only_one_who_opens_families_stays_until_somebody_else_can(django_capture_on_commit_callbacks: Any) -> None:
    admin = a_worker(Role.AGENCY_ADMIN)
    member, by = a_worker(Role.CARE_COORDINATOR, agency=admin.agency), viewer(admin)
    with acting_as(own := viewer(member)):
        assign(by=own, worker_id=member.worker_id, identity_ids=[uuid4()], at=clock.now())
    with acting_as(by):
        kept = actions.end_membership(membership_id=member.pk, by=by, at=clock.now())
        moved = actions.change_membership(membership_id=member.pk, roles=["AGENCY_ADMIN"], by=by, at=clock.now())
    assert kept == moved == Refused(reasons=(Reason.LAST_WITH_FAMILIES,))
    a_worker(Role.CLINICIAN, agency=admin.agency)
    with acting_as(by), django_capture_on_commit_callbacks(execute=True):
        gone = actions.end_membership(membership_id=member.pk, by=by, at=clock.now())
    assert isinstance(gone, Membership)
    assert gone.ends_at <= clock.now()


def test_who_works_with_no_family_may_always_leave() -> None:
    admin = a_worker(Role.AGENCY_ADMIN)
    member, by = a_worker(Role.CARE_COORDINATOR, agency=admin.agency), viewer(admin)
    with acting_as(by):
        assert isinstance(actions.end_membership(membership_id=member.pk, by=by, at=clock.now()), Membership)


def test_a_supervisor_is_a_colleague_and_somebody_else() -> None:
    admin = a_worker(Role.AGENCY_ADMIN)
    member, stranger, by = a_worker(agency=admin.agency), a_worker(), viewer(admin)
    with acting_as(by):
        for other, reason in ((stranger.worker_id, Reason.NOT_A_MEMBER), (member.worker_id, Reason.OWN_SUPERVISOR)):
            done = actions.change_membership(membership_id=member.pk, roles=["CLINICIAN"], supervisor_id=other, by=by, at=clock.now())
            assert done == Refused(reasons=(reason,))


def test_who_is_signed_in_costs_three_queries() -> None:
    """Session, user, membership: what every page pays before its own work."""
    member, client = a_worker(), Client()
    client.force_login(member.worker.user)
    client.get("/me/")
    with CaptureQueriesContext(
        connection,
    ) as captured:
        client.get("/me/")
    words = [q["sql"] for q in captured.captured_queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "SELECT set_config"))]
    assert len([sql for sql in words if "clock_offset" not in sql]) == 3
