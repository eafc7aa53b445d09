"""Each need has an owner and a next day; what is held up is said; what lacks one is owed by the lead's supervisor."""

from __future__ import annotations

from datetime import timedelta

from tests.factories.agencies import viewer
from tests.factories.plans import a_key
from tests.integration.following.conftest import Followed, words

from careloom.agencies.actions import end_membership
from careloom.following import tasks
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.access.caseload import families_with
from careloom.kernel.referral import Kind, State
from careloom.plans import actions
from careloom.plans.models import Need, PlanOfSafeCare, Referral
from careloom.plans.referrals.actions import send_referral
from careloom.plans.referrals.answers import Ask, Moved
from careloom.work.models import Obligation


def test_the_page_shows_each_need_on_its_line_with_owner_and_next_day(followed: Followed) -> None:
    followed.need("HOUSING")
    followed.need("UTILITIES", "NOT_NOW", her_words="After the summer")
    followed.need("RESPITE", "NO")
    page = words(followed.client().get(f"/following/plans/{followed.plan.pk}/"))
    assert "2 needs are open. 2 are held up. Each has an owner and a next day." in page
    assert "She wants it and no service is asked yet." in page
    assert "Ended by her choice" in page
    assert "“After the summer”" in page
    assert page.count(f"Owner {followed.world.dana.worker.name}") == 2


def test_a_logged_referral_is_told_from_a_live_one_and_its_waiting_list_shows(followed: Followed) -> None:
    need, by = followed.need("HOUSING"), viewer(followed.world.dana)
    with acting_as(by):
        done = send_referral(by=by, at=followed.world.at, need_id=need.pk, ask=Ask(kind=Kind.LOGGED, organization="Hope House"), request_key=a_key())
        assert isinstance(done, Moved)
        Referral.objects.filter(pk=done.referral.pk).update(state=State.WAITLISTED, waitlist_place=4)
    page = words(followed.client().get(f"/following/plans/{followed.plan.pk}/"))
    assert "Logged: we call and note it; nobody answers here" in page
    assert "place 4 on the list" in page
    assert "There is a waiting list." in page


def test_owner_and_next_day_are_written_on_the_screen_and_a_stale_form_is_shown(followed: Followed) -> None:
    need, day = followed.need("HOUSING"), clock.today() + timedelta(days=9)
    path, form = (
        f"/following/needs/{need.pk}/next/",
        {"owner": str(followed.world.colleague.worker_id), "next_on": day.isoformat(), "row_version": "2"},
    )
    assert followed.client().post(path, form).status_code == 302
    row = followed.rows(Need, pk=need.pk)[0]
    assert (row.owner_worker_id, row.next_on) == (followed.world.colleague.worker_id, day)
    stale = followed.client().post(path, form | {"next_on": (day + timedelta(days=1)).isoformat()})
    assert stale.status_code == 422
    assert "A colleague changed it meanwhile" in stale.content.decode()
    past = followed.client().post(path, form | {"next_on": "2020-01-01", "row_version": str(row.row_version)})
    assert "Choose today or a later day." in past.content.decode()
    assert followed.client(followed.world.bea).post(path, form).status_code == 404


def test_a_plan_without_a_next_date_is_owed_by_the_supervisor_until_it_has_one(followed: Followed) -> None:
    at = clock.now()
    assert tasks.run(at=at)["gaps"] == 0
    with acting_as(system(System.JOB, holder_id=followed.world.riverbend.pk)):
        PlanOfSafeCare.objects.filter(pk=followed.plan.pk).update(next_review_on=None)
    assert tasks.run(at=at)["gaps"] == tasks.run(at=at)["gaps"] == 1
    (owed,) = followed.owed("FAMILY_WITHOUT_NEXT")
    assert owed.worker_id == followed.world.supervisor.worker_id
    assert "Give an owner and a next day to" in words(followed.client(followed.world.supervisor).get("/today/"))
    with acting_as(system(System.JOB, holder_id=followed.world.riverbend.pk)):
        PlanOfSafeCare.objects.filter(pk=followed.plan.pk).update(next_review_on=clock.today())
    tasks.run(at=at)
    assert followed.owed("FAMILY_WITHOUT_NEXT") == []
    with acting_as(system(System.JOB, holder_id=followed.world.riverbend.pk)):
        PlanOfSafeCare.objects.filter(pk=followed.plan.pk).update(next_review_on=None)
    tasks.run(at=at + timedelta(days=3))
    assert len(followed.owed("FAMILY_WITHOUT_NEXT")) == 1, "asked for again"


