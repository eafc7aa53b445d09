"""Pages take the same number of queries for one need and for twenty, for one family and for many."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key

from careloom.infra import clock
from careloom.infra.access import NotVisible, Viewer, acting_as
from careloom.plans import actions
from careloom.plans.models import PlanOfSafeCare
from careloom.plans.queries import list_families, overdue_reviews, plan_parts

CODES = ("HOUSING", "RIDES", "FOOD", "CHILD_CARE", "COUNSELING", "DENTAL", "DOULA", "PEER", "LEGAL_AID", "CASH")


def add_needs(world: PlanWorld, plan: PlanOfSafeCare, count: int) -> None:
    by = viewer(world.dana)
    with acting_as(by):
        for number in range(count):
            code = CODES[number % len(CODES)]
            actions.add_need(by=by, at=world.at, plan_id=plan.pk, code=code, her_choice="YES", request_key=a_key())


def queries_of_page(by: Viewer, plan: PlanOfSafeCare) -> int:
    with (
        acting_as(by),
        CaptureQueriesContext(
            connection,
        ) as counted,
    ):
        plan_parts(viewer=by, plan_id=plan.pk)
    return sum(query["sql"].startswith("SELECT") and "set_config" not in query["sql"] for query in counted)


def test_a_plan_page_takes_as_many_queries_for_twenty_needs_as_for_one(world: PlanWorld) -> None:
    by, plan = viewer(world.dana), world.a_plan()
    add_needs(world, plan, 1)
    one = queries_of_page(by, plan)
    add_needs(world, plan, 19)
    with acting_as(by):
        assert len(plan_parts(viewer=by, plan_id=plan.pk).needs) == 20
    assert queries_of_page(by, plan) == one == 17


def test_hidden_and_absent_run_the_same_one_statement(world: PlanWorld) -> None:
    plan, said = world.a_plan(), {}
    for name, who, plan_id in (("hit", world.dana, plan.pk), ("hidden", world.maria, plan.pk), ("absent", world.maria, uuid4())):
        by = viewer(who)
        with acting_as(by), CaptureQueriesContext(connection) as counted:
            try:
                plan_parts(viewer=by, plan_id=plan_id)
            except NotVisible:
                assert name != "hit"
        said[name] = [query["sql"].split("FROM")[1].split()[0] for query in counted if "plans_" in query["sql"]]
    # One and no more: over the parts of a hidden plan row security takes its time, and an absent plan has none.
    assert said["hidden"] == said["absent"] == said["hit"][:1]


def test_a_list_of_families_takes_as_many_queries_for_many_as_for_one(world: PlanWorld) -> None:
    by = viewer(world.dana)
    counts = []
    for more in (1, 6):
        for _ in range(more):
            add_needs(world, world.a_plan(), 2)
        with acting_as(by), CaptureQueriesContext(connection) as counted:
            found = list_families(viewer=by, at=clock.now())
        counts.append(sum("set_config" not in query["sql"] for query in counted))
    assert len(found.lines) == 7
    assert {line.needs_open for line in found.lines} == {2}
    assert all(line.mother is not None for line in found.lines)
    assert counts[0] == counts[1] <= 8


def test_a_list_holds_the_workers_families_and_those_shared_with_her_agency(world: PlanWorld) -> None:
    mine, shared = world.a_plan(), world.a_plan()
    world.share(shared, to=world.bea)
    for who, plans in (
        (world.dana, {mine.pk, shared.pk}),
        (world.supervisor, {mine.pk, shared.pk}),
        (world.bea, {shared.pk}),
        (world.colleague, set()),
    ):
        by = viewer(who)
        with acting_as(by):
            assert {line.plan.pk for line in list_families(viewer=by, at=clock.now()).lines} == plans


def test_pages_follow_each_other_without_gap(world: PlanWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("careloom.plans.queries.boards.PAGE", 2)
    by, plans = viewer(world.dana), {world.a_plan().pk for _ in range(5)}
    with acting_as(by):
        pages = [list_families(viewer=by, at=clock.now(), page=number) for number in (1, 2, 3)]
        late = [overdue_reviews(viewer=by, today=clock.today().replace(year=clock.today().year + 2), page=number) for number in (1, 2, 3)]
    assert {line.plan.pk for page in pages for line in page.lines} == plans
    assert [page.has_more for page in pages] == [True, True, False]
    assert {row.line.plan.pk for page in late for row in page.rows} == plans
