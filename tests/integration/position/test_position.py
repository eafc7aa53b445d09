"""The integration position: who holds it, contacts and their entry into the state system, support, referrals; nobody else sees its pages."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.plans import PlanWorld, a_key
from tests.requirements.agreeing import Hall, executed, hall  # noqa: F401  (a fixture)
from tests.requirements.test_structure_rows import browser, day, ruth, send  # noqa: F401  (fixtures)

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.config import subscriptions
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.kernel.agency_kinds import AgencyKind
from careloom.plans import actions
from careloom.plans.models import Need, PlanOfSafeCare
from careloom.position.models import BesideDay, Contact, Episode, Holder, Support

SignIn = Callable[[Membership], Client]


@pytest.fixture
def world(db: None) -> PlanWorld:
    subscriptions.join()
    world = PlanWorld()
    world.admin = a_worker(Role.AGENCY_ADMIN, agency=world.riverbend)  # type: ignore[attr-defined]
    return world


@pytest.fixture
def sapro(world: PlanWorld, sign_in: SignIn) -> Client:
    """Dana's browser; an administrator gave her the position on its screen."""
    admin = sign_in(world.admin)  # type: ignore[attr-defined]
    assert admin.post("/position/holders/", {"worker": str(world.dana.worker_id), "holds": "yes"}).status_code == 302
    return sign_in(world.dana)


def words(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode().split("<main")[-1])).split())


def contact(client: Client, mother: UUID, *, met: bool = True, days_ago: int = 0, **facts: str) -> Any:
    """A contact written down on its screen."""
    form = {
        "about": "contact", "took_part": "1" if met else "0", "kind": "HOME_VISIT", "place": "HOME", "hour": "00:01", "minutes": "40", "words": "",
        "day": (clock.today() - timedelta(days=days_ago)).isoformat(), "request_key": a_key(),
    } | facts  # fmt: skip
    return client.post(f"/position/of/{mother}/", form)


def rows(world: PlanWorld, model: Any) -> list[Any]:
    with acting_as(system(System.JOB, holder_id=world.riverbend.pk)):
        return list(model.objects.filter(holder_id=world.riverbend.pk))


def a_plan(world: PlanWorld) -> PlanOfSafeCare:
    return world.a_plan(mother_id=world.a_mother(given_name="Practice", family_name="Parent"))


def the_file(client: Client) -> bytes:
    """The file of what is new, made and taken on its pages."""
    assert client.post("/position/entry/file/", {"request_key": a_key()}).status_code == 302
    (path, *_older) = re.findall(r"/position/files/[0-9a-f-]{36}/", client.get("/position/files/").content.decode())
    answer = client.get(path)
    assert answer["Content-Type"].startswith("text/csv")
    return bytes(answer.content)


@pytest.mark.requirement("R-197")
def test_contacts_are_entered_in_the_state_system_with_their_lag_as_a_file_and_to_print(world: PlanWorld, sapro: Client) -> None:
    mother = a_plan(world).identity_id
    assert contact(sapro, mother, days_ago=9).status_code == 302
    assert contact(sapro, mother, met=False, minutes="0").status_code == 302
    page = words(sapro.get("/position/entry/"))
    assert "Entry in FSFN" in page
    assert "The columns of the file were not checked against the state system yet." in page
    assert "Not entered for 9 days" in page
    assert "To be entered by" in page
    head, first, second = csv.reader(io.StringIO(the_file(sapro).decode("utf-8-sig")))
    assert dict(zip(head, first, strict=True)) | {"Contact ID": ""} == {
        "Record Type": "New", "Contact ID": "", "Corrects Contact ID": "", "Narrative": "",
        "Contact Begin Date": f"{clock.today() - timedelta(days=9):%m/%d/%Y}", "Contact Begin Time": "00:01",
        "Note Type": "Home visit", "Contact With": "Practice Parent", "Contact Made": "Contact", "Location": "Her home", "Duration Minutes": "40",
        "Worker": world.dana.worker.name, "Entered On": "", "Days To Entry": "9",
    }  # fmt: skip
    assert second[head.index("Contact Made")] == "Attempt"
    assert "Practice Parent" in words(sapro.get("/position/entry/print/"))
    entered = {"contact": first[0], "on": clock.today().isoformat()}
    assert sapro.post("/position/entry/", entered).status_code == 302
    assert "after 9 days" in words(sapro.get("/position/entry/?entered=1"))
    assert first[0] not in sapro.get("/position/entry/").content.decode()
    assert sapro.post("/position/entry/", {"contact": second[0], "on": (clock.today() + timedelta(days=1)).isoformat()}).status_code == 422


