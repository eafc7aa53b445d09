"""Rows about child welfare's safety assessment, the safety plan and what the team may know of the past."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.plans import a_key
from tests.integration.portal.conftest import World
from tests.integration.portal.conftest import world as her_world  # noqa: F401  (a fixture)
from tests.integration.safety.conftest import Safety, saved, words
from tests.integration.safety.conftest import safety as safety_world  # noqa: F401  (a fixture)

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.config import subscriptions
from careloom.consents.actions import Draft, Signature, Signed, sign_consent
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.access.caseload import assign
from careloom.kernel.agency_kinds import AgencyKind
from careloom.people.actions import PersonFacts, put_person
from careloom.safety.instruments import instrument_of
from careloom.safety.models import HistoryLook, SafetyPlan
from careloom.treatment import actions as treating
from careloom.treatment.codes import Sort


@pytest.mark.requirement("R-164")
def test_it_cannot_be_completed_while_one_of_the_three_components_is_blank(safety_world: Safety) -> None:  # noqa: F811
    """The worker fills two parts and each time the page says which is blank; a decision that is sent anyway is refused."""
    row = safety_world.screen_in()
    safety_world.see_everybody(row)
    (child,), (mother,) = safety_world.people(row, "CHILD"), safety_world.people(row, "ADULT")
    fill: dict[str, Any] = {
        "A": lambda: safety_world.part(row, child), "B": lambda: safety_world.part(row, mother), "C": lambda: safety_world.factors(row),
    }  # fmt: skip
    for part in fill.values():
        page = safety_world.client().get(f"/safety/{row.pk}/")
        assert "Still blank" in words(page)
        assert "Complete it" not in words(page)
        assert safety_world.decide(row, "complete", response="SAFE").status_code == 422
        assert safety_world.row(row).state == "STARTED"
        saved(part())
    assert "Still blank" not in words(safety_world.client().get(f"/safety/{row.pk}/"))
    saved(safety_world.decide(row, "complete", response="SAFE"))
    # One item that is blank again in a new version stops it just the same.
    saved(safety_world.decide(row, "approve", who=safety_world.supervisor))
    saved(safety_world.decide(row, "correct", reason="Look again"))
    new = safety_world.assessments()[-1]
    (adult,) = safety_world.people(new, "ADULT")
    saved(safety_world.part(new, adult, B_copes_answer="", B_copes_evidence=""))
    assert "Part B, Ada Example: something is blank." in words(safety_world.client().get(f"/safety/{new.pk}/"))
    assert safety_world.decide(new, "complete", response="SAFE").status_code == 422


@pytest.mark.requirement("R-165")
def test_each_child_is_looked_at_in_five_domains_with_their_items(safety_world: Safety) -> None:  # noqa: F811
    """The five domains and the items of the source stand on the page of each child, and what was ticked is read on the assessment."""
    row = safety_world.screen_in()
    (child,) = safety_world.people(row, "CHILD")
    page = words(safety_world.client().get(f"/safety/{row.pk}/part/{child.pk}/"))
    for said in (
        "Body", "Cannot move away", "Small weight", "Cannot say it in words", "Has a diagnosis that needs special care and attention",
        "Feelings", "Needs intensive physical care", "Overreacts to noises and other stimuli",
        "Understanding", "Cannot recognize what is harmful", "Does not understand cause and effect", "Cannot communicate",
        "Behavior", "Has a diagnosis that affects behavior", "Cannot soothe himself or herself yet",
        "History", "Was abused or neglected before", "Nothing noted",
    ):  # fmt: skip
        assert said in page, said
    saved(safety_world.part(row, child, A_historical_picked=["NONE"], A_historical_evidence="", A_physical_evidence="2,610 g at birth"))
    shown = words(safety_world.client().get(f"/safety/{row.pk}/"))
    assert "Cannot move away. 2,610 g at birth" in shown
    assert "Nothing noted" in shown


@pytest.mark.requirement("R-166")
def test_each_adult_is_seen_in_seven_capacities_with_what_shows_them_and_no_score(safety_world: Safety) -> None:  # noqa: F811
    row = safety_world.screen_in()
    (mother,) = safety_world.people(row, "ADULT")
    items = instrument_of(pack=row.pack, key=row.instrument).capacities
    page = words(safety_world.client().get(f"/safety/{row.pk}/part/{mother.pk}/"))
    assert len(items) == 7
    for item in items:
        assert item.text in page
    saved(safety_world.part(row, mother, B_copes_answer="DIMINISHED", B_copes_evidence="Uses when alone at night"))
    shown = words(safety_world.client().get(f"/safety/{row.pk}/"))
    assert "Diminished" in shown
    assert "Uses when alone at night" in shown
    for never in ("risk level", "risk score", "points:", "total", "/7", "%"):
        assert never not in shown.lower(), never


@pytest.mark.requirement("R-168")
def test_safe_has_no_safety_plan_button_and_unsafe_has_one_after_a_supervisor_approved(safety_world: Safety) -> None:  # noqa: F811
    """Safe: the page says why there is no plan, a plan that is asked for anyway is not made, and a voluntary case may be offered. Unsafe: a plan."""
    row = safety_world.approved(safety_world.fill(safety_world.screen_in()), "SAFE")
    page = safety_world.client().get(f"/safety/{row.pk}/")
    assert "Write the safety plan" not in words(page)
    assert "It is safe, so there is no safety plan to write, and no button for one. She keeps custody." in words(page)
    safety_world.client().post(f"/safety/{row.pk}/plan/")
    with acting_as(system(System.JOB, holder_id=safety_world.agency.pk)):
        assert not SafetyPlan.objects.filter(assessment_id=row.pk).exists()
    saved(safety_world.decide(row, "offer", offer_answer="NOT_NOW"))
    assert "A voluntary in-home case was offered" in words(safety_world.client().get(f"/safety/{row.pk}/"))

    start = {"because": "NEW_REPORT", "because_words": "", "request_key": a_key()}
    saved(safety_world.client().post(f"/safety/of/{safety_world.mother}/start/", start))
    second = safety_world.assessments()[-1]
    safety_world.fill(second, yes=["C.care"], B_copes_answer="DIMINISHED")
    page = words(safety_world.client().get(f"/safety/{second.pk}/"))
    assert "Out-of-home safety plan" in page
    assert safety_world.decide(second, "complete", response="SAFE").status_code == 422
    weaker = safety_world.decide(second, "complete", response="IN_HOME", response_why="")
    assert weaker.status_code == 422
    assert "Say why, because this is not what the parts point to." in words(weaker)
    saved(safety_world.decide(second, "complete", response="IN_HOME", response_why="Her sister moves in tonight"))
    safety_world.client().post(f"/safety/{second.pk}/plan/")
    assert safety_world.row(second).state == "COMPLETED"
    with acting_as(system(System.JOB, holder_id=safety_world.agency.pk)):
        assert not SafetyPlan.objects.exists()
    # The worker may not approve; the supervisor does.
    assert safety_world.decide(second, "approve").status_code == 404
    saved(safety_world.decide(second, "approve", who=safety_world.supervisor))
    assert "Write the safety plan" in words(safety_world.client().get(f"/safety/{second.pk}/"))
    saved(safety_world.client().post(f"/safety/{second.pk}/plan/"))
    assert safety_world.plan(second).response == "IN_HOME"


@pytest.mark.requirement("R-169")
def test_the_three_papers_are_told_apart_and_lead_to_each_other(safety_world: Safety) -> None:  # noqa: F811
    plan = safety_world.agreed_plan()
    for path in (f"/safety/plan/{plan.pk}/", f"/safety/{plan.assessment_id}/", f"/safety/of/{safety_world.mother}/"):
        page = safety_world.client().get(path)
        said = words(page)
        assert "Three papers, kept apart" in said
        assert "holds a danger back now" in said
        assert "It is no safety plan and opens no case." in said
        assert "Case plan" in said
        assert f'href="/families/{safety_world.mother}/"' in page.content.decode()
    assert "(this one)" in words(safety_world.client().get(f"/safety/plan/{plan.pk}/"))
    assert f"/safety/{plan.assessment_id}/" in safety_world.client().get(f"/safety/plan/{plan.pk}/").content.decode()


@pytest.mark.requirement("R-115")
def test_the_worker_has_words_that_reassure_and_notes_what_she_was_told_and_when(safety_world: Safety) -> None:  # noqa: F811
    safety_world.screen_in()
    path = f"/safety/of/{safety_world.mother}/told/"
    page = words(safety_world.client().get(path))
    assert "Being in treatment is a strength." in page
    assert "Estar en tratamiento es una fortaleza." in words(safety_world.client().get(path + "?in=es"))
    told = {"points": ["help", "treatment_is_good"], "told_on": clock.today().isoformat(), "how": "IN_PERSON", "asked": "Will you take him?"}
    assert safety_world.client().post(path, told | {"points": [], "request_key": a_key()}).status_code == 422
    key = a_key()
    for _ in range(2):
        saved(safety_world.client().post(path, told | {"request_key": key}))
    shown = words(safety_world.client().get(f"/safety/of/{safety_world.mother}/"))
    assert shown.count("Will you take him?") == 1
    assert "Being in treatment is a strength." in shown
    # A worker of the hospital who knows the family does not note it for child welfare.
    assert safety_world.client(safety_world.social_worker).get(path).status_code == 404


@pytest.mark.requirement("R-153")
def test_every_notified_infant_has_an_assessment_and_a_plan_of_safe_care_or_stands_on_the_list(safety_world: Safety) -> None:  # noqa: F811
    def line() -> str:
        return words(safety_world.client(safety_world.supervisor).get("/safety/"))

    assert "No safety assessment yet" in line()
    assert "Plan of safe care: make sure" in line()
    safety_world.approved(safety_world.fill(safety_world.screen_in()), "SAFE")
    assert "No safety assessment yet" not in line()
    assert "Plan of safe care: make sure" in line()
    path = f"/safety/of/{safety_world.mother}/plan/"
    told = {"how": "LED_BY_OTHER", "on": clock.today().isoformat(), "request_key": a_key()}
    assert safety_world.client().post(path, told | {"words": ""}).status_code == 422
    saved(safety_world.client().post(path, told | {"words": "Home visiting leads it"}))
    assert "Plan of safe care: make sure" not in line()
    assert "Home visiting leads it" in words(safety_world.client().get(f"/safety/of/{safety_world.mother}/"))


def a_family_of(world: World) -> tuple[Membership, UUID]:
    """A child welfare worker who has the mother of `world` on her caseload, with a record of her own."""
    agency = an_agency(kind=AgencyKind.CPS_AGENCY)
    worker, at = a_worker(Role.CPS_WORKER, agency=agency), clock.now()
    by = viewer(worker)
    with acting_as(by):
        put_person(by=by, at=at, facts=PersonFacts(role="MOTHER", given_name="Marisol"), category="cw.case_record", identity_id=world.mother)
        assign(by=by, worker_id=worker.worker_id, identity_ids=[world.mother], at=at)
    return worker, agency.pk


def consent_of(world: World, *, by: Any, discloser: UUID, recipient: UUID, information: tuple[str, ...], purposes: tuple[str, ...]) -> None:
    """Her signature on a release of one agency to another."""
    draft = Draft(
        identity_id=world.mother, subject_ids=(world.mother,), kind="specific", discloser_ids=(discloser,), recipient_ids=(recipient,),
        information=information, purposes=purposes, expires_on=clock.today().replace(year=clock.today().year + 1),
    )  # fmt: skip
    with acting_as(by):
        at = clock.now() - timedelta(minutes=1)  # the database answers for the instant at which its transaction began
        signature = Signature(method="SCREEN", name="Marisol", explained_at=at)
        signed = sign_consent(by=by, at=at, draft=draft, signature=signature, request_key=a_key())
    assert isinstance(signed, Signed), signed


def browser(member: Membership) -> Client:
    """A browser in which the worker is signed in."""
    client = Client()
    client.force_login(member.worker.user)
    client.get("/me/")
    return client


@pytest.mark.requirement("R-109")
def test_the_team_reads_the_past_as_a_summary_with_its_statute_after_a_reason_that_she_sees(her_world: World) -> None:  # noqa: F811
    """Child welfare writes a line; the team's coordinator sees nothing of it without a reason and without a paper; she sees each question."""
    subscriptions.join()
    worker, welfare = a_family_of(her_world)
    told = {"from_on": "2023-02-01", "to_on": "2023-05-01", "kind": "ASSESSMENT", "outcome": "SERVICES_ENDED", "request_key": a_key()}
    saved(browser(worker).post(f"/safety/of/{her_world.mother}/earlier/new/", told))
    path, coordinator = f"/safety/of/{her_world.mother}/earlier/", browser(her_world.dana)
    reason = {"reason": "SERVICES", "words": "To plan the visits with her"}
    assert "Services ended" not in words(coordinator.get(path))
    assert coordinator.post(path, {"reason": "SERVICES", "words": "", "request_key": a_key()}).status_code == 422
    before = words(coordinator.post(path, reason | {"request_key": a_key()}))
    assert "Nothing that you may read." in before
    consent_of(
        her_world, by=viewer(worker), discloser=welfare, recipient=her_world.riverbend.pk, information=("cw.history",),
        purposes=("care_coordination", "treatment"),
    )  # fmt: skip
    assert "Services ended" not in words(coordinator.get(path))
    after = words(coordinator.post(path, reason | {"request_key": a_key()}))
    for said in ("Family assessment", "Services ended", "42 USC 5106a(b)(2)(B)(viii)", "Feb. 1, 2023"):
        assert said in after, said
    # Each question is kept with its reason, and she reads it on her own page.
    with acting_as(viewer(her_world.dana)):
        assert HistoryLook.objects.filter(identity_id=her_world.mother).count() == 2
    phone = her_world.signed_in()
    phone.cookies["django_language"] = "en"
    mine = words(phone.get("/my/past/"))
    assert mine.count("To plan the visits with her") == 2
    assert "To plan help with you" in mine
    # Nobody else of the team reads who asked.
    assert "To plan the visits with her" not in words(browser(worker).get(path))


