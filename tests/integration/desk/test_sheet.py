"""Today on paper: what is due, and each number only as she lets it be used (R-128, F36; ux 7.2: the day's sheet)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.factories.agencies import a_worker, viewer
from tests.factories.plans import PlanWorld
from tests.integration.desk.conftest import counted
from tests.integration.desk.test_today import owe

from careloom.agencies.roles import Role
from careloom.infra.access import acting_as
from careloom.infra.access.models import AccessLog
from careloom.messages.models import SafeContact
from careloom.people.models import PersonRecord
from careloom.plans.models import PlanOfSafeCare

SignIn = Callable[[Any], Any]


def a_family(world: PlanWorld, *, name: str, phone: str, **contact: Any) -> PlanOfSafeCare:
    plan = world.a_plan(mother_id=world.a_mother(given_name=name, family_name="Example"))
    by = viewer(world.dana)
    with acting_as(by):
        PersonRecord.objects.filter(identity_id=plan.identity_id).update(phone=phone)
        if contact:
            SafeContact(
                holder_id=by.holder_id, identity_id=plan.identity_id, category="posc.plan_core", changed_at=world.at, **contact
            ).save()  # fmt: skip
    owe(world, plan.identity_id, kind="FIRST_CONTACT", worker=world.dana.worker_id, due_at=world.at)
    return plan


def test_the_sheet_says_what_is_due_and_how_each_family_may_be_reached(world: PlanWorld, sign_in: SignIn) -> None:
    a_family(world, name="Marisol", phone="555-0111", may_text=True, may_call=True, shared_phone=True)
    a_family(world, name="Ada", phone="555-0122", may_text=False, may_call=False)
    body = sign_in(world.dana).get("/today/sheet/").content.decode()
    assert "555-0111" in body
    assert "Shared phone" in body
    assert "555-0122" not in body
    assert "In person only" in body
    assert "shred it tonight" in body


def test_another_agency_reads_nothing_of_it_and_the_look_is_kept(world: PlanWorld, sign_in: SignIn) -> None:
    plan = a_family(world, name="Marisol", phone="555-0111")
    assert "Marisol" not in sign_in(world.bea).get("/today/sheet/").content.decode()
    assert "Marisol" in sign_in(world.dana).get("/today/sheet/").content.decode()
    with acting_as(viewer(a_worker(Role.PRIVACY_OFFICER, agency=world.riverbend))):
        (look,) = AccessLog.objects.filter(place="desk:sheet", identity_id=plan.identity_id)
    assert look.worker_id == world.dana.worker_id


def test_six_families_take_as_many_statements_as_one(world: PlanWorld, sign_in: SignIn) -> None:
    browser, counts = sign_in(world.dana), []
    for more in (1, 5):
        for number in range(more):
            a_family(world, name=f"Ada{number}", phone="555-0100", may_text=True, may_call=True)
        browser.get("/today/")
        with counted() as said:
            browser.get("/today/sheet/")
        counts.append(len(said))
    assert counts[0] == counts[1]
