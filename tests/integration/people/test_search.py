"""The search over everybody: found across agencies, shown to those granted both sides only; stopped, gone on with, never lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.agencies import a_worker, viewer
from tests.integration.people.conftest import AGAIN, Doubles

from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.answers import Done, Refused
from careloom.people.matching import searching
from careloom.people.matching.model import load_model
from careloom.people.matching.traits import Traits
from careloom.people.models import MatchSearch, PossibleMatch
from careloom.work.models import Obligation

SignIn = Callable[[Any], Client]


@pytest.fixture
def asked(doubles: Doubles) -> MatchSearch:
    by = viewer(doubles.world.supervisor)
    with acting_as(by):
        done = searching.start_search(by=by, at=clock.now(), request_key="one")
        assert searching.start_search(by=by, at=clock.now(), request_key="two") == done, "one at a time"
    return MatchSearch.objects.get(pk=done.row_id)


def nobody(rows: list[Traits], blocks: searching.Blocks, go_on: Callable[[], bool]) -> list[tuple[str, str, float]]:
    return []


def by_day_only(rows: list[Traits], blocks: searching.Blocks, go_on: Callable[[], bool]) -> list[tuple[str, str, float]] | None:
    """The real process for one step; the others would start it a dozen times more."""
    return searching.in_child(rows, blocks, go_on) if blocks == (("born",),) else []


@pytest.mark.slow
def test_a_pair_across_agencies_is_shown_to_who_is_granted_both_sides(
    doubles: Doubles, asked: MatchSearch, sign_in: SignIn, django_capture_on_commit_callbacks: Any
) -> None:
    world = doubles.world
    head, manager = a_worker(Role.SUPERVISOR, agency=world.harbor), a_worker(Role.SUPERVISOR, agency=world.st_agnes)
    at_riverbend, at_harbor = doubles.record(world.dana), doubles.record(world.bea, **AGAIN)
    assert doubles.noted(world.dana, at_riverbend) == [], "on entry nobody looks beyond what she may see"
    with django_capture_on_commit_callbacks(execute=True):
        assert searching.work(at=clock.now(), compare=by_day_only) == 1
    asked.refresh_from_db()
    assert (asked.state, asked.steps_done) == ("DONE", asked.steps)
    (match,) = doubles.matches()
    page = reverse("people:match", args=[match.pk])
    for member in (head, manager, world.supervisor):
        browser = sign_in(member)
        assert browser.get(page).status_code == 404
        assert page not in browser.get(reverse("people:matches")).content.decode()
        assert page not in browser.get(reverse("desk:today")).content.decode()
        with acting_as(viewer(member)):
            assert PossibleMatch.objects.count() == 0
            assert Obligation.objects.filter(kind="IDENTITY_REVIEW").count() == 0
    # She lets Harbor read Riverbend's plan of her: now Harbor may read both records, and Riverbend still only its own.
    world.share(world.a_plan(mother_id=at_riverbend.identity_id), to=world.bea)
    browser = sign_in(head)
    assert page in browser.get(reverse("people:matches")).content.decode()
    text = browser.get(page).content.decode()
    assert "Katie" in text
    assert "Katherine" in text
    assert sign_in(world.supervisor).get(page).status_code == 404
    assert browser.post(reverse("people:same", args=[match.pk]), {"row_version": 1, "sure": "on"}).status_code == 302
    assert doubles.identity(at_riverbend) == doubles.identity(at_harbor)


def test_a_stopped_search_goes_on_where_it_stopped(doubles: Doubles, asked: MatchSearch, sign_in: SignIn) -> None:
    browser, every, done = sign_in(doubles.world.supervisor), load_model().blocks, []

    def stops_in_the_third(rows: list[Traits], blocks: searching.Blocks, go_on: Callable[[], bool]) -> list[tuple[str, str, float]] | None:
        if len(done) == 2:
            browser.post(reverse("people:search"), {"do": "stop", "request_key": "a"})
            return None if not go_on() else []
        done.extend(blocks)
        return []

    assert searching.work(at=clock.now(), compare=stops_in_the_third) == 0
    asked.refresh_from_db()
    assert (asked.state, asked.steps_done) == ("STOPPED", 2)
    page = browser.get(reverse("people:search")).content.decode()
    assert "Step 2 of" in page
    assert "Go on where it stopped" in page
    assert searching.work(at=clock.now(), compare=nobody) == 0, "a stopped search waits"
    browser.post(reverse("people:search"), {"do": "resume", "request_key": "b"})
    rest: list[tuple[str, ...]] = []
    searching.work(at=clock.now(), compare=lambda rows, blocks, go_on: rest.extend(blocks) or [])
    assert [*done, *rest] == list(every)
    asked.refresh_from_db()
    assert asked.state == "DONE"
    by = viewer(doubles.world.supervisor)
    with acting_as(by):
        assert searching.stop_search(by=by, at=clock.now(), search_id=asked.pk) == Refused(codes=("OVER",))
        assert searching.resume_search(by=by, at=clock.now(), search_id=asked.pk) == Refused(codes=("OVER",))


def test_a_search_whose_process_died_is_taken_up_again(doubles: Doubles, asked: MatchSearch) -> None:
    def dies(rows: list[Traits], blocks: searching.Blocks, go_on: Callable[[], bool]) -> list[tuple[str, str, float]]:
        raise searching.ChildFailed

    with pytest.raises(searching.ChildFailed):
        searching.work(at=clock.now(), compare=dies)
    assert searching.work(at=clock.now(), compare=nobody) == 0
    asked.refresh_from_db()
    assert asked.state == "RUNNING", "another process may still be at it"
    searching.work(at=clock.now() + timedelta(minutes=3), compare=nobody)
    asked.refresh_from_db()
    assert asked.state == "DONE"


def test_starting_a_search_needs_the_permission(doubles: Doubles, sign_in: SignIn) -> None:
    assert sign_in(doubles.world.dana).post(reverse("people:search"), {"do": "start", "request_key": "x"}).status_code == 404
    assert MatchSearch.objects.count() == 0
    answer = sign_in(doubles.world.supervisor).post(reverse("people:search"), {"do": "start", "request_key": "x"})
    assert answer.status_code == 302
    assert MatchSearch.objects.count() == 1
    by = viewer(doubles.world.supervisor)
    with acting_as(by):
        assert isinstance(searching.start_search(by=by, at=clock.now(), request_key="x"), Done)
    assert MatchSearch.objects.count() == 1


@pytest.mark.slow
def test_the_process_that_compares_is_ended_when_told_to_stop() -> None:
    rows = [Traits(key=str(i), grown=True, given=f"name{i % 50}", family=f"kin{i % 70}", born=f"19{i % 90 + 10}0101") for i in range(2000)]
    stopped = searching.in_child(rows, (("born",),), lambda: False)
    assert stopped is None
    twins = [Traits(key=k, grown=True, given="ana", root="ana", family="sol", born="19900101") for k in ("a", "b")]
    alone = [Traits(key=f"alone{i}", grown=True, given=f"n{i}", family=f"k{i}", street="a long street name " * 8) for i in range(1500)]
    ((one, other, weight),) = searching.in_child([*twins, *alone], (("born",),), lambda: True) or []
    assert (one, other) == ("a", "b")
    assert weight > 0
