"""From a plan to guidance and back: no text, count, order or time on that way leads to the family, for a reader of the whole database too."""

from __future__ import annotations

import itertools
import re
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from tests.architecture.test_row_security import ROOMS
from tests.factories.agencies import viewer
from tests.factories.barriers import House, SignIn
from tests.factories.plans import PlanWorld, a_key
from tests.requirements.conftest import saved, text_of
from tests.requirements.conftest import world as plan_world  # noqa: F401  (a fixture)
from tests.requirements.test_structure_rows import day, send

from careloom.agencies.models import Membership
from careloom.barriers import actions
from careloom.barriers.models import Barrier, Given
from careloom.changes.models import Addressee, Guidance, GuidanceVersion
from careloom.following.models import BarrierDraft, BarrierNoted
from careloom.following.tasks import run as follow
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.kernel.suppression import HOUSE_SETTINGS
from careloom.outcomes import needs as published
from careloom.partnership.models import Collaborative
from careloom.plans import actions as plans
from careloom.plans.models import Need, PlanOfSafeCare

pytestmark = pytest.mark.django_db
A_MONTH = timedelta(days=31)
WORDS = "The clinic is 70 miles away and no bus goes there"
HER = {"given_name": "Zephyrine", "family_name": "Quillfeather"}


@pytest.fixture
def house(sign_in: SignIn) -> House:
    return House(sign_in)


def an_unmet_need(world: PlanWorld, house: House, *, code: str = "RIDES") -> tuple[PlanOfSafeCare, Need]:
    """A family of the house's county whose need no service can meet, for it is too far."""
    plan = world.a_plan(mother_id=world.a_mother(county=house.county, **HER))
    with acting_as(viewer(world.dana)):
        need = plans.add_need(by=viewer(world.dana), at=world.at, plan_id=plan.pk, code=code, title="", her_choice="YES", request_key=a_key())
        assert isinstance(need, Need)
        plans.resolve_need(by=viewer(world.dana), at=clock.now(), need_id=need.pk, result="UNMET", reason="TOO_FAR", request_key=a_key())
    return plan, need


def everything_kept() -> list[tuple[str, dict[str, Any]]]:
    """Every row of the rooms' tables and of the drafts, as a reader of the database finds it."""
    models = [model for app in ROOMS for model in apps.get_app_config(app).get_models()]
    return [(model._meta.db_table, row) for model in (*models, BarrierDraft) for row in model._base_manager.all().values()]


