"""J2, steps 1 to 6: at twenty weeks Riverbend's coordinator writes the plan with her, and she decides who knows it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction
from playwright.sync_api import Page
from tests.factories.agencies import viewer
from tests.journeys.conftest import Visitor, assert_accessible
from tests.journeys.riverbend import HER, HIS, Riverbend, fill, look, paper_of, refused, send, texts_that_leave, write
from tests.journeys.test_her_page import come_in

from careloom.agencies.models import Agency
from careloom.consents.models import Consent
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.plans.models import CareTeamMember, Need, PlanOfSafeCare
from careloom.portal.models import HandoutGiven

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Visitor]
LACKS = "Recovery care has five parts of one weight."
PEERS = "support from family, friends and peers"


@pytest.fixture(scope="module")
def world(site: str) -> Riverbend:
    return Riverbend(met=False)


def test_a_plan_before_the_birth_from_her_first_word_to_who_may_read_it(world: Riverbend, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = texts_that_leave(monkeypatch)
    dana = visit(world.dana)
    dana.context.set_default_timeout(20_000)  # the first page of a fresh server loads everything
    plan = the_plan_begins(world, dana)
    one_lead_and_a_team(world, dana, plan)
    her_family(dana, plan)
    goals_and_needs(world, dana, plan)
    five_parts_of_treatment(world, dana, plan)
    two_consents(world, dana)
    vera = visit(world.vera)
    vera.context.set_default_timeout(20_000)
    a_section_written_together(world, dana, vera, plan)
    his_name_is_nowhere(world, dana, vera, plan)
    write(dana, f"/my/invite/{world.mother}/", {}, shot="j2-invite")
    not_on_her_phone_either(visit(width=320), re.findall(r"(/my/in/\S+)", "\n".join(texts))[-1])
    nor_in_a_calendar(world, dana)


def the_plan_begins(world: Riverbend, dana: Visitor) -> UUID:
    """1 At twenty weeks: nobody has written her down."""
    page = dana.go("/families/")
    page.get_by_role("link", name="Write down a mother").click()
    assert_accessible(page, name="j2-met")
    fill(page, HER)
    send(page)
    world.mother = UUID(page.url.rstrip("/").rpartition("/")[2])
    asked = {"due_on": clock.today() + timedelta(weeks=20), "language": "es", "wish": "Una puerta que yo pueda cerrar."}
    page = write(dana, f"/plans/start/{world.mother}/", asked, shot="j2-start")
    assert page.url.endswith(f"/families/{world.mother}/")
    assert page.get_by_text("Una puerta que yo pueda cerrar.").first.is_visible()
    assert_accessible(page, name="j2-begun")
    with transaction.atomic(), acting_as(viewer(world.dana)):
        plan = PlanOfSafeCare.objects.get(identity_id=world.mother)
    assert (plan.kind, plan.lead_worker_id) == ("PRENATAL", world.dana.worker_id)
    return plan.pk


def one_lead_and_a_team(world: Riverbend, dana: Visitor, plan: UUID) -> None:
    """1 The care team; a second lead is refused, and what was typed stays."""
    path = f"/plans/{plan}/team/"
    seats: tuple[tuple[str, str, Agency], ...] = (
        ("Dr. Ines Okafor", "OB", world.clinic), ("Dr. Paul Reyes", "MEDICATION", world.riverbend),
        ("Lena Abbott", "BEHAVIORAL_HEALTH", world.riverbend), ("Maria Sandoval", "SOCIAL_WORKER", world.st_agnes),
        ("Joy Bright", "INSURANCE", world.maple),
    )  # fmt: skip
    for name, role, agency in seats:
        write(dana, path, {"name": name, "role": role, "agency": agency.pk}, shot="j2-team" if role == "OB" else "")
    page = write(dana, path, {"name": "Noor Haddad", "role": "HOME_VISITOR", "agency": world.harbor.pk, "leads": True})
    assert page.get_by_text("a plan has exactly one").first.is_visible()
    assert page.locator("[name=name]").input_value() == "Noor Haddad"
    assert_accessible(page, name="j2-second-lead")
    refused(dana)
    with transaction.atomic(), acting_as(viewer(world.dana)):
        team = CareTeamMember.objects.filter(plan_id=plan, ends_at=None)
        assert (team.filter(leads=True).count(), team.count()) == (1, 6)


def her_family(dana: Visitor, plan: UUID) -> None:
    """2 The family as she defines it, and the one whom nobody may contact."""
    path = f"/plans/{plan}/family/"
    write(dana, path, {"name": "Elena Valdeluna", "relation": "mi mamá", "kind": "PARENT", "contact": "OK", "lives_with_her": True}, shot="j2-family")
    write(dana, path, {"name": "Tomasa", "relation": "mi amiga", "kind": "FRIEND", "contact": "THROUGH_HER"})
    page = write(dana, path, {"name": HIS, "relation": "mi ex", "kind": "PARTNER", "contact": "DO_NOT_CONTACT"})
    assert page.get_by_text("Do not contact").first.is_visible()
    assert_accessible(page, name="j2-family-kept")


def goals_and_needs(world: Riverbend, dana: Visitor, plan: UUID) -> None:
    """4 Her goals in her words, and her yes, not now or no to each need. They are of one weight, and no is an answer."""
    write(dana, f"/plans/{plan}/goals/new/", {"words": "Que mi bebé duerma en mi cuarto.", "about": "CHILD"}, shot="j2-goal")
    said = (("HOUSING", "YES", "Ya no quiero dormir en el sofá."), ("RECOVERY_CARE", "YES", "El grupo de los lunes es mío."),
            ("HOME_VISITING", "NOT_NOW", "Después del parto."), ("PARENTING_CLASS", "NO", "Ya la tomé una vez."))  # fmt: skip
    for code, choice, words in said:
        asked = {"code": code, "her_choice": choice, "her_words": words}
        page = write(dana, f"/plans/{plan}/needs/new/", asked, shot="j2-need" if code == "HOUSING" else "")
        assert page.get_by_text(words).first.is_visible(), code
    write(dana, f"/plans/{plan}/strengths/new/", {"text": "She asks for help early.", "whose": "Marisol"})
    assert_accessible(dana.go(f"/families/{world.mother}/"), name="j2-needs")
    with transaction.atomic(), acting_as(viewer(world.dana)):
        assert Need.objects.filter(plan_id=plan).count() == 4


def five_parts_of_treatment(world: Riverbend, dana: Visitor, plan: UUID) -> None:
    """3 The five parts of treatment: the plan says that her own people and peers are missing, until a peer is there."""
    page = dana.go(f"/families/{world.mother}/")
    assert page.get_by_text(LACKS).first.is_visible()
    parts = {"medication": "IN_PLACE", "counseling": "IN_PLACE", "support": "NOT_YET", "services": "STARTING", "testing": "IN_PLACE"}
    page = write(dana, f"/treatment/of/{world.mother}/components/new/", parts, shot="j2-components")
    assert_accessible(page, name="j2-treatment")
    page = dana.go(f"/families/{world.mother}/")
    assert page.get_by_text(f"{LACKS} Not in this plan yet: {PEERS}.").first.is_visible()
    write(dana, f"/plans/{plan}/team/", {"name": "Rosa Lindqvist", "role": "PEER", "agency": world.riverbend.pk})
    page = dana.go(f"/families/{world.mother}/")
    assert page.get_by_text(LACKS).count() == 0


def two_consents(world: Riverbend, dana: Visitor) -> None:
    """5 Two forms, one for the hospital and one for child welfare. Without a purpose there is no form; each ends after six months."""
    for agency, why in ((world.st_agnes, "Treat"), (world.county, "Follow how the plan goes")):
        page = dana.go(f"/consents/new/{world.mother}/")
        name_whom(page, agency)
        page.get_by_role("heading", name=f"2. What {agency.name} would see").wait_for()
        for box in page.locator("[name=purposes]:checked").all():
            box.uncheck(force=True)
        page.get_by_role("checkbox", name="Plan and visits").check(force=True)
        page.get_by_role("button", name="Marisol signs").click()
        page.wait_for_load_state()
        assert page.url.endswith("/sign/")
        assert page.get_by_text("42 CFR 2.31(a)(5)").first.is_visible()
        if agency is world.county:
            assert_accessible(page, name="j2-no-purpose")
        refused(dana)
        she_signs(page, "Plan together", why)
    assert_accessible(page, name="j2-consent")
    with transaction.atomic(), acting_as(viewer(world.dana)):
        signed = list(Consent.objects.filter(identity_id=world.mother))
    assert sorted(str(pk) for row in signed for pk in row.recipient_ids) == sorted(str(a.pk) for a in (world.st_agnes, world.county))
    assert {(row.expires_on - clock.today()).days for row in signed if row.expires_on} == {180}
    assert sorted(sorted(row.purposes) for row in signed) == [["care_coordination", "posc_monitoring"], ["care_coordination", "treatment"]]


def name_whom(page: Page, agency: Agency) -> None:
    for fold in ("Change who", "Everybody else"):
        summary = page.locator("summary", has_text=fold)
        if not summary.evaluate("e => e.parentElement.open"):
            summary.click()
    page.get_by_label(agency.name_outside, exact=True).check(force=True)


def she_signs(page: Page, *purposes: str) -> None:
    for purpose in purposes:
        page.get_by_role("checkbox", name=purpose, exact=True).check(force=True)
    page.get_by_text("All nine parts the federal rule asks for are here").wait_for()
    page.get_by_role("button", name="Marisol signs").click()
    page.get_by_label("She types her name").fill("Marisol Valdeluna")
    page.get_by_role("button", name="Sign", exact=True).click()
    page.get_by_text("In force").first.wait_for()


def a_section_written_together(world: Riverbend, dana: Visitor, vera: Visitor, plan: UUID) -> None:
    """6 What each system expects: one section, written by two agencies side by side. And the handout in her language, given and recorded."""
    path = f"/plans/{plan}/sections/L/"
    ask = "main form:has([name=about][value=owner])"
    text = "main form:has([name=code][value=EXPECTATIONS])"
    write(dana, path, {"agency": world.county.pk}, form=ask, shot="j2-section")
    assert "SECTION_ASKED" in world.owed(world.vera)
    page = vera.go("/today/")
    assert page.get_by_text("Write and approve your section of the plan of").first.is_visible()
    assert_accessible(page, name="j2-county-today")
    for visitor, words in ((vera, "We call her before we visit."), (dana, "Groups on Mondays, and a ride to them.")):
        page = visitor.go(path)
        page.locator("summary", has_text="Write our part").click()
        page.locator(text).locator("textarea").fill(words)
        with page.expect_navigation():
            page.locator(text).get_by_role("button", name="Keep it").click()
    # What the county writes is the county's record: it says so, and Riverbend reads it once she lets the county share it.
    page = vera.go(path)
    assert page.get_by_text("What you write here is your agency’s own record.").is_visible()
    page.get_by_role("link", name="Ask her").click()
    page.get_by_role("checkbox", name="Plan and visits").check(force=True)
    she_signs(page, "Plan together", "Treat")
    for visitor in (vera, dana):
        page = visitor.go(path)
        assert page.get_by_text("What you write here is your agency’s own record.").count() == 0
        assert page.locator("main p", has_text="We call her before we visit.").is_visible()
        assert page.locator("main p", has_text="Groups on Mondays, and a ride to them.").is_visible()
        assert_accessible(page, name="j2-section-both")
    with vera.page.expect_navigation():
        vera.page.get_by_role("button", name="Approve it as it stands").click()
    assert "SECTION_ASKED" not in world.owed(world.vera)
    given = f"/my/handout/give/{world.mother}/"
    page = write(dana, given, {"language": "es", "how": "PAPER"}, shot="j2-handout")
    assert page.get_by_text("Recorded: she has the handout.").is_visible()
    with transaction.atomic(), acting_as(viewer(world.dana)):
        assert [(row.language, row.how, row.worker_id) for row in HandoutGiven.objects.all()] == [("es", "PAPER", world.dana.worker_id)]
    assert dana.go("/my/handout/print/?language=es").locator("html").get_attribute("lang") == "es"


def his_name_is_nowhere(world: Riverbend, dana: Visitor, vera: Visitor, plan: UUID) -> None:
    """2 Whom nobody may contact is on no page and no paper that leaves Riverbend."""
    family = f"/families/{world.mother}/"
    shared = (family, f"{family}story/", f"{family}appointments/", f"/plans/{plan}/sections/", f"/plans/{plan}/sections/A/",
              f"/plans/{plan}/family/", f"/plans/{plan}/members/", f"/plans/{plan}/changes/", f"/messages/of/{world.mother}/")  # fmt: skip
    for path in shared:
        page = vera.go(path)
        assert page.get_by_text("Marisol").count(), path
        assert HIS not in page.content(), path
    look(vera, family, f"/plans/{plan}/sections/")
    for visitor in (vera, dana):
        words = paper_of(visitor, f"/plans/{plan}/plan.pdf")
        assert "Marisol" in words
        assert HIS not in words


def not_on_her_phone_either(phone: Visitor, link: str) -> None:
    """2 Somebody else may hold her phone: her own pages do not name him."""
    come_in(phone.page, phone.site, link)
    for path in ("", "plan/", "family/", "call/", "print/", "supporters/", "messages/new/", "visits/"):
        assert HIS not in phone.go(f"/my/{path}").content(), path
    assert "Elena Valdeluna" in phone.go("/my/family/").inner_text("main")


def nor_in_a_calendar(world: Riverbend, dana: Visitor) -> None:
    """2 A calendar that a program reads holds an hour and one plain word."""
    asked = {"kind": "VISIT", "title": "Talk about the birth", "day": clock.today() + timedelta(days=2), "hour": "09:30"}
    write(dana, f"/families/{world.mother}/appointments/", asked, shot="j2-appointments")
    page = dana.go("/messages/calendar/")
    page.get_by_role("button", name="Make").first.click()
    address = page.locator("main code").inner_text()
    calendar = dana.context.request.get(f"{dana.site}/{address.split('/', 3)[3]}").text()
    assert "BEGIN:VEVENT" in calendar
    assert [word for word in (HIS, "Marisol", "birth", "Riverbend") if word in calendar] == []