@pytest.mark.requirement("R-198")
def test_referrals_that_the_position_made_are_followed(world: PlanWorld, sapro: Client, sign_in: SignIn) -> None:
    plan, by = a_plan(world), viewer(world.dana)
    with acting_as(by):
        need = actions.add_need(by=by, at=world.at, plan_id=plan.pk, code="HOUSING", her_choice="YES", request_key=a_key())
    assert isinstance(need, Need)
    contact(sapro, plan.identity_id)
    form = {"organization": "Hope House", "kind": "LOGGED", "request_key": a_key()}
    assert sapro.post(f"/plans/referrals/new/{need.pk}/", form).status_code == 302
    page = words(sapro.get("/position/referrals/"))
    assert "Hope House , Practice" in page
    assert "Asked" in page
    assert "Hope House" in words(sapro.get(f"/position/of/{plan.identity_id}/"))
    assert "What follows in her plan" in words(sapro.get(f"/position/of/{plan.identity_id}/"))
    assert "Hope House" in words(sign_in(world.supervisor).get("/position/referrals/"))
    assert sign_in(world.colleague).get("/position/referrals/").status_code == 404


@pytest.mark.requirement("R-199")
def test_support_to_case_managers_and_providers_is_a_log(world: PlanWorld, sapro: Client, sign_in: SignIn) -> None:
    mother, path = a_plan(world).identity_id, "/position/of/{}/"
    form = {
        "about": "support", "to_whom": "CASE_MANAGER", "code": "JOINT_VISIT", "on": clock.today().isoformat(), "minutes": "50",
        "words": "Went along", "request_key": a_key(),
    }  # fmt: skip
    assert sapro.post(path.format(mother), form).status_code == sapro.post(path.format(mother), form).status_code == 302
    assert sapro.post(path.format(mother), form | {"to_whom": "PROVIDER", "code": "SCHEDULING", "request_key": a_key()}).status_code == 302
    assert len(rows(world, Support)) == 2, "a form sent twice is one row"
    page = words(sapro.get(path.format(mother)))
    assert "The child welfare case manager: Went along on a visit" in page
    assert "The treatment provider: Arranged an admission, a ride or child care" in page
    assert sapro.post(path.format(mother), form | {"minutes": "0", "request_key": a_key()}).status_code == 422
    assert sign_in(world.colleague).post(path.format(mother), form).status_code == 404


def test_tries_engage_and_the_first_contact_admits_and_silence_asks_for_discharge(world: PlanWorld, sapro: Client) -> None:
    mother = a_plan(world).identity_id
    contact(sapro, mother, met=False, days_ago=60, minutes="0")
    assert "Engaged since" in words(sapro.get("/position/"))
    assert "Discharge is due by the definition" in words(sapro.get("/position/"))
    (episode,) = rows(world, Episode)
    assert (episode.admitted_on, episode.definition) == (None, "2009.1")
    contact(sapro, mother, days_ago=40)
    contact(sapro, mother, days_ago=45, kind="STAFFING")
    (episode,) = rows(world, Episode)
    assert episode.admitted_on == clock.today() - timedelta(days=40), "a staffing without her admits nobody"
    contact(sapro, mother)
    page = words(sapro.get("/position/"))
    assert "1 engagement attempt" in page
    assert "With the position" in page
    leave = {"about": "discharge", "code": "LINKED", "on": clock.today().isoformat()}
    assert sapro.post(f"/position/of/{mother}/", leave | {"on": "2020-01-01"}).status_code == 422
    assert sapro.post(f"/position/of/{mother}/", leave).status_code == 302
    assert "In treatment and linked" in words(sapro.get("/position/?ended=1"))
    contact(sapro, mother)
    assert len(rows(world, Episode)) == 2, "she may come again"


def test_the_position_is_given_by_an_administrator_and_opens_no_record(world: PlanWorld, sapro: Client, sign_in: SignIn) -> None:
    hers, not_hers = a_plan(world).identity_id, world.a_mother(by=world.colleague)
    assert sapro.get(f"/position/of/{hers}/").status_code == 200
    assert sapro.get(f"/position/of/{not_hers}/").status_code == 404
    assert contact(sapro, not_hers).status_code == 404
    assert sign_in(world.colleague).get("/position/").status_code == 404
    assert sapro.get("/position/holders/").status_code == 404
    admin = sign_in(world.admin)  # type: ignore[attr-defined]
    assert admin.post("/position/holders/", {"worker": str(world.bea.worker_id), "holds": "yes"}).status_code == 404
    assert admin.post("/position/holders/", {"worker": str(world.dana.worker_id), "holds": "no"}).status_code == 302
    assert sapro.get("/position/").status_code == 404
    assert Holder.objects.get(worker_id=world.dana.worker_id).ends_on == clock.today()


