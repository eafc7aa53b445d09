"""Nothing is overdue without having been told above, whatever kind it is; colleagues stand in; who leaves keeps nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, viewer
from tests.factories.plans import PlanWorld, a_key

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.access.caseload import families_with
from careloom.infra.answers import Done, Refused, Stale
from careloom.work import escalating, standing_in
from careloom.work.actions import open_obligation
from careloom.work.models import LateCount, Obligation
from careloom.work.queries import today
from careloom.work.standing_in import Wishes

SignIn = Callable[[Membership], Client]
KINDS = ("NOTE", "REFERRAL_CALL", "REVIEW_DUE", "RIDE_ASKED", "A_KIND_OF_TOMORROW")


@pytest.fixture
def world(db: None) -> PlanWorld:
    return PlanWorld()


def owe(world: PlanWorld, *, due: datetime | None, kind: str = "NOTE", who: Membership | None = None, mother: UUID | None = None) -> Obligation:
    """Something that Riverbend owes a family."""
    who = who or world.dana
    job, family, key = system(System.JOB, holder_id=world.riverbend.pk), mother or world.a_mother(by=who), a_key()
    with acting_as(job):
        open_obligation(
            by=job, at=world.at, holder_id=world.riverbend.pk, kind=kind, family_id=family, identity_id=family, link=f"/families/{family}/",
            request_key=key, worker_id=who.worker_id, due_at=due,
        )  # fmt: skip
        return Obligation.objects.get(request_key=key)


def again(row: Obligation) -> Obligation:
    """The duty as it stands now."""
    with acting_as(system(System.JOB, holder_id=row.holder_id)):
        return Obligation.objects.get(pk=row.pk)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_rises_to_the_supervisor_and_then_to_a_number(world: PlanWorld, kind: str) -> None:
    now = clock.now()
    fresh, late, lost = (owe(world, due=now - timedelta(days=days), kind=kind) for days in (0, 7, 25))
    escalating.run(at=now)
    assert [again(row).escalated_to for row in (fresh, late, lost)] == ["", "SUPERVISOR", "PARTNERSHIP"]
    assert again(late).escalated_worker_id == again(lost).escalated_worker_id == world.supervisor.worker_id
    first = again(late).escalated_at
    assert escalating.run(at=now + timedelta(minutes=15)) == 0
    assert again(late).escalated_at == first
    assert LateCount.objects.get(agency_id=world.riverbend.pk, on=clock.today()).count == 1


def test_on_each_day_everything_that_is_late_was_told_as_the_pack_says(world: PlanWorld) -> None:
    start = clock.now()
    rows = [owe(world, due=start + timedelta(days=day)) for day in range(0, 12, 2)]
    for day in range(30):
        at = start + timedelta(days=day, hours=1)
        escalating.run(at=at)
        for tell in escalating.LADDER:
            before = escalating.due_before(tell=tell, at=at)
            assert before is not None
            missed = [row for row in map(again, rows) if row.due_at and row.due_at <= before and row.escalated_to not in (tell, "PARTNERSHIP")]
            assert missed == []


def test_the_supervisor_finds_it_and_a_worker_reads_who_was_told(world: PlanWorld, sign_in: SignIn) -> None:
    owe(world, due=clock.now() - timedelta(days=8), mother=world.a_mother(given_name="Practice"))
    escalating.run(at=clock.now())
    boss, dana = sign_in(world.supervisor), sign_in(world.dana)
    assert "1 duty is late and was told to you" in shown(boss.get("/today/"))
    page = shown(boss.get("/today/late/"))
    assert world.dana.worker.name in page
    assert "Hand over" in page
    assert "Your supervisor was told on" in shown(dana.get("/today/"))
    assert dana.get("/today/late/").status_code == 404


def test_a_colleague_stands_in_for_these_days_only(world: PlanWorld, sign_in: SignIn) -> None:
    mother = world.a_mother(given_name="Practice")
    owe(world, due=clock.now() + timedelta(hours=2), mother=mother)
    day, dana, cover = clock.today(), sign_in(world.dana), sign_in(world.colleague)
    assert cover.get(f"/families/{mother}/").status_code == 404
    form = {
        "digest": "on", "digest_at": "07:00", "quiet_from": "19:00", "quiet_to": "07:00", "away_from": day.isoformat(),
        "away_until": day.isoformat(), "cover": str(world.colleague.worker_id), "row_version": "0",
    }  # fmt: skip
    assert dana.post("/today/wishes/", form).status_code == 302
    assert cover.get(f"/families/{mother}/").status_code == 200
    assert f"With {world.dana.worker.name}" in shown(cover.get("/today/"))
    by = viewer(world.colleague)
    with acting_as(by):
        assert today(viewer=by, at=clock.now() + timedelta(days=2)).rows == ()
    job = system(System.JOB, holder_id=world.riverbend.pk)
    with acting_as(job):
        assert families_with(by=job, worker_id=world.colleague.worker_id, at=clock.now() + timedelta(days=2)) == []
    assert dana.post("/today/wishes/", form).status_code == 422, "an old version is not kept in silence"
    assert dana.post("/today/wishes/", form | {"away_from": "", "away_until": "", "cover": "", "row_version": "2"}).status_code == 302
    with acting_as(job):  # the database's own present is the beginning of this test's transaction, so the page cannot be asked
        assert families_with(by=job, worker_id=world.colleague.worker_id, at=clock.now()) == []


def test_time_off_needs_days_and_a_colleague(world: PlanWorld) -> None:
    by, day = viewer(world.dana), clock.today()
    with acting_as(by):
        no_cover = standing_in.choose(by=by, at=clock.now(), wishes=Wishes(away_from=day, away_until=day), row_version=0)
        herself = Wishes(away_from=day, away_until=day, cover_id=by.worker_id)
        backwards = Wishes(away_from=day, away_until=day - timedelta(days=1), cover_id=world.colleague.worker_id)
        assert no_cover == standing_in.choose(by=by, at=clock.now(), wishes=herself, row_version=0) == Refused(codes=("COVER",))
        assert standing_in.choose(by=by, at=clock.now(), wishes=backwards, row_version=0) == Refused(codes=("DAYS",))
        assert isinstance(standing_in.choose(by=by, at=clock.now(), wishes=Wishes(), row_version=0), Done)
        assert isinstance(standing_in.choose(by=by, at=clock.now(), wishes=Wishes(digest=False), row_version=1), Stale)


def test_a_family_that_comes_while_she_is_away_is_lent_too_and_a_family_kept_for_good_stays(world: PlanWorld) -> None:
    by, day, at = viewer(world.dana), clock.today(), clock.now()
    with acting_as(by):
        standing_in.choose(by=by, at=at, wishes=Wishes(away_from=day, away_until=day, cover_id=world.colleague.worker_id), row_version=0)
    mother = world.a_mother()
    standing_in.lend_again(at=at)
    job = system(System.JOB, holder_id=world.riverbend.pk)
    with acting_as(job):
        assert mother in families_with(by=job, worker_id=world.colleague.worker_id, at=clock.now())
    # Given to her for good while she stands in: the end of the loan does not take it away.
    from careloom.infra.access.caseload import assign

    with acting_as(job):
        assign(by=job, worker_id=world.colleague.worker_id, identity_ids=[mother], at=at)
        assert mother in families_with(by=job, worker_id=world.colleague.worker_id, at=at + timedelta(days=3))


def test_quiet_hours_may_run_over_midnight() -> None:
    from datetime import time

    from careloom.work.models import WorkerSetting

    night = WorkerSetting(quiet_from=time(19), quiet_to=time(7))
    assert [standing_in.is_quiet(setting=night, local=time(hour)) for hour in (18, 19, 23, 6, 7)] == [False, True, True, True, False]
    noon = WorkerSetting(quiet_from=time(12), quiet_to=time(13))
    assert [standing_in.is_quiet(setting=noon, local=time(hour)) for hour in (11, 12, 13)] == [False, True, False]


def test_nobody_above_means_everybody_of_the_agency_who_assigns_work(world: PlanWorld) -> None:
    alone = a_worker(Role.HOME_VISITOR, agency=world.harbor)
    mother, job = world.a_mother(by=alone), system(System.JOB, holder_id=world.harbor.pk)
    with acting_as(job):
        open_obligation(
            by=job, at=world.at, holder_id=world.harbor.pk, kind="NOTE", family_id=mother, identity_id=mother, link="/", request_key=a_key(),
            worker_id=alone.worker_id, due_at=clock.now() - timedelta(days=9),
        )  # fmt: skip
    escalating.run(at=clock.now())
    with acting_as(job):
        row = Obligation.objects.get(worker_id=alone.worker_id)
    assert (row.escalated_to, row.escalated_worker_id) == ("SUPERVISOR", None)


def shown(answer: Any) -> str:
    """A page's words."""
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode())
