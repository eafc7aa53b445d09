"""Somebody whom no record names is written down on a screen, once, and her plan begins from there."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, viewer
from tests.factories.plans import PlanWorld, a_key

from careloom.agencies.models import Membership
from careloom.agencies.roles import Permission, Role
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.people.models import PersonRecord

SignIn = Callable[[Membership], Client]


def told(**facts: str) -> dict[str, str]:
    born = {"birth_date_month": "3", "birth_date_day": "12", "birth_date_year": "1995"}
    return {"given_name": "Katie", "family_name": "Quillfeather", "language": "es", "phone": "555-0190", "request_key": a_key(), **born, **facts}


def written(world: PlanWorld, by: Membership) -> list[PersonRecord]:
    with acting_as(viewer(by)):
        return list(PersonRecord.objects.filter(holder_id=by.agency_id, family_name="Quillfeather"))


def test_she_is_written_down_once_and_her_plan_begins(world: PlanWorld, sign_in: SignIn) -> None:
    dana, facts = sign_in(world.dana), told()
    assert "/plans/new/" in dana.get("/families/").content.decode()
    first, second = dana.post("/plans/new/", facts), dana.post("/plans/new/", facts)
    [row] = written(world, world.dana)
    assert first["Location"] == second["Location"] == f"/plans/start/{row.identity_id}/"
    assert (row.role, row.language, row.category, row.provenance) == ("MOTHER", "es", "posc.plan_core", "originating")
    assert re.search(r'<input[^>]*value="es"[^>]*checked', dana.get(first["Location"]).content.decode())  # her language is known from here on
    assert sign_in(world.colleague).get(first["Location"]).status_code == 404  # on nobody else's caseload
    assert sign_in(world.bea).get(f"/families/{row.identity_id}/").status_code == 404


def test_who_may_be_her_already_is_shown_before_a_second_record(world: PlanWorld, sign_in: SignIn) -> None:
    dana = sign_in(world.dana)
    dana.post("/plans/new/", told())
    again = dana.post("/plans/new/", told(given_name="Kate"))
    assert again.status_code == 200
    assert "Perhaps she is here already" in again.content.decode()
    assert len(written(world, world.dana)) == 1
    assert dana.post("/plans/new/", told(given_name="Kate", looked="1")).status_code == 302
    assert len(written(world, world.dana)) == 2
    # Another agency, which may not read the first record, is told nothing of it.
    hers = sign_in(world.bea).post("/plans/new/", told())
    assert hers.status_code == 302


@pytest.mark.parametrize("role", list(Role))
def test_each_role_that_writes_plans_may_and_no_other(world: PlanWorld, sign_in: SignIn, role: Role) -> None:
    member = a_worker(role)
    answer = sign_in(member).post("/plans/new/", told())
    may = viewer(member).can(Permission.PLAN_WRITE) and viewer(member).can(Permission.FAMILY_READ)
    assert answer.status_code == (302 if may else 404), role
    assert len(written(world, member)) == (1 if may else 0)


def test_what_is_missing_is_said_and_what_was_typed_stays(world: PlanWorld, sign_in: SignIn) -> None:
    dana, tomorrow = sign_in(world.dana), clock.today() + timedelta(days=1)
    late = {"birth_date_month": str(tomorrow.month), "birth_date_day": str(tomorrow.day), "birth_date_year": str(tomorrow.year)}
    page = dana.post("/plans/new/", told(given_name="", **late))
    assert page.status_code == 422
    body = page.content.decode()
    assert "This day has not come yet. Check the year." in body
    assert 'value="Quillfeather"' in body
    assert written(world, world.dana) == []
