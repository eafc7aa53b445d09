"""The list of families and finding one by name: what is shown, what nobody learns, and the statements."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key
from tests.integration.desk.conftest import counted, masked

from careloom.agencies.models import Membership
from careloom.infra.access import acting_as
from careloom.plans import actions

SignIn = Callable[[Membership], Client]


def test_a_worker_sees_her_families_and_no_others(world: PlanWorld, sign_in: SignIn) -> None:
    world.a_plan(mother_id=world.a_mother(given_name="Marisol"))
    assert "Marisol" in sign_in(world.dana).get("/families/").content.decode()
    for other in (world.colleague, world.bea):
        page = sign_in(other).get("/families/").content.decode()
        assert "Marisol" not in page
        assert "No family is on your list yet." in page


def test_the_list_narrows(world: PlanWorld, sign_in: SignIn) -> None:
    world.a_plan(mother_id=world.a_mother(given_name="Marisol"))
    client = sign_in(world.dana)
    assert "Marisol" in client.get("/families/?only=EXPECTING").content.decode()
    for only in ("LATE", "NEEDS_SOMEONE", "CLOSED"):
        assert "Marisol" not in client.get(f"/families/?only={only}").content.decode()


def test_the_field_in_the_bar_leads_to_the_search(world: PlanWorld, sign_in: SignIn) -> None:
    client = sign_in(world.dana)
    bar = client.get("/today/").content.decode().split("cl-find", 1)[1].split("</form>", 1)[0]
    assert 'action="/families/search/" method="post"' in bar
    assert "csrfmiddlewaretoken" in bar
    assert client.post("/families/search/", {"q": "Mari"}).url.startswith("/families/search/?s=")


def test_a_name_finds_whom_the_worker_may_see(world: PlanWorld, sign_in: SignIn) -> None:
    mother = world.a_mother(given_name="Marisol", family_name="Reyes")
    page = sign_in(world.dana).post("/families/search/", {"q": "rey"}, follow=True).content.decode()
    assert "Marisol Reyes" in page
    assert f"/families/{mother}/" in page
    part = sign_in(world.dana).post("/families/search/", {"q": "rey"}, HTTP_HX_REQUEST="true").content.decode()
    assert "<html" not in part
    assert "There may be more; ask the care team line." in part


def test_a_hidden_match_and_none_are_one_answer(world: PlanWorld, sign_in: SignIn) -> None:
    world.a_mother(given_name="Marisol", family_name="Reyes")
    client = sign_in(world.bea)
    first, second = (client.post("/families/search/", {"q": name}).url for name in ("Marisol", "Zzzzzzz"))
    client.get(second)
    with counted() as for_hidden:
        hidden = masked(client.get(first))
    with counted() as for_absent:
        absent = masked(client.get(second))
    assert hidden[:2] == absent[:2]
    assert hidden[2].replace("Marisol", "Zzzzzzz") == absent[2]
    assert len(for_hidden) == len(for_absent) <= 12


def test_the_list_takes_the_same_statements_for_one_family_and_for_twenty(world: PlanWorld, sign_in: SignIn) -> None:
    client, by = sign_in(world.dana), viewer(world.dana)
    plan = world.a_plan(mother_id=world.a_mother())
    with acting_as(by):
        actions.add_need(by=by, at=world.at, plan_id=plan.pk, code="HOUSING", request_key=a_key())
    client.get("/families/")
    with counted() as one:
        client.get("/families/")
    for _ in range(19):
        world.a_plan(mother_id=world.a_mother())
    with counted() as twenty:
        client.get("/families/")
    assert len(one) == len(twenty) <= 12, "\n".join(sql[:150] for sql in one)
