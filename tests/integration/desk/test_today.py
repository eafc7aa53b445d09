"""Today: what needs whom, finishing and taking back, taking what is nobody's, the whole agency, and the statements it takes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, viewer
from tests.factories.plans import PlanWorld
from tests.integration.desk.conftest import counted

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.infra.access import acting_as
from careloom.infra.access.caseload import assign
from careloom.infra.audit.models import AuditRow
from careloom.work.actions import open_obligation
from careloom.work.models import Obligation

SignIn = Callable[[Membership], Client]
HTMX = {"HTTP_HX_REQUEST": "true"}


def owe(world: PlanWorld, mother: UUID, *, kind: str = "HER_VIEW", worker: UUID | None = None, **facts: object) -> Obligation:
    by, key = viewer(world.dana), uuid4().hex
    with acting_as(by):
        open_obligation(
            by=by, at=world.at, holder_id=world.riverbend.pk, kind=kind, family_id=mother, identity_id=mother, link="/today/", request_key=key,
            worker_id=worker, **facts,
        )  # fmt: skip
        return Obligation.objects.get(request_key=key)


def mine(world: PlanWorld) -> UUID:
    return world.dana.worker_id


def test_the_root_leads_each_role_to_its_place(world: PlanWorld, sign_in: SignIn) -> None:
    assert sign_in(world.dana).get("/").url == "/today/"
    lead = a_worker(Role.STATE_LEAD)
    assert sign_in(lead).get("/").url == "/numbers/"
    assert sign_in(lead).get("/today/").status_code == 404
    assert sign_in(a_worker(Role.PARTNERSHIP_COORDINATOR)).get("/").url == "/partnership/"


def test_what_is_late_comes_first_with_how_late_it_is(world: PlanWorld, sign_in: SignIn) -> None:
    mother = world.a_mother(given_name="Marisol")
    owe(world, mother, kind="FIRST_CONTACT", worker=mine(world), due_at=world.at - timedelta(days=14), promised=True)
    owe(world, mother, kind="HOME_VISIT", worker=mine(world), due_at=world.at + timedelta(days=3))
    page = sign_in(world.dana).get("/today/").content.decode()
    assert "One thing needs you now. It is late." in page
    assert page.index("working days late") < page.index("This week")
    assert page.count("usa-button--big") == 1
    assert "cl-item--first" in page


def test_a_late_review_says_who_was_told_and_what_comes_next(world: PlanWorld, sign_in: SignIn) -> None:
    mother = world.a_mother()
    owe(world, mother, kind="REVIEW_DUE", worker=mine(world), due_at=world.at - timedelta(days=8), promised=True)
    page = sign_in(world.dana).get("/today/").content.decode()
    assert "Your supervisor was told on" in page
    assert "counted without names" in page


@pytest.mark.parametrize("htmx", [False, True])
def test_what_is_done_gives_way_to_a_receipt_and_comes_back(world: PlanWorld, sign_in: SignIn, htmx: bool) -> None:
    mother = world.a_mother(given_name="Marisol")
    row = owe(world, mother, worker=mine(world))
    client, extra = sign_in(world.dana), HTMX if htmx else {}
    page = client.post(f"/today/{row.pk}/done/", follow=True, **extra).content.decode()
    assert "Undo" in page
    assert ("<html" in page) is not htmx
    assert f'id="duty-{row.pk}"' not in page
    page = client.post(f"/today/{row.pk}/undo/", follow=True, **extra).content.decode()
    assert f'id="duty-{row.pk}"' in page
    assert "Undo" not in page


def test_a_colleague_cannot_finish_or_take_back_what_is_not_hers(world: PlanWorld, sign_in: SignIn) -> None:
    row = owe(world, world.a_mother(), worker=mine(world))
    assert sign_in(world.colleague).post(f"/today/{row.pk}/done/").status_code == 404
    assert sign_in(world.dana).post(f"/today/{row.pk}/done/").status_code == 302
    assert sign_in(world.colleague).post(f"/today/{row.pk}/undo/").status_code == 404
    assert sign_in(world.bea).post(f"/today/{row.pk}/undo/").status_code == 404


def test_what_only_a_screen_can_finish_is_not_marked_as_done(world: PlanWorld, sign_in: SignIn) -> None:
    row = owe(world, world.a_mother(), kind="FIRST_CONTACT", worker=mine(world))
    assert sign_in(world.dana).post(f"/today/{row.pk}/done/").status_code == 404


def test_what_is_nobodys_is_taken_once(world: PlanWorld, sign_in: SignIn) -> None:
    mother = world.a_mother()
    row = owe(world, mother, kind="FIRST_CONTACT")
    with acting_as(viewer(world.dana)):
        assign(by=viewer(world.dana), worker_id=world.colleague.worker_id, identity_ids=[mother], at=world.at)
    assert "Take it" in sign_in(world.colleague).get("/today/").content.decode()
    assert sign_in(world.dana).post(f"/today/{row.pk}/take/").status_code == 302
    assert sign_in(world.colleague).post(f"/today/{row.pk}/take/").status_code == 404
    assert "Take it" not in sign_in(world.dana).get("/today/").content.decode()
    assert sign_in(world.bea).post(f"/today/{row.pk}/take/").status_code == 404


def test_who_takes_what_is_nobodys_takes_the_family_too(world: PlanWorld, sign_in: SignIn) -> None:
    mother = world.a_mother(given_name="Marisol")
    row = owe(world, mother, kind="FIRST_CONTACT")
    colleague = sign_in(world.colleague)
    page = colleague.get("/today/").content.decode()
    assert f"/today/{row.pk}/take/" in page
    assert str(mother) not in page  # no link that would not open, and no name
    assert "Marisol" not in page
    assert colleague.get(f"/families/{mother}/").status_code == 404
    assert colleague.post(f"/today/{row.pk}/take/").status_code == 302
    assert "Marisol" in colleague.get("/today/").content.decode()
    assert colleague.get(f"/families/{mother}/").status_code == 200
    with acting_as(viewer(world.colleague)):
        assert AuditRow.objects.filter(action="work.taken", object_id=row.pk).count() == 1


def test_a_supervisor_sees_the_whole_agency_and_hands_over(world: PlanWorld, sign_in: SignIn) -> None:
    row = owe(world, world.a_mother(), kind="FIRST_CONTACT", worker=mine(world))
    boss = sign_in(world.supervisor)
    assert f"duty-{row.pk}" not in boss.get("/today/").content.decode()
    page = boss.get("/today/?all=1").content.decode()
    assert f"duty-{row.pk}" in page
    assert f"With {world.dana.worker.name}" in page
    assert boss.post(f"/today/{row.pk}/hand-over/", {"worker": str(world.colleague.worker_id)}).status_code == 302
    with acting_as(viewer(world.supervisor)):
        assert Obligation.objects.get(pk=row.pk).worker_id == world.colleague.worker_id
    assert sign_in(world.dana).get(f"/today/{row.pk}/hand-over/").status_code == 404
    assert f"duty-{row.pk}" not in sign_in(world.dana).get("/today/?all=1").content.decode()


def test_every_name_can_be_hidden(world: PlanWorld, sign_in: SignIn) -> None:
    mother = world.a_mother(given_name="Marisol")
    owe(world, mother, worker=mine(world))
    page = sign_in(world.dana).get("/today/").content.decode()
    assert "data-hide-names" in page
    assert page.count("Marisol") == page.count("data-name>Marisol") + page.count("Read what Marisol")  # the last is read aloud only


@pytest.mark.parametrize("who", ["dana", "supervisor"])
def test_today_takes_the_same_statements_for_one_and_for_fifty(world: PlanWorld, sign_in: SignIn, who: str) -> None:
    client, path = sign_in(getattr(world, who)), "/today/?all=1"
    owe(world, world.a_mother(), worker=mine(world), due_at=world.at)
    client.get(path)
    with counted() as one:
        client.get(path)
    for _ in range(24):
        mother = world.a_mother()
        owe(world, mother, worker=mine(world), due_at=world.at)
        owe(world, mother, kind="HOME_VISIT", worker=mine(world), due_at=world.at + timedelta(days=2))
    with counted() as many:
        client.get(path)
    assert len(one) == len(many)
    assert len(many) <= 12, "\n".join(sql[:150] for sql in many)