def test_days_beside_partners_are_kept_once(world: PlanWorld, sapro: Client) -> None:
    day = {"on": clock.today().isoformat(), "site": "Child welfare office, Pine", "hours": "6"}
    assert sapro.post("/position/days/", day).status_code == sapro.post("/position/days/", day | {"hours": "7"}).status_code == 302
    assert BesideDay.objects.get(worker_id=world.dana.worker_id).hours == 7
    assert "Child welfare office, Pine" in words(sapro.get("/position/days/"))
    assert sapro.post("/position/days/", day | {"on": (clock.today() + timedelta(days=1)).isoformat()}).status_code == 422


def test_what_a_part_2_program_writes_is_its_own_record_and_no_plan_consent_opens_it(world: PlanWorld, sapro: Client) -> None:
    plan = a_plan(world)
    contact(sapro, plan.identity_id)
    assert {row.category for row in rows(world, Contact)} == {"part2.attendance"}
    world.share(plan, to=world.bea)
    with acting_as(viewer(world.bea)):
        assert not Contact.objects.filter(identity_id=plan.identity_id).exists()


def test_a_caseworker_keeps_her_contacts_and_enters_them_without_the_position(world: PlanWorld, sign_in: SignIn) -> None:
    """J3.12: what she writes is kept with the case, opens no episode, and stands in the file; a colleague without the family sees none of it."""
    county = an_agency(kind=AgencyKind.CPS_AGENCY)
    lena, other = a_worker(Role.CPS_WORKER, agency=county), a_worker(Role.CPS_WORKER, agency=county)
    Membership.objects.filter(pk__in=[lena.pk, other.pk]).update(starts_at=world.at - timedelta(days=1))
    mother = world.a_mother(by=lena, given_name="Marisol")
    client = sign_in(lena)
    assert contact(client, mother, words="He slept in his crib").status_code == 302
    with acting_as(system(System.JOB, holder_id=county.pk)):
        (row,) = Contact.objects.filter(holder_id=county.pk)
        assert (row.category, row.episode_id) == ("cw.case_record", None)
        assert not Episode.objects.filter(holder_id=county.pk).exists()
    page = words(client.get(f"/position/of/{mother}/"))
    assert "He slept in his crib" in page
    assert "Discharge" not in page
    rows = list(csv.reader(io.StringIO(the_file(client).decode("utf-8-sig"))))
    assert len(rows) == 2
    assert str(row.pk) in rows[1]
    assert "Home visit" in words(client.get("/position/entry/print/"))
    entered = client.post("/position/entry/", {"contact": [str(row.pk)], "on": clock.today().isoformat()})
    assert entered.status_code == 302
    assert "Every contact is entered." in words(client.get("/position/entry/"))
    for stranger in (other, world.bea):
        assert sign_in(stranger).get(f"/position/of/{mother}/").status_code == 404
    assert client.get("/position/days/").status_code == 404


@pytest.mark.requirement("R-203")
def test_what_the_agreement_defines_counts_once_it_is_signed_and_not_after_its_end(world: PlanWorld, sapro: Client, hall: Hall) -> None:  # noqa: F811
    provider = {"name": hall.provider.name, "sectors": ["SUBSTANCE_USE"], "agency_id": world.riverbend.pk, "version": hall.provider.row_version}
    send(hall.client, f"{hall.rooms}partners/{hall.provider.pk}/", **provider, **day("joined_on"))
    first, second, third = (a_plan(world).identity_id for _ in range(3))
    executed(hall)
    assert "Definition 2009.1, agreement 1." in words(sapro.get("/position/"))
    contact(sapro, first, kind="PHONE", place="OFFICE", days_ago=3)
    (episode,) = rows(world, Episode)
    assert (episode.admitted_on, episode.definition) == (None, "2009.1, agreement 1"), "a call admits by the pack, and not by what they agreed"
    contact(sapro, first, days_ago=1)
    (episode,) = rows(world, Episode)
    assert episode.admitted_on == clock.today() - timedelta(days=1)
    page = words(sapro.get(f"/position/of/{first}/"))
    assert ("Moved away" in page, "She does not wish to go on" in page) == (True, False)
    leave = {"about": "discharge", "on": clock.today().isoformat()}
    assert sapro.post(f"/position/of/{first}/", leave | {"code": "DECLINED"}).status_code == 422
    assert sapro.post(f"/position/of/{first}/", leave | {"code": "MOVED"}).status_code == 302

    hall.move("AMENDMENT")
    hall.clause("position_admits", version="1", codes=["FACE_TO_FACE", "HOME_VISIT", "PHONE"])
    contact(sapro, second, kind="PHONE", place="OFFICE")
    assert {row.identity_id: row.admitted_on for row in rows(world, Episode)}[second] is None, "a draft counts nothing"
    send(hall.client, f"{hall.page}end/", words="The region changed.")
    contact(sapro, third, kind="PHONE", place="OFFICE")
    found = {row.identity_id: row for row in rows(world, Episode)}[third]
    assert (found.admitted_on, found.definition) == (clock.today(), "2009.1"), "without an agreement the pack counts"
