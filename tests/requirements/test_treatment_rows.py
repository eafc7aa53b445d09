"""Treatment as its program keeps it and as others read it under her consent: each row through the screens of its actor."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.plans import PlanWorld, a_key
from tests.requirements.conftest import SignIn, family_page, saved, text_of

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.access.models import AccessLog, Disclosure
from careloom.infra.events.outbox import deliver_pending
from careloom.kernel.agency_kinds import AgencyKind
from careloom.notifications.models import Notification
from careloom.plans.models import PlanOfSafeCare
from careloom.treatment.models import CheckIn, Episode
from careloom.work.models import Obligation

SUMMARY = ("posc.plan_core", "part2.treatment_summary")
PARTS = ("medication", "counseling", "support", "services", "testing")


@pytest.fixture
def lena(world: PlanWorld) -> Membership:
    """A child welfare worker of the county."""
    member = a_worker(Role.CPS_WORKER, agency=an_agency(kind=AgencyKind.CPS_AGENCY))
    Membership.objects.update(starts_at=world.at - timedelta(days=1))
    return member


def put(client: Client, plan: PlanOfSafeCare, sort: str, **facts: Any) -> None:
    """Write an entry on its screen."""
    saved(client.post(f"/treatment/of/{plan.identity_id}/{sort}/new/", {"source": "OWN", "request_key": a_key()} | facts))


def treatment(client: Client, plan: PlanOfSafeCare) -> str:
    """The treatment page of the plan's mother."""
    return text_of(client.get(f"/treatment/of/{plan.identity_id}/"))


def change_path(page: str, sort: str) -> str:
    """Where the first entry of a sort is changed."""
    found = re.search(rf"/treatment/{sort}/[0-9a-f-]+/", page)
    assert found
    return found[0]


@pytest.mark.requirement("R-110")
def test_past_and_present_times_in_treatment_are_shared_under_her_consent(world: PlanWorld, sign_in: SignIn, lena: Membership) -> None:
    plan, dana, day = world.a_plan(agreed=True), sign_in(world.dana), world.today
    put(
        dana, plan, "episode", elsewhere="on", program="Old Mill Clinic", level="3.5", source="SHE_SAYS", ended_how="LEFT",
        happened_on=day - timedelta(days=700), ends_on=day - timedelta(days=600),
    )  # fmt: skip
    put(dana, plan, "episode", level="OTP", happened_on=day - timedelta(days=100))
    put(dana, plan, "medicine", code="METHADONE", dose="80 mg a day", happened_on=day - timedelta(days=99))
    world.share(plan, to=lena, information=("posc.plan_core",))
    for hidden in ("Old Mill Clinic", "Opioid treatment program", "Methadone", "80 mg"):
        assert hidden not in treatment(sign_in(lena), plan)
    world.share(plan, to=lena, information=("posc.plan_core", "part2.presence", "part2.medication", "part2.treatment_summary"))
    page = treatment(sign_in(lena), plan)
    told = (
        "Old Mill Clinic", "3.5 Residential, high intensity", "Left before the planned end", "as she told it", world.riverbend.name,
        "Opioid treatment program", "In treatment", "Methadone", "80 mg a day", "Ask your prescriber",
    )  # fmt: skip
    for shown in told:
        assert shown in page, shown
    assert "100 days" in page  # how long she stayed is computed and never typed
    assert "Reached 90 days." in page