def test_who_leaves_keeps_nothing_and_her_supervisor_has_it_at_once(followed: Followed, django_capture_on_commit_callbacks: object) -> None:
    need, world, admin = followed.need("HOUSING"), followed.world, system(System.IMPORT)
    gone = followed.client()
    assert gone.get(f"/families/{followed.mother}/").status_code == 200
    mine = len(followed.rows(Obligation, worker_id=world.dana.worker_id, met_at=None))
    assert mine
    with acting_as(admin), django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        end_membership(membership_id=world.dana.pk, by=admin, at=clock.now())
    assert gone.get(f"/families/{followed.mother}/").status_code in {302, 404}
    assert followed.rows(Obligation, worker_id=world.dana.worker_id, met_at=None) == []
    assert followed.rows(PlanOfSafeCare, pk=followed.plan.pk)[0].lead_worker_id == world.supervisor.worker_id
    assert followed.rows(Need, pk=need.pk)[0].owner_worker_id == world.supervisor.worker_id
    job = system(System.JOB, holder_id=world.riverbend.pk)
    with acting_as(job):
        assert families_with(by=job, worker_id=world.dana.worker_id, at=clock.now() + timedelta(seconds=1)) == []
        assert followed.mother in families_with(by=job, worker_id=world.supervisor.worker_id, at=clock.now())
    assert tasks.run(at=clock.now())["gaps"] == 0


def test_on_every_day_of_a_month_each_family_has_an_owner_and_a_next_date(followed: Followed) -> None:
    """A small county: reviews are missed, referrals stay unanswered, and the jobs run each night."""
    from careloom.plans import tasks as plan_tasks
    from careloom.plans.referrals import tasks as referral_tasks
    from careloom.work import escalating

    world, by = followed.world, viewer(followed.world.dana)
    plans = [followed.plan, *(world.a_plan(agreed=True) for _ in range(4))]
    with acting_as(by):
        for plan, code in zip(plans, ("HOUSING", "UTILITIES", "RESPITE", "HOUSING", "RESPITE"), strict=True):
            need = actions.add_need(by=by, at=world.at, plan_id=plan.pk, code=code, her_choice="YES", request_key=a_key())
            assert isinstance(need, Need)
            send_referral(by=by, at=world.at, need_id=need.pk, ask=Ask(kind=Kind.LOGGED, organization="Hope House"), request_key=a_key())
    job, start = system(System.JOB, holder_id=world.riverbend.pk), clock.now()
    for day in range(31):
        at = start + timedelta(days=day)
        plan_tasks.run(at=at)
        referral_tasks.run(at=at)
        tasks.run(at=at)
        escalating.run(at=at)
        with acting_as(job):
            lacking = {
                plan_id
                for plan_id, gaps in tasks.gaps_by_plan(list(PlanOfSafeCare.objects.filter(pk__in=[p.pk for p in plans])), at=at).items()
                if gaps
            }
            asked = set(Obligation.objects.filter(kind=tasks.KIND, met_at=None).values_list("about_id", flat=True))
            assert lacking <= asked
            for tell in escalating.LADDER:
                before = escalating.due_before(tell=tell, at=at)
                silent = Obligation.objects.filter(met_at=None, due_at__lte=before).exclude(escalated_to__in=[tell, "PARTNERSHIP"])
                assert not silent.exists()