@pytest.mark.requirement("R-167")
def test_treatment_progress_stands_beside_the_factors_with_source_and_day_where_she_opened_it(her_world: World) -> None:  # noqa: F811
    """Without her consent the page says the same as where there is nothing; with it the worker reads the line, its source and its day."""
    subscriptions.join()
    worker, welfare = a_family_of(her_world)
    start = {"because": "NEW_REPORT", "because_words": "", "request_key": a_key()}
    answer = browser(worker).post(f"/safety/of/{her_world.mother}/start/", start)
    saved(answer)
    path = answer.headers["Location"] + "factors/"
    nothing = words(browser(worker).get(path))
    assert "There may be more; ask the care team line." in nothing
    by = viewer(her_world.dana)
    with acting_as(by):
        facts = {"from_on": clock.today().replace(day=1), "band": "NEARLY_ALL"}
        kept = treating.add_entry(
            by=by, at=clock.now(), identity_id=her_world.mother, sort=Sort.ATTENDANCE, on=clock.today(), values=facts, request_key=a_key()
        )
    assert isinstance(kept, treating.Done), kept
    assert words(browser(worker).get(path)) == nothing
    consent_of(
        her_world, by=by, discloser=her_world.riverbend.pk, recipient=welfare, information=("part2.attendance",), purposes=("posc_monitoring",)
    )
    shown = words(browser(worker).get(path))
    assert "Visits kept" in shown
    assert her_world.riverbend.name_outside in shown
    assert "Treatment progress stands beside" in shown
