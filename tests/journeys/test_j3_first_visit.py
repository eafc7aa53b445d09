"""J3, steps 1, 2, 3, 5 and 6: from the hospital's notification to an assessment that is approved, locked and corrected in a second version."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Locator, expect
from tests.journeys.conftest import Visitor, assert_accessible
from tests.journeys.pine import Pine, day, deliver, follow, nothing_of_treatment, pine, press, seen, told

from careloom.infra.packs import load_pack
from careloom.kernel.clocks import due_on
from careloom.kernel.packs import ClockName
from careloom.safety.instruments import instrument_of
from careloom.safety.models import AssessedPerson, Finding, SafetyAssessment

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def county(site: str) -> Pine:
    return pine()


def four_working_days(county: Pine) -> date:
    pack = load_pack(name=county.cps.pack)
    return due_on(start=county.today, rule=pack.clocks[ClockName.SAFETY_FACE_TO_FACE].due, calendar=pack.calendar)


def of(county: Pine, row: SafetyAssessment, kind: str) -> list[AssessedPerson]:
    return county.rows(AssessedPerson, assessment_id=row.pk, kind=kind)


def key(item: str) -> str:
    return item.replace(".", "_")


def answer(form: Locator, item: str, code: str, evidence: str) -> None:
    """One item of part B or C."""
    form.locator(f"[name={key(item)}_answer][value={code}]").check(force=True)
    form.locator(f"[name={key(item)}_evidence]").fill(evidence)


def day_in(form: Locator, on: date) -> None:
    for part, value in (("month", on.month), ("day", on.day), ("year", on.year)):
        form.locator(f"[name=seen_on_{part}]").fill(str(value))


def due_in(words: str, on: date) -> bool:
    """Whether Today names the day: by its weekday within the week, else by its date."""
    return any(f"Due {name}" in words for name in (f"{on:%A}", f"{on:%B} {on.day}", "tomorrow"))


def test_from_the_notification_to_the_approved_assessment(county: Pine, visit: Callable[..., Visitor]) -> None:
    # 1: it stands on Today with its clock of four working days, for the supervisor first, who gives it to Lena.
    marcus = visit(county.marcus)
    page = seen(marcus, "/today/", name="today-supervisor", says=["Answer the notification about"])
    follow(page, "Read and answer")
    page.get_by_label("Worker", exact=True).select_option(label="Lena Ortiz")
    press(page, "Give it")
    lena = visit(county.lena)
    seen(lena, "/today/", name="today", says=["Answer the notification about Ada"])
    assert due_in(told(lena.page), four_working_days(county))
    last = four_working_days(county)
    seen(lena, "/births/received/", name="inbox", says=["Ada Example", f"Meet the family by the end of {last:%b} {last.day}"])

    # 2: what was sent and why she may have it; nothing of treatment on any page of hers.
    follow(lena.page, "Ada Example")
    page = lena.page
    assert_accessible(page, name="j3-received")
    for word in ("Notification", "Fentanyl", "4 working days", "42 USC 5106a", "Treatment records are not part of it"):
        assert word in told(page), (word, told(page))
    nothing_of_treatment(page)

    # Her answer starts the safety assessment, and the county now keeps a record of the family: nobody types it again.
    page.get_by_role("radio", name="Take it up").check(force=True)
    page.get_by_label("Why, or").fill("We will meet the family at home.")
    press(page, "Keep this answer")
    deliver()
    seen(lena, "/today/", name="today-see", says=["See each child and a caregiver of Ada"])
    assert due_in(told(lena.page), four_working_days(county))
    for place in ("safety/of", "cases/of", "treatment/of"):
        page = seen(lena, f"/{place}/{county.mother}/", name=place.split("/")[0])
        nothing_of_treatment(page)

    # 3: on a tablet, with the network cut: part A in five domains, part B in seven capacities, part C with evidence.
    (row,) = county.rows(SafetyAssessment)
    page = seen(lena, f"/safety/{row.pk}/", name="assessment", says=["Still blank", "Safety factors:", "There is no score"])
    assert page.get_by_role("button", name="Complete it").count() == 0
    follow(page, "The visit on one page")
    assert_accessible(page, name="j3-visit")
    (child,), (mother,) = of(county, row, "CHILD"), of(county, row, "ADULT")
    a, b, c = (page.locator(f"#{name}") for name in (f"part-{child.pk}", f"part-{mother.pk}", "factors"))
    instrument = instrument_of(pack=row.pack, key=row.instrument)
    assert [len(part) for part in (instrument.domains, instrument.capacities, instrument.factors)] == [5, 7, 11]
    lena.context.set_offline(True)
    for item in instrument.domains:
        a.locator(f"[name={key(item.id)}_picked]").first.check(force=True)
    for item in instrument.capacities[:6]:
        answer(b, item.id, "PRESENT", "She woke at once and fed him")
    for item in instrument.factors:
        answer(c, item.id, "NO", "Looked at it in the home")
    for part in (f"part-{child.pk}", f"part-{mother.pk}", "factors"):
        expect(page.locator(f"[data-save-state={part}]")).to_contain_text("Kept on this tablet")
    for person in (child, mother):
        form = page.locator(f"form[action$='/people/{person.pk}/']")
        day_in(form, county.today)
        form.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("region", name="Waiting to be sent").get_by_role("listitem")).to_have_count(2)
    assert_accessible(page, name="j3-visit-offline")
    assert county.rows(Finding) == []
    lena.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.get_by_role("region", name="Waiting to be sent")).to_contain_text("2 things that waited here were sent.")
    for part in (f"part-{child.pk}", f"part-{mother.pk}", "factors"):
        expect(page.locator(f"[data-save-state={part}]")).to_contain_text("Saved", timeout=15_000)
    lena.said.clear()  # the browser notes each try without a network

    # What is blank keeps it from being completed; once it is filled in, the parts point to safe.
    page = seen(lena, f"/safety/{row.pk}/", name="assessment-blank", says=["Part B, Ada Example: something is blank."])
    assert page.get_by_role("button", name="Complete it").count() == 0
    page = lena.go(f"/safety/{row.pk}/part/{mother.pk}/")
    assert_accessible(page, name="j3-part-b")
    answer(page.locator("#part"), instrument.capacities[6].id, "PRESENT", "Formula and diapers are there")
    press(page, "Save and go back")
    assert_accessible(page, name="j3-assessment-whole")
    press(page, "Complete it")
    assert "Waits for the supervisor" in told(page)

    # 6: the supervisor approves; nothing in it changes any more; a correction is version 2 with its reason.
    page = seen(marcus, "/today/", name="today-approve", says=["Approve or give back the safety assessment"])
    follow(page, "Read it")
    press(page, "Approve it")
    assert "Nothing in it changes any more." in told(page)

    # 5: it is safe, so there is no button for a safety plan; she keeps custody and may be offered a voluntary case.
    page = seen(lena, f"/safety/{row.pk}/", name="assessment-safe", says=["No safety plan", "She keeps custody"])
    assert page.get_by_role("button", name="Write the safety plan").count() == 0
    assert page.get_by_role("link", name="Fill in").count() == 0
    page.get_by_role("radio", name="She says yes").check(force=True)
    press(page, "Keep her answer")
    assert "A voluntary in-home case was offered" in told(page)
    page.locator("summary", has_text="Correct it in a new version").click()
    page.get_by_label("Why it is corrected").fill("The aunt was there too.")
    press(page, "Begin the new version")
    assert_accessible(page, name="j3-version-2")
    assert all(word in told(page) for word in ("version 2", "The aunt was there too."))
    seen(lena, f"/safety/{row.pk}/", name="version-1", says=["Version 2 corrects this one"])
    assert [(one.version, one.state) for one in sorted(county.rows(SafetyAssessment), key=lambda one: one.version)] == [
        (1, "APPROVED"),
        (2, "STARTED"),
    ]

    # The case itself is opened on its own page, with its reason; custody stays with her.
    page = seen(lena, f"/cases/of/{county.mother}/", name="no-case", says=["A plan of safe care opens no case."])
    follow(page, "Open a case")
    assert_accessible(page, name="j3-open-case")
    page.get_by_role("radio", name="Voluntary, at home").check(force=True)
    page.get_by_label("Why this case is opened").fill("She asked for help with the first weeks at home.")
    day(page, "decided_on", county.today)
    press(page, "Open the case")
    assert_accessible(page, name="j3-case")
    assert "The parent keeps custody." in told(page)
