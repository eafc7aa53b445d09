"""What time does to a plan: a year of support after the birth, five parts of recovery care, and one calendar of all who see her."""

from __future__ import annotations

import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.plans import PlanWorld, a_key
from tests.requirements.conftest import SignIn, family_page, saved, text_of
from tests.requirements.screens import add_to_team, name_need

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.infra import clock, packs
from careloom.infra.access import acting_as
from careloom.kernel.agency_kinds import AgencyKind
from careloom.plans.models import PlanOfSafeCare, Review

CLOSING = {"reason": "GOALS_MET", "confirmed": ["EARLY_INTERVENTION_KNOWN", "MEDICAL_HOME", "RECOVERY_CONTACT", "NO_SAFETY_THREAT", "TOLD_AND_COPY"]}


@pytest.mark.requirement("R-137")
def test_a_plan_stays_for_the_year_after_the_birth_with_the_babys_doctor_recovery_support_and_a_peer(world: PlanWorld, sign_in: SignIn) -> None:
    plan, dana = world.a_plan(agreed=True), sign_in(world.dana)
    saved(dana.post(f"/plans/{plan.pk}/birth/", {"born_on": world.today.isoformat(), "first_baby": "Mateo"}))
    for code in ("INFANT_DOCTOR", "MEDICINE_FOR_RECOVERY", "RECOVERY_CARE", "PEER", "PARENTING_CLASS"):
        name_need(dana, plan, code)
    for name, role in (("Practice Doctor", "PEDIATRICIAN"), ("Practice Peer", "PEER"), ("Practice Specialist", "MEDICATION")):
        add_to_team(dana, plan, name, role)
    with acting_as(viewer(world.dana)):
        kept = PlanOfSafeCare.objects.get(pk=plan.pk)
        due = sorted(Review.objects.filter(plan_id=plan.pk, kind="REVIEW", called_off_at=None).values_list("due_on", flat=True))
    assert kept.follow_until is not None
    assert kept.follow_until >= world.today + timedelta(days=365)
    assert due[-1] > world.today + timedelta(days=270)
    early = dana.post(f"/plans/{plan.pk}/close/", CLOSING)
    assert early.status_code == 422
    assert "The infant has reached the age, or the plan its time, set for the end." in early.content.decode()
    with clock.at(world.at + timedelta(days=363)):
        still = family_page(sign_in(world.dana), plan)
    for shown in ("A doctor for the baby", "Medicine and care for recovery", "Parenting class", "Practice Doctor", "Practice Peer", "Close the plan"):
        assert shown in still
    assert "Open the plan again" not in still