def transactions(table: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT xmin::text FROM {table}")
        return {row[0] for row in cursor.fetchall()}


def passed_on(house: House, world: PlanWorld, need: Need, *, dana: Membership | None = None) -> None:
    saved(house.sign_in(dana or world.dana).post(f"/following/needs/{need.pk}/barrier/", {"words": WORDS}))


@pytest.mark.slow
def test_from_a_plan_to_guidance_and_back_nothing_leads_to_her(plan_world: PlanWorld, house: House) -> None:  # noqa: F811
    world = plan_world
    plan, need = an_unmet_need(world, house)
    passed_on(house, world, need)
    group, core, judge = house.chair(house.group), house.chair(house.core), house.chair(house.oversight)
    register = f"{house.rooms}barriers/"
    follow(at=clock.now())
    actions.gather(at=clock.now())
    assert "Too far" not in re.sub(r"<select.*?</select>", "", text_of(group.get(register)), flags=re.S)  # the month is not over
    following = f"/following/plans/{plan.pk}/"
    assert "Waits for triage" not in text_of(house.sign_in(world.dana).get(following))
    actions.gather(at=clock.now() + A_MONTH)
    row = Barrier.objects.get(county=house.county)
    assert "Waits for triage" in text_of(house.sign_in(world.dana).get(following))
    house.act(group, row, "triage", does="TRIAGE", body_id=house.group.pk, title="No ride to the clinic", words="It is 70 miles away.")
    house.act(group, row, "up", tried="Gas cards helped few.", asks="Ask the plan.")
    house.act(core, row, "up", tried="The plan pays 50 miles.", asks="Change the rule.", cross_system="on")
    later = (clock.today() + timedelta(days=60)).isoformat()
    house.act(judge, row, "decide", decision="RESOLVE", words="No mile limit in pregnancy.", due_on=later)
    house.act(core, row, "guidance", title="Rides of any length", body_id=house.oversight.pk, text="Book a ride of any length.")
    version = GuidanceVersion.objects.get(guidance=Guidance.objects.get(barrier_id=row.pk))
    send(judge, f"{house.rooms}guidance/version/{version.pk}/comments/", version="1", until=(clock.today() + timedelta(days=1)).isoformat())
    GuidanceVersion.objects.filter(pk=version.pk).update(consult_until=clock.today())
    send(judge, f"{house.rooms}guidance/version/{version.pk}/issue/", version="2", partners=[house.partner.pk])
    to = Addressee.objects.get(guidance_version=version)
    send(house.renee, f"{house.rooms}guidance/to/{to.pk}/applied/", version="1", how="Each nurse books it.", **day("since"))
    house.act(core, row, "tell", words="You can ask for any ride.", plain="You can ask for a ride of any length.", plain_es="Puede pedir un viaje.")

    # The one who passed it on reads the answer on the plan, and on Today, where no row joins the two.
    dana = house.sign_in(world.dana)
    page = text_of(dana.get(following))
    assert "You can ask for a ride of any length." in page
    assert "Guidance came of it:" in page
    assert "The partnership answered about a need of" in text_of(dana.get("/today/"))
    assert "The partnership answered about a need of" not in text_of(house.sign_in(world.colleague).get("/today/"))

    # What a reader of all the rooms' tables finds.
    kept = everything_kept()
    told = " ".join(f"{table} {value}" for table, row_of in kept for value in row_of.values())
    with acting_as(viewer(world.dana)):
        noted = BarrierNoted.objects.get(plan_id=plan.pk)
    for one in (plan.pk, plan.identity_id, need.pk, noted.pk, world.dana.worker_id, world.riverbend.pk):
        assert str(one) not in told
        assert one.hex not in told
    for name in HER.values():
        assert name not in told
    assert Given.objects.get(barrier=row).words == ""  # they went with triage
    for table, values in kept:
        if table in ("barriers_given", "following_barrier_draft") or (table == "barriers_barrier" and values["id"] == row.pk):
            for name, value in values.items():
                if isinstance(value, datetime):
                    assert (value.day, value.hour, value.minute, value.second, value.microsecond) == (1, 0, 0, 0, 0), (table, name)
                elif isinstance(value, date) and name in ("month", "raised_on"):
                    assert value.day == 1, (table, name)
    spoke = transactions("following_barrier_noted")
    assert not spoke & (transactions("barriers_given") | transactions("barriers_barrier") | transactions("following_barrier_draft"))


def test_a_lone_barrier_of_a_small_county_shows_a_month_and_no_number(plan_world: PlanWorld, house: House) -> None:  # noqa: F811
    _plan, need = an_unmet_need(plan_world, house)
    passed_on(house, plan_world, need)
    actions.gather(at=clock.now() + A_MONTH)
    row = Barrier.objects.get(county=house.county)
    with clock.at(clock.now() + A_MONTH):
        for path in (f"{house.rooms}barriers/", house.url(row)):
            page = text_of(house.sign_in(house.renee_member).get(path))
            assert "Fewer than 11 families" in page
            assert f"{clock.today() - A_MONTH:%B %Y}" in page
            assert not re.search(r"\b(1|One) famil", page)
    assert row.due_on is not None
    assert row.due_on >= (clock.today() + A_MONTH).replace(day=1)  # its clock runs from the end of the month


def test_barriers_stand_in_no_order_of_plans(house: House) -> None:
    """Fourteen plans pass on one after the other: neither the list nor the table shows them so."""
    services = [f"S{number:02}" for number in (7, 2, 11, 0, 5, 13, 9, 1, 12, 4, 8, 3, 10, 6)]
    past = clock.today().replace(day=1) - timedelta(days=1)
    for service in services:
        actions.take_in(month=past, county=house.county, cause="COST", service=service)
    actions.gather(at=clock.now())
    with connection.cursor() as cursor:
        cursor.execute("SELECT service FROM barriers_barrier WHERE county = %s ORDER BY ctid", [house.county])
        placed = [service for (service,) in cursor.fetchall()]
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM barriers_given WHERE county = %s", [house.county])
        assert cursor.fetchone()[0] <= len(services)
    assert sorted(placed) == sorted(services)
    assert placed != services  # by chance once in 87 billion times
    page = text_of(house.ruth.get(f"{house.rooms}barriers/"))
    shown = re.findall(r"/barriers/([0-9a-f-]{36})/\"", page)
    rows = {str(row.pk): row.service for row in Barrier.objects.filter(county=house.county)}
    assert [rows[pk] for pk in shown if pk in rows] == sorted(services)


def test_what_two_collaboratives_over_one_county_publish_cannot_be_subtracted(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """One table over every county is published; a reader of all three houses cannot find the county with five families."""
    counties = [house.county, f"Ash{uuid4().hex[:6]}", f"Elm{uuid4().hex[:6]}"]
    mine = Collaborative.objects.get(pk=house.partner.collaborative_id)
    houses = [mine]
    for places in (counties[:2], counties):
        row = Collaborative.objects.get(pk=mine.pk)
        row.pk, row.name, row.request_key, row.places, row._state.adding = uuid4(), f"House {uuid4()}", a_key(), places, True
        row.save()
        houses.append(row)
    truth = dict(zip(counties, (25, 5, 40), strict=True))
    monkeypatch.setattr(published, "_rows", lambda name, months: {(county, "RIDES"): count for county, count in truth.items()})
    monkeypatch.setattr(
        published,
        "standing_of",
        lambda *, viewer, collaborative_id: type("S", (), {"collaborative": next(h for h in houses if h.pk == collaborative_id)}),
    )
    said: list[tuple[tuple[str, ...], int]] = []
    for one in houses:
        found = published.needs_by_county(viewer=None, collaborative_id=one.pk, at=clock.now(), zone="America/New_York", settings=HOUSE_SETTINGS)  # type: ignore[arg-type]
        said += [((fact.place,), fact.families.value) for fact in found.facts if fact.families.value is not None]
        whole = found.totals["RIDES"].value
        said += [(found.counties, whole)] if whole is not None else []
    possible = {
        small for first, small, last in itertools.product(range(71), repeat=3)
        if all(sum(dict(zip(counties, (first, small, last), strict=True))[name] for name in names) == value for names, value in said)
    }  # fmt: skip
    assert 5 in possible
    assert len(possible) > 5, said


def test_what_families_met_stands_in_one_house_and_its_numbers_are_rounded(house: House) -> None:
    """A state, a region and a county over the same place: each family is counted in one barrier only, and a family more or less does not show."""
    mine = Collaborative.objects.get(pk=house.partner.collaborative_id)
    for reach, places in (("REGION", [house.county, "Elsewhere"]), ("STATE", [])):
        row = Collaborative.objects.get(pk=mine.pk)
        row.pk, row.name, row.reach, row.request_key, row.places, row._state.adding = uuid4(), f"{uuid4()}", reach, a_key(), places, True
        row.save()
    past = clock.today().replace(day=1) - timedelta(days=1)
    for _family in range(23):
        actions.take_in(month=past, county=house.county, cause="STIGMA", service="RECOVERY")
    actions.gather(at=clock.now())
    row = Barrier.objects.get(county=house.county)
    assert row.collaborative_id == mine.pk
    before = text_of(house.ruth.get(house.url(row)))
    actions.take_in(month=past, county=house.county, cause="STIGMA", service="RECOVERY")
    actions.gather(at=clock.now())
    assert Barrier.objects.filter(county=house.county).count() == 1
    after = text_of(house.ruth.get(house.url(row)))
    assert "About 25 families" in before
    assert "About 25 families" in after
