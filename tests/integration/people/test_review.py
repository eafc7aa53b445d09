"""Somebody looks at two records side by side and says what they are; every screen and action with who may and who may not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.agencies import viewer
from tests.integration.people.conftest import AGAIN, Doubles
from tests.integration.people.worlds import everything

from careloom.infra import clock
from careloom.infra.access import NotVisible, System, acting_as, system
from careloom.infra.answers import Done, Refused, Stale
from careloom.people.matching.answering import say_later, say_not_same, say_same, take_back
from careloom.people.models import Join, PossibleMatch
from careloom.work.models import Obligation

SignIn = Callable[[Any], Client]


@pytest.fixture
def match(doubles: Doubles, django_capture_on_commit_callbacks: Any) -> PossibleMatch:
    with django_capture_on_commit_callbacks(execute=True):
        doubles.first, doubles.second = doubles.record(doubles.world.dana), doubles.record(doubles.world.dana, **AGAIN)
        (found,) = doubles.noted(doubles.world.dana, doubles.second)
    return found


def path(name: str, match: PossibleMatch) -> str:
    return reverse(f"people:{name}", args=[match.pk])


def test_the_reviewer_sees_both_records_and_why(doubles: Doubles, match: PossibleMatch, sign_in: SignIn) -> None:
    browser = sign_in(doubles.world.supervisor)
    assert path("match", match) in browser.get(reverse("people:matches")).content.decode()
    page = browser.get(path("match", match)).content.decode()
    for words in ("Katherine", "Katie", "Quillfeather", "in 100", "a short form of the same name", "Born: the same", "There may be more"):
        assert words in page, words


def test_joining_on_the_screen_and_taking_it_back(doubles: Doubles, match: PossibleMatch, sign_in: SignIn) -> None:
    before, browser = everything(), sign_in(doubles.world.supervisor)
    unsure = browser.post(path("same", match), {"row_version": 1})
    assert unsure.status_code == 422
    assert doubles.identity(doubles.first) != doubles.identity(doubles.second)
    answer = browser.post(path("same", match), {"row_version": 1, "sure": "on"}, follow=True)
    assert "Joined. It can be taken back." in answer.content.decode()
    assert doubles.identity(doubles.first) == doubles.identity(doubles.second)
    with acting_as(system(System.MATCHING)):
        made = Join.objects.get()
    there = reverse("people:join", args=[made.pk])
    assert there in answer.content.decode()
    assert there in browser.get(reverse("people:joins")).content.decode()
    assert "Take the join back" in browser.get(there).content.decode()
    assert browser.post(there, {"because": ""}).status_code == 422
    back = browser.post(there, {"because": "TWO_PEOPLE"}, follow=True).content.decode()
    assert "Taken back" in back
    after = everything()
    # The question on Today was met by the answer; every other row is as it was.
    after.pop("work_obligation"), before.pop("work_obligation")
    assert after == before
    (known,) = doubles.matches()
    assert known.state == "NOT_SAME"


def test_two_people_is_remembered(doubles: Doubles, match: PossibleMatch, sign_in: SignIn) -> None:
    browser = sign_in(doubles.world.supervisor)
    assert browser.post(path("not_same", match), {"row_version": 1}).status_code == 422
    assert browser.post(path("not_same", match), {"row_version": 1, "because": "RELATIVES"}).status_code == 302
    (found,) = doubles.noted(doubles.world.dana, doubles.second)
    assert (found.state, found.because) == ("NOT_SAME", "RELATIVES")
    assert path("match", match) not in browser.get(reverse("people:matches")).content.decode()
    assert path("match", match) in browser.get(reverse("people:matches"), {"show": "answered"}).content.decode()


def test_later_comes_back_on_its_day(doubles: Doubles, match: PossibleMatch, sign_in: SignIn, django_capture_on_commit_callbacks: Any) -> None:
    browser, day = sign_in(doubles.world.supervisor), clock.today() + timedelta(days=10)
    past = {"row_version": 1, "look_again_on": (clock.today() - timedelta(days=3)).isoformat()}
    assert browser.post(path("later", match), past).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(path("later", match), {"row_version": 1, "look_again_on": day.isoformat()}).status_code == 302
    assert path("match", match) not in browser.get(reverse("people:matches")).content.decode()
    job = system(System.JOB, holder_id=doubles.world.riverbend.pk)
    with acting_as(job):
        duty = Obligation.objects.get(kind="IDENTITY_REVIEW")
    assert duty.met_at is None
    assert duty.due_at is not None
    assert duty.due_at.date() >= day
    with clock.at(clock.now() + timedelta(days=11)):
        assert path("match", match) in sign_in(doubles.world.supervisor).get(reverse("people:matches")).content.decode()


def test_a_colleagues_answer_is_shown_and_not_written_over(doubles: Doubles, match: PossibleMatch, sign_in: SignIn) -> None:
    browser = sign_in(doubles.world.supervisor)
    by = viewer(doubles.world.supervisor)
    with acting_as(by):
        assert isinstance(say_not_same(by=by, at=clock.now(), match_id=match.pk, row_version=1, because="TWINS"), Done)
        assert isinstance(say_same(by=by, at=clock.now(), match_id=match.pk, row_version=1), Stale)
        assert say_same(by=by, at=clock.now(), match_id=match.pk, row_version=2) == Refused(codes=("ANSWERED",))
    late = browser.post(path("same", match), {"row_version": 1, "sure": "on"})
    assert late.status_code == 409
    assert "Two people" in late.content.decode()
    assert doubles.identity(doubles.first) != doubles.identity(doubles.second)


def test_today_asks_the_reviewer_and_nobody_owes_it_after_the_answer(
    doubles: Doubles, match: PossibleMatch, sign_in: SignIn, django_capture_on_commit_callbacks: Any
) -> None:
    browser = sign_in(doubles.world.supervisor)
    assert path("match", match) in browser.get(reverse("desk:today")).content.decode()
    assert path("match", match) not in sign_in(doubles.world.dana).get(reverse("desk:today")).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(path("same", match), {"row_version": 1, "sure": "on"})
    assert path("match", match) not in browser.get(reverse("desk:today")).content.decode()


def test_who_may_not_say_it_finds_nothing_and_is_refused(doubles: Doubles, match: PossibleMatch, sign_in: SignIn) -> None:
    coordinator = sign_in(doubles.world.dana)
    for name in ("matches", "joins", "search"):
        assert coordinator.get(reverse(f"people:{name}")).status_code == 404
    assert coordinator.get(path("match", match)).status_code == 404
    assert coordinator.post(path("same", match), {"row_version": 1, "sure": "on"}).status_code == 404
    by, at = viewer(doubles.world.dana), clock.now()
    with acting_as(by):
        refused = Refused(codes=("NOT_ALLOWED",))
        assert say_same(by=by, at=at, match_id=match.pk, row_version=1) == refused
        assert say_not_same(by=by, at=at, match_id=match.pk, row_version=1, because="TWINS") == refused
        assert say_later(by=by, at=at, match_id=match.pk, row_version=1, look_again_on=clock.today() + timedelta(days=3)) == refused
        assert take_back(by=by, at=at, join_id=match.pk, because="TWO_PEOPLE") == refused


def test_another_agency_finds_no_match_and_no_join(doubles: Doubles, match: PossibleMatch) -> None:
    from tests.factories.agencies import a_worker

    from careloom.agencies.roles import Role

    mine, other = viewer(doubles.world.supervisor), viewer(a_worker(Role.SUPERVISOR, agency=doubles.world.harbor))
    with acting_as(mine):
        done = say_same(by=mine, at=clock.now(), match_id=match.pk, row_version=1)
    assert isinstance(done, Done)
    with acting_as(other):
        with pytest.raises(NotVisible):
            say_not_same(by=other, at=clock.now(), match_id=match.pk, row_version=2, because="TWINS")
        with pytest.raises(NotVisible):
            take_back(by=other, at=clock.now(), join_id=done.row_id, because="TWO_PEOPLE")


def test_two_open_plans_are_shown_and_left(doubles: Doubles, match: PossibleMatch, sign_in: SignIn) -> None:
    browser = sign_in(doubles.world.supervisor)
    assert "Both have an open plan" not in browser.get(path("match", match)).content.decode()
    plans = [doubles.world.a_plan(mother_id=row.identity_id) for row in (doubles.first, doubles.second)]
    assert "Both have an open plan" in browser.get(path("match", match)).content.decode()
    browser.post(path("same", match), {"row_version": 1, "sure": "on"})
    with acting_as(viewer(doubles.world.supervisor)):
        for plan in plans:
            before = plan.status
            plan.refresh_from_db()
            assert plan.status == before
            assert plan.identity_id == doubles.identity(doubles.first)