@pytest.mark.requirement("R-220")
def test_child_welfare_reads_a_summary_of_the_treatment_plan_and_each_look_is_logged(world: PlanWorld, sign_in: SignIn, lena: Membership) -> None:
    plan, dana = world.a_plan(agreed=True), sign_in(world.dana)
    put(dana, plan, "progress", happened_on=world.today, goals="Sober mornings", schedule="Group Monday and Thursday", supports="A ride")
    put(dana, plan, "components", happened_on=world.today, **dict.fromkeys(PARTS, "IN_PLACE"))
    put(dana, plan, "test", happened_on=world.today, specimen="URINE", result="NOT_AS_EXPECTED", found="Something found")
    world.share(plan, to=lena, information=("posc.plan_core",))
    stranger = treatment(sign_in(lena), plan)
    assert "Nothing that you may read" in stranger
    assert "There may be more; ask the care team line." in stranger
    world.share(plan, to=lena, information=SUMMARY)
    page = treatment(sign_in(lena), plan)
    for shown in ("Sober mornings", "Group Monday and Thursday", "A ride", "Counseling", "In place", "its own care, written"):
        assert shown in page
    assert "Something found" not in page
    for word in ("Write down", "/new/", ">Change<"):  # read-only
        assert word not in page
    path = change_path(treatment(dana, plan), "progress")
    assert sign_in(lena).get(path).status_code == 404
    with acting_as(viewer(world.supervisor)):
        looks = AccessLog.objects.filter(identity_id=plan.identity_id, place="treatment:family", agency_id=lena.agency_id)
        given = Disclosure.objects.filter(identity_id=plan.identity_id, recipient_id=lena.agency_id, category="part2.treatment_summary")
        assert looks.exists()
        assert given.exists()


@pytest.mark.requirement("R-111")
def test_a_progress_meeting_with_child_welfare_is_written_down_and_she_has_a_copy(world: PlanWorld, sign_in: SignIn, lena: Membership) -> None:
    plan, dana = world.a_plan(agreed=True), sign_in(world.dana)
    told = {
        "happened_on": world.today, "present": "Dana of Riverbend, Lena of Pine County", "she_took_part": "on", "going": "Every group kept",
        "supports": "A bed for the baby", "her_words": "I want my mornings quiet",
    }  # fmt: skip
    put(dana, plan, "meeting", **told)
    assert "Copy not given yet" in treatment(dana, plan)
    path = change_path(treatment(dana, plan), "meeting")
    copy = dana.get(f"/treatment/meeting/{path.split('/')[3]}/paper/")
    assert copy.status_code == 200
    assert copy.content[:5] == b"%PDF-"
    version = re.search(r'name="row_version" value="(\d+)"', text_of(dana.get(path)))
    assert version
    saved(dana.post(path, told | {"copy_given_on": world.today, "copy_how": "PAPER", "row_version": version[1]}))
    assert "She has her copy" in treatment(dana, plan)
    world.share(plan, to=lena, information=SUMMARY)
    page = treatment(sign_in(lena), plan)
    for shown in ("Lena of Pine County", "She herself", "Every group kept", "A bed for the baby", "I want my mornings quiet", "On paper"):
        assert shown in page


@pytest.mark.requirement("R-124")
def test_a_return_to_use_opens_a_review_and_reports_and_closes_nothing(
    world: PlanWorld, sign_in: SignIn, django_capture_on_commit_callbacks: Any, lena: Membership
) -> None:
    plan, dana = world.a_plan(agreed=True), sign_in(world.dana)
    put(dana, plan, "episode", level="2.1", happened_on=world.today - timedelta(days=40))
    world.share(plan, to=lena, information=SUMMARY)
    with django_capture_on_commit_callbacks(execute=True):
        put(dana, plan, "return", happened_on=world.today, told_by="HERSELF", words="It was one evening")
    deliver_pending()
    with acting_as(viewer(world.supervisor)):
        asked = Obligation.objects.filter(family_id=plan.identity_id, met_at=None)
        assert {"REVIEW_DUE", "TREATMENT_CONTACT"} <= set(asked.values_list("kind", flat=True))
        assert Episode.objects.get(identity_id=plan.identity_id).ends_on is None
        kept = PlanOfSafeCare.objects.get(pk=plan.pk)
        assert kept.status == "UNDER_REVIEW"
        assert not Notification.objects.filter(identity_id=plan.identity_id).exists()
    page = treatment(dana, plan)
    assert "It was one evening" in page
    assert "It is no report, and nothing closes because of it." in page
    assert "In treatment" in page
    assert "Hold the review with" in text_of(dana.get("/today/"))
    assert f"/plans/{plan.pk}/reviews/" in family_page(dana, plan)
    for hidden in ("It was one evening", "Return to use"):
        assert hidden not in treatment(sign_in(lena), plan)
    with acting_as(viewer(lena)):
        assert not Obligation.objects.filter(holder_id=lena.agency_id).exists()