@pytest.mark.requirement("R-137")
def test_a_jurisdiction_sets_a_longer_time(world: PlanWorld, sign_in: SignIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "packs"
    shutil.copytree(packs.packs_folder(), folder)
    longer = folder / "base" / "plan.yaml"
    longer.write_text(longer.read_text().replace("until_day: 365", "until_day: 540"))
    monkeypatch.setattr("careloom.infra.packs.reading.packs_folder", lambda: folder)
    plan, dana = world.a_plan(agreed=True), sign_in(world.dana)
    saved(dana.post(f"/plans/{plan.pk}/birth/", {"born_on": world.today.isoformat(), "first_baby": "Mateo"}))
    with acting_as(viewer(world.dana)):
        assert PlanOfSafeCare.objects.get(pk=plan.pk).follow_until == world.today + timedelta(days=540)


RECOVERY = {
    "MEDICINE_FOR_RECOVERY": "medicine", "RECOVERY_CARE": "counseling", "PEER": "support from family, friends and peers",
    "HOUSING": "other help in daily life", "TESTING_ARRANGEMENT": "testing agreed with her",
}  # fmt: skip


@pytest.mark.requirement("R-146")
def test_the_five_parts_of_recovery_care_each_have_a_state_and_a_missing_one_is_pointed_out(world: PlanWorld, sign_in: SignIn) -> None:
    assert world.riverbend.is_part2_program
    plan, program = world.a_plan(agreed=True), sign_in(world.dana)
    world.share(plan, to=world.bea)
    assert "Recovery care has five parts" not in family_page(program, plan)
    waiting = dict(RECOVERY)
    for code in RECOVERY:
        name_need(program, plan, code, title=f"Part {code}")
        del waiting[code]
        page = family_page(program, plan)
        told = re.search(r"Recovery care has five parts of one weight\. Not in this plan yet: ([^.]+)\.", page)
        assert (told[1].split("; ") if told else []) == list(waiting.values())
    needs = {code: re.search(rf'/plans/needs/([0-9a-f-]+)/"[^>]*>[^<]*Part {code}', page) for code in RECOVERY}
    states = zip(RECOVERY, ("MET", "PARTLY", "UNMET", "PARTLY", "MET"), strict=True)
    for code, result in states:
        found = needs[code]
        assert found
        facts = {
            "about": "result",
            "result": result,
            "reason": "WAITLIST" if result == "UNMET" else "",
            "said": f"State {code}",
            "request_key": a_key(),
        }
        saved(program.post(f"/plans/needs/{found[1]}/", facts))
        assert f"State {code}" in text_of(program.get(f"/plans/needs/{found[1]}/"))
    page = family_page(program, plan)
    assert (page.count(">Resolved<"), page.count(">Partly<"), page.count(">Not met<")) >= (2, 2, 1)
    # A part without a need is there too where a peer is on the care team (J2.3).
    other, told = world.a_plan(agreed=True), "Not in this plan yet: medicine"
    name_need(program, other, "RECOVERY_CARE")
    assert f"{told}; support from family" in family_page(program, other)
    saved(program.post(f"/plans/{other.pk}/team/", {"name": "Rosa", "role": "PEER", "request_key": a_key()}))
    assert f"{told}; other help" in family_page(program, other)
    # Whoever may not know of treatment is not told of its gaps.
    assert "Recovery care" not in family_page(sign_in(world.bea), plan)


@pytest.mark.requirement("R-123")
def test_a_court_date_and_a_visit_of_another_agency_at_one_hour_are_pointed_out_on_one_calendar(world: PlanWorld, sign_in: SignIn) -> None:
    clinic = a_worker(Role.CARE_COORDINATOR, agency=an_agency(kind=AgencyKind.OB_CLINIC, is_covered_entity=True))
    court = a_worker(Role.CARE_COORDINATOR, agency=an_agency(kind=AgencyKind.COORDINATION_HUB))
    Membership.objects.update(starts_at=world.at - timedelta(days=1))
    plan = world.a_plan(agreed=True)
    path, word = f"/families/{plan.identity_id}/appointments/", "Another appointment is at the same time."
    for helper in (clinic, court):
        world.share(plan, to=helper)
    day = {"day": (world.today + timedelta(days=9)).isoformat(), "place": "Main Street"}
    saved(sign_in(world.dana).post(path, day | {"kind": "COURT", "title": "Family court hearing", "hour": "10:00"}))
    saved(sign_in(clinic).post(path, day | {"kind": "VISIT", "title": "Check-up at the clinic", "hour": "15:00"}))
    calm = text_of(sign_in(clinic).get(path))
    assert "Family court hearing" in calm
    assert word not in calm
    saved(sign_in(clinic).post(path, day | {"kind": "VISIT", "title": "Ultrasound at the clinic", "hour": "10:30"}))
    page = text_of(sign_in(clinic).get(path))
    for title in ("Family court hearing", "Check-up at the clinic", "Ultrasound at the clinic"):
        assert title in page
    lines = [line for line in page.split("<li>") if "at the clinic" in line or "hearing" in line]
    assert [word in line for line in lines] == [True, True, False]
    assert word not in text_of(sign_in(court).get(path))  # she sees the hearing alone
