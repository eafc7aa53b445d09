"""Families that nobody reaches: tries in the ways she allows, offers, and never a report; barriers and mails without anybody in them."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.plans import a_key
from tests.integration.following.conftest import Followed, words

from careloom.agencies.models import Worker
from careloom.agencies.roles import Role
from careloom.following import digests
from careloom.following.actions.barriers import tells
from careloom.following.models import Attempt, BarrierDraft, BarrierNoted, Concern, Outreach
from careloom.following.queries import barriers
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.events.models import OutboxEvent
from careloom.kernel.agency_kinds import AgencyKind
from careloom.messages.actions import ContactRules, put_safe_contact
from careloom.notifications.models import ReceivedNotification
from careloom.plans import actions
from careloom.plans.models import ContactTry, Review
from careloom.work.models import Obligation, WorkerSetting


def test_an_unreached_family_stands_on_the_list_until_somebody_is_in_touch(followed: Followed) -> None:
    assert "Marisol" in words(followed.client().get("/following/unreached/"))
    assert "Marisol" in words(followed.client(followed.world.supervisor).get("/following/unreached/"))
    assert "Marisol" not in words(followed.client(followed.world.colleague).get("/following/unreached/"))
    assert followed.a_try("CALL", "REACHED").status_code == 302
    assert "Somebody is in touch with every family." in words(followed.client().get("/following/unreached/"))
    assert followed.rows(Review, plan_id=followed.plan.pk, kind="FIRST_CONTACT")[0].held_at is not None, "the first contact is met by it"
    assert followed.owed("FIRST_CONTACT") == []


def test_three_tries_ask_the_lead_to_find_another_way_and_reaching_her_ends_it(followed: Followed) -> None:
    for day in (9, 5, 2):
        assert followed.a_try("CALL", days_ago=day).status_code == 302
    (owed,) = followed.owed("UNREACHED")
    assert owed.worker_id == followed.world.dana.worker_id
    assert "Losing touch is no reason for a report" in words(followed.client().get("/today/"))
    assert "Tried in 1 way over 9 days" in words(followed.client().get("/following/unreached/"))
    assert len(followed.rows(ContactTry, plan_id=followed.plan.pk)) == 3, "the closing rule of the plan reads the same tries"
    followed.a_try("VISIT", "REACHED")
    assert followed.owed("UNREACHED") == []


def test_a_try_sent_twice_is_one_and_a_day_to_come_is_refused(followed: Followed) -> None:
    key = a_key()
    assert followed.a_try(request_key=key).status_code == followed.a_try(request_key=key).status_code == 302
    assert len(followed.rows(Attempt)) == 1
    assert followed.a_try(days_ago=-2).status_code == 422
    assert followed.a_try(who=followed.world.bea).status_code == 404


def test_a_way_that_she_does_not_allow_is_not_offered_and_not_kept(followed: Followed) -> None:
    by = viewer(followed.world.dana)
    with acting_as(by):
        put_safe_contact(by=by, at=clock.now(), identity_id=followed.mother, rules=ContactRules(may_text=False, may_call=True))
    page = words(followed.client().get(f"/following/plans/{followed.plan.pk}/reach/"))
    assert "Not this way: Text, Letter" in page
    assert followed.a_try("TEXT").status_code == 422
    assert followed.a_try("CALL", "LEFT_WORD").status_code == 422, "she allows no message on her telephone"
    assert followed.rows(Attempt) == []


def test_enough_ways_and_days_let_the_lead_close_and_report_nobody(followed: Followed) -> None:
    by = viewer(followed.world.dana)
    with acting_as(by):
        put_safe_contact(by=by, at=clock.now(), identity_id=followed.mother, rules=ContactRules(may_mail=True))
    page = followed.client().get(f"/following/plans/{followed.plan.pk}/reach/")
    assert "Not enough ways or days yet" in words(page)
    for how, day in (("CALL", 33), ("TEXT", 20), ("VISIT", 8)):
        followed.a_try(how, days_ago=day)
    form = {"about": "offer", "offers": ["OTHER_TIME"], "written_on": clock.today().isoformat(), "written_in": "es", "row_version": "0"}
    path = f"/following/plans/{followed.plan.pk}/reach/"
    assert followed.client().post(path, form | {"offers": []}).status_code == 422, "a letter offers something"
    assert followed.client().post(path, form).status_code == 302
    assert followed.client().post(path, form).status_code == 422, "an old version is not kept in silence"
    assert followed.rows(Outreach)[0].offers == ["OTHER_TIME"]
    page = words(followed.client().get(path))
    assert "Enough ways and days were tried." in page
    assert "no reason for a report" in page
    assert followed.rows(Concern) == []
    assert followed.rows(ReceivedNotification) == []


def test_only_a_person_states_a_concern_on_a_page_of_its_own_and_nothing_is_sent(followed: Followed) -> None:
    welfare = an_agency(kind=AgencyKind.CPS_AGENCY, phone="555-0160")
    path, client = f"/following/plans/{followed.plan.pk}/concern/", followed.client()
    form = {"words": "The baby was alone in the car for an hour today.", "does": "CONSULTED", "request_key": a_key()}
    assert "Tick that this is a concern of your own" in client.post(path, form).content.decode()
    with acting_as(system(System.JOB)):
        sent = OutboxEvent.objects.count()
    assert client.post(path, form | {"is_own": "on"}).status_code == client.post(path, form | {"is_own": "on"}).status_code == 302
    assert len(followed.rows(Concern)) == 1
    page = words(client.get(path))
    assert "555-0160" in page
    assert "This page sends nothing." in page
    with acting_as(system(System.JOB)):
        assert OutboxEvent.objects.count() == sent
    with acting_as(system(System.JOB, holder_id=welfare.pk)):
        assert not Obligation.objects.filter(holder_id=welfare.pk).exists()
    followed.world.share(followed.plan, to=followed.world.bea)
    with acting_as(viewer(followed.world.bea)):
        assert not Concern.objects.filter(plan_id=followed.plan.pk).exists(), "another agency that reads the plan does not read it"


def unmet(followed: Followed, reason: str = "NO_SERVICE") -> str:
    """A need that was not met, and the page on which it is passed on."""
    need, by = followed.need("HOUSING"), viewer(followed.world.dana)
    with acting_as(by):
        actions.resolve_need(by=by, at=clock.now(), need_id=need.pk, result="UNMET", reason=reason, request_key=a_key())
    return f"/following/needs/{need.pk}/barrier/"


def test_one_press_makes_a_barrier_that_leads_back_to_nobody(followed: Followed) -> None:
    path, client = unmet(followed), followed.client()
    assert path in client.get(f"/following/plans/{followed.plan.pk}/").content.decode()
    for text in ("Valdeluna has no home", "marisol asked", "Since May 3", "Write to a@b.org"):
        assert "This could tell who it is about." in client.post(path, {"words": text}).content.decode()
    assert client.post(path, {"words": "No shelter takes mothers with babies"}).status_code == 302
    assert client.post(path, {"words": "No shelter takes mothers with babies"}).status_code == 302
    (draft,) = BarrierDraft.objects.all()
    assert (draft.county, draft.code, draft.month.day) == ("Pine", "NO_SERVICE", 1)
    assert {f.name for f in BarrierDraft._meta.fields} == {"id", "month", "county", "code", "service", "words"}
    assert len(followed.rows(BarrierNoted)) == 1
    assert "Passed on to the partnership as a barrier, without her." in words(client.get(f"/following/plans/{followed.plan.pk}/"))


def test_a_need_that_was_met_or_let_go_is_no_barrier(followed: Followed) -> None:
    need = followed.need("RESPITE")
    refused = followed.client().post(f"/following/needs/{need.pk}/barrier/", {"words": ""})
    assert "Say first that this need was not met" in refused.content.decode()
    assert followed.client(followed.world.bea).post(f"/following/needs/{need.pk}/barrier/", {"words": ""}).status_code == 404


def test_the_partnership_reads_barriers_and_small_numbers_are_a_star(followed: Followed) -> None:
    hub = an_agency(kind=AgencyKind.COORDINATION_HUB)
    lead = a_worker(Role.PARTNERSHIP_COORDINATOR, agency=hub)
    followed.client().post(unmet(followed), {"words": "No shelter takes mothers with babies"})
    for _ in range(14):
        BarrierDraft(month=clock.today().replace(day=1), county="Harbor", code="TOO_FAR", service="DAILY_LIFE").save()
    assert barriers(viewer=viewer(lead)) == ()  # of this month nothing is shown: who looks each morning would learn the day
    with clock.at(clock.now() + timedelta(days=31)):
        page = words(followed.client(lead).get("/following/barriers/"))
        assert "No shelter takes mothers with babies How often: *" in page
        found = barriers(viewer=viewer(lead))
        assert [one.times.shown for one in found if one.county == "Pine"] == ["*"]
        assert [one.times.shown for one in found if one.county == "Harbor"] == ["15"]  # fourteen, rounded as the rooms round
        assert barriers(viewer=viewer(followed.world.dana)) == ()
    assert followed.client().get("/following/barriers/").status_code == 404


@pytest.mark.parametrize(
    ("words_", "is_telling"),
    [
        ("No bus", False), ("Ana, no bus", True), ("AÑA", True), ("at 9", True), ("", False), ("The ride is 70 miles", False),
        ("90 minutos de camino", False), ("70 miles, box 12", True), ("1970 miles", True), ("on May 3", True),
    ],
)  # fmt: skip
def test_words_that_tell(words_: str, is_telling: bool) -> None:
    assert tells(words_, names=["Aña", "Li"]) is is_telling


def test_one_quiet_mail_a_day_with_numbers_and_no_names(followed: Followed, monkeypatch: pytest.MonkeyPatch) -> None:
    mails: list[dict[str, str]] = []

    class Box:
        def send(self, **mail: str) -> None:
            mails.append(mail)

    monkeypatch.setattr(digests, "provider", Box)
    zone = ZoneInfo("America/New_York")
    morning = datetime.combine(clock.today() + timedelta(days=1), datetime.min.time(), tzinfo=zone).replace(hour=8)
    assert digests.run(at=morning.replace(hour=5)) == 0, "quiet hours"
    sent = digests.run(at=morning)
    assert sent == len(mails)
    assert digests.run(at=morning + timedelta(hours=1)) == 0
    to_dana = [mail for mail in mails if mail["address"] == Worker.objects.select_related("user").get(pk=followed.world.dana.worker_id).user.email]
    assert len(to_dana) == 1
    assert to_dana[0]["text"].endswith("Sign in to see your list.")
    assert not {"Marisol", "Valdeluna", "plan", "treatment", "baby"} & set(to_dana[0]["text"].split())
    WorkerSetting.objects.filter(worker_id=followed.world.dana.worker_id).update(digest=False)
    mails.clear()
    digests.run(at=morning + timedelta(days=1))
    assert [mail for mail in mails if mail["address"] == to_dana[0]["address"]] == []
