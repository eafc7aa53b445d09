"""Hearings and recommendations, orders under seal, extensions with evidence under consent, the treatment court, and the report to the court."""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from PIL import Image
from pypdf import PdfReader
from tests.integration.permanency.conftest import World, a_medicine, text, text_of

from careloom.permanency import models

COURT = {"information": ("part2.medication",), "purposes": ("permanency_hearing",), "kind": "proceedings"}
NOT_COURT = {"information": ("part2.medication",), "purposes": ("posc_monitoring",)}
MEDICINE = "Buprenorphine 8 mg"


def a_scan() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (60, 80), "white").save(out, format="PNG")
    return SimpleUploadedFile("order.png", out.getvalue(), content_type="image/png")


def an_order(world: World, about: str = "EXTENSION") -> models.Paper:
    sent = world.send("order", about=about, court="Pine County Family Court", docket="1", dated_on=world.days(-1), scan=a_scan())
    assert sent.status_code == 302, text_of(sent)
    return max(world.rows(models.Paper), key=lambda row: row.at)


@pytest.mark.requirement("R-174")
def test_a_hearing_is_planned_filed_for_and_held(world: World) -> None:
    world.removed(days=100, found=90)
    planned = {"kind": "PERMANENCY", "child": str(world.baby), "court": "Pine County Family Court", "on": world.days(-1), "hour": "09:30"}
    assert world.send("hearing", **planned).status_code == 302
    hearing = world.only(models.Hearing)
    assert world.on(hearing, "file", recommends="REUNIFY", filed_on=world.days(3)).status_code == 422
    assert world.on(hearing, "file", recommends="REUNIFY", filed_on=world.days(-2)).status_code == 302
    assert world.owed(world.cps, "COURT_RECOMMENDATION") == []
    assert world.on(hearing, "held", decided="CONTINUE", words="Go on, look again in a year.").status_code == 302
    # The next one is owed by the clock, twelve months later.
    (owed,) = world.owed(world.cps, "COURT_RECOMMENDATION")
    assert owed.due_at is not None
    assert (owed.due_at.date() - world.days(-1)).days in {365, 366, 367}
    page = world.page()
    for said in ("Recommendation filed", "Home with the parent", "Decided: Go on as it is"):
        assert said in page


def test_a_hearing_may_be_cancelled_with_a_reason(world: World) -> None:
    world.opened()
    world.send("hearing", kind="REVIEW", court="Pine County Family Court", on=world.days(9), hour="09:30")
    hearing = world.only(models.Hearing)
    assert world.on(hearing, "cancel", words="x").status_code == 422
    assert world.on(hearing, "cancel", words="The judge is ill").status_code == 302
    assert world.owed(world.cps, "HEARING_PLANNED") == []


def test_an_order_is_kept_sealed_and_opened_by_who_may(world: World) -> None:
    world.opened()
    row = an_order(world, "CUSTODY")
    assert b"PNG" not in bytes(row.sealed)
    opened = world.client(world.lena).get(f"/cases/paper/{row.pk}/page/")
    assert opened.status_code == 200
    assert opened.content.startswith(b"\x89PNG")
    assert hashlib.sha256(opened.content).hexdigest() == row.digest
    assert world.client(world.lena).get(f"/cases/paper/{row.pk}/word/").status_code == 404
    for stranger in (world.other, world.dana, world.nora):
        assert world.client(stranger).get(f"/cases/paper/{row.pk}/page/").status_code == 404
    bad = SimpleUploadedFile("order.exe", b"MZ not a page", content_type="application/octet-stream")
    assert world.send("order", about="CUSTODY", court="Court", dated_on=world.days(-1), scan=bad).status_code == 422


@pytest.mark.requirement("R-175")
@pytest.mark.parametrize("papers", [None, NOT_COURT, COURT], ids=["no consent", "a consent for care", "a consent for the court"])
def test_more_time_for_treatment_needs_evidence_that_she_lets_the_court_see(world: World, papers: dict[str, Any] | None) -> None:
    row = world.removed(days=330, found=320)
    a_medicine(world)
    if papers is not None:
        world.consent(giver=world.dana, to=world.cps, **papers)
    order = an_order(world)
    asked = {"until_on": world.days(45 + 150), "because": "TREATMENT", "words": "She keeps each visit and asks for time.", "paper": str(order.pk)}
    sent = world.on(row, "extend", **asked)
    if papers is not COURT:
        assert sent.status_code == 422
        said = text_of(sent)
        assert "only with a consent or an order" in said
        assert MEDICINE not in said
        return
    assert sent.status_code == 302, text_of(sent)
    given = world.only(models.Extension)
    assert given.evidence == ["part2.medication|originating"]
    assert len(given.consent_ids) == 1
    assert "The court gave more time" in world.page()