@pytest.mark.requirement("R-147")
def test_medicines_stand_with_their_source_and_naltrexone_warns_and_is_kept(world: PlanWorld, sign_in: SignIn) -> None:
    plan, prescriber = world.a_plan(agreed=True), a_worker(Role.CLINICIAN, agency=world.riverbend)
    Membership.objects.update(starts_at=world.at - timedelta(days=1))
    from careloom.infra.access.caseload import assign

    by = viewer(prescriber)
    with acting_as(by):
        assign(by=by, worker_id=prescriber.worker_id, identity_ids=[plan.identity_id], at=world.at)
    client = sign_in(prescriber)
    form = text_of(client.get(f"/treatment/of/{plan.identity_id}/medicine/new/"))
    for shown in ("Methadone", "Buprenorphine alone", "Buprenorphine with naloxone", "Naltrexone", "Ohio MOMS", "2013"):
        assert shown in form
    assert form.count("Ask your prescriber.") == 4
    made = client.post(
        f"/treatment/of/{plan.identity_id}/medicine/new/",
        {"source": "OWN", "request_key": a_key(), "code": "NALTREXONE", "pregnant": "on", "happened_on": world.today}, follow=True,
    )  # fmt: skip
    page = text_of(made)
    assert "Naltrexone is not recommended to begin in pregnancy. It is written down all the same: ask her prescriber." in page
    put(client, plan, "medicine", code="BUPRENORPHINE", happened_on=world.today)
    assert "Buprenorphine alone" in treatment(client, plan)
    assert treatment(client, plan).count("not recommended to begin in pregnancy. It is written down") == 1


@pytest.mark.requirement("R-148")
def test_medicine_goes_on_for_years_and_nothing_asks_for_an_end(world: PlanWorld, sign_in: SignIn) -> None:
    plan, dana = world.a_plan(agreed=True), sign_in(world.dana)
    put(dana, plan, "medicine", code="BUPRENORPHINE", happened_on=world.today)
    put(dana, plan, "episode", level="OTP", happened_on=world.today)
    with acting_as(viewer(world.dana)):
        before = set(Obligation.objects.filter(family_id=plan.identity_id).values_list("pk", flat=True))
    with clock.at(world.at + timedelta(days=8 * 365)):
        page = treatment(sign_in(world.dana), plan)
        form = text_of(sign_in(world.dana).get(change_path(page, "medicine")))
    assert "No end set" in page
    assert "In treatment" in page
    assert "Nothing asks for an end." in form
    with acting_as(viewer(world.dana)):
        assert set(Obligation.objects.filter(family_id=plan.identity_id).values_list("pk", flat=True)) == before


@pytest.mark.requirement("R-149")
def test_what_a_hospital_told_her_about_newborn_withdrawal_is_logged(world: PlanWorld, sign_in: SignIn) -> None:
    mother = world.a_mother(by=world.maria)
    maria, path = sign_in(world.maria), f"/treatment/of/{mother}/education/new/"
    told = {
        "happened_on": world.today, "topics": ["WHAT_TO_EXPECT", "STAY_TOGETHER"], "how": "TALKED", "language": "es", "given_by": "Nurse Alba",
        "her_questions": "May I hold him?", "request_key": a_key(),
    }  # fmt: skip
    saved(maria.post(path, told))
    saved(maria.post(path, told))  # sent twice it is one
    page = text_of(maria.get(f"/treatment/of/{mother}/"))
    for shown in ("What to expect in the hospital, and for how long", "Staying together with the baby", "Nurse Alba", "Spanish", "May I hold him?"):
        assert page.count(shown) == 1
    assert sign_in(world.dana).get(f"/treatment/of/{mother}/").status_code == 404
    assert maria.post(path, told | {"topics": [], "request_key": a_key()}).status_code == 422


