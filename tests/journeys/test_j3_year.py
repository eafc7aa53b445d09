"""J3, step 8 through the year, and J4, step 11: notices, the recommendation, more time with evidence that she opens, and her own dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from playwright.sync_api import Browser, Page
from tests.factories.agencies import viewer
from tests.factories.papers import a_picture
from tests.factories.plans import a_key
from tests.integration.safety.conftest import saved
from tests.journeys.conftest import Visitor, assert_accessible
from tests.journeys.pine import REPORT, Pine, day, follow, move, pine, press, seen, told
from tests.journeys.test_her_page import come_in

from careloom.consents.actions import Draft, Signature, Signed, sign_consent
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.kernel.clocks import add_months
from careloom.permanency import tasks
from careloom.permanency.models import Extension, Removal
from careloom.plans.actions import start_plan
from careloom.plans.models import PlanOfSafeCare
from careloom.portal.actions import Invited, invite
from careloom.treatment.actions import Done, add_entry
from careloom.treatment.codes import Sort

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ENOUGH = "A safety plan with her sister was tried at home and did not hold over the weekend."
NEAR = "Get ready for the hearing on where the child will live: Ada"
HERS = {
    "en": ("went into care", "By this day the judge must look at where", "What helps", "You can let the judge see how your care goes. You choose."),
    "es": ("Mis fechas", "Lo que ayuda"),
}


@pytest.fixture
def county(site: str) -> Pine:
    """A child in care with a relative from today on; the mother is treated at Riverbend and has a page of her own."""
    world = pine(about=REPORT)
    row = world.accepted()
    world.met_by(world.dana)
    with transaction.atomic():
        world.safety.unsafe(row)
    world.case("REMOVAL")
    today, client = world.today.isoformat(), world.safety.client()
    with transaction.atomic():
        told_of = {"child": str(world.infants[0]), "insufficient": ENOUGH, "authority": "COURT_ORDER", "removed_on": today, "found_on": today}
        saved(client.post(f"/cases/of/{world.mother}/remove/", told_of | {"request_key": a_key()}))
    by = viewer(world.dana)
    with transaction.atomic(), acting_as(by):
        plan = start_plan(by=by, at=clock.now(), mother_id=world.mother, pregnancy_id=uuid4(), pack="columbia", request_key=a_key())
        assert isinstance(plan, PlanOfSafeCare)
        facts = {"from_on": world.today - timedelta(days=5), "band": "NEARLY_ALL"}
        kept = add_entry(by=by, at=clock.now(), identity_id=world.mother, sort=Sort.ATTENDANCE, on=world.today, values=facts, request_key=a_key())
        assert isinstance(kept, Done), kept
    return world


def consented(county: Pine) -> None:
    """She lets the court see how her care goes, by the form that stands apart."""
    by, at = viewer(county.dana), clock.now() - timedelta(minutes=1)
    draft = Draft(
        identity_id=county.mother, subject_ids=(county.mother,), kind="proceedings", discloser_ids=(county.riverbend.pk,),
        recipient_ids=(county.cps.pk,), information=("part2.attendance",), purposes=("permanency_hearing",),
        expires_on=county.today + timedelta(days=180),
    )  # fmt: skip
    with transaction.atomic(), acting_as(by):
        signature = Signature(method="SCREEN", name="Ada Example", explained_at=at)
        assert isinstance(sign_consent(by=by, at=at, draft=draft, signature=signature, request_key=uuid4().hex), Signed)


def choose(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).check(force=True)


def extend(page: Page, county: Pine) -> None:
    """Ask for five months more because of her treatment, by the order that is kept."""
    day(page, "until_on", add_months(start=county.today, months=4))
    choose(page, "Progress in treatment")
    page.get_by_label("The reason in a sentence").fill("She keeps each visit and asks for time.")
    page.get_by_label("By which order").select_option(index=1)
    press(page, "Keep the extension")


def test_a_year_in_care_up_to_the_new_day_of_the_court(county: Pine, visit: Callable[..., Visitor], site: str, chromium: Browser) -> None:
    (row,) = county.rows(Removal)
    began = row.removed_on
    her_own_dates(county, site, chromium)
    # The notices nine and eleven months after the child came into care, on Today and on the line of the clocks.
    for months in (9, 11):
        move(to=add_months(start=began, months=months) + timedelta(days=1))
        tasks.run(at=clock.now())
        lena = visit(county.lena)
        seen(lena, "/today/", name=f"today-{months}-months", says=[NEAR])
    seen(lena, f"/cases/of/{county.mother}/", name="case-11-months", says=["9-month notice", "11-month notice", "Hearing by"])

    # The recommendation to the court within twelve months: the hearing, what the agency recommends, the day on which it was filed.
    page = seen(lena, f"/cases/of/{county.mother}/hearing/", name="hearing-form")
    choose(page, "Permanency hearing")
    page.get_by_label("Which court").fill("Pine County Family Court")
    day(page, "on", add_months(start=began, months=12) - timedelta(days=3))
    page.get_by_label("Time").fill("10:00")
    press(page, "Keep it")
    seen(lena, "/today/", name="today-recommendation", says=["File the recommendation to the court for Ada"])
    page = seen(lena, f"/cases/of/{county.mother}/", name="case-hearing", says=["Permanency hearing"])
    follow(page, "The recommendation was filed")
    assert_accessible(page, name="j3-filing")
    choose(page, "More time, with a reason")
    day(page, "filed_on", county.today)
    press(page, "Keep it")
    assert "Recommendation filed" in told(page)

    # The court's order is uploaded; without her paper for the court treatment is no reason, and the page says nothing of what there is.
    page = seen(lena, f"/cases/of/{county.mother}/order/", name="order-form")
    page.get_by_label("What the order is about").get_by_text("Extension").click() if page.locator("select[name=about]").count() else choose(
        page, "Extension"
    )
    page.get_by_label("Which court").fill("Pine County Family Court")
    day(page, "dated_on", county.today)
    page.get_by_label("The scan of the order").set_input_files({"name": "order.jpg", "mimeType": "image/jpeg", "buffer": a_picture()})
    press(page, "Keep it sealed")
    page = seen(lena, f"/cases/row/{row.pk}/extend/", name="extend-form")
    extend(page, county)
    assert_accessible(page, name="j3-extend-refused")
    assert "only with a consent or an order" in told(page)
    assert [word for word in ("Riverbend", "Nearly all") if word in page.content()] == []
    assert county.rows(Extension) == []
    consented(county)
    extend(lena.go(f"/cases/row/{row.pk}/extend/"), county)
    (given,) = county.rows(Extension)
    assert given.evidence == ["part2.attendance|originating"]
    until = given.until_on
    page = seen(
        lena, f"/cases/of/{county.mother}/", name="case-extended", says=["The court gave more time, to", f"Hearing by {until:%b} {until.day}"]
    )
    page = seen(lena, f"/cases/of/{county.mother}/report/", name="court-report", says=["Nearly all"])
    lena.said.clear()  # the browser notes an answer that asks for mending
    her_own_dates(county, site, chromium, after=True)


def her_own_dates(county: Pine, site: str, chromium: Browser, *, after: bool = False) -> None:
    """J4.11: her page of plain dates on a phone, in both languages, and no word of the agency's record."""
    by = viewer(county.dana)
    for language, says in HERS.items():
        with transaction.atomic(), acting_as(by):
            door = invite(by=by, at=clock.now(), identity_id=county.mother, language=language, request_key=uuid4().hex, by_text=False)
        assert isinstance(door, Invited)
        context = chromium.new_context(viewport={"width": 320, "height": 700}, locale=language)
        context.set_default_timeout(15_000)
        context.add_cookies([{"name": "django_language", "value": language, "url": site}])
        phone = context.new_page()
        come_in(phone, site, door.path)
        phone.goto(f"{site}/my/timeline/")
        assert_accessible(phone, name=f"j4-timeline-{language}{'-later' if after else ''}", widths=(320,))
        assert [word for word in says if word not in told(phone)] == []
        assert ENOUGH not in phone.content()
        context.close()