@pytest.mark.requirement("R-175")
def test_more_time_is_given_twice_six_months_at_most_with_an_order(world: World) -> None:
    row = world.removed(days=330, found=320)
    order = an_order(world)
    reason = {"because": "CASE_PLAN", "words": "Two of three goals are reached."}
    assert world.on(row, "extend", until_on=world.days(100), **reason).status_code == 422
    too_long = world.on(row, "extend", until_on=world.days(400), paper=str(order.pk), **reason)
    assert "cannot be longer" in text_of(too_long)
    for day in (120, 250):
        assert world.on(row, "extend", until_on=world.days(day), paper=str(order.pk), **reason).status_code == 302
    third = world.on(row, "extend", until_on=world.days(300), paper=str(order.pk), **reason)
    assert "No further extension is possible" in text_of(third)
    (owed,) = world.owed(world.cps, "COURT_RECOMMENDATION")
    assert owed.due_at is not None
    assert (owed.due_at.date() - world.days(250)).days in {0, 1}


@pytest.mark.requirement("R-223")
def test_the_treatment_court_stands_on_the_line_with_its_phase(world: World) -> None:
    world.opened()
    joined = {"court": "Pine family treatment court", "enrolled_on": world.days(-60), "phase": "Phase 1", "team": "Judge, coordinator, Riverstone"}
    assert world.send("enrol", **joined, next_review_on=world.days(7)).status_code == 302
    assert world.send("enrol", **joined).status_code == 422
    enrolment = world.only(models.TreatmentCourt)
    assert len(world.owed(world.cps, "TREATMENT_COURT")) == 1
    reviewed = {"on": world.days(-2), "phase": "Phase 2", "words": "She moves up.", "next_review_on": world.days(20), "ended_how": ""}
    assert world.on(enrolment, "court-review", **reviewed).status_code == 302
    page = world.page()
    for said in ("Phase 2", "She moves up.", "Treatment court", "Court review"):
        assert said in page
    assert world.on(enrolment, "court-review", on=world.today, phase="Phase 4", words="Done.", ended_how="GRADUATED").status_code == 302
    assert world.owed(world.cps, "TREATMENT_COURT") == []


@pytest.mark.parametrize("papers", [NOT_COURT, COURT], ids=["a consent for care", "a consent for the court"])
def test_a_report_holds_treatment_only_with_a_paper_for_the_court_and_says_nothing_of_what_is_left_out(world: World, papers: dict[str, Any]) -> None:
    world.removed(days=100, found=90)
    a_medicine(world)
    world.consent(giver=world.dana, to=world.cps, **papers)
    preview = text(world.client(world.lena).get(f"/cases/of/{world.mother}/report/"))
    paper = preview.split("Make the report")[0]
    assert (MEDICINE in paper) == (papers is COURT)
    assert ("Treatment" in paper.split("Report to the court")[-1]) == (papers is COURT)
    assert "left out" not in paper
    made = world.client(world.lena).post(
        f"/cases/of/{world.mother}/report/",
        {"template": "PINE", "child": str(world.baby), "court": "Pine County Family Court", "recommends": "REUNIFY", "words": "Home by spring.",
         "request_key": "report-1", "make": "1"},
    )  # fmt: skip
    assert made.status_code == 302, text_of(made)
    row = world.only(models.Paper)
    page = world.client(world.lena).get(f"/cases/paper/{row.pk}/page/").content
    word = world.client(world.lena).get(f"/cases/paper/{row.pk}/word/").content
    assert hashlib.sha256(page).hexdigest() == row.digest
    assert hashlib.sha256(word).hexdigest() == row.word_digest
    as_pdf = " ".join(" ".join(part.extract_text() for part in PdfReader(BytesIO(page)).pages).split())
    as_word = " ".join(part.text for part in Document(BytesIO(word)).paragraphs)
    for said in ("Home by spring.", "Home with the parent", "Mateo Valdeluna", "Pine County Family Court, family docket"):
        assert said in as_pdf
        assert said in as_word
    assert (MEDICINE in as_pdf, MEDICINE in as_word) == (papers is COURT, papers is COURT)


def test_a_county_has_its_own_order_of_sections(world: World) -> None:
    world.removed(days=100, found=90)
    heads = {}
    for template in ("PINE", "HARBOR"):
        shown = world.client(world.lena).post(f"/cases/of/{world.mother}/report/", {"template": template, "child": str(world.baby), "again": "1"})
        page = text(shown)
        heads[template] = page.index("Time in care") < page.index("Removal and reasons")
    assert heads == {"PINE": False, "HARBOR": True}


def test_only_who_writes_the_case_makes_a_report(world: World) -> None:
    world.opened()
    assert world.client(world.marcus).get(f"/cases/of/{world.mother}/report/").status_code == 200
    for stranger in (world.other, world.dana):
        assert world.client(stranger).get(f"/cases/of/{world.mother}/report/").status_code == 404