@pytest.mark.requirement("R-152")
def test_a_birth_plans_check_ins_about_stress_and_none_has_a_score(
    world: PlanWorld, sign_in: SignIn, django_capture_on_commit_callbacks: Any
) -> None:
    plan, dana = world.a_plan(agreed=True), sign_in(world.dana)
    put(dana, plan, "episode", level="OTP", happened_on=world.today - timedelta(days=60))
    with django_capture_on_commit_callbacks(execute=True):
        saved(dana.post(f"/plans/{plan.pk}/birth/", {"born_on": world.today.isoformat(), "first_baby": "Mateo"}))
    deliver_pending()
    with acting_as(viewer(world.supervisor)):
        planned = list(CheckIn.objects.filter(identity_id=plan.identity_id).order_by("happened_on"))
        owed = Obligation.objects.filter(family_id=plan.identity_id, kind="STRESS_CHECK", met_at=None)
        assert owed.count() == len(planned) == 5
    assert [(row.happened_on - world.today).days for row in planned] == [7, 21, 42, 90, 180]
    page = treatment(dana, plan)
    assert "There is no score and no wrong answer." in page
    path = f"/treatment/check-in/{planned[0].pk}/"
    form = text_of(dana.get(path))
    assert not re.search(r'type="(number|range)"', form)
    told = {
        "happened_on": planned[0].happened_on, "born_on": world.today, "held_on": world.today, "stresses": ["SLEEP", "CRYING"],
        "words": "I slept two hours", "helps": "Her aunt takes Mateo on Sunday", "row_version": "1",
    }  # fmt: skip
    saved(dana.post(path, told))
    lines = text_of(dana.get(f"/treatment/of/{plan.identity_id}/check-in/"))
    for shown in ("I slept two hours", "Her aunt takes Mateo on Sunday", "Little sleep; The baby cries much"):
        assert shown in lines
    with acting_as(viewer(world.supervisor)):
        assert owed.count() == 4
        kept = PlanOfSafeCare.objects.get(pk=plan.pk)
    assert kept.status != "UNDER_REVIEW"  # what she says has no consequence but help


@pytest.mark.requirement("R-176")
def test_a_family_with_a_child_welfare_case_goes_first_in_the_admission_queue(
    world: PlanWorld, sign_in: SignIn, django_capture_on_commit_callbacks: Any, lena: Membership
) -> None:
    other, hers = world.a_mother(given_name="Early", family_name="Asker"), world.a_mother(given_name="Second", family_name="Asker")
    dana = sign_in(world.dana)
    saved(dana.post(f"/treatment/of/{other}/wait/", {"came_by": "HERSELF", "request_key": a_key()}))
    saved(dana.post(f"/treatment/of/{hers}/wait/", {"came_by": "CHILD_WELFARE", "child_welfare": "on", "request_key": a_key()}))
    page = text_of(dana.get("/treatment/"))
    assert page.index("Second Asker") < page.index("Early Asker")
    assert page.count("Goes first: child welfare case") == 1
    one = admission_of(page, "Second Asker")
    saved(dana.post(f"/treatment/waiting/{one}/admit/", {"on": world.today, "level": "2.1", "row_version": "1"}))
    assert "In treatment" in text_of(dana.get(f"/treatment/of/{hers}/"))
    assert "Second Asker" not in text_of(dana.get("/treatment/"))
    assert sign_in(lena).get("/treatment/").status_code == 404


def admission_of(page: str, name: str) -> UUID:
    """The request of somebody on the queue's page."""
    found = re.search(rf'/treatment/waiting/([0-9a-f-]+)/"><b data-name>{name}', page)
    assert found
    return UUID(found[1])
