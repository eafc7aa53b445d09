"""J2, steps 10 to 14: she stops sharing, what is missing is passed on without her, the lead stays, and the plan closes after a year."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import transaction
from tests.factories.agencies import viewer
from tests.factories.births import BornHere, sent
from tests.journeys.conftest import Visitor, assert_accessible
from tests.journeys.riverbend import HER, Riverbend, fill, later, refused, send, status_of, texts_that_leave, write
from tests.journeys.test_her_page import PIN, come_in
from tests.several.stories import Post

from careloom.consents.models import Consent
from careloom.following.models import BarrierDraft
from careloom.health.actions import BirthFacts, put_birth, put_exposure
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.access.caseload import assign
from careloom.infra.audit.models import AuditRow
from careloom.infra.events.outbox import deliver_pending
from careloom.kernel.plan import PlanState
from careloom.kernel.referral import Kind, State
from careloom.notifications.actions import run_batch
from careloom.people.actions import PersonFacts, put_person
from careloom.plans import actions
from careloom.plans.models import Need, PlanOfSafeCare, Referral
from careloom.plans.referrals.actions import answer_referral, send_referral
from careloom.plans.referrals.answers import Answer, Ask, Moved
from careloom.portal.actions import Invited, invite

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Visitor]
HERS = "Una casa para los dos."
NOTE = "The county calls before it visits."


@pytest.fixture(scope="module")
def world(site: str) -> Riverbend:
    """After the birth: a plan that the county, Harbor and St. Agnes read; a home is found, a ride and early intervention are not."""
    world = Riverbend()
    with transaction.atomic():
        plan = world.a_plan(mother_id=world.mother, kind="POSTNATAL", born_on=world.today, discharged_on=world.today, agreed=True, language="es")
        by, now = viewer(world.dana), clock.now()
        with acting_as(by):
            for code, title in (("HOUSING", ""), ("RIDES", "Transport, 70 miles"), ("EARLY_INTERVENTION", "")):
                need = actions.add_need(by=by, at=world.at, plan_id=plan.pk, code=code, title=title, her_choice="YES", request_key=code)
                assert isinstance(need, Need)
                if code == "HOUSING":
                    actions.resolve_need(by=by, at=now, need_id=need.pk, result="MET", reason="", request_key="found")
            actions.add_goal(by=by, at=world.at, plan_id=plan.pk, words=HERS, about="FAMILY", request_key="goal")
            asked = send_referral(by=by, at=now, need_id=need.pk, ask=Ask(kind=Kind.LOGGED, organization="Pine Early Start"), request_key="ei")
            assert isinstance(asked, Moved)
            answer_referral(by=by, at=now, referral_id=asked.referral.pk, answer=Answer(state=State.ACCEPTED), request_key="ei-yes")
        for reader in (world.vera, world.bea, world.maria):
            world.share(plan, to=reader)
    the_hospital_tells_of_the_birth(world)
    return world


def test_she_stops_sharing_and_a_year_later_the_plan_closes_with_her(world: Riverbend, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = texts_that_leave(monkeypatch)
    with transaction.atomic(), acting_as(viewer(world.dana)):
        plan = PlanOfSafeCare.objects.get(identity_id=world.mother)
    phone = her_phone(world, visit, texts)
    she_stops_sharing_with_the_county(world, visit, plan.pk)
    what_is_missing_is_passed_on_without_her(world, visit, plan.pk)
    the_lead_stays_where_nobody_answers(world, visit, plan.pk)
    the_plan_closes_with_its_checklist(world, visit, plan.pk)
    she_has_her_copy_and_says_how_it_was(world, visit, phone, texts)
    counted_and_hidden(world, visit)


def her_phone(world: Riverbend, visit: Visit, texts: Post) -> Visitor:
    with transaction.atomic(), acting_as(viewer(world.dana)):
        done = invite(by=viewer(world.dana), at=clock.now(), identity_id=world.mother, language="en", phone=HER["phone"], request_key="her")
    assert isinstance(done, Invited)
    phone = visit(width=320)
    phone.context.set_default_timeout(20_000)
    come_in(phone.page, phone.site, done.path)
    texts.clear()
    return phone


def she_stops_sharing_with_the_county(world: Riverbend, visit: Visit, plan: UUID) -> None:
    """10 The next page that the county opens is the page of nobody; the open note stays with Riverbend, and the audit has it all."""
    dana, vera = visit(world.dana), visit(world.vera)
    for visitor in (dana, vera):
        visitor.context.set_default_timeout(20_000)
    page = write(
        dana, f"/plans/{plan}/meetings/", {"agency_ids": [world.county.pk], "people": "Vera Lund", "she_agrees": True}, shot="j2-meetings"
    )  # fmt: skip
    meeting = page.url.replace(dana.site, "")
    write(dana, f"{meeting}?step=agreed", {"words": NOTE, "kind": "SAID"}, form="main form:has([name=about][value=minute])", shot="j2-room")
    page = vera.go(f"/families/{world.mother}/")
    assert page.get_by_text("Marisol").first.is_visible()
    with transaction.atomic(), acting_as(viewer(world.dana)):
        consent = Consent.objects.get(identity_id=world.mother, recipient_ids__contains=[world.county.pk])
    page = write(dana, f"/consents/{consent.pk}/stop/", {"how": "SPOKEN"}, shot="j2-stop")
    assert page.get_by_text("She stopped it").first.is_visible()
    vera.page.locator(f"a[href='/plans/{plan}/sections/']").first.click()
    vera.page.wait_for_load_state()
    assert "Marisol" not in vera.page.content()
    assert_accessible(vera.page, name="j2-gone")
    for path in (f"/families/{world.mother}/", f"/plans/{plan}/plan.pdf", f"{meeting}minutes/", f"/consents/{consent.pk}/"):
        assert status_of(vera, path) == 404, path
        assert status_of(vera, path) == status_of(vera, "/families/7f7b9f6e-3c3f-4a53-9d7f-0d3c7b1f0a11/")
    assert all("404" in said for said in vera.said)
    vera.said.clear()
    # The shared screen shows what everybody at the table may see, and the county may see nothing now; the minutes are Riverbend's.
    assert dana.go(meeting).get_by_text(NOTE).count() == 0
    assert dana.go(f"{meeting}minutes/").get_by_text(NOTE).first.is_visible()
    page = dana.go(f"/consents/of/{world.mother}/history/")
    assert page.get_by_text("She stopped it").first.is_visible()
    assert_accessible(page, name="j2-history")
    page = dana.go(f"/consents/of/{world.mother}/looked/")
    assert page.get_by_text("Pine County Children Services").first.is_visible()
    assert_accessible(page, name="j2-looked")
    with transaction.atomic(), acting_as(viewer(world.officer)):
        done = list(AuditRow.objects.filter(identity_id=world.mother).order_by("at").values_list("action", flat=True))
    assert [action for action in done if action.startswith("consents.")][-1] == "consents.revoked"


def what_is_missing_is_passed_on_without_her(world: Riverbend, visit: Visit, plan: UUID) -> None:
    """11 The ride is too far: one press makes a barrier of it. Her name is not taken; how far it is may stand."""
    dana = visit(world.dana)
    with transaction.atomic(), acting_as(viewer(world.dana)):
        need = Need.objects.get(plan_id=plan, code="RIDES")
    result = "main form:has([name=about][value=result])"
    write(dana, f"/plans/needs/{need.pk}/", {"result": "UNMET", "reason": "TOO_FAR"}, form=result, shot="j2-ride")
    page = dana.go(f"/following/plans/{plan}/")
    assert_accessible(page, name="j2-follows")
    page.get_by_role("link", name=re.compile("Pass it on as a barrier")).click()
    assert_accessible(page, name="j2-barrier")
    fill(page, {"words": "Marisol has no car"})
    send(page)
    refused(dana)
    fill(page, {"words": "The clinic is 70 miles away and no bus goes there"})
    send(page)
    assert page.get_by_text("Passed on. Nothing in it leads back to her.").is_visible()
    draft = BarrierDraft.objects.get()
    assert (draft.county, draft.code, draft.service) == ("Pine", "TOO_FAR", "HOUSEHOLD")
    assert {field.name for field in BarrierDraft._meta.fields} == {"id", "month", "county", "code", "service", "words"}


def the_lead_stays_where_nobody_answers(world: Riverbend, visit: Visit, plan: UUID) -> None:
    """12 Harbor is asked to lead. It does not answer in three working days: the coordinator hears of it, and the lead is still hers."""
    dana = visit(world.dana)
    write(dana, f"/plans/{plan}/lead/", {"agency": world.harbor.pk, "reason": "She moves to their side of the county."}, shot="j2-lead")
    page = dana.go(f"/plans/{plan}/lead/")
    assert page.get_by_text("Harbor Home Visiting").first.is_visible()
    assert_accessible(page, name="j2-lead-waits")
    assert "LEAD_OFFERED" in world.owed(world.bea)
    assert leader(world, plan) == world.dana.worker_id
    page = visit(world.bea).go("/today/")
    assert page.get_by_text("Answer whether you will lead the plan for").first.is_visible()
    later(days=6)
    assert leader(world, plan) == world.dana.worker_id
    assert ("LEAD_STAYS" in world.owed(world.dana), "LEAD_OFFERED" in world.owed(world.bea)) == (True, False)
    page = visit(world.dana).go("/today/")
    assert page.get_by_text("You still lead the plan for").first.is_visible()
    assert_accessible(page, name="j2-lead-stays")


def leader(world: Riverbend, plan: UUID) -> UUID | None:
    with transaction.atomic(), acting_as(viewer(world.dana)):
        return PlanOfSafeCare.objects.get(pk=plan).lead_worker_id


def the_plan_closes_with_its_checklist(world: Riverbend, visit: Visit, plan: UUID) -> None:
    """13 After a year the checklist stands in the way until it is known what came of early intervention."""
    later(days=365)
    dana = visit(world.dana)
    true = ["MEDICAL_HOME", "RECOVERY_CONTACT", "NO_SAFETY_THREAT", "TOLD_AND_COPY"]
    page = write(dana, f"/plans/{plan}/close/", {"reason": "GOALS_MET", "confirmed": true}, shot="j2-close")
    missing = page.get_by_role("region", name="What is missing")
    assert missing.get_by_text("The outcome of the early intervention referral is known.").is_visible()
    assert missing.get_by_text("Each need is met, declined, or not available").is_visible()
    assert_accessible(page, name="j2-close-blocked")
    refused(dana)
    with transaction.atomic(), acting_as(viewer(world.dana)):
        referral = Referral.objects.get(plan_id=plan)
    write(dana, f"/plans/referrals/{referral.pk}/answer/completed/", {"outcome": "ENROLLED"}, shot="j2-outcome")
    result = "main form:has([name=about][value=result])"
    write(dana, f"/plans/needs/{referral.need_id}/", {"result": "MET"}, form=result)
    write(dana, f"/plans/{plan}/copies/", {"kind": "HER", "form": "PAPER", "language": "es", "on": clock.today()}, shot="j2-copies")
    page = write(dana, f"/plans/{plan}/close/", {"reason": "GOALS_MET", "confirmed": [*true, "EARLY_INTERVENTION_KNOWN"]})
    assert page.get_by_text("The plan is closed. It can be opened again within a year.").is_visible()
    assert_accessible(page, name="j2-closed")
    assert not {"LEAD_STAYS", "REVIEW_DUE", "FIRST_CONTACT", "HOME_VISIT"} & set(world.owed(world.dana))
    with transaction.atomic(), acting_as(viewer(world.dana)):
        assert PlanOfSafeCare.objects.get(pk=plan).status == PlanState.CLOSED


def she_has_her_copy_and_says_how_it_was(world: Riverbend, visit: Visit, phone: Visitor, texts: Post) -> None:
    """13 A neutral text, her copy to keep, and one question. Her answer is read by her team and makes no score."""
    for _ in range(4):
        later(hours=6)  # a text waits for the hours in which she may be reached
    assert "Family plan: your team wrote to you." in texts
    page = phone.go("/my/")
    page.fill("[name=pin]", PIN)
    send(page)
    page = phone.go("/my/")
    assert page.get_by_role("heading", name="Your plan is finished").is_visible()
    assert_accessible(page, name="j2-her-finished")
    assert HERS in phone.go("/my/print/").inner_text("main")
    asked = {"says": "GOOD", "heard": "SOMETIMES", "words": "Rosa was there for me."}
    page = write(phone, "/my/rate/plan/", asked, shot="j2-her-rating")
    assert page.get_by_text("You told us how it was.").is_visible()
    dana = visit(world.dana)
    assert dana.go("/today/").get_by_text("Read how the plan was for").first.is_visible()
    page = dana.go(f"/my/invite/{world.mother}/")
    assert page.get_by_text("Rosa was there for me.").is_visible()
    assert_accessible(page, name="j2-her-words")


def counted_and_hidden(world: Riverbend, visit: Visit) -> None:
    """14 At the next refresh the family is counted; a count under eleven is hidden from all but the state, which keeps the rows."""
    year = f"/numbers/federal-three/?year={world.today.year}"
    state = visit(world.lead_of_state)
    assert state.go(year).get_by_text("1 infants were identified").count() == 0
    run_batch()
    page = state.go(year)
    assert page.get_by_text("1 infants were identified").is_visible()
    assert page.get_by_text("100 of 100 infants have a plan of safe care (1 of 1).").is_visible()
    assert_accessible(state.page, name="j2-numbers-state")
    page = visit(world.hub).go(year)
    assert page.get_by_text("Hidden, so that nobody can be found in a small count.").first.is_visible()
    assert page.get_by_text("1 infants were identified").count() == 0
    assert page.get_by_text("1 of 1").count() == 0
    assert_accessible(page, name="j2-numbers")
    # What stood in her way is read once its month is over, and nothing of her with it.
    page = visit(world.hub).go("/following/barriers/")
    assert page.get_by_text("The clinic is 70 miles away").is_visible()
    assert "Marisol" not in page.content()
    assert_accessible(page, name="j2-barriers")


def the_hospital_tells_of_the_birth(world: Riverbend) -> None:
    by, at = viewer(world.maria), world.at
    with transaction.atomic(), acting_as(by):
        facts = PersonFacts(role="MOTHER", **HER)
        mother = put_person(by=by, at=at, facts=facts, category="hipaa.ob_record", identity_id=world.mother, source_id="MRN-1")
        infant = put_person(
            by=by, at=at, category="hipaa.newborn_record", facts=PersonFacts(role="INFANT", mother_identity_id=world.mother, given_name="Luz")
        )
        assign(by=by, worker_id=by.worker_id, identity_ids=[world.mother, infant.identity_id], at=at)
        birth = put_birth(
            by=by, at=at, infant_id=infant.identity_id, mother_id=world.mother,
            facts=BirthFacts(born_at=at, order=1, plurality=1, weight_g=3160, sex="FEMALE"),
        )  # fmt: skip
        put_exposure(by=by, at=at, identity_id=world.mother, substance="BUPRENORPHINE", prescribed="YES")
    with transaction.atomic():
        sent(BornHere(member=world.maria, mother=mother, births=(birth,)), at=at)
    deliver_pending()
