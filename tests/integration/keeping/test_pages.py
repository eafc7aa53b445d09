"""The pages of expunging: an officer proposes, another person confirms, an administrator only where there is no second officer."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.db import transaction
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.integration.keeping.test_holds import entered
from tests.silence.hidden import a_record

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.infra.access import acting_as
from careloom.keeping.models import Expunging
from careloom.kernel.agency_kinds import AgencyKind

pytestmark = pytest.mark.django_db
LIST, NEW = "/agency/keeping/expunge/", "/agency/keeping/expunge/new/"


def proposed(officer: Membership) -> tuple[str, UUID]:
    """Proposed on the page; its address and its id."""
    family = a_record(officer, given_name="Ione", family_name="Quarterly")
    told = {"family": str(family), "ground": "LAW", "authority": "F.S. 1", "reason": "Her case of long ago", "request_key": uuid4().hex}
    answers = [entered(officer).post(NEW, told).headers["Location"] for _ in range(2)]
    assert answers[0] == answers[1]
    return answers[0], UUID(answers[0].rstrip("/").rpartition("/")[2])


def stands(officer: Membership, one: UUID) -> str:
    with acting_as(viewer(officer)), transaction.atomic():
        return str(Expunging.objects.get(pk=one).state)


def test_one_officer_proposes_and_another_confirms() -> None:
    officer = a_worker(Role.PRIVACY_OFFICER, agency=an_agency(kind=AgencyKind.HOSPITAL))
    other, client = a_worker(Role.PRIVACY_OFFICER, agency=officer.agency), entered(officer)
    assert "Ione Quarterly" not in client.post(NEW, {"name": "quarterly"}).content.decode()
    address, one = proposed(officer)
    assert "Ione Quarterly" in client.post(NEW, {"name": "quarterly"}).content.decode()
    page = client.get(address).content.decode()
    assert ("Confirm: expunge" in page, "Take it back" in page, "People and family" in page) == (False, True, True)
    client.post(address, {"do": "confirm"})
    client.post(address, {"do": "nothing"})
    assert stands(officer, one) == "PROPOSED"
    assert "You are the second person" in entered(other).get(address).content.decode()
    for _ in range(2):
        assert entered(other).post(address, {"do": "confirm"}).headers["Location"] == LIST
    assert stands(officer, one) == "CONFIRMED"
    assert "Confirmed: it goes within minutes" in client.get(LIST).content.decode()
    client.post(address, {"do": "take-back"})
    assert stands(officer, one) == "CONFIRMED"


def test_a_proposal_is_taken_back_and_no_longer_confirmed() -> None:
    officer = a_worker(Role.PRIVACY_OFFICER)
    other = a_worker(Role.PRIVACY_OFFICER, agency=officer.agency)
    address, one = proposed(officer)
    assert entered(officer).post(address, {"do": "take-back"}).headers["Location"] == LIST
    entered(other).post(address, {"do": "confirm"})
    assert stands(officer, one) == "WITHDRAWN"


def test_an_administrator_confirms_only_where_there_is_no_second_officer_and_reads_no_name() -> None:
    officer = a_worker(Role.PRIVACY_OFFICER)
    admin = entered(a_worker(Role.AGENCY_ADMIN, agency=officer.agency))
    address, one = proposed(officer)
    page = admin.get(address).content.decode()
    assert ("Quarterly" in page, "long ago" in page, "Confirm: expunge" in page) == (False, False, True)
    assert "F.S. 1" in admin.get(LIST).content.decode()
    second = a_worker(Role.PRIVACY_OFFICER, agency=officer.agency)
    assert (admin.get(address).status_code, admin.post(address, {"do": "confirm"}).status_code) == (404, 404)
    assert "F.S. 1" not in admin.get(LIST).content.decode()
    entered(second).post(address, {"do": "confirm"})
    assert stands(officer, one) == "CONFIRMED"


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.CARE_COORDINATOR, Role.CLINICIAN])
def test_for_nobody_else_the_pages_are_there(role: Role) -> None:
    officer = a_worker(Role.PRIVACY_OFFICER)
    address, _ = proposed(officer)
    client = entered(a_worker(role, agency=officer.agency))
    assert [client.get(one).status_code for one in (LIST, NEW, address)] == [404, 404, 404]
    assert client.post(address, {"do": "confirm"}).status_code == 404


def test_another_agencys_proposal_is_as_one_that_was_never_there() -> None:
    address, _ = proposed(a_worker(Role.PRIVACY_OFFICER))
    for role in (Role.PRIVACY_OFFICER, Role.AGENCY_ADMIN):
        client = entered(a_worker(role))
        there, nowhere = client.get(address), client.get(f"{LIST}{uuid4()}/")
        assert (there.status_code, nowhere.status_code) == (404, 404)
        assert client.post(address, {"do": "confirm"}).status_code == 404
        assert "F.S. 1" not in client.get(LIST).content.decode()


def test_what_is_wrong_is_said() -> None:
    officer = a_worker(Role.PRIVACY_OFFICER)
    family, client = a_record(officer, given_name="Ione", family_name="Quarterly"), entered(officer)
    told = {"family": str(family), "ground": "LAW", "authority": "F.S. 1", "reason": "Why", "request_key": "k"}
    for wrong in ({"family": str(uuid4())}, {"family": "x"}, {"family": ""}, {"ground": "x"}, {"authority": ""}, {"reason": ""}):
        assert client.post(NEW, told | wrong).status_code == 422
    assert client.post("/agency/keeping/holds/new/", {"scope": "WHOLE", "reason": "Case", "request_key": "h"}).status_code == 302
    held = client.post(NEW, told)
    assert (held.status_code, "A legal hold stands" in held.content.decode(), "Case" in held.content.decode()) == (422, True, False)
